package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLine is the size of the longest record. A longer one is cut.
const maxLine = 64 << 10

// hashLen is the length of a hash in hexadecimal digits.
const hashLen = 2 * sha256.Size

// hashField is how a line continues after its body, before the hash and `"}`.
const hashField = `,"hash":"`

// noHash is Prev of the first record of all.
func noHash() string { return string(bytes.Repeat([]byte{'0'}, hashLen)) }

// errNotRecord is a line that is no intact record.
var errNotRecord = errors.New("it is no record")

// encode returns the record as a line with its newline, and sets its Hash. Values
// that make it longer than maxLine are cut.
func encode(r *Record) ([]byte, error) {
	whole := *r
	for limit := 8 << 10; ; limit /= 2 {
		line, err := encodeWhole(r)
		if err != nil || len(line) <= maxLine {
			return line, err
		}
		if limit < 16 {
			return nil, fmt.Errorf("a record of %d KB is too long for the journal", len(line)>>10)
		}
		*r = whole.cutTo(limit)
	}
}

func encodeWhole(r *Record) ([]byte, error) {
	r.Hash = ""
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	body := escapeToASCII(raw[:len(raw)-1])
	r.Hash = hashOf(body)
	return append(body, hashField+r.Hash+"\"}\n"...), nil
}

// decode reads a line without its newline. It fails where a byte of it was changed.
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

// escapeToASCII writes what is not printable ASCII as \uXXXX, which is the same JSON.
func escapeToASCII(raw []byte) []byte {
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
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
			continue
		}
		out = fmt.Appendf(out, `\u%04x`, r)
	}
	return out
}

// cutTo returns the record with every value that others may have made long cut to
// about limit bytes. Ids stay whole up to 64 bytes.
func (r Record) cutTo(limit int) Record {
	cut := r
	cut.Cut = true
	for _, s := range []*string{&cut.Title, &cut.Reason, &cut.Ticket, &cut.Confirmed, &cut.Case, &cut.Message, &cut.Code, &cut.TraceID,
		&cut.Instance.Name, &cut.Who.Kernel.User, &cut.Who.Kernel.Host, &cut.Who.Claimed.SudoUser, &cut.Who.Claimed.SSHConnection, &cut.Part} {
		*s = cutText(*s, max(limit, 64))
	}
	cut.Targets = make([]Target, len(r.Targets))
	for i, t := range r.Targets {
		cut.Targets[i] = Target{ID: cutText(t.ID, max(limit, 64)), Name: cutText(t.Name, limit), Address: cutText(t.Address, limit), Outcome: cutText(t.Outcome, limit)}
	}
	cut.Changes = make([]Change, len(r.Changes))
	for i, c := range r.Changes {
		c.Label, c.Before, c.Requested, c.After = cutText(c.Label, limit), cutValue(c.Before, limit), cutValue(c.Requested, limit), cutValue(c.After, limit)
		cut.Changes[i] = c
	}
	cut.WayBack = r.WayBack.within(limit)
	return cut
}

// within returns the way back, nil where a value of it is longer than limit: a cut
// value must not be put back.
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

func cutValue(s *string, limit int) *string {
	if s == nil {
		return nil
	}
	cut := cutText(*s, limit)
	return &cut
}

// cutText cuts a text to about limit bytes and says how long it was.
func cutText(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	kept := s[:limit]
	for len(kept) > 0 && !utf8.RuneStart(s[len(kept)]) {
		kept = kept[:len(kept)-1]
	}
	return fmt.Sprintf("%s… (cut from %d bytes)", kept, len(s))
}
