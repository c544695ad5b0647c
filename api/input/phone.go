package input

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

const (
	// MinPartDigits is the fewest digits that are looked for as part of a phone number.
	MinPartDigits = 3
	// MinWholeDigits is from how many digits on a number is taken for a whole one: then
	// what is dialled before it and is no part of it is left out.
	MinWholeDigits = 7
	// mostDigits is E.164's limit.
	mostDigits = 15
)

// Phone is a phone number, or a part of one, as it was written.
type Phone struct {
	// Digits are all that the service keeps of it: with the country code where one
	// was given, without what is only dialled (00, a national 0).
	Digits string
	// International says that the country code is there.
	International bool
	Extension     string

	written string
	trunk   bool // it is written as it is dialled in its country: 020…, 8 (495)…
}

var (
	errNoPhone = errors.New("is not a phone number")
	// ErrManyPhones is the error of a text with more than one phone number.
	ErrManyPhones = errors.New("must be one phone number, and there is more than one")
)

// AskCountry is what is said of a number for which NeedsCountry.
const AskCountry = "which country? begin with + and the country code"

// NeedsCountry reports whether the number is written as it is dialled in its country,
// behind a trunk 0 or 8, and does not say which country that is.
func (p Phone) NeedsCountry() bool { return p.trunk && p.IsComplete() }

// WrongLength says that a number has not as many digits as its country's numbering
// plan wants, "" where it has, or where nothing is known of that.
func (p Phone) WrongLength() string {
	if code := CountryCode(p.Digits); p.International && (code == "1" || code == "7") && len(p.Digits) != 11 {
		return fmt.Sprintf("must have ten digits behind +%s, and has %d", code, len(p.Digits)-1)
	}
	return ""
}

// E164 returns the number as the service keeps it; ok is false where the country code is
// missing, or too few or too many digits are there.
func (p Phone) E164() (number string, ok bool) {
	return "+" + p.Digits, p.International && p.IsComplete() && p.Digits[0] != '0' && p.WrongLength() == ""
}

// IsComplete reports whether it may be a number and not only a part of one.
func (p Phone) IsComplete() bool {
	return len(p.Digits) >= MinWholeDigits && len(p.Digits) <= mostDigits
}

// Candidates returns the numbers that the service may keep it as: ten digits without a
// country code are North American, too, and a number that was stored with the zero that is
// only dialled is found as it stands.
func (p Phone) Candidates() []string {
	switch {
	case !p.IsComplete(), p.trunk, p.WrongLength() != "":
		return nil
	case !p.International && len(p.Digits) == 10:
		return []string{"+" + p.Digits, "+1" + p.Digits}
	case p.written != "" && len(p.written) <= mostDigits:
		return []string{"+" + p.Digits, "+" + p.written}
	}
	return []string{"+" + p.Digits}
}

// Text returns the number as it can be read again: with its plus where the country code is
// there.
func (p Phone) Text() string {
	if p.International {
		return "+" + p.Digits
	}
	return p.Digits
}

// ParsePhone reads a phone number or a part of one, with whatever punctuation people,
// phones and spreadsheets put into it. It fails on a text that has anything else in
// it, and on fewer digits than MinPartDigits.
func ParsePhone(text string) (Phone, error) {
	clean, _ := Clean(text)
	body, extension := strings.TrimSpace(clean), ""
	for _, scheme := range [...]string{"tel:", "callto:", "sms:"} {
		if len(body) > len(scheme) && strings.EqualFold(body[:len(scheme)], scheme) {
			body = body[len(scheme):]
		}
	}
	if bare, quoted := strings.CutPrefix(body, "'"); quoted { // as a spreadsheet keeps a text
		body = bare
	}
	plain, ok := normalizePhone(body)
	if !ok {
		body, extension = cutExtension(body)
		plain, ok = normalizePhone(body)
	}
	if !ok {
		return Phone{}, errNoPhone
	}
	if listsPhones(body) {
		return Phone{}, ErrManyPhones
	}
	p := Phone{Extension: extension}
	p.Digits, p.written, p.International = stripDialPrefix(plain)
	p.trunk = !p.International && hasTrunk(plain)
	if len(p.Digits) < MinPartDigits || extension != "" && len(p.Digits) < MinWholeDigits {
		return Phone{}, errNoPhone
	}
	return p, nil
}

// listsPhones reports whether behind a whole number the last digits of another stand:
// "… 0142 / 43", "… 0142/43", "… 0142 -3".
func listsPhones(body string) bool {
	m := regexp.MustCompile(`^(.*[0-9])(?: */ +| +/ *|/)([0-9]+)$`).FindStringSubmatch(body)
	if m != nil && !strings.Contains(body, " /") && !strings.Contains(body, "/ ") && (len(m[2]) > 3 || strings.Contains(m[1], "/")) {
		m = nil
	}
	if m == nil {
		m = regexp.MustCompile(`^(.*[0-9]) +-([0-9]{1,3})$`).FindStringSubmatch(body)
	}
	return m != nil && len(regexp.MustCompile(`[0-9]`).FindAllString(m[1], MinWholeDigits)) == MinWholeDigits
}

// hasTrunk reports whether a number in the form of plainPhone begins with what is
// stripDialPrefix before a national number: a 0, or Russia's 8 before ten digits.
func hasTrunk(plain string) bool {
	digits := stripBrackets(plain)
	return strings.HasPrefix(digits, "0") || strings.HasPrefix(digits, "8") && len(digits) == 11
}

// cutExtension takes the extension off: "ext. 3", "x3", "#3", ";ext=3".
func cutExtension(text string) (number, extension string) {
	if !strings.ContainsAny(text, "xX#") {
		return text, ""
	}
	m := regexp.MustCompile(`(?i)^(.*[0-9)])[ ,]*(?:;ext=|ext(?:n|ension)?[.:]? *|x *|# *)([0-9]{1,7})$`).FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	return m[1], m[2]
}

// normalizePhone returns a number in +, digits, and brackets where what is only dialled
// stands in them: "(0)". ok is false where anything else is in it, or a plus behind the
// first digit.
func normalizePhone(text string) (plain string, ok bool) {
	var b strings.Builder
	for _, r := range text {
		switch plain := normalizeSign(r); {
		case plain >= '0' && plain <= '9', plain == '(', plain == ')':
			b.WriteByte(plain)
		case plain == '+':
			if strings.ContainsAny(b.String(), "+0123456789") {
				return "", false
			}
			b.WriteByte('+')
		case plain == 0:
			return "", false
		}
	}
	if plain = b.String(); !strings.ContainsAny(plain, "()") {
		return plain, true
	}
	kept := strings.NewReplacer("(0)", "<0>", "(8)", "<8>", "(06)", "<06>", "(", "", ")", "").Replace(plain)
	return strings.NewReplacer("<", "(", ">", ")").Replace(kept), true
}

// stripBrackets returns the digits with those in brackets.
func stripBrackets(plain string) string { return strings.NewReplacer("(", "", ")", "").Replace(plain) }

// normalizeSign returns what a character is in a phone number: a digit, a plus, a bracket,
// a space for a space, a dash for anything else that is put between digits, and 0 for what
// is never in one.
func normalizeSign(r rune) byte {
	switch {
	case r >= '0' && r <= '9', r == '+', r == '(', r == ')', r == ' ', r == '-':
		return byte(r)
	case strings.ContainsRune("\uff0b\ufe62\u2795", r):
		return '+'
	case strings.ContainsRune("[\uff08\uff3b\ufe59", r):
		return '('
	case strings.ContainsRune("]\uff09\uff3d\ufe5a", r):
		return ')'
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r), strings.ContainsRune("./\u2212\u2043\u02d7\u30fc\uff70\u2796\u00b7\u2022\u30fb\uff0e\uff0f\u2044\u2215", r):
		// The minus, bullets and the Japanese long-vowel marks are typed for a dash.
		return '-'
	case unicode.Is(unicode.Nd, r):
		return byte('0' + digitValue(r))
	}
	return 0
}

// digitValue returns the value of a decimal digit: Unicode keeps those of a script in a
// row, from zero on.
func digitValue(r rune) int {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	return 0
}

// stripDialPrefix takes what is only dialled off a number in the form of plainPhone. written is
// the number with a zero that may be none of it, "" where that is not in doubt.
func stripDialPrefix(plain string) (digits, written string, international bool) {
	rest, international := strings.CutPrefix(plain, "+")
	all := len(stripBrackets(strings.ReplaceAll(rest, "(0)", "")))
	if !international && all >= MinWholeDigits {
		switch {
		case strings.HasPrefix(rest, "0011"): // from Australia
			rest, international = strings.TrimPrefix(rest, "0011"), true
		case strings.HasPrefix(rest, "00"):
			rest, international = strings.TrimLeft(rest, "0"), true
		case strings.HasPrefix(rest, "011") && all >= len("011")+10: // from North America
			rest, international = strings.TrimPrefix(rest, "011"), true
		}
	}
	if international {
		rest = strings.TrimLeft(rest, "0")
		digits = strings.TrimLeft(stripTrunkPrefix(rest), "0")
		if digits != rest && !strings.Contains(rest, "(") {
			written = rest
		}
		return digits, written, true
	}
	rest = stripBrackets(strings.ReplaceAll(rest, "(0)", ""))
	if all >= MinWholeDigits {
		rest = strings.TrimLeft(rest, "0")
	}
	return rest, "", false
}
