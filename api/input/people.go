package input

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// People are who is named in a text: the ids where there are any, else the e-mail
// addresses, else the phone numbers. A log line that has an id in it often has an
// address beside it that is the mail server's.
type People struct {
	IDs    []string // user_…, also from dashboard links and the subject of a token
	Emails []string
	Phones []string // with a plus where the country code is there
	// Ambiguous says that the text can be read in more than one way, and that they
	// name different people: then all are here, and it is for a person to say who is
	// meant.
	Ambiguous bool
}

// Count is how many are named.
func (p People) Count() int { return len(p.IDs) + len(p.Emails) + len(p.Phones) }

// maxText is how much of a text is looked at, in bytes.
const maxText = 1 << 18

// FindPeople finds who is named in a text: a log line, a mail, a dashboard link, a
// session token (its payload is read, its signature is not checked: it only says
// where to look). Each is named once, in the order of the text.
func FindPeople(text string) People {
	text = text[:min(len(text), maxText)]
	if strings.ContainsRune(text, '\x00') {
		if plain, err := DecodeText([]byte(text)); err == nil {
			text = plain
		}
	}
	var all []People
	for _, reading := range decodings(text) {
		all = append(all, findPeople(reading))
	}
	return mergePeople(all)
}

// mergePeople is what several readings of one text name.
func mergePeople(all []People) People {
	var out People
	pick := func(of func(People) []string) ([]string, bool) {
		var some [][]string
		for _, p := range all {
			if names := of(p); len(names) > 0 {
				some = append(some, names)
			}
		}
		differ := slices.ContainsFunc(some, func(s []string) bool { return !slices.Equal(s, some[0]) })
		return unique(slices.Concat(some...)), differ
	}
	doubt := slices.ContainsFunc(all, func(p People) bool { return p.Ambiguous })
	if out.IDs, out.Ambiguous = pick(func(p People) []string { return p.IDs }); len(out.IDs) > 0 {
		return out
	}
	if out.Emails, out.Ambiguous = pick(func(p People) []string { return p.Emails }); len(out.Emails) > 0 {
		out.Ambiguous = out.Ambiguous || doubt
		return out
	}
	out.Phones, out.Ambiguous = pick(func(p People) []string { return p.Phones })
	return out
}

// findPeople is who is named in a text without escapes.
func findPeople(raw string) People {
	text := normalizeLines(raw)
	var ids []string
	if strings.Contains(text, "eyJ") {
		ids = tokenSubjects(text)
	}
	if strings.Contains(text, "user_") {
		ids = append(ids, findAll(text, `user_[0-9A-Za-z]{20,40}`, isWordByte)...)
	}
	if ids = unique(ids); len(ids) > 0 {
		return People{IDs: ids}
	}
	text = foldFullWidth(text)
	if !strings.Contains(text, "@") {
		return People{Phones: unique(findPhones(text))}
	}
	if mails, doubtful := findEmails(text); len(mails) > 0 {
		return People{Emails: mails, Ambiguous: doubtful}
	}
	return People{Phones: unique(findPhones(text))}
}

// normalizeLines cleans a text line by line.
func normalizeLines(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		clean, _ := Clean(text)
		return clean
	}
	all := strings.Split(normalizeNewlines(text), "\n")
	for i := range all {
		all[i], _ = Clean(all[i])
	}
	return strings.Join(all, "\n")
}

// tokenSubjects are the user ids in the payloads of the JSON web tokens in a text.
func tokenSubjects(text string) []string {
	var out []string
	for _, token := range findAll(text, `eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+`, nil) {
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

// findPhones are whole numbers. In a longer text only what is written as one counts:
// with a plus sign or 00, or in North American groups; rows of digits are times
// and ids there.
func findPhones(text string) []string {
	if p, err := ParsePhone(text); err == nil && p.IsComplete() {
		return []string{p.Text()}
	}
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if sign := normalizeSign(r); sign != 0 {
			return rune(sign)
		}
		return r
	}, text)
	if !strings.ContainsAny(plain, "0123456789") {
		return nil
	}
	var out []string
	for _, number := range findAll(plain, `(?:\+|\b00)[1-9](?:[ ().-]{0,3}[0-9]){6,22}`, nil) {
		if p, err := ParsePhone(trimNumber(number)); err == nil && p.International && p.IsComplete() {
			out = append(out, p.Text())
		}
	}
	for _, number := range findAll(plain, `\(?[2-9][0-9]{2}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}\b`, isWordByte) {
		p, err := ParsePhone(number)
		if err == nil && !slices.ContainsFunc(out, func(s string) bool { return strings.HasSuffix(s, p.Digits) }) {
			out = append(out, "+1"+p.Digits)
		}
	}
	return out
}

// trimNumber ends a number where a date or another number was taken along: what is
// too long loses its last groups, and +1 has eleven digits.
func trimNumber(number string) string {
	most := maxDigits
	digits := func() int { return len(regexp.MustCompile(`[0-9]`).FindAllString(number, -1)) }
	if regexp.MustCompile(`^\+[ (]*1`).MatchString(number) {
		most = 11
	}
	for digits() > most {
		at := strings.LastIndexAny(number, " (")
		if at < 0 {
			return number
		}
		number = number[:at]
	}
	return number
}

// findAll are the matches of a pattern; not those that reject says no to by the
// byte before them.
func findAll(text, pattern string, reject func(before byte) bool) []string {
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringIndex(text, -1) {
		if reject == nil || m[0] == 0 || !reject(text[m[0]-1]) {
			out = append(out, text[m[0]:m[1]])
		}
	}
	return out
}

func isWordByte(c byte) bool {
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
