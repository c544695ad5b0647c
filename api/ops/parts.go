package ops

import (
	"context"
	"strings"
	"time"

	"frontdesk/api"
)

// removal fills in what every removal of a user's part has in common: it needs
// the part, takes it away, and is in effect when the part is not among the
// user's any more.
func removal(part Part, o Operation, send func(context.Context, *api.Client, Request) error) Operation {
	o.Part, o.Tier, o.Destructive, o.Retry = part, T3, true, RetryGone
	o.WhyNot, o.State = hasPart(part), partState(part)
	o.Checklist = callerChecks("they know which " + part.String() + " is meant, and that it goes")
	o.Call = func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
		return nil, send(ctx, c, r)
	}
	o.Applied = func(_, after *api.User, r Request) bool {
		_, there := part.Find(after, r.PartID)
		return !there
	}
	return o
}

// hasPart is the When of an operation on a part.
func hasPart(part Part) func(*api.User, time.Time) string {
	return func(u *api.User, _ time.Time) string {
		return choose(part.Count(u) == 0, "has no "+part.String(), "")
	}
}

// partState names the parts with what is known of each, so that one added,
// gone or verified is a change.
func partState(part Part) func(*api.User, time.Time) string {
	return func(u *api.User, _ time.Time) string {
		var names []string
		for _, item := range part.Items(u) {
			names = append(names, item.Name()+choose(item.Note == "", "", " ("+item.Note+")"))
		}
		return choose(len(names) == 0, "no "+part.String(), joinWords(names, "and"))
	}
}

// partPhrase is the part that the subject is about, by its name where that is
// known: "the passkey MacBook".
func partPhrase(part Part, s Subject) string {
	if item, there := part.Find(s.User, s.PartID); there {
		return "the " + part.String() + " " + item.Name()
	}
	return "the " + part.String()
}

// Name is the part's label as it may be shown, or its id where it has none.
func (i Item) Name() string {
	if i.Label.Empty() {
		return i.ID.Display()
	}
	return i.Label.Display()
}

// always is the When of what applies to everybody.
func always(*api.User, time.Time) string { return "" }

// upperFirst is the phrase with its first letter large; the phrases are ours, and
// begin with a letter of one byte.
func upperFirst(phrase string) string { return strings.ToUpper(phrase[:1]) + phrase[1:] }
