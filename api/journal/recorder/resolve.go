package recorder

import (
	"context"
	"encoding/json"
	"errors"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// Resolved is an intent whose outcome was missing, with the outcome that Resolve found.
type Resolved struct {
	journal.Entry
	Outcome desk.Outcome
}

// Resolve determines the outcome of the open intents on this instance by reading the users,
// and records it. It changes nothing on the instance. Open intents of other instances are
// left until those are opened.
func (r *Recorder) Resolve(ctx context.Context, d *desk.Desk) (resolved []Resolved, err error) {
	open, err := r.o.Journal.OpenIntents(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		if e.Instance != r.o.Instance {
			continue
		}
		in, missing := r.intentOf(e)
		out := desk.Outcome{State: desk.Unknown, Err: missing}
		if missing == nil {
			out = d.LookUp(ctx, in)
		}
		if ctx.Err() != nil { // try again at the next start
			return resolved, ctx.Err()
		}
		if err := r.recordResolved(e, in, out); err != nil {
			return resolved, err
		}
		resolved = append(resolved, Resolved{e, out})
	}
	return resolved, nil
}

func (r *Recorder) recordResolved(e journal.Entry, in desk.Intent, o desk.Outcome) error {
	rec := journal.Record{Kind: journal.Outcome, Intent: e.ID, Instance: e.Instance, Operation: e.Operation, Title: e.Title,
		Targets: e.Targets, Part: e.Part, Reason: e.Reason, Ticket: e.Ticket, Undoes: e.Undoes, Case: e.Case}
	r.fillOutcome(&rec, o)
	rec.Changes = withAfter(e.Changes, in, o.User, r)
	note := "the program ended before the answer was written down"
	if rec.Message != "" {
		note += "; " + rec.Message
	}
	rec.Message = clean.Sentence(note)
	_, err := r.o.Journal.Append(rec)
	return err
}

// withAfter returns the changes with the user's present values filled in.
func withAfter(changes []journal.Change, in desk.Intent, u *api.User, r *Recorder) []journal.Change {
	all := append([]journal.Change(nil), changes...)
	for i := range all {
		c := &all[i]
		if c.Field == stateField && u != nil && in.Op.State != nil && !in.Op.DeletesUser {
			c.After = masked(in.Op.State(u, r.o.Clock()))
		}
		for _, f := range in.Op.Fields {
			if f.Name == c.Field && !c.Hidden {
				c.After = stored(f, u)
			}
		}
	}
	return all
}

// intentOf rebuilds an intent from its record, as far as needed to check its effect. The
// error says what is missing.
func (r *Recorder) intentOf(e journal.Entry) (desk.Intent, error) {
	op, known := r.o.Catalogue.Get(e.Operation)
	if !known {
		return desk.Intent{}, errors.New("this version of frontdesk does not know the operation")
	}
	in := desk.Intent{Op: op, Request: ops.Request{PartID: clean.NewText(e.Part), Values: map[string]string{}}}
	for _, t := range e.Targets {
		in.Request.UserIDs = append(in.Request.UserIDs, clean.NewText(t.ID))
		in.People = append(in.People, &api.User{ID: clean.NewText(t.ID)})
	}
	for _, c := range e.Changes {
		switch {
		case c.Hidden && op.Scope != ops.ScopeDirectory:
			return in, errors.New("it could not be determined, because the values are not recorded")
		case c.Requested != nil:
			in.Request.Values[c.Field] = *c.Requested
		}
	}
	if e.Cut {
		return in, errors.New("it could not be determined, because the record was cut")
	}
	if op.Scope != ops.ScopeUsers {
		in.People, in.Request.UserIDs = nil, nil
		if len(e.Targets) > 0 {
			in.Request.UserID = clean.NewText(e.Targets[0].ID)
		}
		in.Seen = r.savedUser(e)
	}
	return in, nil
}

// savedUser returns the user from the record's snapshot, or nil if there is none.
func (r *Recorder) savedUser(e journal.Entry) *api.User {
	if !e.Snapshot {
		return nil
	}
	s, err := r.o.Journal.LoadSnapshot(e.ID)
	if err != nil || len(s.Users) != 1 {
		return nil
	}
	var u api.User
	if json.Unmarshal(s.Users[0], &u) != nil || u.ID.Empty() {
		return nil
	}
	return &u
}
