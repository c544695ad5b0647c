package search

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// People are what in a text names somebody: the ids where there are any, else
// the e-mail addresses, else the phone numbers. A log line that has an id in it
// often has an address beside it that is the mail server's.
type People struct {
	IDs    []string // user_…, also from dashboard links and the subject of a token
	Emails []string
	Phones []string // E.164
}

// Recognise finds who is named in a text of any length: a log line, a dashboard
// link, a session token (its payload is read, its signature is not checked: it
// only says where to look). Each is named once, in the order of the text.
func Recognise(text string) People {
	if strings.Contains(text, "%") {
		if plain, err := url.QueryUnescape(text); err == nil {
			text = plain
		}
	}
	ids := append(subjects(text), found(text, `user_[0-9A-Za-z]{20,40}`, wordBefore)...)
	if ids = unique(ids); len(ids) > 0 {
		return People{IDs: ids}
	}
	mails := found(text, `[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`, nil)
	for i, m := range mails {
		mails[i] = strings.TrimLeft(m, ".'-")
	}
	if len(mails) > 0 {
		return People{Emails: unique(mails)}
	}
	return People{Phones: unique(phones(text))}
}

// Count is how many are named.
func (p People) Count() int { return len(p.IDs) + len(p.Emails) + len(p.Phones) }

// MostNamed is how many of them Text names.
const MostNamed = 100

// Text is what to put into the box to find them.
func (p People) Text() string {
	join := func(name string, values []string) string {
		return name + strings.Join(values[:min(len(values), MostNamed)], ",")
	}
	switch {
	case len(p.IDs) > 0:
		return join("id:", p.IDs)
	case len(p.Emails) > 0:
		return join("email:", p.Emails)
	case len(p.Phones) > 0:
		return join("phone:", p.Phones)
	}
	return ""
}

// subjects are the user ids in the payloads of the JSON web tokens in a text.
func subjects(text string) []string {
	var out []string
	for _, token := range found(text, `eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+`, nil) {
		_, payload, _ := strings.Cut(token, ".")
		body, err := base64.RawURLEncoding.DecodeString(payload)
		var claims struct {
			Subject string `json:"sub"`
		}
		if err == nil && json.Unmarshal(body, &claims) == nil && regexp.MustCompile(`^user_[0-9A-Za-z]+$`).MatchString(claims.Subject) {
			out = append(out, claims.Subject)
		}
	}
	return out
}

// phones are whole numbers. In a longer text only what is written as one counts:
// with a plus sign or 00, or in North American groups; rows of digits are times
// and ids there.
func phones(text string) []string {
	const least, longest = wholeNumber, 15 // E.164
	if digits, ok := Digits(text); ok && len(digits) >= least && len(digits) <= longest {
		return []string{"+" + digits}
	}
	var out []string
	for _, number := range found(text, `(?:\+|\b00)[1-9][0-9 ().\x{a0}-]{6,22}[0-9]`, nil) {
		if digits, ok := Digits(number); ok && len(digits) >= least && len(digits) <= longest {
			out = append(out, "+"+digits)
		}
	}
	for _, number := range found(text, `\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b`, wordBefore) {
		if digits, _ := Digits(number); !slices.ContainsFunc(out, func(s string) bool { return strings.HasSuffix(s, digits) }) {
			out = append(out, "+1"+digits)
		}
	}
	return out
}

// found are the matches of a pattern; not those that reject says no to by the
// byte before them.
func found(text, pattern string, reject func(before byte) bool) []string {
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringIndex(text, -1) {
		if reject == nil || m[0] == 0 || !reject(text[m[0]-1]) {
			out = append(out, text[m[0]:m[1]])
		}
	}
	return out
}

func wordBefore(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func unique(in []string) []string {
	var out []string
	for _, s := range in {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
