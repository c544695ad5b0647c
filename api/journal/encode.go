package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLine is the maximum size of a record. Values of a longer one are truncated.
const maxLine = 64 << 10

// hashLen is the length of a hash in hexadecimal digits.
const hashLen = 2 * sha256.Size

// hashField separates the body of a line from its hash, which is followed by `"}`.
const hashField = `,"hash":"`

// noHash returns the Prev of the very first record.
func noHash() string { return string(bytes.Repeat([]byte{'0'}, hashLen)) }

// errNotRecord is returned for a line that is not an intact record.
var errNotRecord = errors.New("it is not a record")

// encode sets the Hash of the record and returns it as a line with its newline. If it is
// longer than maxLine, long values are truncated.
func encode(r *Record) ([]byte, error) {
	whole := *r
	for limit := maxLine / 4; limit >= 16; limit /= 2 {
		*r = whole.cutTo(limit)
		line, err := encodeWhole(r)
		if err != nil || len(line) <= maxLine {
			return line, err
		}
	}
	return nil, errors.New("the record is too long for the journal")
}

func encodeWhole(r *Record) ([]byte, error) {
	r.Hash = ""
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	body := ToASCII(raw[:len(raw)-1])
	r.Hash = hashOf(body)
	return append(body, hashField+r.Hash+"\"}\n"...), nil
}

// decode parses a line without its newline. It fails if any byte was changed.
func decode(line []byte) (Record, error) {
	const tail = len(hashField) + hashLen + len(`"}`)
	var r Record
	if len(line) < tail {
		return r, errNotRecord
	}
	body := line[:len(line)-tail]
	if string(line[len(body):]) != hashField+hashOf(body)+`"}` {
		if json.Unmarshal(line, &r) != nil || r.Version == 0 {
			return r, errNotRecord
		}
		return r, errors.New("it does not match its own hash")
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, errNotRecord
	}
	return r, nil
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// ToASCII escapes everything in JSON except printable ASCII as \uXXXX. The result is
// equivalent JSON and safe to print on a terminal.
func ToASCII(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/8)
	for i := 0; i < len(raw); {
		if c := raw[i]; c < utf8.RuneSelf && c != 0x7f {
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		i += size
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			out = appendEscape(out, high)
			r = low
		}
		out = appendEscape(out, r)
	}
	return out
}

// appendEscape writes a UTF-16 unit as \uXXXX.
func appendEscape(out []byte, unit rune) []byte {
	const digits = "0123456789abcdef"
	return append(out, '\\', 'u', digits[unit>>12&15], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
}

// cutTo returns the record with all values of arbitrary length truncated to about limit
// bytes. Ids of up to 64 bytes are kept whole.
func (r Record) cutTo(limit int) Record {
	c := cutter{limit: limit}
	for _, s := range []*string{&r.Title, &r.Reason, &r.Ticket, &r.Confirmed, &r.Case, &r.Message, &r.Code, &r.TraceID, &r.Part,
		&r.Instance.Name, &r.Who.Kernel.User, &r.Who.Kernel.Host, &r.Who.Claimed.SudoUser, &r.Who.Claimed.SSHConnection} {
		*s = c.cut(*s, 64)
	}
	r.Targets = slices.Clone(r.Targets)
	for i, t := range r.Targets {
		r.Targets[i] = Target{ID: c.cut(t.ID, 64), Name: c.cut(t.Name, 0), Address: c.cut(t.Address, 0), Outcome: c.cut(t.Outcome, 0)}
	}
	r.Changes = slices.Clone(r.Changes)
	for i := range r.Changes {
		change := &r.Changes[i]
		change.Label = c.cut(change.Label, 0)
		for _, value := range []**string{&change.Before, &change.Requested, &change.After} {
			if *value != nil {
				short := c.cut(**value, 0)
				*value = &short
			}
		}
	}
	r.WayBack = r.WayBack.within(limit)
	r.Cut = c.hasCut
	return r
}

// cutter truncates texts to about limit bytes.
type cutter struct {
	limit  int
	hasCut bool
}

// cut truncates a text and appends its original length. It keeps at least least bytes.
func (c *cutter) cut(s string, least int) string {
	limit := max(c.limit, least)
	if len(s) <= limit {
		return s
	}
	c.hasCut = true
	kept := s[:limit]
	for len(kept) > 0 && !utf8.RuneStart(s[len(kept)]) {
		kept = kept[:len(kept)-1]
	}
	return fmt.Sprintf("%s… (cut from %d bytes)", kept, len(s))
}

// within returns w, or nil if one of its values is longer than limit, because a truncated
// value must not be restored.
func (w *WayBack) within(limit int) *WayBack {
	if w == nil {
		return nil
	}
	for _, value := range w.Values {
		if len(value) > limit {
			return nil
		}
	}
	return w
}
