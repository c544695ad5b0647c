package input

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"frontdesk/api/clean"
)

var (
	listedNumber    = pattern(`^(.*[0-9])(?: */ +| +/ *|/)([0-9]+)$`)
	listedEnding    = pattern(`^(.*[0-9]) +-([0-9]{1,3})$`)
	extensionSuffix = pattern(`(?i)^(.*[0-9)])[ ,]*(?:;ext=|ext(?:n|ension)?[.:]? *|x *|# *)([0-9]{1,7})$`)
)

const (
	// MinPartDigits is the fewest digits that are searched as part of a phone number.
	MinPartDigits = 3
	// MinWholeDigits is the number of digits from which on a number counts as complete, so
	// that dialling prefixes are removed from it.
	MinWholeDigits = 7
	// mostDigits is E.164's limit.
	mostDigits = 15
)

// Phone is a phone number, or a part of one, as entered.
type Phone struct {
	// Digits are the digits that Clerk stores: with the country code if one was given,
	// without what is only dialled (00, a national 0).
	Digits string
	// International reports whether the country code is included.
	International bool
	Extension     string

	written string
	trunk   bool // written as it is dialled in its country: 020…, 8 (495)…
}

var (
	errNoPhone = errors.New("is not a phone number")
	// ErrManyPhones is the error for a text with more than one phone number.
	ErrManyPhones = errors.New("must be one phone number, not several")
)

// AskCountry asks the operator to complete a number for which NeedsCountry is true.
const AskCountry = "which country? start with + and the country code"

// NeedsCountry reports whether the number is written as it is dialled in its country, with
// a trunk 0 or 8, without naming the country.
func (p Phone) NeedsCountry() bool { return p.trunk && p.IsComplete() }

// WrongLength says that the number of digits does not fit the country's numbering plan. It
// returns "" if it does, or if the plan is unknown.
func (p Phone) WrongLength() string {
	if code := CountryCode(p.Digits); p.International && (code == "1" || code == "7") && len(p.Digits) != 11 {
		return fmt.Sprintf("must have ten digits after +%s, but has %d", code, len(p.Digits)-1)
	}
	return ""
}

// E164 returns the number as Clerk stores it. ok is false if the country code is missing
// or the number of digits is out of range.
func (p Phone) E164() (number string, ok bool) {
	return "+" + p.Digits, p.International && p.IsComplete() && p.Digits[0] != '0' && p.WrongLength() == ""
}

// IsComplete reports whether it may be a whole number and not only a part of one.
func (p Phone) IsComplete() bool {
	return len(p.Digits) >= MinWholeDigits && len(p.Digits) <= mostDigits
}

// Candidates returns the numbers that Clerk may store for it. Ten digits without a country
// code may be North American, and a number that was stored with its trunk zero is found as
// it is.
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

// Text returns the number in a form that ParsePhone reads back: with a plus sign if the
// country code is included.
func (p Phone) Text() string {
	if p.International {
		return "+" + p.Digits
	}
	return p.Digits
}

// ParsePhone parses a phone number or a part of one, with any punctuation that people,
// phones and spreadsheets use. It fails if the text contains anything else, or fewer than
// MinPartDigits digits.
func ParsePhone(text string) (Phone, error) {
	clean, _ := clean.Normalize(text)
	body, extension := strings.TrimSpace(clean), ""
	for _, scheme := range [...]string{"tel:", "callto:", "sms:"} {
		if len(body) > len(scheme) && strings.EqualFold(body[:len(scheme)], scheme) {
			body = body[len(scheme):]
		}
	}
	if bare, quoted := strings.CutPrefix(body, "'"); quoted { // as a spreadsheet marks a text cell
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

// listsPhones reports whether a whole number is followed by the last digits of another: "…
// 0142 / 43", "… 0142/43", "… 0142 -3".
func listsPhones(body string) bool {
	m := listedNumber().FindStringSubmatch(body)
	if m != nil && !strings.Contains(body, " /") && !strings.Contains(body, "/ ") && (len(m[2]) > 3 || strings.Contains(m[1], "/")) {
		m = nil
	}
	if m == nil {
		m = listedEnding().FindStringSubmatch(body)
	}
	return m != nil && countDigits(m[1]) >= MinWholeDigits
}

// hasTrunk reports whether a normalized number begins with a trunk prefix: a 0, or
// Russia's 8 before ten digits.
func hasTrunk(plain string) bool {
	digits := stripBrackets(plain)
	return strings.HasPrefix(digits, "0") || strings.HasPrefix(digits, "8") && len(digits) == 11
}

// cutExtension splits off the extension: "ext. 3", "x3", "#3", ";ext=3".
func cutExtension(text string) (number, extension string) {
	if !strings.ContainsAny(text, "xX#") {
		return text, ""
	}
	m := extensionSuffix().FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	return m[1], m[2]
}

// normalizePhone reduces a number to +, digits, and brackets around what is only dialled:
// "(0)". ok is false if anything else is in it, or a plus sign after the first digit.
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

// stripBrackets returns the digits, including those in brackets.
func stripBrackets(plain string) string { return strings.NewReplacer("(", "", ")", "").Replace(plain) }

// normalizeSign returns the meaning of a character in a phone number: a digit, a plus
// sign, a bracket, a space, a dash for any other punctuation between digits, and 0 for
// what never occurs in one.
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
		// The minus sign, bullets and the Japanese long-vowel marks are typed as dashes.
		return '-'
	case unicode.Is(unicode.Nd, r):
		return byte('0' + digitValue(r))
	}
	return 0
}

// digitValue returns the value of a decimal digit. Unicode keeps the digits of a script in
// one row, starting at zero.
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

// stripDialPrefix removes what is only dialled from a normalized number. written is the
// number including a zero that may or may not belong to it, or "" if there is no doubt.
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
