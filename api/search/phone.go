package search

import (
	"strings"
	"unicode"
)

const (
	// leastDigits is the fewest digits that are looked for as a phone number's.
	leastDigits = 3
	// wholeNumber is from how many digits on a number is taken for a whole one:
	// then what is dialled before it and is no part of it is left out.
	wholeNumber = 7
)

// Digits are the digits of what can be read as a phone number or a part of one,
// as Clerk keeps them: three and more, and beside them only what people put
// between. Of a whole number the zeros go that are dialled and not part of it:
// 00 44…, 0171…, +44 (0)20….
func Digits(typed string) (digits string, ok bool) {
	dialled := strings.ReplaceAll(typed, "(0)", "")
	var b strings.Builder
	for _, r := range dialled {
		switch d := digit(r); {
		case d >= 0:
			b.WriteByte(byte('0' + d))
		case unicode.IsSpace(r) || strings.ContainsRune("+-.()/\u2010\u2011\u2012\u2013", r):
		default:
			return "", false
		}
	}
	digits = b.String()
	if len(digits) >= wholeNumber {
		digits = strings.TrimLeft(digits, "0")
	}
	return digits, len(digits) >= leastDigits
}

// digit knows the digits of the keyboards that people type phone numbers on.
func digit(r rune) int {
	for _, zero := range [...]rune{'0', '٠', '۰', '०', '\uff10'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}
