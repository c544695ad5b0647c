package wording

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// Ending is one sentence on how a call ended, for when the screens are gone. It
// carries the user's id, because several people may have the name.
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

// BulkEnding is one sentence on how a bulk operation ended.
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

// firstIDs are the ids of the first few users, and how many more there are.
func firstIDs(outcomes []desk.UserOutcome) string {
	var ids []string
	for _, f := range outcomes[:min(len(outcomes), maxNamed)] {
		ids = append(ids, f.Seen.ID.Display())
	}
	says := strings.Join(ids, ", ")
	if more := len(outcomes) - maxNamed; more > 0 {
		says += fmt.Sprintf(" and %d more", more)
	}
	return says
}

// Unknown says that it is not known whether a call was done, for whoever leaves
// before the answer.
func Unknown(c Call) string { return lookFirst(notKnown(c, c.Name()), c.ID()) }

// BulkUnknown says that it is not known how far a bulk operation on n users came.
func BulkUnknown(op ops.Operation, n int) string {
	return lookFirst("It is not known how far “"+op.BulkTitle(n)+"” came", "")
}

func notKnown(c Call, name string) string {
	if c.Op.Preposition == "" && name != "" {
		return "It is not known whether " + name + " was " + LowerFirst(c.Op.Done)
	}
	return "It is not known whether this was done: " + LowerFirst(c.Op.DoneTo(name))
}

func lookFirst(says, id string) string { return appendID(says, id) + ": look before doing it again." }
