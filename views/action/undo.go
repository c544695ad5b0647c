package action

import (
	"cmp"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// undoes is how the words beside a write speak of the key of Undo.
const undoes = "z undoes"

// undoTopic is what all notices are on that speak of it.
const undoTopic = "undo"

// undoHistory is what was written in this session as far as undoing it goes: the last
// write that something undoes, and what was written since that nothing does.
// Tasks write it down, Update and View read it.
type undoHistory struct {
	mu      sync.Mutex
	last    *undoStep
	blocked string // why what was written last cannot be undone, "" where it can
}

// undoStep is a write that was done, by what undoes it.
type undoStep struct {
	inverse ops.Operation
	// users are those whom it was about, as it left them.
	users   []*api.User
	itemID  clean.Text
	answers tui.Answers
	// before is how they were before it, in the words of the inverse's State; unlike is in
	// what they will be otherwise than that all the same.
	before, caveat string
}

// record notes how a write ended; undoable says that there is a way back by Undo.
func (t *undoHistory) record(env *Env, a attempt, out desk.Outcome) (undoable bool) {
	if a.op.IsHarmless() || out.State != desk.Done && out.State != desk.Unknown {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last != nil && a.op.DeletesUser && a.user != nil && len(t.last.users) == 1 && t.last.users[0].ID == a.user.ID {
		t.last = nil
	}
	if out.State == desk.Unknown {
		t.blocked = unknownEndReason(a)
		return false
	}
	if a.user != nil {
		if inverse, back, ok := a.op.Undo(env.Catalogue, a.user, a.request()); ok {
			t.last = &undoStep{inverse: inverse, users: []*api.User{userAfter(a, out)}, itemID: back.PartID, answers: back.Values, caveat: a.op.UndoCaveat}
			if inverse.State != nil {
				t.last.before = inverse.State(a.user, env.Now())
			}
			t.blocked = ""
			return true
		}
	}
	t.blocked = a.op.Title + " cannot be undone"
	if a.op.WayBack != "" {
		t.blocked += "; way back: " + a.op.WayBack
	}
	return false
}

// unknownEndReason is why a write cannot be undone of which nobody knows how it ended.
func unknownEndReason(a attempt) string { return "it is not known how “" + a.op.Title + "” ended" }

// recordLate is wrote for a write whose end is known only now. Where something else
// was written since, that stays what Undo is about.
func (t *undoHistory) recordLate(env *Env, a attempt, out desk.Outcome) (undoable bool) {
	t.mu.Lock()
	since := t.blocked != unknownEndReason(a)
	t.mu.Unlock()
	return !since && t.record(env, a, out)
}

// userAfter is the person as a write left them. Where nobody could look afterwards
// it is only known who they are.
func userAfter(a attempt, out desk.Outcome) *api.User {
	if out.User != nil {
		return out.User
	}
	unread := *a.user
	unread.ReadAt = time.Time{}
	return &unread
}

// recordBulk is wrote for an operation of several users.
func (t *undoHistory) recordBulk(env *Env, out desk.BulkOutcome) (undoable bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	inverse, _, ok := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
	if !ok {
		return false
	}
	t.last, t.blocked = &undoStep{inverse: inverse}, ""
	changed := map[clean.Text]bool{}
	for _, id := range out.ChangedIDs() {
		changed[id] = true
	}
	for _, f := range out.Users {
		switch {
		case !changed[f.Seen.ID]:
		case f.User != nil:
			t.last.users = append(t.last.users, f.User)
		default:
			t.last.users = append(t.last.users, f.Seen)
		}
	}
	return true
}

// UndoAction is the action that undoes what was written last in this session, of what
// something undoes. It asks the inverse's own question about the same people, and
// goes through the desk, which looks at them again, as every write does.
func UndoAction(env *Env) tui.Action {
	env.history.mu.Lock()
	last, later := env.history.last, env.history.blocked
	env.history.mu.Unlock()
	a := tui.Action{ID: "app.undo", Title: "Undo", FooterLabel: "undo", Group: tui.GroupEverywhere,
		Help: "Asks whether to undo what was changed last; the question is the way back's own."}
	switch {
	case last != nil && last.inverse.Scope == ops.ScopeUsers:
		last.fillBulkAction(env, later, &a)
	case last != nil:
		last.fillAction(env, later, &a)
	case later != "":
		a.Off = later
	default:
		a.Off = "nothing to undo yet"
	}
	return a
}

// fillAction fills in the action for one person.
func (w *undoStep) fillAction(env *Env, later string, a *tui.Action) {
	left, now := w.users[0], env.Now()
	again := attempt{op: w.inverse, user: env.UserCache().Newest(left), answers: w.answers, note: before(later), undoes: w}
	who := userfmt.NameAndAddress(env.Shown(again.user))
	if !again.user.ReadAt.IsZero() {
		if reason := env.Catalogue.Unavailable(w.inverse, again.user, clean.Text{}, now); reason != "" {
			a.Off = w.inverse.Title + ", " + who + ": " + reason
			return
		}
	}
	if w.inverse.Part != ops.PartNone {
		item, there := w.inverse.Part.Find(again.user, w.itemID)
		if !there {
			a.Off = w.inverse.Title + ", " + who + ": that " + w.inverse.Part.String() + " is not there any more"
			return
		}
		again.item = item
	}
	if state := w.inverse.State; state != nil && !left.ReadAt.IsZero() {
		again.was, again.is = state(left, now), state(again.user, now)
	}
	a.Title = "Undo: " + w.inverse.Title + ", " + who
	a.Do = func() tea.Cmd { return tui.Ask(newPrompt(env, again)) }
}

// fillBulkAction fills in the action for several people.
func (w *undoStep) fillBulkAction(env *Env, later string, a *tui.Action) {
	c := Selection{}
	for _, u := range w.users {
		c.Users = append(c.Users, env.UserCache().Newest(u))
	}
	m := newBulk(env, w.inverse, c)
	if len(m.applicable) == 0 {
		a.Off = w.inverse.Title + ": " + m.skipped.WhyNone()
		return
	}
	a.Title = "Undo: " + w.inverse.BulkTitle(len(m.applicable))
	a.Do = func() tea.Cmd {
		p := m.prompt(env)
		p.Note, p.TitlePrefix, p.WayBack = before(later), undoLead, onlyLast
		return tui.Ask(p)
	}
}

// undoLead tells the question of Undo from the same operation asked for itself.
// onlyLast is its way back: there is one step, and it goes both ways.
const (
	undoLead = "Undo: "
	onlyLast = "z again redoes it (z knows only the last change)"
)

// before says that what is undone is not what was done last, and why.
func before(later string) string {
	if later == "" {
		return ""
	}
	return wording.UpperFirst(later) + ". This undoes what was done before it."
}

// wayBack is how an operation is undone, with the key where that does it.
func wayBack(env *Env, a attempt) string {
	_, ok := env.Catalogue.Get(cmp.Or(a.op.Inverse, a.op.RemovedBy))
	if ok && a.op.Part != ops.PartNone { // of the rest what goes back follows what is filled in
		_, _, ok = a.op.Undo(env.Catalogue, a.user, a.request())
	}
	if !ok {
		return a.op.WayBack
	}
	return "z, or " + a.op.WayBack
}
