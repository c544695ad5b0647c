package ops

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"frontdesk/api"
)

// Scope is what an operation applies to.
type Scope int

const (
	ScopeUser      Scope = iota // one user, Request.UserID
	ScopeDirectory              // the instance: list, count, create
	ScopeUsers                  // several users at once, Request.UserIDs
)

// IsRead reports whether the operation changes nothing and reveals no secret, so that it
// is neither confirmed nor journaled.
func (o Operation) IsRead() bool { return o.Tier == T0 && !o.ConfirmsRead }

// IsHarmless reports whether the operation changes nothing, even if it reveals or verifies
// a secret.
func (o Operation) IsHarmless() bool { return o.Tier == T0 }

// TierFor returns the tier at which the operation is confirmed: one higher on a production
// instance or for an organization's admin, but at most T4. T0 stays T0.
func (o Operation) TierFor(production, orgAdmin bool) Tier {
	if o.Tier == T0 || !production && !orgAdmin {
		return o.Tier
	}
	return min(o.Tier+1, T4)
}

// DoingTo returns the operation in progress with the user's name: "Banning Sam
// Carter", "Resetting MFA for Sam Carter".
func (o Operation) DoingTo(name string) string { return o.joinName(o.Doing, name) }

// DoneTo returns the finished operation with the user's name: "Banned Sam Carter".
func (o Operation) DoneTo(name string) string { return o.joinName(o.Done, name) }

// DonePartTo is DoneTo with the part's own name in place of its kind: "Removed MacBook of
// Sam Carter". It reports false if Done does not name the kind.
func (o Operation) DonePartTo(part, name string) (string, bool) {
	for _, article := range []string{"another ", "an ", "a "} {
		if before, after, found := strings.Cut(o.Done, article+o.Part.String()); found {
			return o.joinName(before+part+after, name), true
		}
	}
	return "", false
}

func (o Operation) joinName(words, name string) string {
	switch {
	case name == "":
		return words
	case o.Preposition == "":
		return words + " " + name
	}
	return words + " " + o.Preposition + " " + name
}

// Check returns an error if the request cannot be sent: the user, the part or a required
// input is missing, or a value is invalid.
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

// CheckFor is Check followed by Operation.Conflict for this user, who may be nil.
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

// unrecorded replaces a value that must not be in the journal.
const unrecorded = "(not recorded)"

// JournalValues returns the request's values for the journal, with secrets and
// unrecorded values replaced.
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

// Validate returns what is wrong with a value, or "". given is false if the operator did
// not touch the field.
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
		return "must be one of " + api.JoinWords(f.Choices, "or")
	}
	if f.Check == nil {
		return ""
	}
	return f.Check(value)
}

// Send sends the request once, by whichever of Call, CallResult and CallAll is set. The
// user is nil if the response has none.
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

// Undo returns the operation and the request that restore what o changed. ok is false if
// that is not possible.
func (o Operation) Undo(c *Catalogue, before *api.User, r Request) (Operation, Request, bool) {
	inverse, known := c.Get(cmp.Or(o.Inverse, o.RemovedBy, o.AddedBy))
	if !known {
		return Operation{}, Request{}, false
	}
	if o.UndoRequest == nil {
		return inverse, Request{UserID: r.UserID, PartID: r.PartID}, true
	}
	back, ok := o.UndoRequest(before, r)
	return inverse, back, ok
}

// UndoAfter is Undo for a finished operation: it knows the part that was added. after is
// the user afterwards, nil if unknown.
func (o Operation) UndoAfter(c *Catalogue, before, after *api.User, r Request) (Operation, Request, bool) {
	inverse, back, ok := o.Undo(c, before, r)
	if !ok || inverse.Part == PartNone || !back.PartID.Empty() {
		return inverse, back, ok
	}
	if o.NewPart == nil || after == nil {
		return inverse, back, false
	}
	back.PartID = o.NewPart(after, r)
	return inverse, back, !back.PartID.Empty()
}
