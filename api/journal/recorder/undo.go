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

// Undo is a change of this operator on this instance, and what undoes it. The zero Undo
// is none.
type Undo struct {
	// Entry is the change; the first request of a bulk. Records are the IDs of its
	// intents.
	journal.Entry
	Records []string
	// Done is the operation of the change, Op the one that undoes it.
	Done, Op ops.Operation
	PartID   clean.Text
	Values   map[string]string
	// Targets are the users that were changed.
	Targets []journal.Target
	// Restore are metadata as they were, by field; the values to send depend on what is
	// stored now.
	Restore map[string]json.RawMessage
	// Recreates is the deleted user as they were saved, nil where nobody was deleted.
	Recreates *api.User
	// Newer are later changes that cannot be undone and stay, the newest first.
	Newer []Kept
}

// Kept is a change that cannot be undone, and why.
type Kept struct {
	journal.Entry
	Why string // "Reset MFA enrollments cannot be undone"
}

// IsZero says that there is nothing to undo.
func (u Undo) IsZero() bool { return u.ID == "" }

// maxUndoSearch is how many intents are looked at, the newest first.
const maxUndoSearch = 2000

// LastUndo returns the last change of this operator on this instance that can be
// undone, or else one that is zero but for Newer, which says why there is none.
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

// FindUndo is LastUndo for one record. The error says why it cannot be undone.
func (r *Recorder) FindUndo(ctx context.Context, id string) (Undo, error) {
	s := undoSearch{Recorder: r, settled: map[string]bool{}, gone: map[string]bool{}}
	for e, err := range r.o.Journal.Entries(ctx, journal.Filter{}) {
		switch {
		case err != nil:
			return Undo{}, err
		case r.isMine(e) && isDone(e) && !s.settled[e.ID]:
			s.settle(e) // what was undone already is not undone again
		}
		if e.ID != id && (e.Continues != id || e.Kind != journal.Intent) && !s.isOfBulk(e) {
			continue
		}
		switch {
		case e.Kind != journal.Intent:
			return Undo{}, errors.New("that record is no change")
		case e.Instance != r.o.Instance:
			return Undo{}, errors.New("that change was made on another instance")
		case !r.o.Journal.IsOwn(e.Who):
			return Undo{}, errors.New("that change was made by " + display(e.Who.Kernel.User) + "; only your own can be undone")
		case s.settled[e.ID]:
			return Undo{}, errors.New("that change was undone already")
		}
		if u, found := s.take(e); found {
			return u, nil
		}
		if len(s.kept) > 0 {
			return Undo{}, errors.New(s.kept[0].Why)
		}
		if e.ID == id {
			return Undo{}, errors.New("that change was not carried out, so there is nothing to undo")
		}
	}
	return Undo{}, errors.New("the journal has no record " + display(id))
}

// isMine says that this operator made the change on this instance.
func (r *Recorder) isMine(e journal.Entry) bool {
	return e.Kind == journal.Intent && e.Instance == r.o.Instance && r.o.Journal.IsOwn(e.Who)
}

func isDone(e journal.Entry) bool { return e.State() == journal.OK || e.State() == journal.Partly }

// undoOf returns what undoes a finished change of one user, or why nothing does.
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

// recreate creates a deleted user again from the snapshot.
func (r *Recorder) recreate(u Undo) (Undo, string) {
	saved := r.savedUser(u.Entry)
	create, known := r.o.Catalogue.Get(ops.RecreateID)
	switch {
	case !known:
		return u, cannotUndo(u.Done)
	case saved == nil:
		return u, u.Done.Title + " cannot be undone: what was saved of the user is no longer kept"
	}
	u.Op, u.Recreates, u.Values = create, saved, ops.RecreateValues(saved)
	return u, ""
}

// restoreSaved puts metadata back whose values only the snapshot has.
func (r *Recorder) restoreSaved(u Undo) (Undo, string) {
	inverse, known := r.o.Catalogue.Get(u.Done.Inverse)
	if u.Done.Edit == nil || !known {
		return u, cannotUndo(u.Done)
	}
	saved := r.savedUser(u.Entry)
	if saved == nil {
		return u, u.Done.Title + " cannot be undone: the values before it are not kept"
	}
	u.Op, u.Restore = inverse, map[string]json.RawMessage{}
	for _, f := range u.Done.Fields {
		if f.CurrentJSON != nil && slices.ContainsFunc(u.Changes, func(c journal.Change) bool { return c.Field == f.Name }) {
			u.Restore[f.Name] = f.CurrentJSON(saved)
		}
	}
	return u, ""
}

// ValuesFor returns the values to send for the user as they are now. The error is a
// sentence.
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

// Was returns the state before the change in words, "" where it is not recorded.
func (u Undo) Was() string {
	for _, c := range u.Changes {
		if c.Field == stateField && c.Before != nil {
			return *c.Before
		}
	}
	return ""
}

// ChangedSince returns what somebody has changed since in what would go back, a line
// each: "first name “Dan” → “Daniel”".
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
