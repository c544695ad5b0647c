package input

import (
	"errors"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"frontdesk/api/clean"
)

// Email is one e-mail address.
type Email struct {
	Address string // as entered, composed and unwrapped
	Name    string // the display name before it: Sam Carter <sam@pine.example>
}

var (
	errNoEmail      = errors.New("must be an e-mail address, like sam@pine.example")
	errAdjacentText = errors.New("must be an e-mail address without other text directly next to it")
	errManyEmails   = errors.New("must be one e-mail address, not several")
)

// ParseEmail parses one e-mail address, also in the forms that mail programs and documents
// use: <a@b>, Name <a@b>, "a@b", mailto:a@b?subject=…, with a trailing comma.
func ParseEmail(text string) (Email, error) {
	clean, _ := clean.Normalize(text)
	s, name := unwrap(foldFullWidth(clean)), ""
	if strings.HasSuffix(s, ">") {
		if at := strings.LastIndex(s, "<"); at >= 0 {
			if strings.Contains(s[:at], "<") || strings.Contains(s[:at], ">") {
				return Email{}, errManyEmails
			}
			s, name = unwrap(s[at+1:len(s)-1]), strings.Trim(strings.TrimSpace(s[:at]), `"`)
		}
	}
	if strings.Count(s, "@") > 1 && strings.ContainsAny(s, ",; ") {
		return Email{}, errManyEmails
	}
	if !validEmail(s) {
		return Email{}, errNoEmail
	}
	local, domain, _ := cutDomain(s)
	if locals := localCandidates(local); !slices.Contains(locals, local) || trimDomain(domain) != domain {
		return Email{}, errAdjacentText
	}
	return Email{Address: s, Name: name}, nil
}

// unwrap removes what surrounds an address.
func unwrap(s string) string {
	for {
		before := s
		s = strings.TrimSpace(s)
		if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
			s, _, _ = strings.Cut(s[7:], "?")
			if plain, err := url.PathUnescape(s); err == nil {
				s = plain
			}
		}
		s = strings.TrimRight(s, ",;")
		for _, pair := range [...][2]string{{`"`, `"`}, {"'", "'"}, {"(", ")"}, {"[", "]"}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"},
			{"\u2018", "\u2019"}, {"\u00ab", "\u00bb"}, {"`", "`"}} {
			if inner, opened := strings.CutPrefix(s, pair[0]); opened {
				if inner, closed := strings.CutSuffix(inner, pair[1]); closed && !strings.Contains(inner, pair[0]) {
					s = inner
				}
			}
		}
		if inner, opened := strings.CutPrefix(s, "<"); opened && strings.HasSuffix(s, ">") && !strings.Contains(inner, "<") {
			s = strings.TrimSuffix(inner, ">")
		}
		if s == before {
			return s
		}
	}
}

// foldFullWidth replaces the full-width forms of ASCII by the plain ones: ＠ and ．are typed
// in East Asia, and used to hide an address from harvesters.
func foldFullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\uff01' && r <= '\uff5e' {
			return r - '\uff01' + '!'
		}
		return r
	}, s)
}

func validEmail(s string) bool {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s {
		return false
	}
	domain := s[strings.LastIndex(s, "@")+1:]
	if !strings.Contains(domain, ".") {
		return false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return true
}

// Candidates returns the spellings under which Clerk may store the address, beginning with
// the one entered: the domain in Unicode and in ASCII (xn--…), and each in lower case.
func (e Email) Candidates() []string {
	all := []string{e.Address}
	local, domain, ok := cutDomain(e.Address)
	if ok {
		for _, d := range domainForms(domain) {
			all = append(all, local+"@"+d)
		}
	}
	var out []string
	for _, one := range all {
		for _, form := range []string{one, strings.ToLower(one)} {
			if !slices.Contains(out, form) {
				out = append(out, form)
			}
		}
	}
	return out
}

// EmailDomainForms returns both spellings of what follows the @ of an address or a part of
// one ("@münchen.example"): Unicode and ASCII. It returns none if they are the same.
func EmailDomainForms(address string) []string {
	_, domain, ok := cutDomain(address)
	if !ok {
		return nil
	}
	return domainForms(domain)
}

// OtherDomainForm returns an address with its domain in the other spelling, xn--… for
// Unicode and the reverse, or "" if there is none.
func OtherDomainForm(address string) string {
	local, domain, ok := cutDomain(address)
	if !ok {
		return ""
	}
	for _, form := range domainForms(domain) {
		if form != strings.ToLower(domain) {
			return local + "@" + form
		}
	}
	return ""
}

// ReadableEmail returns an address with an ASCII domain (xn--…) spelled in Unicode, or ""
// if it has no other spelling. It is for display; the stored address is the ASCII one.
func ReadableEmail(address string) string {
	if !strings.Contains(strings.ToLower(address), "xn--") {
		return ""
	}
	return OtherDomainForm(address)
}

func cutDomain(address string) (local, domain string, ok bool) {
	at := strings.LastIndex(address, "@")
	if at < 0 || at == len(address)-1 {
		return "", "", false
	}
	return address[:at], address[at+1:], true
}

// domainForms returns the Unicode and the ASCII form of a domain.
func domainForms(domain string) []string {
	foreign := strings.ContainsFunc(domain, func(r rune) bool { return r > unicode.MaxASCII })
	if !foreign && !strings.Contains(domain, "xn--") && !strings.Contains(domain, "XN--") {
		return nil
	}
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil {
		return nil
	}
	readable, err := idna.Lookup.ToUnicode(ascii)
	if err != nil || readable == ascii {
		return nil
	}
	return []string{readable, ascii}
}
