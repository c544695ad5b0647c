package clean

import (
	"golang.org/x/text/unicode/norm"
)

// Normalize returns typed or pasted text in the form in which it is searched, sent and
// stored: composed (NFC), with spaces of any kind and line ends as plain spaces, and
// without what Display would mark: controls, bidi controls, invisible characters, invalid
// bytes. omitted is the number of characters left out. Spaces at the ends are kept.
func Normalize(text string) (usable string, omitted int) {
	usable = text
	// Leaving something out may bring a letter and its mark together.
	for range normalizeRounds {
		before := usable
		c := cleaner{style: inputStyle, src: norm.NFC.String(usable)}
		usable = c.src
		if !isPlainASCII(usable, inputStyle) {
			usable = c.run()
			omitted += c.omitted
		}
		if usable == before {
			break
		}
	}
	return usable, omitted
}

// normalizeRounds is sufficient: each round but the last makes the text shorter or
// composes it.
const normalizeRounds = 8
