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

// Skipped counts the users for whom an operation is unavailable by reason, in the
// order in which the reasons came up.
type Skipped []reasonCount

type reasonCount struct {
	reason string
	n      int
}

// Add counts one user.
func (s *Skipped) Add(reason string) {
	for i := range *s {
		if (*s)[i].reason == reason {
			(*s)[i].n++
			return
		}
	}
	*s = append(*s, reasonCount{reason, 1})
}

// WhyNone says why the operation is unavailable for all of the users.
func (s Skipped) WhyNone() string {
	switch {
	case len(s) == 1 && s[0].n == 1:
		return s[0].reason
	case len(s) == 1:
		return fmt.Sprintf("all %d are %s", s[0].n, s[0].reason)
	}
	return "it applies to none of them"
}

// Effects returns a line for each reason: "3 are already banned and stay that way".
func (s Skipped) Effects() []string {
	var out []string
	for _, r := range s {
		out = append(out, fmt.Sprintf("%d %s %s and %s that way", r.n, verb(r.n, "is", "are"), r.reason, verb(r.n, "stays", "stay")))
	}
	return out
}

// BulkOutcome describes the outcome of a bulk operation: what was done and why, then
// what was not done and why not.
func BulkOutcome(out desk.BulkOutcome, reason string, catalogue *ops.Catalogue) tui.Toast {
	t := tui.Toast{ID: out.Op.ID, Tone: tui.ToneOK}
	done, all := len(out.InState(desk.UserDone)), 0
	for _, o := range out.Users { // as many as the question named
		if catalogue.Unavailable(out.Op, o.Seen, clean.Text{}, o.Seen.ReadAt) == "" {
			all++
		}
	}
	unknown, open := out.InState(desk.UserUnknown), out.InState(desk.UserFailed, desk.UserNotTried)
	isIncomplete := out.Stopped != nil || out.Cancelled || len(open) > 0 || len(unknown) > 0
	switch {
	case done > 0 && isIncomplete:
		t.Sticky = true // missed, it would be taken for a complete success
		t.Tone, t.Text = tui.ToneWarn, fmt.Sprintf("%d of %d %s", done, all, LowerFirst(out.Op.Done))
	case done > 0:
		t.Text = out.Op.BulkDone(done)
	case len(unknown) > 0:
		t.Text = "It is unclear whether " + userfmt.Count(len(unknown), "user") + " " + verb(len(unknown), "was", "were") + " " + LowerFirst(out.Op.Done)
	default:
		t.Tone, t.Text = tui.ToneInfo, "Nobody was "+LowerFirst(out.Op.Done)
	}
	if isIncomplete {
		addStop(out, done, catalogue, &t)
	}
	if done > 0 && strings.TrimSpace(reason) != "" {
		t.Text = appendReason(trimEnd(t.Text), reason)
	}
	if unchanged := leftOut(out); unchanged != "" {
		t.Text = trimEnd(t.Text) + ". " + unchanged
	}
	if n := len(unknown); n > 0 {
		t.Tone, t.Sticky = tui.ToneBad, true
		if done > 0 {
			t.Text = trimEnd(t.Text) + fmt.Sprintf(". For %d the outcome is unknown", n)
		}
		if out.Pending != nil {
			t.Next = LooksAgain + " " + t.Next
		}
	}
	return t
}

// addStop adds why a bulk operation ended early, and what to do about the others.
func addStop(out desk.BulkOutcome, done int, catalogue *ops.Catalogue, t *tui.Toast) {
	stopped := ", then stopped"
	if done == 0 {
		stopped = ""
	}
	rest := len(out.InState(desk.UserFailed, desk.UserNotTried, desk.UserUnknown))
	t.Next = userfmt.Count(rest, "user") + " " + verb(rest, "stays", "stay") + " marked."
	var failed *api.Error
	_, answered := out.Stopped.(*api.Error)
	switch {
	case out.Stopped == nil && out.Cancelled:
		t.Text += stopped + ", as you asked"
		return
	case out.Stopped == nil: // the server accepted the request but did not carry it out
		return
	case answered && errors.As(out.Stopped, &failed) && failed.Status == http.StatusPaymentRequired:
		t.Text += stopped + ": " + notInPlan(out.Op)
		if other, ok := catalogue.Get(lock); ok {
			t.Next = other.Title + ", one by one, keeps them from signing in meanwhile. " + t.Next
		}
	case answered && errors.As(out.Stopped, &failed):
		t.Text += stopped + ": " + why(failed)
		if next := nextForAll(failed); next != "" {
			t.Next = next + " " + t.Next
		}
	default:
		t.Text += stopped + ": " + trimEnd(Error(out.Stopped))
	}
	if t.Tone != tui.ToneWarn || len(out.InState(desk.UserUnknown)) > 0 {
		t.Tone = tui.ToneBad
	}
}

// nextForAll says what to do after an error that stopped a bulk operation.
func nextForAll(failed *api.Error) string {
	switch {
	case api.IsOutcomeUnknown(failed):
		return "Check them before you try again."
	case failed.Kind == api.KindNotFound:
		return "Refresh the list to see who is still there, then try again."
	}
	return failed.Advice()
}

// leftOut says who was skipped and who no longer exists, "" if everyone was tried.
func leftOut(out desk.BulkOutcome) string {
	var skipped Skipped
	for _, o := range out.InState(desk.UserSkipped) {
		skipped.Add(Error(o.Err))
	}
	var parts []string
	for _, r := range skipped {
		parts = append(parts, fmt.Sprintf("%d unchanged: %s", r.n, r.reason))
	}
	gone := out.InState(desk.UserGone)
	switch len(gone) {
	case 0:
	case 1:
		parts = append(parts, userfmt.Name(gone[0].Seen)+" no longer exists")
	default:
		parts = append(parts, fmt.Sprintf("%d no longer exist", len(gone)))
	}
	return UpperFirst(strings.Join(parts, "; "))
}

// UserOutcome describes the outcome of a bulk operation for one user.
func UserOutcome(op ops.Operation, o desk.UserOutcome) string {
	switch o.State {
	case desk.UserDone:
		if o.ReadBack {
			return LowerFirst(op.Done) + "; confirmed by checking: " + LowerFirst(foundBecause(o.LostAnswer))
		}
		return LowerFirst(op.Done)
	case desk.UserSkipped:
		return "unchanged: " + Error(o.Err)
	case desk.UserGone:
		return "no longer exists"
	case desk.UserUnknown:
		return "unknown: " + LostAnswer(o.Err)
	case desk.UserNotTried:
		return "not tried"
	}
	if failed, answered := o.Err.(*api.Error); answered { // a wrapped one is described by its wrapper
		return "not " + LowerFirst(op.Done) + ": " + why(failed)
	}
	return "not " + LowerFirst(op.Done) + ": " + Error(o.Err)
}

// BulkUndoTitle is the title of the undo: "Unban 37 users just banned".
func BulkUndoTitle(inverse ops.Operation, out desk.BulkOutcome) string {
	return inverse.BulkTitle(len(out.ChangedIDs())) + " just " + LowerFirst(out.Op.Done)
}

// why returns the summary of an error without "Could not …".
func why(failed *api.Error) string {
	summary := trimEnd(failed.Summary())
	if _, reason, ok := strings.Cut(summary, ": "); ok {
		return reason
	}
	return LowerFirst(summary)
}
