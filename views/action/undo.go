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
	"frontdesk/views/userfmt"
)

// undoes is how the words beside a write speak of the key of Undo.
const undoes = "z undoes"

// undoTopic is what all notices are on that speak of it.
const undoTopic = "undo"

// trail is what was written in this session as far as undoing it goes: the last
// write that something undoes, and what was written since that nothing does.
// Tasks write it down, Update and View read it.
type trail struct {
	mu    sync.Mutex
	last  *written
	later string // why what was written last cannot be undone, "" where it can
}

// written is a write that was done, by what undoes it.
type written struct {
	inverse ops.Operation
	// left are those whom it was about, as it left them.
	left    []*api.User
	part    clean.Text
	answers tui.Answers
	// was is how they were before it, in the words of the inverse's State; unlike is in
	// what they will be otherwise than that all the same.
	was, unlike string
}

// wrote notes how a write ended; undoable says that there is a way back by Undo.
func (t *trail) wrote(env *Env, a asked, out desk.Outcome) (undoable bool) {
	if a.op.IsHarmless() || out.State != desk.Done && out.State != desk.Unknown {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last != nil && a.op.DeletesUser && a.seen != nil && len(t.last.left) == 1 && t.last.left[0].ID == a.seen.ID {
		t.last = nil
	}
	if out.State == desk.Unknown {
		t.later = openEnd(a)
		return false
	}
	if a.seen != nil {
		if inverse, back, ok := a.op.Undo(env.Catalogue, a.seen, a.request()); ok {
			t.last = &written{inverse: inverse, left: []*api.User{leftBy(a, out)}, part: back.PartID, answers: back.Values, unlike: a.op.UndoCaveat}
			if inverse.State != nil {
				t.last.was = inverse.State(a.seen, env.Now())
			}
			t.later = ""
			return true
		}
	}
	t.later = a.op.Title + " cannot be undone"
	if a.op.WayBack != "" {
		t.later += "; way back: " + a.op.WayBack
	}
	return false
}

// openEnd is why a write cannot be undone of which nobody knows how it ended.
func openEnd(a asked) string { return "it is not known how “" + a.op.Title + "” ended" }

// foundOut is wrote for a write whose end is known only now. Where something else
// was written since, that stays what Undo is about.
func (t *trail) foundOut(env *Env, a asked, out desk.Outcome) (undoable bool) {
	t.mu.Lock()
	since := t.later != openEnd(a)
	t.mu.Unlock()
	return !since && t.wrote(env, a, out)
}

// leftBy is the person as a write left them. Where nobody could look afterwards
// it is only known who they are.
func leftBy(a asked, out desk.Outcome) *api.User {
	if out.User != nil {
		return out.User
	}
	unread := *a.seen
	unread.ReadAt = time.Time{}
	return &unread
}

// wroteMany is wrote for an operation of several users.
func (t *trail) wroteMany(env *Env, out desk.BulkOutcome) (undoable bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	inverse, _, ok := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
	if !ok {
		return false
	}
	t.last, t.later = &written{inverse: inverse}, ""
	changed := map[clean.Text]bool{}
	for _, id := range out.ChangedIDs() {
		changed[id] = true
	}
	for _, f := range out.Users {
		switch {
		case !changed[f.Seen.ID]:
		case f.User != nil:
			t.last.left = append(t.last.left, f.User)
		default:
			t.last.left = append(t.last.left, f.Seen)
		}
	}
	return true
}

// UndoAction is the action that undoes what was written last in this session, of what
// something undoes. It asks the inverse's own question about the same people, and
// goes through the desk, which looks at them again, as every write does.
func UndoAction(env *Env) tui.Action {
	env.trail.mu.Lock()
	last, later := env.trail.last, env.trail.later
	env.trail.mu.Unlock()
	a := tui.Action{ID: "app.undo", Title: "Undo", FooterLabel: "undo", Group: tui.GroupEverywhere,
		Help: "Asks whether to undo what was changed last; the question is the way back's own."}
	switch {
	case last != nil && last.inverse.Scope == ops.ScopeUsers:
		last.offerMany(env, later, &a)
	case last != nil:
		last.offer(env, later, &a)
	case later != "":
		a.Off = later
	default:
		a.Off = "nothing to undo yet"
	}
	return a
}

// offer fills in the action for one person.
func (w *written) offer(env *Env, later string, a *tui.Action) {
	left, now := w.left[0], env.Now()
	again := asked{op: w.inverse, seen: env.UserCache().Newest(left), answers: w.answers, note: before(later), back: w}
	who := userfmt.Called(again.seen)
	if !again.seen.ReadAt.IsZero() {
		if reason := env.Catalogue.Unavailable(w.inverse, again.seen, clean.Text{}, now); reason != "" {
			a.Off = w.inverse.Title + ", " + who + ": " + reason
			return
		}
	}
	if w.inverse.Part != ops.PartNone {
		item, there := w.inverse.Part.Find(again.seen, w.part)
		if !there {
			a.Off = w.inverse.Title + ", " + who + ": that " + w.inverse.Part.String() + " is not there any more"
			return
		}
		again.part = item
	}
	if state := w.inverse.State; state != nil && !left.ReadAt.IsZero() {
		again.was, again.is = state(left, now), state(again.seen, now)
	}
	a.Title = "Undo: " + w.inverse.Title + ", " + who
	a.Do = func() tea.Cmd { return tui.Ask(question(env, again)) }
}

// offerMany fills in the action for several people.
func (w *written) offerMany(env *Env, later string, a *tui.Action) {
	c := Selection{}
	for _, u := range w.left {
		c.Users = append(c.Users, env.UserCache().Newest(u))
	}
	m := newMany(env, w.inverse, c)
	if len(m.due) == 0 {
		a.Off = w.inverse.Title + ": " + allOf(m.left)
		return
	}
	a.Title = "Undo: " + w.inverse.BulkTitle(len(m.due))
	a.Do = func() tea.Cmd {
		p := m.question(env)
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

// puts is what goes back by it, from what it is now to what it was.
func (w *written) puts(a asked, now time.Time) []string {
	var out []string
	for _, f := range a.op.Fields {
		if to, goes := a.answers[f.Name]; goes && f.Current != nil && to != f.Current(a.seen) {
			out = append(out, lowerFirst(f.Label)+": "+valueWords(f.Current(a.seen))+" → "+valueWords(to))
		}
	}
	if len(out) == 0 && a.op.State != nil && a.op.Edit == nil { // an edit's own effects name the keys
		if is := a.op.State(a.seen, now); is != w.was {
			out = append(out, is+" → "+w.was)
		}
	}
	if w.unlike != "" {
		out = append(out, w.unlike)
	}
	return out
}

// valueWords is a value as it may be shown, with a word for none.
func valueWords(value string) string {
	if value == "" {
		return "(none)"
	}
	return clean.NewText(value).Display()
}

// before says that what is undone is not what was done last, and why.
func before(later string) string {
	if later == "" {
		return ""
	}
	return upperFirst(later) + ". This undoes what was done before it."
}

// wayBack is how an operation is undone, with the key where that does it.
func wayBack(env *Env, a asked) string {
	_, ok := env.Catalogue.Get(cmp.Or(a.op.Inverse, a.op.RemovedBy))
	if ok && a.op.Part != ops.PartNone { // of the rest what goes back follows what is filled in
		_, _, ok = a.op.Undo(env.Catalogue, a.seen, a.request())
	}
	if !ok {
		return a.op.WayBack
	}
	return "z, or " + a.op.WayBack
}
