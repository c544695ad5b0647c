package recorder

import (
	"bytes"
	"encoding/json"
	"fmt"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
)

// needsSnapshot reports whether undoing an intent needs data that records must not hold,
// because it removes a lot (tier T3 and above) or changes private metadata.
func needsSnapshot(in desk.Intent) bool {
	if in.Seen == nil && len(in.People) == 0 {
		return false
	}
	if in.Op.Tier >= ops.T3 || in.Op.DeletesUser {
		return true
	}
	for _, f := range in.Op.Fields {
		if _, asked := in.Request.Values[f.Name]; asked && f.IsUnrecorded && f.Kind != ops.FieldSecret {
			return true
		}
	}
	return false
}

// saveSnapshot saves the users as they are now and returns the record ID to use.
func (r *Recorder) saveSnapshot(in desk.Intent) (id string, err error) {
	if id, err = r.o.Journal.NewID(); err != nil {
		return "", err
	}
	people := in.People
	if in.Seen != nil {
		people = append(people[:0:0], in.Seen)
	}
	s := journal.Snapshot{Record: id, Operation: in.Op.ID, Instance: r.o.Instance}
	for _, u := range people {
		raw, err := withoutSecrets(u)
		if err != nil {
			return "", err
		}
		s.Users = append(s.Users, raw)
	}
	return id, r.o.Journal.SaveSnapshot(s)
}

// secretNames returns the names of JSON fields that must not be saved.
func secretNames() []string {
	return []string{"backup_codes", "password_digest", "totp_secret", "secret", "token"}
}

// withoutSecrets returns the JSON of a user without secrets. Metadata is kept unchanged,
// whatever its keys are called.
func withoutSecrets(u *api.User) (json.RawMessage, error) {
	if u == nil || len(u.Body) == 0 {
		return json.RawMessage("null"), nil
	}
	in := json.NewDecoder(bytes.NewReader(u.Body))
	in.UseNumber()
	var whole map[string]any
	if err := in.Decode(&whole); err != nil {
		return nil, fmt.Errorf("the user's JSON cannot be read: %w", err)
	}
	dropSecrets(whole)
	return json.Marshal(whole)
}

func dropSecrets(value any) {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range secretNames() {
			delete(v, name)
		}
		for name, inner := range v {
			switch name {
			case "public_metadata", "private_metadata", "unsafe_metadata":
			default:
				dropSecrets(inner)
			}
		}
	case []any:
		for _, inner := range v {
			dropSecrets(inner)
		}
	}
}
