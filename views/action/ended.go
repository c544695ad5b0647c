package action

import (
	"fmt"
	"strings"

	"frontdesk/api/desk"
	"frontdesk/tui"
)

// What is said of a write once the screens are gone: one sentence, with the id of
// whom it was about, because a name alone may be several people's.

// ended is how a write ended.
func ended(env *Env, a asked, out desk.Outcome) tui.OutcomeMsg {
	id := a.id()
	if id == "" && out.User != nil {
		id = out.User.ID.Display()
	}
	switch t := words(env, a, out); {
	case out.State == desk.Unknown:
		return tui.OutcomeMsg{Text: lookFirst(a.notKnown(a.name()), id), Kind: tui.OutcomeUnknown}
	case out.State == desk.Done && !out.Result.IsNo || out.State == desk.AlreadyGone:
		return tui.OutcomeMsg{Text: withID(t.Text, id) + "."}
	default:
		return tui.OutcomeMsg{Text: withID(t.Text, id) + ".", Kind: tui.OutcomeIncomplete}
	}
}

// endedAll is how a bulk ended.
func endedAll(env *Env, out desk.BulkOutcome, reason string) tui.OutcomeMsg {
	t := BulkToast(env, out, reason)
	unknown := out.InState(desk.UserUnknown)
	switch {
	case len(unknown) > 0:
		return tui.OutcomeMsg{Text: lookFirst(t.Text, someIDs(unknown)), Kind: tui.OutcomeUnknown}
	case t.Tone == tui.ToneOK:
		return tui.OutcomeMsg{Text: sentence(t.Text)}
	}
	return tui.OutcomeMsg{Text: sentence(t.Text), Kind: tui.OutcomeIncomplete}
}

// someIDs are the ids of those of whom it is not known, the first few.
func someIDs(fates []desk.UserOutcome) string {
	var ids []string
	for _, f := range fates[:min(len(fates), namedMost)] {
		ids = append(ids, f.Seen.ID.Display())
	}
	says := strings.Join(ids, ", ")
	if more := len(fates) - namedMost; more > 0 {
		says += fmt.Sprintf(" and %d more", more)
	}
	return says
}

// notKnown says that nobody knows whether it was done.
func (a asked) notKnown(name string) string {
	if a.op.Preposition == "" && name != "" {
		return "It is not known whether " + name + " was " + lowerFirst(a.op.Done)
	}
	return "It is not known whether this was done: " + lowerFirst(a.op.DoneTo(name))
}

// lookFirst is what to do about something that nobody knows.
func lookFirst(says, id string) string { return withID(says, id) + ": look before doing it again." }

func withID(says, id string) string {
	says = strings.TrimRight(says, ". ")
	if id == "" {
		return says
	}
	return says + " (" + id + ")"
}

// id is whom it is about, "" for nobody.
func (a asked) id() string {
	if a.seen == nil {
		return ""
	}
	return a.seen.ID.Display()
}
