package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// The secret key never comes back out. Servers, gateways and proxies echo what they
// were sent, and people paste a key where something else belongs. There are two
// gates: shown takes out of every text that leaves for a screen, a title or the
// clipboard whatever is spelled like a secret key, and the client, which knows its
// own, takes that out of every Error also where it is written in another form.

// pieceLen is the shortest piece of the own key that is taken out. Shorter ones are
// no help to anybody, and might be words.
const pieceLen = 12

// keyPieces are all that long pieces of the own key, in the forms in which it comes
// back: as it is, in capitals or small letters, in base64 and in hex.
type keyPieces struct {
	all map[string]struct{}
	// begins has the first two bytes of each, so that a long text is looked through
	// quickly.
	begins map[[2]byte]bool
}

// startsAt reports whether a piece begins at byte i of s.
func (p keyPieces) startsAt(s string, i int) bool {
	if !p.begins[[2]byte{s[i], s[i+1]}] {
		return false
	}
	_, held := p.all[s[i:i+pieceLen]]
	return held
}

// newKeyPieces is made once per client.
func newKeyPieces(k Key) keyPieces {
	p := keyPieces{all: map[string]struct{}{}, begins: map[[2]byte]bool{}}
	if k.secret == nil {
		return p
	}
	secret := *k.secret
	forms := []string{secret, strings.ToLower(secret), strings.ToUpper(secret), fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)}
	for before := range 3 { // base64 depends on how many bytes stand before it
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

// mask gives s without the own key, and without whatever else looks like one.
func (p keyPieces) mask(s string) string { return p.replace(clean.MaskKeys(s), "…") }

// replace gives s with gap in place of the own key and of long pieces of it.
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

// maxErrorText is how much of a text from outside is kept in an Error.
const maxErrorText = 4 << 10

// maskText is mask of a text from outside, which is cut first: a server may have
// sent megabytes.
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

// maskedError is an error whose words had the key in them.
type maskedError struct {
	message string
	cause   error
}

func (e *maskedError) Error() string { return e.message }
func (e *maskedError) Unwrap() error { return e.cause }

// maskError takes the key out of all words from outside that an error carries.
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

// maskJSON is mask of every string in a JSON value, names of fields included. What
// cannot be read is dropped: nothing that is asked of it could be found in it.
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

// MaskWriter is w without the key: whatever is written to it has the key replaced by
// its kind, also in what a server keeps of its own (a name, metadata), and long
// pieces of it in every form in which errors are searched for it. Each Write must
// be whole where the key stands.
func (k Key) MaskWriter(w io.Writer) io.Writer {
	if k.secret == nil {
		return w
	}
	return &maskingWriter{w, *k.secret, strings.TrimSuffix(k.String(), "…") + "...", newKeyPieces(k)}
}

type maskingWriter struct {
	w                   io.Writer
	secret, replacement string
	pieces              keyPieces
}

// Write implements [io.Writer]; it counts what was given to it, not what came out.
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

// containsKey reports whether what is to go into an address has a secret key in it:
// addresses stand in the logs of every server on the way.
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
