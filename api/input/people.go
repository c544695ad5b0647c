package input

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

var (
	userIDInText        = pattern(`user_[0-9A-Za-z]{20,40}`)
	webToken            = pattern(`eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+`)
	subjectUserID       = pattern(`^user_[0-9A-Za-z]+$`)
	internationalNumber = pattern(`(?:\+[ (]{0,2}|\b0011[ .-]{0,2}|\b011[ .-]{0,2}|\b00[ .-]{0,2})[1-9](?:[ ().-]{0,3}[0-9]){6,22}`)
	slashDigit          = pattern(`^ ?/ ?[0-9]`)
	northAmericanNumber = pattern(`\(?[2-9][0-9]{2}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}\b`)
	shortGroup          = pattern(`^[ .-][0-9]{1,3}(?:[^0-9:/-]|$)`)
	phoneGroups         = pattern(`[0-9()+ ./-]*$`)
	countryCodeOne      = pattern(`^(.*?)(?:\+ ?|\b00 ?)?\(?\b1\)?[ .-]{0,2}\(?$`)
	trailingDigit       = pattern(`[0-9][ .-]*$`)
	dialPrefix          = pattern(`^(?:\+|0011|011|00)[ (.-]*`)
)

// People are the people identified in a text: the ids if there are any, else the e-mail
// addresses, else the phone numbers. A log line with an id often also has an address,
// which is the mail server's.
type People struct {
	IDs    []string // user_…, also from dashboard links and the subject of a token
	Emails []string
	Phones []string // with a plus sign if the country code is known
	// Ambiguous reports that the text can be read in several ways that identify different
	// people. All of them are included then, and the operator has to choose.
	Ambiguous bool
}

// Count returns how many people are identified.
func (p People) Count() int { return len(p.IDs) + len(p.Emails) + len(p.Phones) }

// mostText is how many bytes of a text are searched.
const mostText = 1 << 18

// FindPeople returns the people identified in a text: a log line, a mail, a dashboard
// link, a session token (its payload is read without checking the signature, since it only
// says whom to look up). Each is listed once, in the order of the text.
func FindPeople(text string) People {
	text = text[:min(len(text), mostText)]
	if strings.ContainsRune(text, '\x00') {
		if plain, err := DecodeText([]byte(text)); err == nil {
			text = plain
		}
	}
	var all []People
	for _, one := range decodings(text) {
		all = append(all, findPeople(one))
	}
	return mergePeople(all)
}

// mergePeople combines the results for several readings of one text.
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
	out.Ambiguous = out.Ambiguous || doubt
	return out
}

// findPeople returns the people identified in a text without escapes.
func findPeople(raw string) People {
	text := normalizeLines(raw)
	var ids []string
	if strings.Contains(text, "eyJ") {
		ids = tokenSubjects(text)
	}
	if strings.Contains(text, "user_") {
		ids = append(ids, findAll(text, userIDInText(), isWordByte)...)
	}
	if ids = unique(ids); len(ids) > 0 {
		return People{IDs: ids}
	}
	text = foldFullWidth(text)
	if !strings.Contains(text, "@") {
		return phonePeople(text)
	}
	if mails, doubtful := findEmails(text); len(mails) > 0 {
		return People{Emails: mails, Ambiguous: doubtful}
	}
	return phonePeople(text)
}

func phonePeople(text string) People {
	numbers, doubtful := findPhones(text)
	return People{Phones: unique(numbers), Ambiguous: doubtful}
}

// normalizeLines cleans a text line by line.
func normalizeLines(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		clean, _ := clean.Normalize(text)
		return clean
	}
	all := strings.Split(normalizeNewlines(text), "\n")
	for i := range all {
		all[i], _ = clean.Normalize(all[i])
	}
	return strings.Join(all, "\n")
}

// tokenSubjects returns the user ids in the payloads of the JSON web tokens in a text.
func tokenSubjects(text string) []string {
	var out []string
	for _, token := range findAll(text, webToken(), nil) {
		_, payload, _ := strings.Cut(token, ".")
		body, err := base64.RawURLEncoding.DecodeString(payload)
		var claims map[string]any // a struct would accept SUB for sub
		if err != nil || json.Unmarshal(body, &claims) != nil {
			continue
		}
		if subject, _ := claims["sub"].(string); subjectUserID().MatchString(subject) {
			out = append(out, subject)
		}
	}
	return out
}

// findPhones returns the complete numbers in a text. In a longer text only unmistakable
// ones count: with a plus sign or a dialling prefix, or in North American groups, because
// rows of digits are times and ids there. doubtful reports that more numbers or another
// one may be meant.
func findPhones(text string) (all []string, doubtful bool) {
	if p, err := ParsePhone(text); err == nil && p.IsComplete() {
		return []string{p.Text()}, p.NeedsCountry()
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
		return nil, false
	}
	international := internationalNumber()
	for _, m := range international.FindAllStringIndex(plain, -1) {
		if plain[m[0]] != '+' && m[0] > 0 && (strings.IndexByte(":.,-/", plain[m[0]-1]) >= 0 || endsInDigits(plain[:m[0]])) {
			continue // the minutes of a time, the cents of a price
		}
		number := trimNumber(plain[m[0]:m[1]])
		if p, err := ParsePhone(number); err == nil && p.International && p.IsComplete() {
			all = append(all, p.Text())
			doubtful = doubtful || slashDigit().MatchString(plain[m[0]+len(number):])
		}
	}
	end := -1 // of the number before
	for _, m := range northAmericanNumber().FindAllStringIndex(plain, -1) {
		if !standsAlone(plain[max(end, 0):m[0]], plain[m[1]:]) {
			continue
		}
		end = m[1]
		p, err := ParsePhone(plain[m[0]:m[1]])
		if err == nil && !slices.ContainsFunc(all, func(s string) bool { return strings.HasSuffix(s, p.Digits) }) {
			all = append(all, "+1"+p.Digits)
			doubtful = doubtful || slashDigit().MatchString(plain[m[1]:])
		}
	}
	return all, doubtful
}

// standsAlone reports whether three groups of digits between before and after are a whole
// number: no other group adjoins them except the country code 1.
func standsAlone(before, after string) bool {
	if before != "" && isWordByte(before[len(before)-1]) || shortGroup().MatchString(after) {
		return false
	}
	groups := phoneGroups().FindString(before)
	if m := countryCodeOne().FindStringSubmatch(groups); m != nil {
		groups = m[1]
	}
	return !strings.ContainsAny(groups, "0123456789+")
}

// endsInDigits reports whether before ends in a group of digits.
func endsInDigits(before string) bool { return trailingDigit().MatchString(before) }

// trimNumber cuts a number that includes a following date or number: one that is too long
// loses its last groups, and +1 has eleven digits.
func trimNumber(number string) string {
	prefix := dialPrefix().FindString(number)
	most := mostDigits
	if strings.HasPrefix(number[len(prefix):], "1") {
		most = 11
	}
	for countDigits(number[len(prefix):]) > most {
		at := strings.LastIndexAny(number, " (")
		if at < len(prefix) {
			return number
		}
		number = number[:at]
	}
	return number
}

// findAll returns the matches of a pattern, except those for which reject returns true of
// the byte before them.
func findAll(text string, pattern *regexp.Regexp, reject func(before byte) bool) []string {
	var out []string
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		if reject == nil || m[0] == 0 || !reject(text[m[0]-1]) {
			out = append(out, text[m[0]:m[1]])
		}
	}
	return out
}

// countDigits returns the number of ASCII digits in s.
func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
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
