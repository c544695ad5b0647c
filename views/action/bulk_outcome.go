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

// bulkOutcomeMsg reports the end of a bulk operation.
type bulkOutcomeMsg struct {
	env      *Env
	out      desk.BulkOutcome
	reason   string
	reported map[clean.Text]bool // users whose outcome the screens know already
	undo     *undoRead           // what can be undone now according to the journal
}

// Outcome implements [tui.Ender].
func (e bulkOutcomeMsg) Outcome() (tui.OutcomeMsg, bool) {
	return wording.BulkEnding(ShownBulk(e.env, e.out), e.reason, e.env.Catalogue), true
}

// settleBulk returns the messages and the toast that follow the end of a bulk
// operation.
func settleBulk(end bulkOutcomeMsg) tea.Cmd {
	env, out, reason := end.env, end.out, end.reason
	unreported := slices.DeleteFunc(slices.Clone(out.Users), func(o desk.UserOutcome) bool { return end.reported[o.Seen.ID] })
	cmds := []tea.Cmd(userMsgs(unreported))
	cmds = append(cmds, func() tea.Msg { return BulkDoneMsg{BulkResult{out, reason}} })
	toast := wording.BulkOutcome(ShownBulk(env, out), reason, env.Catalogue)
	if env.remembered().history.noteBulk(env, out, end.undo) {
		inverse, _, _ := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
		toast.Next, toast.NextExpires = strings.TrimSpace(toast.Next+" "+undoHint+": "+wording.BulkUndoTitle(inverse, out)+"."), true
		toast.Topic = undoTopic
	}
	return tea.Batch(append(cmds, tui.Notify(toast), scheduleBulkLook(env, out, reason, 0), notifyUnrecorded(out.Op, out.JournalErr))...)
}

// BulkDoneMsg reports the end of an operation on several users. A UserChangedMsg or
// UserGoneMsg has been sent for every user it changed.
type BulkDoneMsg struct{ Result BulkResult }

// BulkResult is the outcome of an operation on several users.
type BulkResult struct {
	out    desk.BulkOutcome
	reason string
}

// EachUser calls f for every user of the operation, as last read, and whether it is
// finished for them: done, not needed, or the user is gone. The operation may be
// tried again for the others.
func (b BulkResult) EachUser(f func(u *api.User, finished bool)) {
	for _, o := range b.out.Users {
		u := o.Seen
		if o.User != nil {
			u = o.User
		}
		f(u, o.State == desk.UserDone || o.State == desk.UserSkipped || o.State == desk.UserGone)
	}
}

// ResultsAction is the action that lists the outcome for each user, those that need
// attention first.
func (b BulkResult) ResultsAction(env *Env) tui.Action {
	return tui.Action{ID: "many.account", Title: "Results per user", Group: string(ops.GroupSeveral),
		Help: "Lists the outcome of the last operation on several users for each of them.",
		Do:   func() tea.Cmd { return tui.Push(newResult(env, attempt{op: b.out.Op}, b.result(env))) }}
}

func (b BulkResult) result(env *Env) ops.Result {
	res := ops.Result{Summary: wording.Sentence(wording.BulkOutcome(ShownBulk(env, b.out), b.reason, env.Catalogue).Text)}
	for _, state := range []desk.UserState{desk.UserUnknown, desk.UserFailed, desk.UserNotTried, desk.UserGone, desk.UserSkipped, desk.UserDone} {
		for _, o := range b.out.InState(state) {
			res.Lines = append(res.Lines, ops.Line{Label: userfmt.Name(env.Shown(o.Seen)), Value: clean.NewText(wording.UserOutcome(b.out.Op, o))})
		}
	}
	return res
}

// UndoAction is the action that undoes the operation for the users it changed, and
// only for those. newest returns a user as last read. ok is false if no user can
// be restored.
func (b BulkResult) UndoAction(env *Env, newest func(clean.Text) *api.User) (undo tui.Action, ok bool) {
	inverse, r, ok := b.out.Op.BulkUndo(env.Catalogue, b.out.ChangedIDs())
	if !ok {
		return tui.Action{}, false
	}
	var c Selection
	for _, id := range r.UserIDs {
		if u := newest(id); u != nil {
			c.Users = append(c.Users, u)
		}
	}
	undo = bulkAction(env, inverse, c)
	undo.ID, undo.Group, undo.Title = "many.undo", string(ops.GroupSeveral), wording.BulkUndoTitle(inverse, b.out)
	undo.Help = "Undoes it for the users it changed, and only for those."
	return undo, true
}
