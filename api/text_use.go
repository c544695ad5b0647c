package api

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Usable is a text that somebody typed or pasted as it may be looked for, sent and
// stored: composed (NFC), spaces of any kind and line ends as plain spaces, and
// without what Display would mark: controls, bidi controls, invisibles, bytes that
// are no text. omitted is how many characters were left out. Spaces at the ends stay.
func Usable(text string) (usable string, omitted int) {
	usable = text
	// What is left out may bring a letter and its mark together.
	for range usableRounds {
		before := usable
		c := cleaner{manner: forUse, src: norm.NFC.String(usable)}
		usable = c.src
		if !plainASCII(usable, forUse) {
			usable = c.whole()
			omitted += c.omitted
		}
		if usable == before {
			break
		}
	}
	return usable, omitted
}

// usableRounds is enough: each round but the last makes the text shorter or composes it.
const usableRounds = 8

// blackFlag begins the flags of England, Scotland and Wales: behind it their code
// stands in tag characters.
const blackFlag = '\U0001f3f4'

// tagsOfFlag is how many bytes at the start of rest are the tags of such a flag.
func tagsOfFlag(rest string) int {
	for _, code := range [...]string{"gbeng", "gbsct", "gbwls"} {
		tags := strings.Map(func(r rune) rune { return 0xe0000 + r }, code) + "\U000e007f"
		if strings.HasPrefix(rest, tags) {
			return len(tags)
		}
	}
	return 0
}
