package ops

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"frontdesk/api"
)

// Scope says what an operation is asked of.
type Scope int

const (
	ScopeUser      Scope = iota // one user, Request.UserID
	ScopeDirectory              // the instance: list, count, create
	ScopeUsers                  // several users at once, Request.UserIDs
)

// IsRead says that the operation changes nothing, reveals no secret and is
// therefore neither asked nor journaled.
func (o Operation) IsRead() bool { return o.Tier == T0 && !o.ConfirmsRead }

// IsHarmless says that the operation leaves everything as it was, whatever it
// reveals or checks.
func (o Operation) IsHarmless() bool { return o.Tier == T0 }

// TierFor is the tier at which the operation is asked here: one up on a
// production instance or for an organization's admin, never two and never past
// T4. What is T0 stays T0: reading is not made dangerous by the place, and a
// reveal that Asks does so everywhere.
func (o Operation) TierFor(production, orgAdmin bool) Tier {
	if o.Tier == T0 || !production && !orgAdmin {
		return o.Tier
	}
	return min(o.Tier+1, T4)
}

// DoingTo and DoneTo are the operation in progress and done, with the person's
// name: "Banning Sam Carter", "Reset MFA for Sam Carter".
func (o Operation) DoingTo(name string) string { return o.joinName(o.Doing, name) }

// DoneTo is described at DoingTo.
func (o Operation) DoneTo(name string) string { return o.joinName(o.Done, name) }

func (o Operation) joinName(words, name string) string {
	switch {
	case name == "":
		return words
	case o.Preposition == "":
		return words + " " + name
	}
	return words + " " + o.Preposition + " " + name
}

// Check says why the request cannot be sent as it is, before anything is: a
// part or a required input is missing, or a value is not what its field takes.
func (o Operation) Check(r Request) error {
	if o.Scope == ScopeUser && r.UserID.Empty() {
		return errors.New("no user was chosen")
	}
	if o.Scope == ScopeUsers && len(r.UserIDs) == 0 {
		return errors.New("no users were chosen")
	}
	if o.Part != PartNone && r.PartID.Empty() {
		return fmt.Errorf("no %s was chosen", o.Part)
	}
	for _, f := range o.Fields {
		if wrong := f.validateIn(r); wrong != "" {
			return fmt.Errorf("%s: %s", f.Label, wrong)
		}
	}
	if o.Validate == nil {
		return nil
	}
	if wrong := o.Validate(r); wrong != "" {
		return errors.New(wrong)
	}
	return nil
}

// CheckFor is Check, and what speaks against the request with this user, who may be
// nil: one input does not go with the others.
func (o Operation) CheckFor(u *api.User, r Request) error {
	if err := o.Check(r); err != nil || o.Conflict == nil {
		return err
	}
	if field, what := o.Conflict(Subject{User: u, Sessions: -1, PartID: r.PartID, Values: r.Values}); what != "" {
		for _, f := range o.Fields {
			if f.Name == field {
				field = f.Label
			}
		}
		return fmt.Errorf("%s: %s", field, what)
	}
	return nil
}

// unrecorded stands in a record for a value that must not be in one.
const unrecorded = "(not recorded)"

// JournalValues are the request's values as a journal may keep them: of a password,
// a code or private metadata only that there was one.
func (o Operation) JournalValues(r Request) map[string]string {
	kept := map[string]string{}
	for _, f := range o.Fields {
		value, given := r.Values[f.Name]
		switch {
		case !given:
		case f.IsUnrecorded, f.Kind == FieldSecret:
			kept[f.Name] = unrecorded
		default:
			kept[f.Name] = value
		}
	}
	return kept
}

func (f Field) validateIn(r Request) string {
	value, given := r.Values[f.Name]
	if f.Kind == FieldFile {
		if r.Image == nil && f.Required {
			return "no file was chosen"
		}
		return ""
	}
	return f.Validate(value, given)
}

// Validate says in words what is wrong with a value, "" when nothing is. given is
// false where the operator left the field alone.
func (f Field) Validate(value string, given bool) string {
	value, _ = f.Normalize(value)
	switch {
	case !given || value == "":
		if f.Required {
			return "cannot be empty"
		}
		if !given {
			return ""
		}
	case f.Kind == FieldChoice && !slices.Contains(f.Choices, value):
		return "must be one of " + joinWords(f.Choices, "or")
	}
	if f.Check == nil {
		return ""
	}
	return f.Check(value)
}

// Send sends the request once. The user is nil where the answer carries none.
func (o Operation) Send(ctx context.Context, c *api.Client, r Request) (*api.User, Result, error) {
	if o.CallAll != nil {
		_, err := o.CallAll(ctx, c, r)
		return nil, Result{}, err
	}
	if o.CallResult != nil {
		told, err := o.CallResult(ctx, c, r)
		return nil, told, err
	}
	u, err := o.Call(ctx, c, r)
	return u, Result{}, err
}

// Undo is the operation and the request that put back what o changed; ok is
// false where there is no way back from here.
func (o Operation) Undo(c *Catalogue, before *api.User, r Request) (Operation, Request, bool) {
	inverse, known := c.Get(cmp.Or(o.Inverse, o.RemovedBy))
	if !known {
		return Operation{}, Request{}, false
	}
	if o.UndoRequest == nil {
		return inverse, Request{UserID: r.UserID, PartID: r.PartID}, true
	}
	back, ok := o.UndoRequest(before, r)
	return inverse, back, ok
}
