package action

import (
	"context"
	"errors"
	"slices"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// HeadlessUndo is what undoes one of the operator's changes, for a front end without
// screens.
type HeadlessUndo struct {
	Op ops.Operation
	// Users are whom it is about, as they are now; nobody where a deleted user is created
	// again.
	Users []*api.User
	// Record is the journal's record of what is undone.
	Record string
	step   *undoStep
	note   string
}

// FindUndo returns what undoes the operator's last change on this instance, or that of a
// record. It reads the journal and the users; its error is a sentence.
func FindUndo(ctx context.Context, env *Env, record string) (HeadlessUndo, error) {
	step, newer, err := findUndo(ctx, env, record)
	if err != nil {
		return HeadlessUndo{}, err
	}
	if len(step.users) > 0 {
		wanted := len(step.users)
		if step.users, err = readUsers(ctx, env, step.users); err != nil {
			return HeadlessUndo{}, err
		}
		if wanted == 1 && len(step.users) == 0 {
			return HeadlessUndo{}, errors.New("“" + step.title + "” cannot be undone: this user no longer exists")
		}
	}
	var a tui.Action
	if step.fillAction(env, newer, &a); a.Off != "" {
		return HeadlessUndo{}, errors.New("“" + step.title + "” cannot be undone. " + wording.UpperFirst(a.Off))
	}
	return HeadlessUndo{Op: step.inverse, Users: step.users, Record: step.record, step: step, note: step.olderNote(newer, env.Now())}, nil
}

func findUndo(ctx context.Context, env *Env, record string) (*undoStep, []keptWrite, error) {
	if env.Journal == nil {
		return nil, nil, errors.New("nothing is recorded on this instance, so there is nothing to undo from")
	}
	if err := env.Journal.Check(); err != nil {
		return nil, nil, errors.New(unwritable(err))
	}
	var read undoRead
	if read.undo, read.err = env.LastUndo(ctx); record != "" {
		read.undo, read.err = env.FindUndo(ctx, record)
	}
	if read.err != nil {
		return nil, nil, read.err
	}
	var h undoHistory
	h.adopt(&read, nil)
	switch {
	case h.last == nil && len(h.newer) > 0:
		return nil, nil, errors.New(h.newer[0].why)
	case h.last == nil:
		return nil, nil, errors.New("there is nothing to undo")
	}
	return h.last, h.newer, nil
}

// Operation returns the operation on the one user whom it is about; u is the user as last
// read, nil where a deleted one is created again. The error is a sentence.
func (h HeadlessUndo) Operation(env *Env, u *api.User) (HeadlessOperation, error) {
	step, err := h.step.forUser(u, env.Now())
	if err != nil {
		return HeadlessOperation{}, err
	}
	h.step = step
	return HeadlessOperation{Op: h.Op, User: u, Request: h.Op.NewRestore(u, step.itemID, step.answers, step.answers), undo: &h}, nil
}

// Bulk returns the operation on several users.
func (h HeadlessUndo) Bulk() HeadlessBulk { return HeadlessBulk{Op: h.Op, Users: h.Users, undo: &h} }

// addTo makes the attempt one that undoes.
func (h *HeadlessUndo) addTo(a attempt, env *Env) attempt {
	a.undoes, a.note = h.step, h.note
	if len(h.Users) == 1 {
		a.since = h.step.journal.ChangedSince(a.user, env.Now())
	}
	if item, found := a.op.Part.Find(a.user, h.step.itemID); found {
		a.item = item
	}
	return a
}

// describe puts into a question what is said of an undo in words alone.
func (h *HeadlessUndo) describe(p *tui.Prompt) {
	p.WayBack = h.Op.WayBack
	if h.Op.Inverse != "" {
		p.WayBack = "frontdesk undo"
	}
	if p.Note = ""; h.note != "" {
		p.Warnings = slices.Concat([]string{h.note}, p.Warnings)
	}
}
