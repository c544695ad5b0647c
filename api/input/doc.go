// Package input reads what people give: what they type, paste, pass as an argument
// and keep in files. It is the one reader for the search box, a paste, USER on the
// command line, a list of people and the fields of a form, so that one text means
// the same person everywhere or is refused.
//
// What may live here: cleaning of text, encodings and escapes, and how an e-mail
// address, a phone number, an id or a list of people is written. What may not: the
// search language (api/search), what a field is for (api/ops), any request, any
// screen.
//
// Phone numbers are read here and not by github.com/nyaruka/phonenumbers, which
// makes the program 6.9 MB (35 %) larger and its start 4.5 ms and 35,000
// allocations slower, because its tables are unpacked in an init. What is needed of
// it is small: punctuation, digits of any script, the zeros that are dialled and not
// kept. Of its example numbers of all countries, written in 7,996 ways, two are read
// otherwise here, both Argentine with two dialling codes at once. Whether a number is
// assigned is for the service to say.
package input

import (
	"strings"
	"unicode"

	"frontdesk/api/clean"
)

// Clean returns a text as it may be looked for, sent and stored; see [clean.Normalize].
func Clean(text string) (usable string, omitted int) { return clean.Normalize(text) }

// OmittedNote is what is said where Clean left characters out.
const OmittedNote = "invisible characters were left out"

// CleanReason returns a reason as it is kept: clean and without spaces around it, "" for
// one that says nothing because no letter and no digit is in it.
func CleanReason(text string) string {
	reason, _ := Clean(text)
	if !strings.ContainsFunc(reason, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	return strings.TrimSpace(reason)
}
