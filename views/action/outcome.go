package action

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// The desk looks a lost answer up for some while after the call itself gave
// up; the task must outlive both, or what it found would reach nobody.
const (
	writeDeadline  = 90 * time.Second
	uploadDeadline = 5 * time.Minute
)

// carryOut is the operation as a task. It answers with wishes and facts at once, so
// that exactly one place says how it ended, whatever screen is on top by then.
func carryOut(env *Env, a asked) tui.Task {
	deadline := writeDeadline
	if a.image != nil {
		deadline = uploadDeadline
	}
	return tui.Task{
		Key: a.key(), Title: a.op.DoingTo(a.name()), Write: !a.op.IsRead(), Replace: a.op.IsRead(), Deadline: deadline,
		LostText: lookFirst(a.notKnown(a.name()), a.id()),
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			end := endedMsg{env: env, asked: a, out: env.Desk.Do(env.ReportWaits(ctx, report), a.intent())}
			switch {
			case end.out.State == desk.Done:
				end.out.Result = a.op.WithTotal(ctx, env.Client, a.request(), end.out.Result)
			case end.out.State == desk.Refused && a.op.Edit == nil && a.worthAsking(env, end.out):
				end.owners = owners(ctx, env, a, end.out)
			}
			return end
		},
		Then: func(msg tea.Msg) tea.Cmd { return settle(msg.(endedMsg)) },
	}
}

// endedMsg is the fact that a write has ended, with all that a task may find out of
// it. What is said and asked because of it is made in the loop: it reads what the
// screens change.
type endedMsg struct {
	env   *Env
	asked asked
	out   desk.Outcome
	// owners are those who have what is taken, by field.
	owners map[string]*api.User
}

// Outcome implements [tui.Ender].
func (e endedMsg) Outcome() (tui.OutcomeMsg, bool) {
	return ended(e.env, e.asked, e.out), !e.asked.op.IsRead()
}

// settle turns an outcome into what is said and what every screen is told.
func settle(end endedMsg) tea.Cmd {
	env, a, out := end.env, end.asked, end.out
	var cmds []tea.Cmd
	if known := fact(a, out); known != nil {
		cmds = append(cmds, func() tea.Msg { return known })
	}
	if acted := acted(a, out); acted != nil {
		cmds = append(cmds, func() tea.Msg { return acted })
	}
	done := out.State == desk.Done
	says := words(env, a, out)
	if env.trail.wrote(env, a, out) {
		says.Next, says.NextExpires = strings.TrimSpace(says.Next+" "+undoes), true
		says.Topic = undoTopic
	}
	opens := done && out.User != nil && env.NewUserView != nil && (a.op.IsRead() || a.op.Scope == ops.ScopeDirectory)
	switch {
	case !done && a.op.Edit != nil:
		cmds = append(cmds, tui.Notify(says), func() tea.Msg { return unsaved(a, out) })
	case out.State == desk.Changed && out.User != nil:
		a.seen, a.was, a.is = out.User, out.Was, out.Is
		a.wrong, a.refused, a.note = nil, nil, ""
		cmds = append(cmds, tui.Ask(question(env, a)))
	case out.State == desk.Refused && api.IsTOTPUnsupported(out.Err) && substitute(env, a) != nil:
		cmds = append(cmds, substitute(env, a))
	case out.State == desk.Refused && a.worthAsking(env, out):
		cmds = append(cmds, tui.Ask(question(env, a.refusedBy(out).named(env, end.owners))))
	case done && out.Result.IsNo && out.Result.RetryField != "":
		cmds = append(cmds, tui.Notify(says), tui.Ask(question(env, a.answeredNo(out.Result))))
	case done && len(out.Result.Lines) > 0:
		if !a.op.IsRead() { // what it says stands on the screen that opens
			says.Text = a.did(out)
			cmds = append(cmds, tui.Notify(says))
		}
		cmds = append(cmds, tui.Push(newResult(env, a, out.Result)))
	case !opens || !a.op.IsRead():
		cmds = append(cmds, tui.Notify(says))
	}
	if opens {
		cmds = append(cmds, tui.Push(env.NewUserView(env, out.User)))
	}
	if out.Pending != nil {
		cmds = append(cmds, lookLater(env, a, out.Pending, 0))
	}
	cmds = append(cmds, notRecorded(a.op, out.JournalErr))
	return tea.Batch(cmds...)
}

// fact is what the screens must know of the person now, nil when nothing new is known.
func fact(a asked, out desk.Outcome) tea.Msg {
	var failed *api.Error
	switch {
	case a.seen == nil && out.State == desk.Done && !out.Op.IsRead() && out.User != nil:
		return UserCreatedMsg{User: out.User}
	case a.seen == nil: // of the directory, and about nobody
	case out.State == desk.Done && out.Op.DeletesUser,
		errors.As(out.Err, &failed) && failed.Kind == api.KindNotFound && out.User == nil:
		return UserGoneMsg{ID: a.seen.ID}
	case out.User != nil:
		msg := UserChangedMsg{User: out.User, PictureChanged: out.State == desk.Done && a.op.Group == ops.GroupProfile}
		if out.State == desk.Done {
			msg.By = a.op.ID
		}
		return msg
	}
	return nil
}

// acted is the fact that a write reached the person or may have, nil for the rest.
func acted(a asked, out desk.Outcome) tea.Msg {
	reached := out.State == desk.Done || out.State == desk.AlreadyGone || out.State == desk.Unknown
	if a.seen == nil || a.op.IsRead() || out.Op.DeletesUser || !reached {
		return nil
	}
	return UserWrittenMsg{ID: a.seen.ID}
}

// words say how a write ended. The id makes a later word on the same thing
// replace this one.
func words(env *Env, a asked, out desk.Outcome) tui.Toast {
	name := a.calledAfter(out)
	t := tui.Toast{ID: a.key(), Tone: tui.ToneBad}
	switch out.State {
	case desk.Done:
		t.Tone, t.Text = tui.ToneOK, a.did(out)
		if out.Result.Summary != "" {
			t.Text = tells(name, out.Result.Summary, because(a.answers[fieldReason]))
		}
		if out.Result.IsNo {
			t.Tone = tui.ToneWarn
		}
		if out.User == nil && a.seen != nil && !a.op.DeletesUser && !a.op.ConfirmsRead && !a.op.IsRead() {
			t.Next = "How they are now could not be read: refresh to see."
		}
	case desk.AlreadyGone:
		t.Tone, t.Text = tui.ToneInfo, about("Already gone, nothing to do", " for ", name)+": "+plain(out.Err)
	case desk.Unknown:
		t.Sticky = true
		t.Text = a.notKnown(name) + ": " + lost(out.Err)
		t.Next = "Refresh to see how they are before doing it again."
		if out.Pending != nil {
			t.Next = looksAgain
		}
	case desk.Changed:
		t.Tone, t.Text = tui.ToneWarn, about(a.op.Title, ", ", name)+": it changed since you looked"
		t.Next = "Nothing was sent. Look at the changes again."
	default:
		refused(env, a, out, &t)
	}
	return t
}

// lost says in a few words why there is no answer to go by.
func lost(err error) string {
	var failed *api.Error
	if !errors.As(err, &failed) {
		return plain(err)
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

// found says why it took a look to know that something was done.
func found(lost error) string {
	var failed *api.Error
	switch {
	case lost == nil, errors.As(lost, &failed) && (failed.Kind == api.KindNetwork || failed.Kind == api.KindCancelled):
		return "The answer got lost"
	case failed == nil:
		return upperFirst(plain(lost))
	}
	return upperFirst(desk.DescribeLost(lost))
}

// refused says why nothing was done, and what can be.
func refused(env *Env, a asked, out desk.Outcome, t *tui.Toast) {
	name := a.called()
	nothing := " " + about("Nothing was done", " to ", name) + "."
	if a.op.IsRead() {
		nothing = ""
	}
	failed, answered := out.Err.(*api.Error) // a wrapped one has words of its own
	switch {
	case answered && failed.Status == http.StatusPaymentRequired && a.op.ID == ban:
		t.Text = a.op.Title + " is a paid feature that this instance's Clerk plan does not have." + nothing
		t.Next = instead(env, a, failed)
	case answered:
		t.Text = failed.Summary() + nothing
		t.Next = failed.Advice()
	case errors.As(out.Err, &failed): // how it ended first, whom it was about last
		t.Text = a.op.Title + ": " + lowerFirst(sentence(plain(out.Err)))
		if name != "" {
			t.Text += " It was about " + name + "."
		}
	default: // the house's own refusal: it does not apply (any more)
		t.Tone, t.Text = tui.ToneWarn, about(a.op.Title, ", ", name)+": "+plain(out.Err)
	}
	if out.Was != out.Is {
		t.Text = strings.TrimRight(t.Text, ".") + ". It changed since you looked: was “" + out.Was + "”, is “" + out.Is + "” now"
	}
}

// about is what, and whom it is about where it is about somebody.
func about(what, between, name string) string {
	if name == "" {
		return what
	}
	return what + between + name
}

const ban, lock = "ban_user", "lock_user"

// instead names what keeps a person out where the plan has no ban.
func instead(env *Env, a asked, failed *api.Error) string {
	other, ok := env.Catalogue.Get(lock)
	if !ok || env.Catalogue.Unavailable(other, a.seen, clean.Text{}, env.Now()) != "" {
		return failed.Advice()
	}
	return other.Title + " keeps them from signing in meanwhile; it is not documented to end sessions."
}

// plain is an error in words, "" for none. What a server or a system wrote is in
// it, so it is cleaned like everything else from outside.
func plain(err error) string {
	if err == nil {
		return ""
	}
	return clean.Sentence(err.Error())
}

// sentence begins large and ends with a full stop; "" stays "".
func sentence(s string) string {
	s = strings.TrimRight(s, ". ")
	if s == "" {
		return ""
	}
	return upperFirst(s) + "."
}
