package ops

import (
	"maps"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
)

// NewRequest is what a filled-in form asks for: a field that still holds what it
// was offered with (Field.Value) is left out, so that nothing is sent that the
// operator did not change, and so is an empty one that was empty. What is
// required is always there. The values are tidy.
func (o Operation) NewRequest(u *api.User, part clean.Text, typed map[string]string) Request {
	return o.newRequest(u, part, typed, nil)
}

// NewRestore is Request for a way back: what the service had before goes back as it was,
// to the byte.
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

// Normalize is the request with its values as they may be sent, whoever asks.
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

// Normalize is a value as the field takes it: composed, on one line, without spaces at its
// ends and without characters that nobody can see, of which omitted were left out; an
// e-mail address or a phone number in the one form in which it is sent. A secret stays
// as it is, and of metadata only the mark goes that editors put at the start of a file.
func (f Field) Normalize(value string) (tidy string, omitted int) {
	switch f.Kind {
	case FieldSecret, FieldFile:
		return value, 0
	case FieldJSON:
		return strings.TrimPrefix(value, "\ufeff"), 0
	}
	tidy, omitted = input.Clean(value)
	tidy = strings.TrimSpace(tidy)
	if f.Canonical != nil {
		tidy = f.Canonical(tidy)
	}
	return tidy, omitted
}
