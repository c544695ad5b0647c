package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// The secret key must never be shown. Servers, gateways and proxies echo what they were
// sent, and people paste keys into other fields. There are two defences: package clean
// masks whatever is spelled like a secret key in every text for a screen, a title or the
// clipboard; and the client, which knows its own key, removes it from every Error in other
// encodings too.

// pieceLen is the shortest piece of the client's key that is masked. Shorter ones help
// nobody and might be words.
const pieceLen = 12

// keyPieces is the set of all pieces of the client's key, in the forms in which it may
// come back: as it is, in upper or lower case, in base64 and in hex.
type keyPieces struct {
	all map[string]struct{}
	// begins has the first two bytes of every piece, to search long texts quickly.
	begins map[[2]byte]bool
}

// startsAt reports whether a piece starts at byte i of s.
func (p keyPieces) startsAt(s string, i int) bool {
	if !p.begins[[2]byte{s[i], s[i+1]}] {
		return false
	}
	_, held := p.all[s[i:i+pieceLen]]
	return held
}

// newKeyPieces computes the pieces, once per client.
func newKeyPieces(k Key) keyPieces {
	p := keyPieces{all: map[string]struct{}{}, begins: map[[2]byte]bool{}}
	if k.secret == nil {
		return p
	}
	secret := *k.secret
	forms := []string{secret, strings.ToLower(secret), strings.ToUpper(secret), fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)}
	for before := range 3 { // base64 depends on the number of bytes before it
		padded := []byte(strings.Repeat("x", before) + secret)
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			coded := encoding.EncodeToString(padded)
			forms = append(forms, coded[min(len(coded), before*2):max(before*2, len(coded)-1)])
		}
	}
	for _, form := range forms {
		for i := 0; i+pieceLen <= len(form); i++ {
			p.all[form[i:i+pieceLen]] = struct{}{}
			p.begins[[2]byte{form[i], form[i+1]}] = true
		}
	}
	return p
}

// mask returns s without the client's key and without anything that looks like a key.
func (p keyPieces) mask(s string) string { return p.replace(clean.MaskKeys(s), "…") }

// replace returns s with gap in place of the client's key and long pieces of it.
func (p keyPieces) replace(s, gap string) string {
	var b strings.Builder
	from := 0
	for i := 0; i+pieceLen <= len(s); i++ {
		if !p.startsAt(s, i) {
			continue
		}
		end := i + pieceLen
		for end < len(s) && p.startsAt(s, end+1-pieceLen) {
			end++
		}
		b.WriteString(s[from:i] + gap)
		from, i = end, end-1
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// maxErrorText is how much of an external text an Error keeps.
const maxErrorText = 4 << 10

// maskText masks an external text. It is cut first, because a server may have sent
// megabytes.
func (p keyPieces) maskText(t clean.Text) clean.Text {
	raw := t.Raw()
	if len(raw) > maxErrorText {
		raw = strings.ToValidUTF8(raw[:maxErrorText], "") + "…"
	}
	if masked := p.mask(raw); masked != t.Raw() {
		return clean.NewText(masked)
	}
	return t
}

// maskedError is an error whose text contained the key.
type maskedError struct {
	message string
	cause   error
}

func (e *maskedError) Error() string { return e.message }
func (e *maskedError) Unwrap() error { return e.cause }

// maskError removes the key from all external text in an error.
func (c *Client) maskError(e *Error) *Error {
	p := c.keyPieces
	for i := range e.Items {
		item := &e.Items[i]
		item.Code, item.Message, item.LongMessage = p.maskText(item.Code), p.maskText(item.Message), p.maskText(item.LongMessage)
		item.Meta = p.maskJSON(item.Meta)
	}
	e.TraceID, e.foreignMessage, e.redirect = p.maskText(e.TraceID), p.maskText(e.foreignMessage), p.mask(e.redirect)
	if e.Err != nil {
		if says := e.Err.Error(); p.mask(says) != says {
			e.Err = &maskedError{p.mask(says), e.Err}
		}
	}
	return e
}

// maskJSON masks every string in a JSON value, including field names. Invalid JSON is
// dropped, since nothing could be looked up in it.
func (p keyPieces) maskJSON(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return raw
	}
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return nil
	}
	out, err := wire.Encode(p.maskValue(value))
	if err != nil {
		return nil
	}
	return out
}

func (p keyPieces) maskValue(value any) any {
	switch v := value.(type) {
	case string:
		return p.mask(v)
	case []any:
		for i := range v {
			v[i] = p.maskValue(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, inner := range v {
			out[p.mask(name)] = p.maskValue(inner)
		}
		return out
	}
	return value
}

// MaskWriter returns a writer that masks the key in everything written to w, including
// long pieces of it in every encoding that is removed from errors, so that server data (a
// name, metadata) cannot reveal it. A key must not be split between two Writes.
func (k Key) MaskWriter(w io.Writer) io.Writer {
	if k.secret == nil {
		return w
	}
	return &maskingWriter{w, *k.secret, strings.TrimSuffix(k.String(), "…") + "...", newKeyPieces(k)}
}

// KeyMask takes secret keys out of what is written, also those that become known only
// after its writers were made. The zero KeyMask knows none.
type KeyMask struct {
	mu   sync.Mutex
	keys []Key // guarded by mu
}

// Add makes a key known; one that is empty or known already changes nothing.
func (m *KeyMask) Add(k Key) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !k.Empty() && !slices.ContainsFunc(m.keys, func(known Key) bool { return *known.secret == *k.secret }) {
		m.keys = append(m.keys, k)
	}
}

// Writer is w without the keys, as [Key.MaskWriter] leaves them out.
func (m *KeyMask) Writer(w io.Writer) io.Writer { return lateMaskWriter{m, w} }

type lateMaskWriter struct {
	mask *KeyMask
	w    io.Writer
}

// Write implements [io.Writer].
func (l lateMaskWriter) Write(b []byte) (int, error) {
	l.mask.mu.Lock()
	keys := slices.Clone(l.mask.keys)
	l.mask.mu.Unlock()
	w := l.w
	for _, k := range keys {
		w = k.MaskWriter(w)
	}
	return w.Write(b)
}

type maskingWriter struct {
	w                   io.Writer
	secret, replacement string
	pieces              keyPieces
}

// Write implements [io.Writer]. It returns the length of b, not of the masked text.
func (k *maskingWriter) Write(b []byte) (int, error) {
	s := string(b)
	masked := k.pieces.replace(strings.ReplaceAll(s, k.secret, k.replacement), "...")
	if masked == s {
		return k.w.Write(b)
	}
	if _, err := io.WriteString(k.w, masked); err != nil {
		return 0, err
	}
	return len(b), nil
}

// containsKey reports whether the URL of a call would contain a secret key. URLs are
// logged by every server on the way.
func (c *Client) containsKey(k *call) bool {
	held := func(s string) bool { return c.keyPieces.mask(s) != s }
	for _, values := range k.query {
		for _, v := range values {
			if held(v) {
				return true
			}
		}
	}
	return held(k.path)
}
