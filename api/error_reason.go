package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// Summary returns what happened, in one sentence.
func (e *Error) Summary() string {
	if e.isWrite && IsOutcomeUnknown(e) {
		return fmt.Sprintf("It is unclear whether the attempt to %s worked: %s.", e.operation(), e.Reason())
	}
	if e.Kind == KindCancelled {
		return fmt.Sprintf("Gave up trying to %s: %s.", e.operation(), e.Reason())
	}
	return fmt.Sprintf("Could not %s: %s.", e.operation(), e.Reason())
}

func (e *Error) operation() string {
	if e.Op == "" {
		return "do it"
	}
	return e.Op
}

// Reason returns only the reason, without a full stop, for places with little room.
func (e *Error) Reason() string {
	switch e.Kind {
	case KindBadKey:
		return "the secret key was not accepted"
	case KindForbidden:
		return e.forbiddenReason()
	case KindNotFound:
		return e.serverMessageOr("it was not found")
	case KindRateLimited:
		return "too many requests were made to this instance in a short time, so nothing was done"
	case KindConflict:
		if e.Code() == "resource_locked" {
			return "another request is changing the same thing right now"
		}
		return e.serverMessageOr("it conflicts with another change")
	case KindServer:
		return e.serverErrorReason()
	case KindNetwork:
		return e.networkReason()
	case KindInvalidResponse:
		return e.invalidResponseReason()
	case KindCancelled:
		if errors.Is(e.Err, context.DeadlineExceeded) {
			return "it took longer than allowed"
		}
		return "it was cancelled"
	}
	return e.refusedReason()
}

// serverMessageOr returns the server's message, or fallback if there is none.
func (e *Error) serverMessageOr(fallback string) string {
	var parts []string
	more := 0
	for _, item := range e.Items {
		switch words := collapseSpaces(strings.TrimRight(item.Sentence(), ". ")); {
		case words == "" || slices.Contains(parts, words):
		case len(parts) == maxReasons:
			more++
		default:
			parts = append(parts, words)
		}
	}
	if more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case !e.foreignMessage.Empty():
		return strings.TrimRight(e.foreignMessage.Display(), ". ")
	}
	return fallback
}

// ServerMessage returns the server's message without a full stop, or "" if there is none
// or it says nothing.
func (e *Error) ServerMessage() string {
	if e.Code() == codeInternal {
		return ""
	}
	return e.serverMessageOr("")
}

// Sentence returns the item's message for display: its long message, or else its short one
// preceded by the field's name ("email_address is invalid").
func (i ErrorItem) Sentence() string {
	if long := i.LongMessage.Display(); long != "" {
		return long
	}
	message, param := i.Message.Display(), i.Param()
	switch {
	case message == "":
		return i.Code.Display()
	case param != "" && !strings.Contains(message, param):
		return param + " " + message
	}
	return message
}

func (e *Error) forbiddenReason() string {
	switch {
	case e.Status == 402:
		if features := e.unsupportedFeatures(); features != "" {
			return "the plan of this instance does not include it (" + features + ")"
		}
		return "the plan of this instance does not include it"
	case e.Code() == "feature_not_enabled":
		return "the feature is switched off in this instance"
	case e.Code() == "organization_not_enabled_in_instance":
		return "organizations are switched off in this instance"
	}
	return e.serverMessageOr("this instance does not allow it")
}

// unsupportedFeatures returns the plan features that a 402 lists.
func (e *Error) unsupportedFeatures() string {
	var names []string
	for _, item := range e.Items {
		var meta struct {
			Features []string `json:"unsupported_features"`
		}
		_ = json.Unmarshal(item.Meta, &meta) // absent or of another shape: no names
		for _, name := range meta.Features {
			names = append(names, clean.NewText(name).Display())
		}
	}
	return strings.Join(names, ", ")
}

func (e *Error) refusedReason() string {
	switch e.Status {
	case 0:
		if e.Err != nil {
			return clean.Sentence(e.Err.Error())
		}
		return "it was refused"
	case 413:
		return e.serverMessageOr("it is too large for the server")
	case 415:
		return e.serverMessageOr("the server does not accept this type of content")
	case 405:
		return e.serverMessageOr("the server does not offer this")
	}
	return e.serverMessageOr(fmt.Sprintf("the server refused it (HTTP %d)", e.Status))
}

// codeInternal is the code of an error whose message says nothing.
const codeInternal = "internal_clerk_error"

func (e *Error) serverErrorReason() string {
	own := e.ServerMessage()
	switch {
	case e.Status == 502 || e.Status == 503:
		return joinReason(fmt.Sprintf("the server is not available at the moment (HTTP %d)", e.Status), own)
	case e.Status == 504:
		return joinReason("the server did not answer in time (HTTP 504)", own)
	case own != "" && e.foreignMessage.Empty():
		return own
	}
	return joinReason(fmt.Sprintf("the server had an internal error (HTTP %d)", e.Status), own)
}

// joinReason returns what, followed by why unless it is empty.
func joinReason(what, why string) string {
	if why == "" {
		return what
	}
	return what + ": " + why
}

func (e *Error) invalidResponseReason() string {
	switch {
	case e.redirect != "":
		return fmt.Sprintf("the server redirected to %s (HTTP %d), which frontdesk does not follow", e.redirect, e.Status)
	case e.Status >= 400:
		return joinReason(fmt.Sprintf("something other than Clerk answered (HTTP %d)", e.Status), e.ServerMessage())
	case e.Err != nil:
		return "the answer could not be understood (" + clean.Sentence(e.Err.Error()) + ")"
	}
	return "the answer could not be understood"
}
