package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

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
	return tui.Action{ID: "many.account", Title: "How it ended for each", Group: string(ops.GroupSeveral),
		Help: "Everyone of the last operation of several users, and what became of it.",
		Do:   func() tea.Cmd { return tui.Push(newResult(env, asked{op: s.out.Op}, s.result(env))) }}
}

func (s BulkResult) result(env *Env) ops.Result {
	res := ops.Result{Summary: sentence(BulkToast(env, s.out, s.reason).Text)}
	for _, how := range []desk.UserState{desk.UserUnknown, desk.UserFailed, desk.UserNotTried, desk.UserGone, desk.UserSkipped, desk.UserDone} {
		for _, f := range s.out.InState(how) {
			res.Lines = append(res.Lines, ops.Line{Label: userfmt.Name(f.Seen), Value: clean.NewText(DescribeUserOutcome(s.out.Op, f))})
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
	undo = offerMany(env, inverse, c)
	undo.ID, undo.Group, undo.Title = "many.undo", string(ops.GroupSeveral), undoTitle(inverse, s.out)
	undo.Help = "Puts back those whom it changed, and nobody who was so before."
	return undo, true
}
