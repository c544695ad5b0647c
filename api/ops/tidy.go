package ops

import (
	"maps"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// NewRequest builds the request of a filled-in form, with normalized values. A field that
// still has its stored value is left out unless it is required, so that only what the
// operator changed is sent.
func (o Operation) NewRequest(u *api.User, part clean.Text, typed map[string]string) Request {
	return o.newRequest(u, part, typed, nil)
}

// NewRestore is NewRequest for an undo: restored values are sent byte for byte.
func (o Operation) NewRestore(u *api.User, part clean.Text, typed, stored map[string]string) Request {
	return o.newRequest(u, part, typed, stored)
}

func (o Operation) newRequest(u *api.User, part clean.Text, typed, stored map[string]string) Request {
	r := Request{PartID: part, Values: map[string]string{}, Restored: stored}
	if u != nil {
		r.UserID = u.ID
	}
	for _, f := range o.Fields {
		value, there := typed[f.Name]
		if !there || !f.Required && value == f.currentOf(u) {
			continue
		}
		tidy := r.normalize(f, value)
		if f.Required || tidy != f.currentOf(u) {
			r.Values[f.Name] = tidy
		}
	}
	return r
}

// Normalize returns the request with every value normalized by its field.
func (o Operation) Normalize(r Request) Request {
	values := maps.Clone(r.Values)
	for _, f := range o.Fields {
		if value, given := values[f.Name]; given {
			values[f.Name] = r.normalize(f, value)
		}
	}
	r.Values = values
	return r
}

func (r Request) normalize(f Field, value string) string {
	if stored, known := r.Restored[f.Name]; known && stored == value {
		return value
	}
	tidy, _ := f.Normalize(value)
	return tidy
}

// Normalize returns a value in the form that the field sends: composed, on one line,
// trimmed, without invisible characters (omitted counts them) and in canonical form. A
// secret is unchanged; from JSON only a byte order mark is removed.
func (f Field) Normalize(value string) (tidy string, omitted int) {
	switch f.Kind {
	case FieldSecret, FieldFile:
		return value, 0
	case FieldJSON:
		return strings.TrimPrefix(value, "\ufeff"), 0
	}
	tidy, omitted = clean.Normalize(value)
	tidy = strings.TrimSpace(tidy)
	if f.Canonical != nil {
		tidy = f.Canonical(tidy)
	}
	return tidy, omitted
}
