package tui

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MatchesTyped reports whether a text was typed as asked. Case, spaces, the composition
// of accents and, among digits, the punctuation of phone numbers do not matter: getting
// them right proves no attention.
func MatchesTyped(typed, asked string) bool {
	return strings.EqualFold(bareTyped(typed, asked), bareTyped(asked, asked))
}

func bareTyped(s, asked string) string {
	if isDigits(strings.TrimSpace(asked)) {
		s = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("+().,/·", r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

func isDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// ExpectedText says what is to be typed: "type 0142, the last four digits of the phone".
// label is what asks for it, "Type the last four digits of the phone".
func ExpectedText(asked, label string) string {
	asked = strings.TrimSpace(asked)
	what, isType := strings.CutPrefix(label, "Type ")
	if !isType || strings.Contains(label, asked) {
		return "type " + asked
	}
	return "type " + asked + ", " + what
}
