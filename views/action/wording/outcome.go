package wording

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// LooksAgain is said of a write with an unknown outcome while frontdesk goes on
// checking.
const LooksAgain = "It may still happen. Checking again for up to 4 minutes."

const ban, lock = "ban_user", "lock_user"

// Outcome describes the outcome of a call: Text is what happened, Next what the
// operator can do now. It suggests another operation of the catalogue if the
// instance's plan does not include bans.
func Outcome(c Call, out desk.Outcome, catalogue *ops.Catalogue, now time.Time) tui.Toast {
	name := c.calledAfter(out)
	t := tui.Toast{Tone: tui.ToneBad}
	switch out.State {
	case desk.Done:
		t.Tone, t.Text = tui.ToneOK, Done(c, out)
		if out.Result.Summary != "" {
			t.Text = answer(name, out.Result.Summary, Why(c.Reason, c.Ticket))
		}
		if out.Result.IsNo {
			t.Tone = tui.ToneWarn
		}
		if out.User == nil && c.User != nil && !c.Op.DeletesUser && !c.Op.ConfirmsRead && !c.Op.IsRead() {
			t.Next = "The user could not be read afterwards: refresh to see the result."
		}
	case desk.AlreadyGone:
		t.Tone, t.Text = tui.ToneInfo, appendName("Already gone, nothing to do", " for ", name)+": "+Error(out.Err)
	case desk.Unknown:
		t.Sticky = true
		t.Text = notKnown(c, name) + ": " + LostAnswer(out.Err)
		t.Next = "Refresh and check before you try again."
		if out.Pending != nil {
			t.Next = LooksAgain
		}
	case desk.Changed:
		t.Tone, t.Text = tui.ToneWarn, appendName(c.Op.Title, ", ", name)+": it changed since you looked"
		t.Next = "Nothing was sent. Look at the changes again."
	default:
		refused(c, out, catalogue, now, &t)
	}
	return t
}

// Done says what was done, to which user, part and fields, and why.
func Done(c Call, out desk.Outcome) string {
	done := c.doneTo(c.calledAfter(out))
	if out.ReadBack {
		done = foundBecause(out.LostAnswer) + ", but it was done: " + LowerFirst(done)
	}
	if c.RowPart != ops.PartNone {
		done += ": " + ItemName(c.RowPart, c.RowItem)
	}
	if labels := changedLabels(c); len(labels) > 0 {
		done += ": " + strings.Join(labels, ", ")
	}
	return appendReason(done, Why(c.Reason, c.Ticket))
}

// doneTo says what was done to whom: "Removed MacBook from Sam Carter".
func (c Call) doneTo(name string) string {
	if c.Item.ID.Empty() {
		return c.Op.DoneTo(name)
	}
	item := ItemName(c.Op.Part, c.Item)
	// The name of a session is half a sentence, so it stays at the end.
	if done, ok := c.Op.DonePartTo(item, name); ok && c.Op.Part != ops.PartSession {
		return done
	}
	return c.Op.DoneTo(name) + ": " + item
}

// changedLabels returns the labels of the fields that the call changed.
func changedLabels(c Call) []string {
	var labels []string
	for _, f := range c.Op.Fields {
		value, given := c.Values[f.Name]
		if given && c.User != nil && (f.CurrentJSON != nil || f.Current != nil && !f.Required && f.Current(c.User) != value) {
			labels = append(labels, LowerFirst(f.Label))
		}
	}
	return labels
}

// answer is the summary of a result with the user's name and the reason.
func answer(name, summary, reason string) string {
	if name != "" {
		summary = name + ": " + summary
	}
	if reason = clean.NewText(reason).Display(); reason != "" {
		summary = Sentence(summary) + " Reason: " + reason
	}
	return summary
}

// LostAnswer says why there is no reliable answer.
func LostAnswer(err error) string {
	var failed *api.Error
	if !errors.As(err, &failed) {
		return Error(err)
	}
	reason := desk.DescribeLost(err)
	if failed.Kind == api.KindNetwork {
		reason = "the connection was lost"
	}
	var partly *ops.PartlyDone
	if errors.As(err, &partly) {
		reason = partly.Done + ", then " + reason
	}
	if lookup := desk.DescribeLookup(err); lookup != "" {
		reason += ", and " + lookup
	}
	return reason
}

// foundBecause says why it took another read to know that a call was done.
func foundBecause(lost error) string {
	var failed *api.Error
	switch {
	case lost == nil, errors.As(lost, &failed) && (failed.Kind == api.KindNetwork || failed.Kind == api.KindCancelled):
		return "The answer was lost"
	case failed == nil:
		return UpperFirst(Error(lost))
	}
	return UpperFirst(desk.DescribeLost(lost))
}

// refused describes a call that was not carried out.
func refused(c Call, out desk.Outcome, catalogue *ops.Catalogue, now time.Time, t *tui.Toast) {
	name := c.called()
	nothing := " " + appendName("Nothing was done", " to ", name) + "."
	if c.Op.IsRead() {
		nothing = ""
	}
	failed, answered := out.Err.(*api.Error) // a wrapped one is described by its wrapper
	switch {
	case answered && failed.Status == http.StatusPaymentRequired && c.Op.ID == ban:
		t.Text = notInPlan(c.Op) + "." + nothing
		t.Next = failed.Advice()
		if other, ok := catalogue.Get(lock); ok && catalogue.Unavailable(other, c.User, clean.Text{}, now) == "" {
			t.Next = other.Title + " keeps them from signing in meanwhile; Clerk does not document that it ends sessions."
		}
	case answered:
		t.Text = failed.Summary() + nothing
		t.Next = failed.Advice()
	case errors.As(out.Err, &failed):
		t.Text = c.Op.Title + ": " + LowerFirst(Sentence(Error(out.Err)))
		if name != "" {
			t.Text += " User: " + name + "."
		}
	default: // refused by the desk before anything was sent
		t.Tone, t.Text = tui.ToneWarn, appendName(c.Op.Title, ", ", name)+": "+Error(out.Err)
	}
	if out.Was != out.Is {
		t.Text = strings.TrimRight(t.Text, ".") + ". " + UpperFirst(ChangedSince(out.Was, out.Is))
	}
}

func notInPlan(op ops.Operation) string {
	return op.Title + " is a paid feature that this instance's Clerk plan does not have"
}

// NothingDone says why a call was refused, that nothing was done, and what the
// operator can do now.
func NothingDone(err error) string {
	if failed, answered := err.(*api.Error); answered { // a wrapped one is described by its wrapper
		return strings.TrimSpace(failed.Summary() + " Nothing was done. " + failed.Advice())
	}
	return Sentence(Error(err)) + " Nothing was done."
}

// NotRecorded says that the outcome of an operation is missing from the journal.
func NotRecorded(op ops.Operation, err error) string {
	return op.Title + ": the outcome could not be written to the journal: " + Error(err)
}
