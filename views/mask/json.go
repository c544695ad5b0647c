package mask

import (
	"bytes"
	"encoding/json"
	"strings"
)

// JSON returns an API response with its values masked.
func (m *Mask) JSON(raw json.RawMessage) json.RawMessage {
	if m == nil {
		return raw
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return raw
	}
	return m.maskJSON(raw, nil)
}

// Metadata returns metadata with its values masked.
func (m *Mask) Metadata(raw json.RawMessage) json.RawMessage {
	if m == nil {
		return raw
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.isOn {
		return raw
	}
	return m.maskMetadata(raw)
}

// maskJSON returns an API response with its values masked and its keys and their order
// unchanged. Text that is not JSON is masked as a whole.
func (m *Mask) maskJSON(raw json.RawMessage, p *person) json.RawMessage {
	return m.rewrite(raw, jsonWriter{mask: m, person: p}, "")
}

// maskMetadata masks metadata. Unlike in Clerk's own fields, numbers are masked too.
func (m *Mask) maskMetadata(raw json.RawMessage) json.RawMessage {
	return m.rewrite(raw, jsonWriter{mask: m}, "metadata")
}

func (m *Mask) rewrite(raw json.RawMessage, w jsonWriter, field string) json.RawMessage {
	if len(raw) == 0 {
		return raw
	}
	w.in = json.NewDecoder(bytes.NewReader(raw))
	w.in.UseNumber()
	if err := w.value("", field, field != ""); err != nil {
		return quoted(Hidden)
	}
	return w.out.Bytes()
}

func quoted(s string) json.RawMessage {
	b, _ := json.Marshal(s) // cannot fail for a string
	return b
}

// jsonWriter copies JSON token by token and masks the values.
type jsonWriter struct {
	mask   *Mask
	person *person
	in     *json.Decoder
	out    bytes.Buffer
}

// value copies the value of a field. above is the field that holds the enclosing object.
func (w *jsonWriter) value(above, field string, isMetadata bool) error {
	token, err := w.in.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case json.Delim:
		return w.nested(t, above, field, isMetadata)
	case string:
		masked := Hidden
		if !isMetadata {
			masked = w.mask.mask(kindOf(above, field), t, w.person)
		} else if t == "" {
			masked = ""
		}
		w.out.Write(quoted(masked))
	case json.Number:
		if isMetadata {
			w.out.Write(quoted(Hidden))
		} else {
			w.out.WriteString(t.String())
		}
	case bool:
		w.out.WriteString(map[bool]string{true: "true", false: "false"}[t])
	default:
		w.out.WriteString("null")
	}
	return nil
}

// nested copies an object or array. Elements of an array have the name of its field.
func (w *jsonWriter) nested(open json.Delim, above, field string, isMetadata bool) error {
	w.out.WriteString(open.String())
	for first := true; w.in.More(); first = false {
		if !first {
			w.out.WriteByte(',')
		}
		in, name, hidden := above, field, isMetadata
		if open == '{' {
			key, err := w.in.Token()
			if err != nil {
				return err
			}
			in, name = field, key.(string)
			hidden = hidden || strings.HasSuffix(name, "_metadata")
			w.out.Write(quoted(name))
			w.out.WriteByte(':')
		}
		if err := w.value(in, name, hidden); err != nil {
			return err
		}
	}
	end, err := w.in.Token()
	if err != nil {
		return err
	}
	w.out.WriteString(end.(json.Delim).String())
	return nil
}
