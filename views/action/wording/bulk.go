package wording

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// Skipped counts the users to whom an operation does not apply, by the reason,
// in the order in which the reasons came up.
type Skipped []reasonCount

type reasonCount struct {
	reason string
	n      int
}

// Add counts one more user.
func (s *Skipped) Add(reason string) {
	for i := range *s {
		if (*s)[i].reason == reason {
			(*s)[i].n++
			return
		}
	}
	*s = append(*s, reasonCount{reason, 1})
}

// WhyNone is why the operation applies to none of the users.
func (s Skipped) WhyNone() string {
	switch {
	case len(s) == 1 && s[0].n == 1:
		return s[0].reason
	case len(s) == 1:
		return fmt.Sprintf("all %d are %s", s[0].n, s[0].reason)
	}
	return "it applies to none of them"
}

// Effects are a line a reason: "3 are already banned and stay so".
func (s Skipped) Effects() []string {
	var out []string
	for _, r := range s {
		out = append(out, fmt.Sprintf("%d %s %s and %s so", r.n, verb(r.n, "is", "are"), r.reason, verb(r.n, "stays", "stay")))
	}
	return out
}

// BulkOutcome says how a bulk operation ended: what was done first and why, then
// what was not and why not.
func BulkOutcome(out desk.BulkOutcome, reason string, catalogue *ops.Catalogue) tui.Toast {
	t := tui.Toast{ID: out.Op.ID, Tone: tui.ToneOK}
	done, all := len(out.InState(desk.UserDone)), 0
	for _, f := range out.Users { // as many as the question spoke of
		if catalogue.Unavailable(out.Op, f.Seen, clean.Text{}, f.Seen.ReadAt) == "" {
			all++
		}
	}
	unknown, open := out.InState(desk.UserUnknown), out.InState(desk.UserFailed, desk.UserNotTried)
	short := out.Stopped != nil || out.Cancelled || len(open) > 0 || len(unknown) > 0
	switch {
	case done > 0 && short:
		t.Sticky = true // read too late it would be taken for all or for none
		t.Tone, t.Text = tui.ToneWarn, fmt.Sprintf("%d of %d %s", done, all, LowerFirst(out.Op.Done))
	case done > 0:
		t.Text = out.Op.BulkDone(done)
	case len(unknown) > 0:
		t.Text = "It is not known whether " + userfmt.Count(len(unknown), "user") + " " + verb(len(unknown), "was", "were") + " " + LowerFirst(out.Op.Done)
	default:
		t.Tone, t.Text = tui.ToneInfo, "Nobody was "+LowerFirst(out.Op.Done)
	}
	if short {
		addStop(out, done, catalogue, &t)
	}
	if done > 0 && strings.TrimSpace(reason) != "" {
		t.Text = appendReason(trimEnd(t.Text), reason)
	}
	if left := leftOut(out); left != "" {
		t.Text = trimEnd(t.Text) + ". " + left
	}
	if n := len(unknown); n > 0 {
		t.Tone, t.Sticky = tui.ToneBad, true
		if done > 0 {
			t.Text = trimEnd(t.Text) + fmt.Sprintf(". Of %d it is not known", n)
		}
		if out.Pending != nil {
			t.Next = LooksAgain + " " + t.Next
		}
	}
	return t
}

// addStop adds why a bulk ended early, and what to do about the other users.
func addStop(out desk.BulkOutcome, done int, catalogue *ops.Catalogue, t *tui.Toast) {
	then := ", then stopped"
	if done == 0 {
		then = ""
	}
	rest := len(out.InState(desk.UserFailed, desk.UserNotTried, desk.UserUnknown))
	t.Next = userfmt.Count(rest, "user") + " " + verb(rest, "stays", "stay") + " marked."
	var failed *api.Error
	_, answered := out.Stopped.(*api.Error)
	switch {
	case out.Stopped == nil && out.Cancelled:
		t.Text += then + ", as you asked"
		return
	case out.Stopped == nil: // the server agreed and did not do it
		return
	case answered && errors.As(out.Stopped, &failed) && failed.Status == http.StatusPaymentRequired:
		t.Text += then + ": " + notInPlan(out.Op)
		if other, ok := catalogue.Get(lock); ok {
			t.Next = other.Title + ", one by one, keeps them from signing in meanwhile."
		}
	case answered && errors.As(out.Stopped, &failed):
		t.Text += then + ": " + why(failed)
		if next := nextForAll(failed); next != "" {
			t.Next = next + " " + t.Next
		}
	default:
		t.Text += then + ": " + trimEnd(Error(out.Stopped))
	}
	if t.Tone != tui.ToneWarn || len(out.InState(desk.UserUnknown)) > 0 {
		t.Tone = tui.ToneBad
	}
}

// nextForAll is what can be done after an error that was not about one user.
func nextForAll(failed *api.Error) string {
	switch {
	case api.IsOutcomeUnknown(failed):
		return "Look at them again before you try once more."
	case failed.Kind == api.KindNotFound:
		return "Refresh the list to see who is still there, then try again."
	}
	return failed.Advice()
}

// leftOut is for whom nothing was sent, and who is gone.
func leftOut(out desk.BulkOutcome) string {
	var kept Skipped
	for _, f := range out.InState(desk.UserSkipped) {
		kept.Add(Error(f.Err))
	}
	var says []string
	for _, k := range kept {
		says = append(says, fmt.Sprintf("%d left as they are: %s", k.n, k.reason))
	}
	gone := out.InState(desk.UserGone)
	switch len(gone) {
	case 0:
	case 1:
		says = append(says, userfmt.Name(gone[0].Seen)+" is not there any more")
	default:
		says = append(says, fmt.Sprintf("%d are not there any more", len(gone)))
	}
	if len(says) == 0 {
		return ""
	}
	return UpperFirst(strings.Join(says, "; "))
}

// UserOutcome says how a bulk operation ended for one of its users.
func UserOutcome(op ops.Operation, f desk.UserOutcome) string {
	switch f.State {
	case desk.UserDone:
		if f.ReadBack {
			return LowerFirst(op.Done) + "; found by looking: " + LowerFirst(foundBecause(f.LostAnswer))
		}
		return LowerFirst(op.Done)
	case desk.UserSkipped:
		return "left as is: " + Error(f.Err)
	case desk.UserGone:
		return "not there any more"
	case desk.UserUnknown:
		return "not known: " + LostAnswer(f.Err)
	case desk.UserNotTried:
		return "not tried"
	}
	if failed, answered := f.Err.(*api.Error); answered { // a wrapped one has words of its own
		return "not " + LowerFirst(op.Done) + ": " + why(failed)
	}
	return "not " + LowerFirst(op.Done) + ": " + Error(f.Err)
}

// BulkUndoTitle is "Unban 37 users just banned".
func BulkUndoTitle(inverse ops.Operation, out desk.BulkOutcome) string {
	return inverse.BulkTitle(len(out.ChangedIDs())) + " just " + LowerFirst(out.Op.Done)
}

// why is what went wrong, without the words that name what was tried.
func why(failed *api.Error) string {
	what := trimEnd(failed.Summary())
	if _, reason, ok := strings.Cut(what, ": "); ok {
		return reason
	}
	return LowerFirst(what)
}
