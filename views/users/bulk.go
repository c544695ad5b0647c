package users

import (
	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
)

// bulkStatus is the bulk operation in progress and the result of the last one.
type bulkStatus struct {
	running *ops.Operation // nil for none
	last    *action.BulkResult
	// users are the newest states of the last operation's users, for undo.
	users map[string]*api.User
}

// noteTask records whether a bulk operation is in progress.
func (b *bulkStatus) noteTask(c *ops.Catalogue, msg tui.TaskMsg) {
	if op, known := c.Get(msg.Key); known && op.Scope == ops.ScopeUsers {
		if b.running = nil; msg.Running {
			b.running = &op
		}
	}
}

// update stores a newer state of one of the last operation's users.
func (b *bulkStatus) update(r *localsearch.Row) {
	if b.users[r.ID] != nil {
		b.users[r.ID] = r.User
	}
}

// takeBulkOutcome stores the result of a bulk operation and unmarks the users it is
// done with. The others stay marked for another attempt.
func (v *View) takeBulkOutcome(how action.BulkResult) {
	v.bulk.last, v.bulk.users = &how, map[string]*api.User{}
	how.EachUser(func(u *api.User, done bool) {
		v.bulk.users[u.ID.Raw()] = u
		if done {
			v.marks.Remove(u.ID.Raw())
		}
	})
}

// lastBulkActions are the results and the undo of the last bulk operation.
func (v *View) lastBulkActions() []tui.Action {
	last := v.bulk.last
	if last == nil {
		return nil
	}
	all := []tui.Action{last.ResultsAction(v.env)}
	undo, ok := last.UndoAction(v.env, func(id clean.Text) *api.User { return v.bulk.users[id.Raw()] })
	if ok {
		all = append([]tui.Action{undo}, all...)
	}
	return all
}
