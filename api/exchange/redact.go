package exchange

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"frontdesk/api/clean"
)

// Redacted stands in place of a secret.
const Redacted = "[redacted]"

const (
	// maxDepth is how deeply a body may be nested; the rest is left out.
	maxDepth = 32
	// minSecret is the shortest secret of a request that is looked for in its answer:
	// a shorter one would blank words at random.
	minSecret = 4
)

// secretParts name what grants access wherever they stand in the name of a field.
var secretParts = [...]string{"password", "secret", "token", "code", "digest", "hash", "jwt", "ticket", "otp", "nonce", "signature",
	"credential", "authorization", "cookie", "api_key", "apikey", "private_key", "recovery", "private_metadata"}

// isSecretName says that the value of a field of that name is not kept.
func isSecretName(name string) bool {
	low := strings.ToLower(name)
	switch {
	case strings.HasSuffix(low, "_at"): // a time
		return false
	case low == "uri", low == "key", low == "pin":
		return true
	case low == "url" || strings.HasSuffix(low, "_url"):
		return !strings.HasSuffix(low, "image_url") && !strings.HasSuffix(low, "logo_url")
	}
	for _, part := range secretParts {
		if strings.Contains(low, part) {
			return true
		}
	}
	return false
}

// tokenShape is a JWT, or an address that an authenticator app is set up with.
var tokenShape = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|otpauth:|__clerk_ticket`)

// isSecretValue says that a value is a secret whatever the name of its field.
func isSecretValue(value string) bool {
	return (strings.Contains(value, "eyJ") || strings.Contains(value, "otpauth") || strings.Contains(value, "__clerk")) && tokenShape.MatchString(value)
}

// level is an object or array that is being written.
type level struct {
	isArray, secret, inErrors bool
	values                    int
	name                      string // of the value that comes next, in an object
	named                     bool
}

// jsonRedactor writes JSON again without its secrets. It works on the tokens of the
// beginning of a body, so a secret that the end cuts through is not written at all.
type jsonRedactor struct {
	out     strings.Builder
	levels  []level
	known   []string // secrets of the request, which an answer may echo
	secrets []string // those that were found
	array   [8]level // the first levels
}

// redactJSON gives the beginning of a body in limit bytes, indented. secrets are the texts that were left
// out, known those that are left out wherever they stand.
func redactJSON(raw []byte, limit int, known []string) (text string, cut bool, secrets []string) {
	if len(raw) == 0 {
		return "", false, nil
	}
	w := &jsonRedactor{known: known}
	w.levels = w.array[:0]
	seen := raw[:min(len(raw), limit)]
	w.out.Grow(2 * len(seen))
	for s := newScanner(string(seen), len(seen) == len(raw)); ; {
		t := s.next()
		if t.kind == 0 || !w.write(t) {
			break
		}
		if len(w.levels) == 0 {
			return w.out.String(), false, w.secrets
		}
	}
	w.out.WriteString("…")
	return w.out.String(), true, w.secrets
}

// write writes one token; false says that it is nested too deeply.
func (w *jsonRedactor) write(t token) bool {
	if t.kind == '}' || t.kind == ']' {
		last := w.levels[len(w.levels)-1]
		w.levels = w.levels[:len(w.levels)-1]
		if last.values > 0 {
			w.newLine()
		}
		w.out.WriteByte(t.kind)
		return true
	}
	secret, inErrors := false, false
	if n := len(w.levels); n > 0 {
		top := &w.levels[n-1]
		if t.isName {
			w.separate(top)
			w.writeQuoted(t.text)
			w.out.WriteString(": ")
			top.name, top.named = t.text, true
			return true
		}
		if top.isArray {
			w.separate(top)
		}
		inErrors = top.inErrors || top.name == "errors"
		secret = top.secret || top.named && isSecretName(top.name) && (top.name != "code" || !inErrors)
		top.named = false
	}
	return w.writeValue(t, secret, inErrors)
}

func (w *jsonRedactor) writeValue(t token, secret, inErrors bool) bool {
	switch t.kind {
	case '{', '[':
		w.out.WriteByte(t.kind)
		w.levels = append(w.levels, level{isArray: t.kind == '[', secret: secret, inErrors: inErrors})
		return len(w.levels) <= maxDepth
	case 's':
		if secret || isSecretValue(t.text) {
			w.redact(t.text)
		} else {
			w.writeQuoted(clean.MaskKeys(withoutSecrets(t.text, w.known)))
		}
	case '0':
		if secret {
			w.redact(t.text)
		} else {
			w.out.WriteString(t.text)
		}
	default: // true, false and null grant nothing, and say what was asked for
		if inPrivate := secret && len(w.levels) > 0 && w.levels[len(w.levels)-1].secret; inPrivate {
			w.writeQuoted(Redacted)
		} else {
			w.out.WriteString(t.text)
		}
	}
	return true
}

// redact writes Redacted in place of a secret and remembers it.
func (w *jsonRedactor) redact(secret string) {
	if len(secret) >= minSecret {
		w.secrets = append(w.secrets, forms(strings.Clone(secret))...)
	}
	w.writeQuoted(Redacted)
}

func (w *jsonRedactor) writeQuoted(s string) {
	if !isPlain(s) {
		w.out.WriteString(quote(s))
		return
	}
	w.out.WriteByte('"')
	w.out.WriteString(s)
	w.out.WriteByte('"')
}

// forms are the ways in which a secret is echoed.
func forms(secret string) []string {
	out := []string{secret}
	encoded, err := json.Marshal(secret)
	if err != nil {
		return out
	}
	for _, other := range []string{inner(string(encoded)), inner(quote(secret)), url.QueryEscape(secret), url.PathEscape(secret)} {
		if !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	return out
}

// inner is a JSON string without its quotation marks.
func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

// withoutSecrets is a text with Redacted in place of the secrets.
func withoutSecrets(text string, secrets []string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, Redacted)
	}
	return text
}

// separate begins the next value of an object or array.
func (w *jsonRedactor) separate(top *level) {
	if top.values > 0 {
		w.out.WriteByte(',')
	}
	top.values++
	w.newLine()
}

func (w *jsonRedactor) newLine() {
	w.out.WriteByte('\n')
	for range w.levels {
		w.out.WriteString("  ")
	}
}

// isPlain reports whether every character of s stands for itself in a JSON string.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return true
}

// quote is a JSON string in which everything that is not seen is escaped.
func quote(s string) string {
	if isPlain(s) {
		return `"` + s + `"`
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
