package wording

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// Ending describes the outcome of a call in one sentence, for when the program is
// quitting. It includes the user's id, because names are not unique.
func Ending(c Call, out desk.Outcome, catalogue *ops.Catalogue, now time.Time) tui.OutcomeMsg {
	id := c.ID()
	if id == "" && out.User != nil {
		id = out.User.ID.Display()
	}
	switch t := Outcome(c, out, catalogue, now); {
	case out.State == desk.Unknown:
		return tui.OutcomeMsg{Text: lookFirst(notKnown(c, c.Name()), id), Kind: tui.OutcomeUnknown}
	case out.State == desk.Done && !out.Result.IsNo || out.State == desk.AlreadyGone:
		return tui.OutcomeMsg{Text: appendID(t.Text, id) + "."}
	default:
		return tui.OutcomeMsg{Text: appendID(t.Text, id) + ".", Kind: tui.OutcomeIncomplete}
	}
}

// BulkEnding is Ending for a bulk operation.
func BulkEnding(out desk.BulkOutcome, reason string, catalogue *ops.Catalogue) tui.OutcomeMsg {
	t := BulkOutcome(out, reason, catalogue)
	unknown := out.InState(desk.UserUnknown)
	switch {
	case len(unknown) > 0:
		return tui.OutcomeMsg{Text: lookFirst(t.Text, firstIDs(unknown)), Kind: tui.OutcomeUnknown}
	case t.Tone == tui.ToneOK:
		return tui.OutcomeMsg{Text: Sentence(t.Text)}
	}
	return tui.OutcomeMsg{Text: Sentence(t.Text), Kind: tui.OutcomeIncomplete}
}

// firstIDs lists the ids of the first users and how many more there are.
func firstIDs(outcomes []desk.UserOutcome) string {
	var ids []string
	for _, o := range outcomes[:min(len(outcomes), maxNamed)] {
		ids = append(ids, o.Seen.ID.Display())
	}
	list := strings.Join(ids, ", ")
	if more := len(outcomes) - maxNamed; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}

// Unknown says that the outcome of a call is unknown, for when the program ends
// before the answer arrives.
func Unknown(c Call) string { return lookFirst(notKnown(c, c.Name()), c.ID()) }

// BulkUnknown is Unknown for a bulk operation on n users.
func BulkUnknown(op ops.Operation, n int) string {
	return lookFirst("It is unclear how far “"+op.BulkTitle(n)+"” got", "")
}

func notKnown(c Call, name string) string {
	if c.Op.Preposition == "" && name != "" {
		return "It is unclear whether " + name + " was " + LowerFirst(c.Op.Done)
	}
	return "It is unclear whether this was done: " + LowerFirst(c.Op.DoneTo(name))
}

func lookFirst(s, id string) string { return appendID(s, id) + ": check before you try again." }
