package users

import (
	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
)

// bulkStatus is the bulk operation that is under way and how the last one ended.
type bulkStatus struct {
	running *ops.Operation // nil for none
	last    *action.BulkResult
	// users are those of the last one as they are known now: undo needs them.
	users map[string]*api.User
}

// noteTask notes whether a bulk operation is under way.
func (b *bulkStatus) noteTask(c *ops.Catalogue, msg tui.TaskMsg) {
	if op, known := c.Get(msg.Key); known && op.Scope == ops.ScopeUsers {
		if b.running = nil; msg.Running {
			b.running = &op
		}
	}
}

// update stores a newer state of a user of the last operation.
func (b *bulkStatus) update(r *localsearch.Row) {
	if b.users[r.ID] != nil {
		b.users[r.ID] = r.User
	}
}

// takeBulkOutcome stores how a bulk operation ended. Those it is done with are
// unmarked, the others stay marked for another try.
func (v *View) takeBulkOutcome(how action.BulkResult) {
	v.bulk.last, v.bulk.users = &how, map[string]*api.User{}
	how.EachUser(func(u *api.User, done bool) {
		v.bulk.users[u.ID.Raw()] = u
		if done {
			v.marks.Remove(u.ID.Raw())
		}
	})
}

// lastBulkActions show the results of the last bulk operation and undo it.
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
