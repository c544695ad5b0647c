package action

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// bulkOutcomeMsg is the fact that a bulk has ended.
type bulkOutcomeMsg struct {
	env      *Env
	out      desk.BulkOutcome
	reason   string
	reported map[clean.Text]bool // of whom the screens were told already
}

// Outcome implements [tui.Ender].
func (e bulkOutcomeMsg) Outcome() (tui.OutcomeMsg, bool) {
	return wording.BulkEnding(ShownBulk(e.env, e.out), e.reason, e.env.Catalogue), true
}

// settleBulk turns how a bulk ended into what is said and what every screen is
// told: each user of whom it was not told already, then the end.
func settleBulk(end bulkOutcomeMsg) tea.Cmd {
	env, out, reason := end.env, end.out, end.reason
	fates := slices.DeleteFunc(slices.Clone(out.Users), func(f desk.UserOutcome) bool { return end.reported[f.Seen.ID] })
	cmds := []tea.Cmd(userMsgs(fates))
	cmds = append(cmds, func() tea.Msg { return BulkDoneMsg{BulkResult{out, reason}} })
	says := wording.BulkOutcome(ShownBulk(env, out), reason, env.Catalogue)
	if env.remembered().history.recordBulk(env, out) {
		inverse, _, _ := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
		says.Next, says.NextExpires = strings.TrimSpace(says.Next+" "+undoHint+": "+wording.BulkUndoTitle(inverse, out)+"."), true
		says.Topic = undoTopic
	}
	return tea.Batch(append(cmds, tui.Notify(says), scheduleBulkLook(env, out, reason, 0), notRecorded(out.Op, out.JournalErr))...)
}

// BulkDoneMsg is the fact that an operation of several users has ended. Every
// user it touched has had a UserChangedMsg or UserGoneMsg of their own.
type BulkDoneMsg struct{ Result BulkResult }

// BulkResult is how an operation of several users ended, for a screen that keeps it.
type BulkResult struct {
	out    desk.BulkOutcome
	reason string
}

// EachUser are all who were in it, as they are known since, and whether it is
// through with them: done, not needed, or gone. The others may be tried again.
func (s BulkResult) EachUser(f func(u *api.User, through bool)) {
	for _, fate := range s.out.Users {
		u := fate.Seen
		if fate.User != nil {
			u = fate.User
		}
		f(u, fate.State == desk.UserDone || fate.State == desk.UserSkipped || fate.State == desk.UserGone)
	}
}

// ResultsAction is the action that tells how it ended for everyone, those first for
// whom it was not done.
func (s BulkResult) ResultsAction(env *Env) tui.Action {
	return tui.Action{ID: "many.account", Title: "Results per user", Group: string(ops.GroupSeveral),
		Help: "Everyone of the last operation of several users, and what became of it.",
		Do:   func() tea.Cmd { return tui.Push(newResult(env, attempt{op: s.out.Op}, s.result(env))) }}
}

func (s BulkResult) result(env *Env) ops.Result {
	res := ops.Result{Summary: wording.Sentence(wording.BulkOutcome(ShownBulk(env, s.out), s.reason, env.Catalogue).Text)}
	for _, how := range []desk.UserState{desk.UserUnknown, desk.UserFailed, desk.UserNotTried, desk.UserGone, desk.UserSkipped, desk.UserDone} {
		for _, f := range s.out.InState(how) {
			res.Lines = append(res.Lines, ops.Line{Label: userfmt.Name(env.Shown(f.Seen)), Value: clean.NewText(wording.UserOutcome(s.out.Op, f))})
		}
	}
	return res
}

// UndoAction is what puts back those whom it changed, as an action, and nobody who had
// been like that before; now gives a person as they are known now. ok is false
// where there is nobody to put back.
func (s BulkResult) UndoAction(env *Env, now func(clean.Text) *api.User) (undo tui.Action, ok bool) {
	inverse, r, ok := s.out.Op.BulkUndo(env.Catalogue, s.out.ChangedIDs())
	if !ok {
		return tui.Action{}, false
	}
	var c Selection
	for _, id := range r.UserIDs {
		if u := now(id); u != nil {
			c.Users = append(c.Users, u)
		}
	}
	undo = bulkAction(env, inverse, c)
	undo.ID, undo.Group, undo.Title = "many.undo", string(ops.GroupSeveral), wording.BulkUndoTitle(inverse, s.out)
	undo.Help = "Puts back those whom it changed, and nobody who was so before."
	return undo, true
}
