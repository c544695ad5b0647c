package action

import (
	"strings"

	"frontdesk/api/desk"
	"frontdesk/views/userfmt"
)

// calledAfter is the person as they are called now: it may be the name that was changed.
func (a asked) calledAfter(out desk.Outcome) string {
	if out.State == desk.Done && out.User != nil {
		return userfmt.Called(out.User)
	}
	return a.called()
}

// did is what was done, to whom, to what of theirs, and why.
func (a asked) did(out desk.Outcome) string {
	says := a.op.DoneTo(a.calledAfter(out))
	if out.ReadBack {
		says = found(out.LostAnswer) + ", but it was done: " + lowerFirst(says)
	}
	if !a.part.ID.Empty() {
		says += ": " + partName(a.op.Part, a.part)
	}
	if a.given != nil {
		says += ": " + partName(a.row.Part, a.row.Item)
	}
	if labels := a.changed(); len(labels) > 0 {
		says += ": " + strings.Join(labels, ", ")
	}
	return says + withReason(a.answers[fieldReason])
}

// changed are the fields of which something stood there that is another now.
func (a asked) changed() []string {
	var labels []string
	values := a.request().Values
	for _, f := range a.op.Fields {
		value, given := values[f.Name]
		if given && a.seen != nil && (f.CurrentJSON != nil || f.Current != nil && !f.Required && f.Current(a.seen) != value) {
			labels = append(labels, lowerFirst(f.Label))
		}
	}
	return labels
}

// withReason is how a reason stands at the end of what was done.
func withReason(reason string) string {
	if reason = because(reason); reason == "" {
		return ""
	}
	return "; reason: " + reason
}

// tells is the answer of an operation that has one, about whom, and why it was asked.
func tells(name, says, reason string) string {
	if name != "" {
		says = name + ": " + says
	}
	if reason != "" {
		says = sentence(says) + " Reason: " + reason
	}
	return says
}
