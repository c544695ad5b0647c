package dialog

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// matchesTyped reports whether a text was typed as asked. Case, spaces and the
// composition of accents do not matter: getting them right proves no attention.
func matchesTyped(typed, asked string) bool {
	bare := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	return strings.EqualFold(bare(typed), bare(asked))
}
