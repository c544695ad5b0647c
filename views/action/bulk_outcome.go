package action

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// manyEndedMsg is the fact that a bulk has ended.
type manyEndedMsg struct {
	env    *Env
	out    desk.BulkOutcome
	reason string
	told   map[clean.Text]bool // of whom the screens were told already
}

// Outcome implements [tui.Ender].
func (e manyEndedMsg) Outcome() (tui.OutcomeMsg, bool) { return endedAll(e.env, e.out, e.reason), true }

// settleMany turns how a bulk ended into what is said and what every screen is
// told: each user of whom it was not told already, then the end.
func settleMany(end manyEndedMsg) tea.Cmd {
	env, out, reason := end.env, end.out, end.reason
	fates := slices.DeleteFunc(slices.Clone(out.Users), func(f desk.UserOutcome) bool { return end.told[f.Seen.ID] })
	cmds := []tea.Cmd(facts(fates))
	cmds = append(cmds, func() tea.Msg { return BulkDoneMsg{BulkResult{out, reason}} })
	says := BulkToast(env, out, reason)
	if env.trail.wroteMany(env, out) {
		inverse, _, _ := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
		says.Next, says.NextExpires = strings.TrimSpace(says.Next+" "+undoes+": "+undoTitle(inverse, out)+"."), true
		says.Topic = undoTopic
	}
	return tea.Batch(append(cmds, tui.Notify(says), lookLaterMany(env, out, reason, 0), notRecorded(out.Op, out.JournalErr))...)
}

// BulkToast say how a bulk ended: what was done first and why, then what was not
// and why not.
func BulkToast(env *Env, out desk.BulkOutcome, reason string) tui.Toast {
	t := tui.Toast{ID: out.Op.ID, Tone: tui.ToneOK}
	done, all := len(out.InState(desk.UserDone)), 0
	for _, f := range out.Users { // as many as the question spoke of
		if env.Catalogue.Unavailable(out.Op, f.Seen, clean.Text{}, f.Seen.ReadAt) == "" {
			all++
		}
	}
	unknown, open := out.InState(desk.UserUnknown), out.InState(desk.UserFailed, desk.UserNotTried)
	short := out.Stopped != nil || out.Cancelled || len(open) > 0 || len(unknown) > 0
	switch {
	case done > 0 && short:
		t.Sticky = true // who reads it too late would take all for done, or nobody
		t.Tone, t.Text = tui.ToneWarn, fmt.Sprintf("%d of %d %s", done, all, lowerFirst(out.Op.Done))
	case done > 0:
		t.Text = out.Op.BulkDone(done)
	case len(unknown) > 0:
		t.Text = "It is not known whether " + userfmt.Count(len(unknown), "user") + " " + verb(len(unknown), "was", "were") + " " + lowerFirst(out.Op.Done)
	default:
		t.Tone, t.Text = tui.ToneInfo, "Nobody was "+lowerFirst(out.Op.Done)
	}
	if short {
		stopWords(env, out, done, &t)
	}
	if reason = because(reason); reason != "" && done > 0 {
		t.Text = strings.TrimRight(t.Text, ". ") + withReason(reason)
	}
	if left := leftWords(out); left != "" {
		t.Text = strings.TrimRight(t.Text, ". ") + ". " + left
	}
	if n := len(unknown); n > 0 {
		t.Tone, t.Sticky = tui.ToneBad, true
		if done > 0 {
			t.Text = strings.TrimRight(t.Text, ". ") + fmt.Sprintf(". Of %d it is not known", n)
		}
		if out.Pending != nil {
			t.Next = looksAgain + " " + t.Next
		}
	}
	return t
}

// stopWords say why it ended early, and what to do about the others.
func stopWords(env *Env, out desk.BulkOutcome, done int, t *tui.Toast) {
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
		t.Text += then + ": " + out.Op.Title + " is a paid feature that this instance's Clerk plan does not have"
		if other, ok := env.Catalogue.Get(lock); ok {
			t.Next = other.Title + ", one by one, keeps them from signing in meanwhile."
		}
	case answered && errors.As(out.Stopped, &failed):
		t.Text += then + ": " + why(failed)
		if next := nextForAll(failed); next != "" {
			t.Next = next + " " + t.Next
		}
	default:
		t.Text += then + ": " + strings.TrimRight(plain(out.Stopped), ". ")
	}
	if t.Tone != tui.ToneWarn || len(out.InState(desk.UserUnknown)) > 0 {
		t.Tone = tui.ToneBad
	}
}

// nextForAll is what can be done now, where it was not about one user.
func nextForAll(failed *api.Error) string {
	switch {
	case api.IsOutcomeUnknown(failed):
		return "Look at them again before you try once more."
	case failed.Kind == api.KindNotFound:
		return "Refresh the list to see who is still there, then try again."
	}
	return failed.Advice()
}

// leftWords are those for whom nothing was sent, and those who are gone.
func leftWords(out desk.BulkOutcome) string {
	var left []reasonCount
	for _, f := range out.InState(desk.UserSkipped) {
		left = counted(left, plain(f.Err))
	}
	var says []string
	for _, l := range left {
		says = append(says, fmt.Sprintf("%d left as they are: %s", l.n, l.reason))
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
	return upperFirst(strings.Join(says, "; "))
}

// DescribeUserOutcome is how it ended for one of them, in words.
func DescribeUserOutcome(op ops.Operation, f desk.UserOutcome) string {
	switch f.State {
	case desk.UserDone:
		if f.ReadBack {
			return lowerFirst(op.Done) + "; found by looking: " + lowerFirst(found(f.LostAnswer))
		}
		return lowerFirst(op.Done)
	case desk.UserSkipped:
		return "left as is: " + plain(f.Err)
	case desk.UserGone:
		return "not there any more"
	case desk.UserUnknown:
		return "not known: " + lost(f.Err)
	case desk.UserNotTried:
		return "not tried"
	}
	if failed, answered := f.Err.(*api.Error); answered { // a wrapped one has words of its own
		return "not " + lowerFirst(op.Done) + ": " + why(failed)
	}
	return "not " + lowerFirst(op.Done) + ": " + plain(f.Err)
}

// undoTitle is "Unban 37 users just banned".
func undoTitle(inverse ops.Operation, out desk.BulkOutcome) string {
	return inverse.BulkTitle(len(out.ChangedIDs())) + " just " + lowerFirst(out.Op.Done)
}

// why is what went wrong, without the words that name what was tried.
func why(failed *api.Error) string {
	what := strings.TrimRight(failed.Summary(), ". ")
	if _, reason, ok := strings.Cut(what, ": "); ok {
		return reason
	}
	return lowerFirst(what)
}

// verb is the form of a verb for so many people.
func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
