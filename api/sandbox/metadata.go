package sandbox

import (
	"encoding/json"
	"fmt"

	"frontdesk/api/sandbox/store"
)

const maxMetadata = 8 << 10 // bytes of one field, as compact JSON

// metadataInto replaces a whole field. Null changes nothing.
func (f *form) metadataInto(name string, into *json.RawMessage) {
	got := f.metadata(name)
	if !got.set || got.null {
		return
	}
	f.storeMetadata(name, got.value, into)
}

func (f *form) storeMetadata(name string, value map[string]any, into *json.RawMessage) {
	raw, err := encode(value)
	if err != nil {
		f.refuse(failParam(422, "form_param_value_invalid", name, "is invalid", name+" must be a valid key-value object"))
		return
	}
	if len(raw) > maxMetadata {
		text := fmt.Sprintf("The given %s exceeds the maximum allowed size of %d bytes (8 KB).", name, maxMetadata)
		f.refuse(failParam(422, "form_param_exceeds_allowed_size", name, "exceeds maximum size", text))
		return
	}
	*into = raw
}

// mergeMetadata merges objects at every depth; null removes a key, anything else replaces
// (JSON merge patch).
func mergeMetadata(c *call) (any, error) {
	return c.changeMetadata(func(f *form, name string, into *json.RawMessage) {
		got := f.metadata(name)
		if !got.set || got.null {
			return
		}
		old, err := decodeObject(object(*into))
		if err != nil { // only in a damaged file; the patch then replaces it
			old = map[string]any{}
		}
		f.storeMetadata(name, mergePatch(old, got.value), into)
	})
}

// replaceMetadata replaces each given field. The API forbids null; if sent anyway, it
// clears the field.
func replaceMetadata(c *call) (any, error) {
	return c.changeMetadata(func(f *form, name string, into *json.RawMessage) {
		if got := f.metadata(name); got.null {
			*into = nil
			return
		}
		f.metadataInto(name, into)
	})
}

func (c *call) changeMetadata(change func(f *form, name string, into *json.RawMessage)) (any, error) {
	f, err := c.form(metadataFields...)
	if err != nil {
		return nil, err
	}
	return c.changeUser(func(_ *store.Tx, u *store.User) error {
		if len(f.fields) == 0 {
			return errUnchanged
		}
		change(f, "public_metadata", &u.Public)
		change(f, "private_metadata", &u.Private)
		change(f, "unsafe_metadata", &u.Unsafe)
		return f.problem()
	})
}

// mergePatch is RFC 7396 on decoded objects. It changes and returns old.
func mergePatch(old, patch map[string]any) map[string]any {
	for key, value := range patch {
		inner, isObject := value.(map[string]any)
		switch {
		case value == nil:
			delete(old, key)
		case isObject:
			below, was := old[key].(map[string]any)
			if !was {
				below = map[string]any{}
			}
			old[key] = mergePatch(below, inner)
		default:
			old[key] = value
		}
	}
	return old
}
