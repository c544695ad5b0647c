package action

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// undoHistory holds the operator's last undoable write on this instance, and the writes
// after it that cannot be undone. With a journal it is what a task read there, at the
// start and after each write; without one it is what this session did.
type undoHistory struct {
	mu    sync.Mutex
	last  *undoStep
	newer []keptWrite
	// isRead reports that the journal was read, seq the newest record that mattered then.
	isRead bool
	seq    uint64
}

// keptWrite is a write that cannot be undone.
type keptWrite struct {
	why     string // "Reset MFA enrollments cannot be undone"
	pending string // the key of an attempt whose outcome is unknown, "" otherwise
}

func (h *undoHistory) state() (last *undoStep, newer []keptWrite, isRead bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last, h.newer, h.isRead
}

// undoRead is what a task found in the journal.
type undoRead struct {
	undo recorder.Undo
	err  error
}

// undoReadTimeout limits reading the journal after a write, because it delays the outcome.
const undoReadTimeout = 2 * time.Second

// readUndo reads the journal. It returns nil if there is none. Only tasks may call it.
func (e *Env) readUndo(ctx context.Context) *undoRead {
	if e.Journal == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoReadTimeout)
	defer cancel()
	undo, err := e.LastUndo(ctx)
	return &undoRead{undo, err}
}

// note records the outcome of a write and reports whether Undo can revert it. read is
// what the journal says, nil without one.
func (h *undoHistory) note(env *Env, a attempt, out desk.Outcome, read *undoRead) (undoable bool) {
	if read == nil {
		return h.record(env, a, out)
	}
	var known []*api.User
	if a.user != nil && out.State == desk.Done && !a.op.DeletesUser {
		known = append(known, userAfter(a, out))
	}
	return h.adopt(read, known) && out.Record != "" && slices.Contains(read.undo.Records, out.Record)
}

// noteBulk is note for an operation on several users.
func (h *undoHistory) noteBulk(env *Env, out desk.BulkOutcome, read *undoRead) (undoable bool) {
	if read == nil {
		return h.recordBulk(env, out)
	}
	var known []*api.User
	for _, f := range out.Users {
		if f.User != nil {
			known = append(known, f.User)
		}
	}
	return h.adopt(read, known) && len(out.Records) > 0 && slices.Contains(read.undo.Records, out.Records[0])
}

// adopt takes over what a task found in the journal. known are recently read users.
func (h *undoHistory) adopt(read *undoRead, known []*api.User) (found bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	seq := read.undo.Seq
	for _, k := range read.undo.Newer {
		seq = max(seq, k.Seq)
	}
	if read.err == nil && seq < h.seq { // read before a later write
		return false
	}
	h.last, h.newer, h.isRead, h.seq = nil, nil, true, max(seq, h.seq)
	if read.err != nil {
		h.newer = []keptWrite{{why: "the journal cannot be read: " + clean.Sentence(read.err.Error())}}
		return false
	}
	for _, k := range read.undo.Newer {
		h.newer = append(h.newer, keptWrite{why: clean.NewText(k.Why).Display()})
	}
	if read.undo.IsZero() {
		return false
	}
	h.last = newUndoStep(read.undo, known)
	return true
}

func newUndoStep(u recorder.Undo, known []*api.User) *undoStep {
	s := &undoStep{title: u.Done.Title, at: u.Time, inverse: u.Op, itemID: u.PartID, answers: tui.Answers(u.Values), before: u.Was(),
		caveat: u.Done.UndoCaveat, record: strings.Join(u.Records, " "), journal: u}
	if u.Recreates != nil {
		return s
	}
	for _, t := range u.Targets {
		user := &api.User{ID: clean.NewText(t.ID)}
		if at := slices.IndexFunc(known, func(k *api.User) bool { return k.ID == user.ID }); at >= 0 {
			user = known[at]
		}
		s.users = append(s.users, user)
	}
	return s
}

// record is note without a journal.
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
		h.keep(keptWrite{why: "the outcome of “" + a.op.Title + "” is unknown", pending: a.key()})
		return false
	}
	if a.user != nil {
		if inverse, back, ok := a.op.UndoAfter(env.Catalogue, a.user, out.User, a.request()); ok {
			h.last = &undoStep{title: a.op.Title, at: env.Now(), inverse: inverse, users: []*api.User{userAfter(a, out)}, itemID: back.PartID, answers: back.Values,
				caveat: a.op.UndoCaveat, record: out.Record}
			if inverse.State != nil {
				h.last.before = inverse.State(a.user, env.Now())
			}
			h.newer = nil
			return true
		}
	}
	why := a.op.Title + " cannot be undone"
	if a.op.WayBack != "" {
		why += " with z; instead: " + a.op.WayBack
	}
	h.keep(keptWrite{why: why})
	return false
}

// keep puts a write before the others that cannot be undone.
func (h *undoHistory) keep(w keptWrite) { h.newer = append([]keptWrite{w}, h.newer...) }

// noteLate is note for a write whose outcome became known only later. Without a journal
// it does nothing if another write has been recorded since.
func (h *undoHistory) noteLate(env *Env, a attempt, out desk.Outcome, read *undoRead) (undoable bool) {
	if read != nil {
		return h.note(env, a, out, read)
	}
	h.mu.Lock()
	isLatest := len(h.newer) > 0 && h.newer[0].pending == a.key()
	if isLatest {
		h.newer = h.newer[1:]
	}
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
	h.newer = nil
	h.last = &undoStep{title: out.Op.Title, at: env.Now(), inverse: inverse, record: strings.Join(out.Records, " ")}
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

// hintFor returns the hint about undoing an operation for its toast.
func hintFor(op ops.Operation) string {
	if op.DeletesUser {
		return recreateHint
	}
	return undoHint
}
