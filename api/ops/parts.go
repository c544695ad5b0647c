package ops

import (
	"context"
	"strings"
	"time"

	"frontdesk/api"
)

// removal fills in what is common to removals of a user's part: they need the part, are
// destructive, and are applied when the user no longer has it.
func removal(part Part, o Operation, send func(context.Context, *api.Client, Request) error) Operation {
	o.Part, o.Tier, o.Destructive, o.Retry = part, T3, true, RetryGone
	o.WhyNot, o.State = hasPart(part), partState(part)
	o.Checklist = callerChecks("the account's owner knows that this " + part.String() + " will be removed")
	o.Call = func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
		return nil, send(ctx, c, r)
	}
	o.Applied = func(_, after *api.User, r Request) bool {
		_, there := part.Find(after, r.PartID)
		return !there
	}
	return o
}

// hasPart returns the WhyNot of an operation on a part.
func hasPart(part Part) func(*api.User, time.Time) string {
	return func(u *api.User, _ time.Time) string {
		return choose(part.Count(u) == 0, "has no "+part.String(), "")
	}
}

// partState returns a State that lists the parts with their notes, so that adding,
// removing or verifying one is a change.
func partState(part Part) func(*api.User, time.Time) string {
	return func(u *api.User, _ time.Time) string {
		var names []string
		for _, item := range part.Items(u) {
			names = append(names, item.Name()+choose(item.Note == "", "", " ("+item.Note+")"))
		}
		return choose(len(names) == 0, "no "+part.String(), api.JoinWords(names, "and"))
	}
}

// partPhrase returns the subject's part with its name if known: "the passkey MacBook".
func partPhrase(part Part, s Subject) string {
	if item, there := part.Find(s.User, s.PartID); there {
		return "the " + part.String() + " " + item.Name()
	}
	return "the " + part.String()
}

// Name returns the part's label for display, or its id if it has none.
func (i Item) Name() string {
	if i.Label.Empty() {
		return i.ID.Display()
	}
	return i.Label.Display()
}

// always returns the WhyNot of an operation that applies to everybody.
func always(*api.User, time.Time) string { return "" }

// upperFirst capitalizes one of the catalogue's phrases, which begin in ASCII.
func upperFirst(phrase string) string { return strings.ToUpper(phrase[:1]) + phrase[1:] }
