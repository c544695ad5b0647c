package clean

import (
	"golang.org/x/text/unicode/norm"
)

// Normalize returns a text that somebody typed or pasted as it may be looked for, sent and
// stored: composed (NFC), spaces of any kind and line ends as plain spaces, and without
// what Display would mark: controls, bidi controls, invisibles, bytes that are no text.
// omitted is how many characters were left out. Spaces at the ends stay.
func Normalize(text string) (usable string, omitted int) {
	usable = text
	// What is left out may bring a letter and its mark together.
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

// normalizeRounds is enough: each round but the last makes the text shorter or composes it.
const normalizeRounds = 8
