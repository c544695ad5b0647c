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

// Redacted replaces a secret.
const Redacted = "[redacted]"

const (
	// maxDepth is the maximum nesting depth; anything deeper is omitted.
	maxDepth = 32
	// minSecret is the minimum length of a request's secret to search for in the answer.
	// Shorter ones would match ordinary words.
	minSecret = 4
)

// secretParts mark a field as secret if its name contains one of them.
var secretParts = [...]string{"password", "secret", "token", "code", "digest", "hash", "jwt", "ticket", "otp", "nonce", "signature",
	"credential", "authorization", "cookie", "api_key", "apikey", "private_key", "recovery", "private_metadata"}

// isSecretName reports whether the value of a field of that name must be redacted.
func isSecretName(name string) bool {
	low := strings.ToLower(name)
	switch {
	case strings.HasSuffix(low, "_at"): // a timestamp
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

// tokenShape matches a JWT and the setup URL of an authenticator app.
var tokenShape = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|otpauth:|__clerk_ticket`)

// isSecretValue reports whether a value is a secret regardless of the name of its field.
func isSecretValue(value string) bool {
	return (strings.Contains(value, "eyJ") || strings.Contains(value, "otpauth") || strings.Contains(value, "__clerk")) && tokenShape.MatchString(value)
}

// level is an object or array being written.
type level struct {
	isArray, secret, inErrors bool
	values                    int
	name                      string // name of the next value, in an object
	named                     bool
}

// jsonRedactor rewrites JSON without secrets. It works on whole tokens, so it never writes
// part of a secret that is truncated at the end of the input.
type jsonRedactor struct {
	out     strings.Builder
	levels  []level
	known   []string // secrets of the request, which the answer may echo
	secrets []string // secrets found so far
	array   [8]level // backs the outermost levels
}

// redactJSON returns up to limit bytes of a body, indented and with secrets redacted. known
// are texts to redact wherever they occur. secrets are the texts that were redacted.
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

// write writes one token. It returns false if the token is nested too deeply.
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
	default: // true, false and null are never secret
		if inPrivate := secret && len(w.levels) > 0 && w.levels[len(w.levels)-1].secret; inPrivate {
			w.writeQuoted(Redacted)
		} else {
			w.out.WriteString(t.text)
		}
	}
	return true
}

// redact writes Redacted and remembers the secret.
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

// forms returns the encodings in which an answer may echo a secret.
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

// inner returns a JSON string without its quotation marks.
func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

// withoutSecrets replaces the secrets in a text by Redacted.
func withoutSecrets(text string, secrets []string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, Redacted)
	}
	return text
}

// separate writes what precedes the next value of an object or array.
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

// isPlain reports whether s needs no escapes in a JSON string.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return true
}

// quote returns s as a JSON string with all invisible characters escaped.
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
