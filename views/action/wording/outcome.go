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

// LooksAgain is what is said of a write that may still happen, while frontdesk
// goes on looking.
const LooksAgain = "It may still happen. frontdesk looks again in a few seconds, and says what became of it."

const ban, lock = "ban_user", "lock_user"

// Outcome says how a call ended: what happened as Text, what can be done now as
// Next. The catalogue names the operation that helps where the plan has no ban.
func Outcome(c Call, out desk.Outcome, catalogue *ops.Catalogue, now time.Time) tui.Toast {
	name := c.calledAfter(out)
	t := tui.Toast{Tone: tui.ToneBad}
	switch out.State {
	case desk.Done:
		t.Tone, t.Text = tui.ToneOK, Done(c, out)
		if out.Result.Summary != "" {
			t.Text = answer(name, out.Result.Summary, c.Reason)
		}
		if out.Result.IsNo {
			t.Tone = tui.ToneWarn
		}
		if out.User == nil && c.User != nil && !c.Op.DeletesUser && !c.Op.ConfirmsRead && !c.Op.IsRead() {
			t.Next = "How they are now could not be read: refresh to see."
		}
	case desk.AlreadyGone:
		t.Tone, t.Text = tui.ToneInfo, appendName("Already gone, nothing to do", " for ", name)+": "+Error(out.Err)
	case desk.Unknown:
		t.Sticky = true
		t.Text = notKnown(c, name) + ": " + LostAnswer(out.Err)
		t.Next = "Refresh to see how they are before doing it again."
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

// Done is what was done, to whom, to which part, to which fields, and why.
func Done(c Call, out desk.Outcome) string {
	says := c.Op.DoneTo(c.calledAfter(out))
	if out.ReadBack {
		says = foundBecause(out.LostAnswer) + ", but it was done: " + LowerFirst(says)
	}
	if !c.Item.ID.Empty() {
		says += ": " + ItemName(c.Op.Part, c.Item)
	}
	if c.RowPart != ops.PartNone {
		says += ": " + ItemName(c.RowPart, c.RowItem)
	}
	if labels := changedLabels(c); len(labels) > 0 {
		says += ": " + strings.Join(labels, ", ")
	}
	return appendReason(says, c.Reason)
}

// changedLabels are the labels of the fields that had another value before.
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

// answer is the result of an operation that gives one, about whom, and why it
// was asked.
func answer(name, says, reason string) string {
	if name != "" {
		says = name + ": " + says
	}
	if reason = clean.NewText(reason).Display(); reason != "" {
		says = Sentence(says) + " Reason: " + reason
	}
	return says
}

// LostAnswer says in a few words why there is no reliable answer.
func LostAnswer(err error) string {
	var failed *api.Error
	if !errors.As(err, &failed) {
		return Error(err)
	}
	says := desk.DescribeLost(err)
	if failed.Kind == api.KindNetwork {
		says = "the connection was lost"
	}
	var partly *ops.PartlyDone
	if errors.As(err, &partly) {
		says = partly.Done + ", then " + says
	}
	if looked := desk.DescribeLookup(err); looked != "" {
		says += ", and " + looked
	}
	return says
}

// foundBecause says why a second look was needed to know that something was done.
func foundBecause(lost error) string {
	var failed *api.Error
	switch {
	case lost == nil, errors.As(lost, &failed) && (failed.Kind == api.KindNetwork || failed.Kind == api.KindCancelled):
		return "The answer got lost"
	case failed == nil:
		return UpperFirst(Error(lost))
	}
	return UpperFirst(desk.DescribeLost(lost))
}

// refused says why nothing was done, and what can be done instead.
func refused(c Call, out desk.Outcome, catalogue *ops.Catalogue, now time.Time, t *tui.Toast) {
	name := c.called()
	nothing := " " + appendName("Nothing was done", " to ", name) + "."
	if c.Op.IsRead() {
		nothing = ""
	}
	failed, answered := out.Err.(*api.Error) // a wrapped one has words of its own
	switch {
	case answered && failed.Status == http.StatusPaymentRequired && c.Op.ID == ban:
		t.Text = notInPlan(c.Op) + "." + nothing
		t.Next = failed.Advice()
		if other, ok := catalogue.Get(lock); ok && catalogue.Unavailable(other, c.User, clean.Text{}, now) == "" {
			t.Next = other.Title + " keeps them from signing in meanwhile; it is not documented to end sessions."
		}
	case answered:
		t.Text = failed.Summary() + nothing
		t.Next = failed.Advice()
	case errors.As(out.Err, &failed): // how it ended first, whom it was about last
		t.Text = c.Op.Title + ": " + LowerFirst(Sentence(Error(out.Err)))
		if name != "" {
			t.Text += " It was about " + name + "."
		}
	default: // refused here, before anything was sent
		t.Tone, t.Text = tui.ToneWarn, appendName(c.Op.Title, ", ", name)+": "+Error(out.Err)
	}
	if out.Was != out.Is {
		t.Text = strings.TrimRight(t.Text, ".") + ". It changed since you looked: was “" + out.Was + "”, is “" + out.Is + "” now"
	}
}

func notInPlan(op ops.Operation) string {
	return op.Title + " is a paid feature that this instance's Clerk plan does not have"
}

// NothingDone is why a call was refused, what that means for the user, and what
// can be done now.
func NothingDone(err error) string {
	if failed, answered := err.(*api.Error); answered { // a wrapped one has words of its own
		return strings.TrimSpace(failed.Summary() + " Nothing was done. " + failed.Advice())
	}
	return Sentence(Error(err)) + " Nothing was done."
}

// NotRecorded says that the journal lacks how an operation ended.
func NotRecorded(op ops.Operation, err error) string {
	return op.Title + ": how it ended could not be written to the journal: " + Error(err)
}
