package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// maxMetadata is Clerk's limit for each of the three fields, in bytes of JSON without
// white space.
const maxMetadata = 8 << 10

// RawObject is a JSON object as typed. Numbers keep all their digits.
type RawObject = json.RawMessage

// Metadata is the body of the two metadata calls. Absent fields stay unchanged.
type Metadata struct {
	Public  wire.Optional[RawObject] `json:"public_metadata,omitzero"`
	Private wire.Optional[RawObject] `json:"private_metadata,omitzero"`
	Unsafe  wire.Optional[RawObject] `json:"unsafe_metadata,omitzero"`
}

// UpdateMetadata calls PATCH /users/{id}/metadata, a deep merge, limited to 10 calls in 10
// s per user. A key set to null is removed at any level, absent keys are kept, and lists
// are replaced whole. It fails with 422 form_param_exceeds_allowed_size if the result is
// over 8 KB.
func (c *Client) UpdateMetadata(ctx context.Context, id clean.Text, m Metadata) (*User, error) {
	return c.sendMetadata(ctx, "update the metadata", http.MethodPatch, id, m)
}

// ReplaceMetadata calls PUT /users/{id}/metadata. Each field that is given is replaced
// whole; {} empties it.
func (c *Client) ReplaceMetadata(ctx context.Context, id clean.Text, m Metadata) (*User, error) {
	return c.sendMetadata(ctx, "replace the metadata", http.MethodPut, id, m)
}

func (c *Client) sendMetadata(ctx context.Context, op, method string, id clean.Text, m Metadata) (*User, error) {
	k := call{op: op, method: method}
	fields := wire.Fields(m)
	if len(fields) == 0 {
		return nil, k.newError(KindRefused, errors.New("nothing was changed"))
	}
	for name := range fields {
		raw, _ := fields[name].(json.RawMessage)
		if err := CheckMetadata(raw); err != nil {
			return nil, k.newError(KindRefused, fmt.Errorf("%s: %w", name, err))
		}
	}
	return c.callUser(ctx, op, method, id, "/metadata", fields)
}

// CheckMetadata returns, in one sentence, why raw cannot be a metadata field: it is not
// JSON, not an object, too deep, over 8 KB, or repeats a key.
func CheckMetadata(raw []byte) error {
	if !utf8.Valid(raw) {
		return errors.New("it contains bytes that are not UTF-8 text")
	}
	text := strings.Trim(string(raw), " \t\r\n")
	if text == "" {
		return errors.New("it is empty; an empty object is {}")
	}
	depth, err := wire.Check(string(raw))
	if err != nil {
		return fmt.Errorf("it is not valid JSON%s", syntaxErrorPlace(raw))
	}
	if text[0] != '{' {
		return fmt.Errorf("it must be an object in { }, but is %s", wire.TypeName(text))
	}
	if depth > wire.MaxDepth {
		return fmt.Errorf("it is nested deeper than %d levels", wire.MaxDepth)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return errors.New("it is not valid JSON")
	}
	if n := compact.Len(); n > maxMetadata {
		return fmt.Errorf("it is %d bytes; at most %d (8 KB) are allowed", n, maxMetadata)
	}
	return checkDuplicateKeys(raw)
}

// MetadataSize returns the size of raw as Clerk counts it, in bytes without white space,
// and the limit. exact is false if raw is not JSON; the size then includes white space.
func MetadataSize(raw []byte) (size, limit int, exact bool) {
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return len(raw), maxMetadata, false
	}
	return compact.Len(), maxMetadata, true
}

// syntaxErrorPlace returns the position of a JSON syntax error, as line and character
// counted from 1.
func syntaxErrorPlace(raw []byte) string {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(raw, new(any)); !errors.As(err, &syntax) {
		return ""
	}
	at := min(max(int(syntax.Offset)-1, 0), len(raw)) // the offset is after the character
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		at = len(raw)
	}
	before := raw[:at]
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf(": line %d, column %d, %s", 1+bytes.Count(before, []byte("\n")), 1+column, syntax.Error())
}

// checkDuplicateKeys finds a key that an object repeats. The server would keep one of the
// two without saying which.
func checkDuplicateKeys(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	var open []map[string]bool // nil for a list
	key := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("it is not valid JSON")
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:len(open)-1]
			}
			key = len(open) > 0 && open[len(open)-1] != nil
			continue
		case string:
			if key {
				seen := open[len(open)-1]
				if seen[t] {
					return fmt.Errorf("it contains the key %q twice", clean.NewText(t).Display())
				}
				seen[t] = true
				key = false
				continue
			}
		}
		key = len(open) > 0 && open[len(open)-1] != nil
	}
}
