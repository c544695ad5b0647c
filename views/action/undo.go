package action

import (
	"cmp"
	"strings"
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

// undoHint names the key of Undo in the toast of a write.
const undoHint = "z undoes"

// undoTopic is the topic of every toast that mentions Undo.
const undoTopic = "undo"

// undoHistory holds the last undoable write of this session, and why the write
// after it cannot be undone, if there was one. Tasks record writes; Update and
// View read them.
type undoHistory struct {
	mu      sync.Mutex
	last    *undoStep
	blocked string // why the latest write cannot be undone, "" if it can
}

// undoStep is a finished write and the operation that undoes it.
type undoStep struct {
	inverse ops.Operation
	// users are the users it changed, as they were afterwards.
	users   []*api.User
	itemID  clean.Text
	answers tui.Answers
	// before is the state of the user before the write, in the words of the
	// inverse's State; caveat is what the undo does not restore.
	before, caveat string
	record         string // of the journal, "" for none
}

// record records the outcome of a write and reports whether Undo can revert it.
func (h *undoHistory) record(env *Env, a attempt, out desk.Outcome) (undoable bool) {
	if a.op.IsHarmless() || out.State != desk.Done && out.State != desk.Unknown {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last != nil && a.op.DeletesUser && a.user != nil && len(h.last.users) == 1 && h.last.users[0].ID == a.user.ID {
		h.last = nil
	}
	if out.State == desk.Unknown {
		h.blocked = unknownOutcomeReason(a)
		return false
	}
	if a.user != nil {
		if inverse, back, ok := a.op.Undo(env.Catalogue, a.user, a.request()); ok {
			h.last = &undoStep{inverse: inverse, users: []*api.User{userAfter(a, out)}, itemID: back.PartID, answers: back.Values, caveat: a.op.UndoCaveat, record: out.Record}
			if inverse.State != nil {
				h.last.before = inverse.State(a.user, env.Now())
			}
			h.blocked = ""
			return true
		}
	}
	h.blocked = a.op.Title + " cannot be undone"
	if a.op.WayBack != "" {
		h.blocked += " with z; instead: " + a.op.WayBack
	}
	return false
}

// unknownOutcomeReason is why a write with an unknown outcome cannot be undone.
func unknownOutcomeReason(a attempt) string {
	return "the outcome of “" + a.op.Title + "” is unknown"
}

// recordLate records a write whose outcome became known only later. It does
// nothing if another write has been recorded since.
func (h *undoHistory) recordLate(env *Env, a attempt, out desk.Outcome) (undoable bool) {
	h.mu.Lock()
	isLatest := h.blocked == unknownOutcomeReason(a)
	h.mu.Unlock()
	return isLatest && h.record(env, a, out)
}

// userAfter is the user after a write. If they could not be read afterwards, the
// result is marked as unread.
func userAfter(a attempt, out desk.Outcome) *api.User {
	if out.User != nil {
		return out.User
	}
	unread := *a.user
	unread.ReadAt = time.Time{}
	return &unread
}

// recordBulk is record for an operation on several users.
func (h *undoHistory) recordBulk(env *Env, out desk.BulkOutcome) (undoable bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	inverse, _, ok := out.Op.BulkUndo(env.Catalogue, out.ChangedIDs())
	if !ok {
		return false
	}
	h.last, h.blocked = &undoStep{inverse: inverse, record: strings.Join(out.Records, " ")}, ""
	changed := map[clean.Text]bool{}
	for _, id := range out.ChangedIDs() {
		changed[id] = true
	}
	for _, f := range out.Users {
		switch {
		case !changed[f.Seen.ID]:
		case f.User != nil:
			h.last.users = append(h.last.users, f.User)
		default:
			h.last.users = append(h.last.users, f.Seen)
		}
	}
	return true
}

// UndoAction is the action that undoes the last undoable write of this session.
// It asks the question of the inverse operation about the same users and, like
// every write, goes through the desk, which reads them again first.
func UndoAction(env *Env) tui.Action {
	history := &env.remembered().history
	history.mu.Lock()
	last, blocked := history.last, history.blocked
	history.mu.Unlock()
	a := tui.Action{ID: "app.undo", Title: "Undo", FooterLabel: "undo", Group: tui.GroupEverywhere,
		Help: "Undoes the last change. You are asked first."}
	switch {
	case last != nil && last.inverse.Scope == ops.ScopeUsers:
		last.fillBulkAction(env, blocked, &a)
	case last != nil:
		last.fillAction(env, blocked, &a)
	case blocked != "":
		a.Off = blocked
	default:
		a.Off = "nothing to undo yet"
	}
	return a
}

// fillAction completes the action for one user. blocked is why the latest write
// cannot be undone, so that an older one is, "" if this is the latest.
func (s *undoStep) fillAction(env *Env, blocked string, a *tui.Action) {
	after, now := s.users[0], env.Now()
	inverse := attempt{op: s.inverse, user: env.UserCache().Newest(after), answers: s.answers, note: olderNote(blocked), undoes: s}
	who := userfmt.NameAndAddress(env.Shown(inverse.user))
	if !inverse.user.ReadAt.IsZero() {
		if reason := env.Catalogue.Unavailable(s.inverse, inverse.user, clean.Text{}, now); reason != "" {
			a.Off = s.inverse.Title + ", " + who + ": " + reason
			return
		}
	}
	if s.inverse.Part != ops.PartNone {
		item, found := s.inverse.Part.Find(inverse.user, s.itemID)
		if !found {
			a.Off = s.inverse.Title + ", " + who + ": that " + s.inverse.Part.String() + " no longer exists"
			return
		}
		inverse.item = item
	}
	if state := s.inverse.State; state != nil && !after.ReadAt.IsZero() {
		inverse.was, inverse.is = state(after, now), state(inverse.user, now)
	}
	a.Title = undoPrefix + s.inverse.Title + ", " + who
	a.Do = func() tea.Cmd { return tui.Ask(newPrompt(env, inverse)) }
}

// fillBulkAction is fillAction for several users.
func (s *undoStep) fillBulkAction(env *Env, blocked string, a *tui.Action) {
	c := Selection{}
	for _, u := range s.users {
		c.Users = append(c.Users, env.UserCache().Newest(u))
	}
	m := newBulk(env, s.inverse, c)
	m.undoes = s.record
	if len(m.applicable) == 0 {
		a.Off = s.inverse.Title + ": " + m.skipped.WhyNone()
		return
	}
	a.Title = undoPrefix + s.inverse.BulkTitle(len(m.applicable))
	a.Do = func() tea.Cmd {
		p := m.prompt(env)
		p.Note, p.TitlePrefix, p.WayBack = olderNote(blocked), undoPrefix, redoHint
		return tui.Ask(p)
	}
}

const (
	// undoPrefix begins the title of a question that Undo asks.
	undoPrefix = "Undo: "
	// redoHint is how an undo is undone.
	redoHint = "press z again"
)

// olderNote says that an older write is undone, because the latest cannot be; ""
// if nothing is blocked.
func olderNote(blocked string) string {
	if blocked == "" {
		return ""
	}
	return wording.UpperFirst(blocked) + ". This undoes the change before it."
}

// wayBack is how an operation is undone, including the key of Undo if it does that.
func wayBack(env *Env, a attempt) string {
	_, ok := env.Catalogue.Get(cmp.Or(a.op.Inverse, a.op.RemovedBy))
	if ok && a.op.Part != ops.PartNone { // for the others it depends on what is filled in
		_, _, ok = a.op.Undo(env.Catalogue, a.user, a.request())
	}
	if !ok {
		return a.op.WayBack
	}
	return "z, or " + a.op.WayBack
}
