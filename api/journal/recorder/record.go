package recorder

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// targets returns the users affected by an intent.
func targets(in desk.Intent) []journal.Target {
	switch {
	case len(in.People) > 0:
		var all []journal.Target
		for _, u := range in.People {
			all = append(all, target(u))
		}
		return all
	case in.Seen != nil:
		return []journal.Target{target(in.Seen)}
	case !in.Request.UserID.Empty():
		return []journal.Target{{ID: in.Request.UserID.Clipboard()}}
	}
	return nil
}

// target returns the journal's description of a user.
func target(u *api.User) journal.Target {
	if u == nil {
		return journal.Target{}
	}
	t := journal.Target{ID: u.ID.Clipboard(), Name: u.Name().Display()}
	for _, address := range []clean.Text{u.Email(), u.Phone(), u.Username} {
		if !address.Empty() {
			t.Address = address.Display()
			break
		}
	}
	return t
}

// changes returns the changes requested by an intent, field by field, and their result. For
// an operation without fields it describes the user's state in words.
func (r *Recorder) changes(in desk.Intent, o *desk.Outcome) []journal.Change {
	var all []journal.Change
	var after *api.User
	if o != nil {
		after = o.User
	}
	recorded := in.Op.JournalValues(in.Request)
	for _, f := range in.Op.Fields {
		value, asked := recorded[f.Name]
		if !asked {
			continue
		}
		c := journal.Change{Field: f.Name, Label: f.Label, Hidden: isHidden(f)}
		if !c.Hidden {
			c.Before, c.Requested, c.After = stored(f, in.Seen), masked(value), stored(f, after)
		}
		all = append(all, c)
	}
	if in.Op.State == nil || in.Seen == nil || slices.ContainsFunc(all, func(c journal.Change) bool { return c.Before != nil }) {
		return all
	}
	now := r.o.Clock()
	state := journal.Change{Field: stateField, Label: "State", Before: masked(in.Op.State(in.Seen, now))}
	if after != nil && !in.Op.DeletesUser {
		state.After = masked(in.Op.State(after, now))
	}
	return append(all, state)
}

// isHidden reports whether the value of a field must not be recorded.
func isHidden(f ops.Field) bool { return f.IsUnrecorded || f.Kind == ops.FieldSecret }

// stored returns the user's value of a field, or nil if it is unknown.
func stored(f ops.Field, u *api.User) *string {
	switch {
	case u == nil:
		return nil
	case f.CurrentJSON != nil:
		var b bytes.Buffer
		if json.Compact(&b, f.CurrentJSON(u)) != nil {
			return nil
		}
		return masked(b.String())
	case f.Current != nil:
		return masked(f.Current(u))
	}
	return nil
}

func masked(s string) *string {
	s = clean.MaskKeys(s)
	return &s
}

// wayBack returns the request that undoes the intent. It returns nil if there is none or if
// one of its values must not be recorded.
func (r *Recorder) wayBack(in desk.Intent) *journal.WayBack {
	if len(in.People) > 0 {
		inverse, _, ok := in.Op.BulkUndo(r.o.Catalogue, in.Request.UserIDs)
		if !ok {
			return nil
		}
		return &journal.WayBack{Operation: inverse.ID}
	}
	if in.Seen == nil {
		return nil
	}
	inverse, back, ok := in.Op.Undo(r.o.Catalogue, in.Seen, in.Request)
	if !ok {
		return nil
	}
	for _, f := range inverse.Fields {
		if _, given := back.Values[f.Name]; given && isHidden(f) {
			return nil
		}
	}
	for _, value := range back.Values {
		if clean.MaskKeys(value) != value {
			return nil
		}
	}
	return &journal.WayBack{Operation: inverse.ID, Part: back.PartID.Raw(), Values: back.Values}
}

// fillOutcome sets the outcome fields of a record.
func (r *Recorder) fillOutcome(rec *journal.Record, o desk.Outcome) {
	rec.Outcome = outcomeWord(o.State)
	rec.Status, rec.TraceID, rec.Duration, rec.ReadBack = o.Status, o.TraceID.Display(), o.Elapsed.Milliseconds(), o.ReadBack
	var e *api.Error
	if errors.As(o.Err, &e) {
		rec.Code = e.Code()
		if e.Status != 0 {
			rec.Status = e.Status
		}
		if !e.TraceID.Empty() {
			rec.TraceID = e.TraceID.Display()
		}
	}
	switch {
	case o.Err != nil:
		rec.Message = clean.Sentence(o.Err.Error())
	case o.Result.Summary != "":
		rec.Message = clean.Sentence(o.Result.Summary)
	}
	if len(rec.Targets) == 0 && o.User != nil { // a new user
		rec.Targets = []journal.Target{target(o.User)}
	}
	if len(o.Users) > 0 {
		rec.Targets = nil
		for _, f := range o.Users {
			t := target(f.Seen)
			t.Outcome = f.State.String()
			rec.Targets = append(rec.Targets, t)
		}
	}
}

func outcomeWord(s desk.State) string {
	switch s {
	case desk.Done:
		return journal.OK
	case desk.AlreadyGone:
		return journal.AlreadyGone
	case desk.Unknown:
		return journal.Unknown
	case desk.Partly:
		return journal.Partly
	}
	return journal.Denied
}

// stateField is the name of the change that describes the user's state in words.
const stateField = "state"
