package user

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// describeError returns an error as a sentence, cleaned.
func describeError(err error) string {
	var failed *api.Error
	switch {
	case errors.As(err, &failed):
	case errors.Is(err, context.Canceled):
		return "reading was cancelled"
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer came in time"
	}
	return clean.Sentence(err.Error())
}

// shortReason returns only the reason of an error, cleaned and in one line.
func shortReason(err error) string {
	var failed *api.Error
	if errors.As(err, &failed) {
		return clean.NewText(failed.Reason()).Display()
	}
	return describeError(err)
}

// briefReason is shortReason in a few words.
func briefReason(err error) string {
	var failed *api.Error
	if errors.As(err, &failed) {
		return clean.NewText(failed.BriefReason()).Display()
	}
	return describeError(err)
}
