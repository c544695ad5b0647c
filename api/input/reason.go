package input

import (
	"slices"
	"strings"
	"unicode"

	"frontdesk/api/clean"
)

// CleanReason returns a reason in the form in which it is recorded: cleaned and trimmed,
// or "" if it contains no letter and no digit.
func CleanReason(text string) string {
	reason, _ := clean.Normalize(text)
	if !strings.ContainsFunc(reason, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return strings.TrimSpace(reason)
}

// EmptyReason is what CheckReason says of a reason that says nothing.
const EmptyReason = "say why in a few words; colleagues read it in the journal"

// minReason is how many letters and digits a reason has at least.
const minReason = 3

// CheckReason returns what is wrong with a reason where one is needed, or "". A ticket's
// number is a reason; a letter pressed to get on is none.
func CheckReason(text string) string {
	count := 0
	var signs []rune
	for _, r := range strings.ToLower(CleanReason(text)) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			count += 2 // two of them are a word
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mc, r):
			count++
		default:
			continue
		}
		signs = append(signs, r)
	}
	isOneSign := !slices.ContainsFunc(signs, func(r rune) bool { return r != signs[0] })
	if count < minReason || isOneSign || slices.Contains(fillers(), string(signs)) {
		return EmptyReason
	}
	return ""
}

// fillers are what people type into a field to be rid of it.
func fillers() []string {
	return strings.Fields("asd asdf asdfg asdfgh asdfghjkl qwe qwer qwert qwerty qwertz test tests testing foo bar foobar abc blah none nothing reason because")
}
