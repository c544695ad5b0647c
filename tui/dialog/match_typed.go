package dialog

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// matchesTyped says that a text was typed as it is asked for: capitals, the way accents are
// composed and spaces are nobody's proof of having looked.
func matchesTyped(typed, asked string) bool {
	bare := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	return strings.EqualFold(bare(typed), bare(asked))
}
