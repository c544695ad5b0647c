package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// Undo is a change made by this operator on this instance and how to undo it. The zero
// value means there is nothing to undo.
type Undo struct {
	// Entry is the change; for a bulk operation, its first request. Records lists the IDs
	// of its intents.
	journal.Entry
	Records []string
	// Done is the operation that was performed, Op the one that undoes it.
	Done, Op ops.Operation
	PartID   clean.Text
	Values   map[string]string
	// Targets are the users who were changed.
	Targets []journal.Target
	// Restore holds the previous metadata by field. What must be sent depends on the
	// present metadata; see ValuesFor.
	Restore map[string]json.RawMessage
	// Recreates is the deleted user from the snapshot, or nil if the change was no deletion.
	Recreates *api.User
	// Newer holds later changes that cannot be undone, newest first.
	Newer []Kept
}

// Kept is a change that cannot be undone.
type Kept struct {
	journal.Entry
	Why string // "Reset MFA enrollments cannot be undone"
}

// IsZero reports whether there is nothing to undo.
func (u Undo) IsZero() bool { return u.ID == "" }

// maxUndoSearch is the maximum number of intents to search.
const maxUndoSearch = 2000

// LastUndo returns the last change by this operator on this instance that can be undone. If
// there is none, only the Newer field of the result is set.
func (r *Recorder) LastUndo(ctx context.Context) (Undo, error) {
	s := undoSearch{Recorder: r, settled: map[string]bool{}, gone: map[string]bool{}}
	looked := 0
	for e, err := range r.o.Journal.Entries(ctx, journal.Filter{}) {
		if err != nil {
			return Undo{}, err
		}
		if looked++; looked > maxUndoSearch {
			break
		}
		if !r.isMine(e) {
			continue
		}
		if u, found := s.take(e); found {
			return u, nil
		}
	}
	return Undo{Newer: s.kept}, nil
}

// FindUndo returns how to undo the change of one record, or an error that says why it
// cannot be undone.
func (r *Recorder) FindUndo(ctx context.Context, id string) (Undo, error) {
	s := undoSearch{Recorder: r, settled: map[string]bool{}, gone: map[string]bool{}}
	for e, err := range r.o.Journal.Entries(ctx, journal.Filter{}) {
		switch {
		case err != nil:
			return Undo{}, err
		case r.isMine(e) && isDone(e) && !s.settled[e.ID]:
			s.settle(e) // notes whether the change has been undone since
		}
		if e.ID != id && (e.Continues != id || e.Kind != journal.Intent) && !s.isOfBulk(e) {
			continue
		}
		switch {
		case e.Kind != journal.Intent:
			return Undo{}, errors.New("that record is not a change")
		case e.Instance != r.o.Instance:
			return Undo{}, errors.New("that change was made on another instance")
		case !r.o.Journal.IsOwn(e.Who):
			return Undo{}, errors.New("that change was made by " + display(e.Who.Kernel.User) + "; you can only undo your own changes")
		case s.settled[e.ID]:
			return Undo{}, errors.New("that change was already undone")
		}
		if u, found := s.take(e); found {
			return u, nil
		}
		if len(s.kept) > 0 {
			return Undo{}, errors.New(s.kept[0].Why)
		}
		if e.ID == id {
			return Undo{}, errors.New("that change was not made, so there is nothing to undo")
		}
	}
	return Undo{}, errors.New("the journal has no record " + display(id))
}

// isMine reports whether this operator made the change, on this instance.
func (r *Recorder) isMine(e journal.Entry) bool {
	return e.Kind == journal.Intent && e.Instance == r.o.Instance && r.o.Journal.IsOwn(e.Who)
}

func isDone(e journal.Entry) bool { return e.State() == journal.OK || e.State() == journal.Partly }

// undoOf returns how to undo a completed change to one user, or why it cannot be undone.
func (r *Recorder) undoOf(e journal.Entry, op ops.Operation) (u Undo, why string) {
	u = Undo{Entry: e, Records: []string{e.ID}, Done: op, Targets: e.Targets}
	if op.DeletesUser {
		return r.recreate(u)
	}
	if e.WayBack == nil {
		return r.restoreSaved(u)
	}
	inverse, known := r.o.Catalogue.Get(e.WayBack.Operation)
	if !known || len(e.Targets) == 0 {
		return u, cannotUndo(op)
	}
	u.Op, u.PartID, u.Values = inverse, clean.NewText(e.WayBack.Part), e.WayBack.Values
	if inverse.Part != ops.PartNone && u.PartID.Empty() {
		u.PartID = clean.NewText(e.Ending.Part)
		if u.PartID.Empty() {
			return u, op.Title + " cannot be undone: the journal does not say which " + inverse.Part.String() + " was added"
		}
	}
	return u, ""
}

func cannotUndo(op ops.Operation) string {
	if op.WayBack != "" {
		return op.Title + " cannot be undone with z; instead: " + op.WayBack
	}
	return op.Title + " cannot be undone"
}

// recreate completes u for a deleted user, who is created again from the snapshot.
func (r *Recorder) recreate(u Undo) (Undo, string) {
	saved := r.savedUser(u.Entry)
	create, known := r.o.Catalogue.Get(ops.RecreateID)
	switch {
	case !known:
		return u, cannotUndo(u.Done)
	case saved == nil:
		return u, u.Done.Title + " cannot be undone: the saved copy of the user was deleted after 30 days"
	}
	u.Op, u.Recreates, u.Values = create, saved, ops.RecreateValues(saved)
	return u, ""
}

// restoreSaved completes u for metadata whose previous values are only in the snapshot.
func (r *Recorder) restoreSaved(u Undo) (Undo, string) {
	inverse, known := r.o.Catalogue.Get(u.Done.Inverse)
	if u.Done.Edit == nil || !known {
		return u, cannotUndo(u.Done)
	}
	saved := r.savedUser(u.Entry)
	if saved == nil {
		return u, u.Done.Title + " cannot be undone: the previous values are no longer saved"
	}
	u.Op, u.Restore = inverse, map[string]json.RawMessage{}
	for _, f := range u.Done.Fields {
		if f.CurrentJSON != nil && slices.ContainsFunc(u.Changes, func(c journal.Change) bool { return c.Field == f.Name }) {
			u.Restore[f.Name] = f.CurrentJSON(saved)
		}
	}
	return u, ""
}

// ValuesFor returns the field values to send, given the user as they are now.
func (u Undo) ValuesFor(now *api.User) (map[string]string, error) {
	if u.Restore == nil {
		return u.Values, nil
	}
	values := map[string]string{}
	for _, f := range u.Op.Fields {
		was, asked := u.Restore[f.Name]
		if !asked {
			continue
		}
		if len(was) == 0 || string(was) == "null" {
			was = json.RawMessage("{}")
		}
		with, err := u.Op.Edit.Diff(f.CurrentJSON(now), was)
		if err != nil {
			return nil, err
		}
		values[f.Name] = string(with)
	}
	return values, nil
}

// Was describes the state before the change. It returns "" if that was not recorded.
func (u Undo) Was() string {
	for _, c := range u.Changes {
		if c.Field == stateField && c.Before != nil {
			return *c.Before
		}
	}
	return ""
}

// ChangedSince describes later changes to the fields that u would restore, one line each:
// "first name “Dan” → “Daniel”".
func (u Undo) ChangedSince(now *api.User, at time.Time) []string {
	if u.Ending == nil || now == nil || len(u.Targets) != 1 || u.Recreates != nil {
		return nil
	}
	var lines []string
	for _, c := range u.Ending.Changes {
		if c.After == nil || c.Hidden {
			continue
		}
		if c.Field == stateField {
			if u.Done.State != nil && *masked(u.Done.State(now, at)) != *c.After {
				lines = append(lines, describeChange(*c.After, u.Done.State(now, at)))
			}
			continue
		}
		for _, f := range u.Done.Fields {
			if f.Name == c.Field {
				lines = append(lines, changedField(f, *c.After, now)...)
			}
		}
	}
	return lines
}

func changedField(f ops.Field, after string, now *api.User) []string {
	is := stored(f, now)
	if is == nil || *is == after {
		return nil
	}
	label := strings.ToLower(f.Label)
	if f.CurrentJSON == nil {
		return []string{label + " " + describeChange(after, *is)}
	}
	changes, err := ops.DiffMetadata(json.RawMessage(after), f.CurrentJSON(now))
	if err != nil {
		return []string{label}
	}
	var lines []string
	for _, c := range changes {
		lines = append(lines, label+": "+ops.DescribeChange(c, false))
	}
	return lines
}

func describeChange(was, is string) string {
	return "“" + clean.NewText(was).Display() + "” → “" + clean.NewText(is).Display() + "”"
}
