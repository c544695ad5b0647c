package search

import (
	"strings"

	"frontdesk/api/input"
)

// Clean returns a text as it is read here and shown in a box: [input.Clean], with the
// quotes that word processors set as quotes. Parse takes it.
func Clean(text string) string {
	clean, _ := input.Clean(text)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u201c\u201d\u201e\u201f\uff02", r) {
			return '"'
		}
		return r
	}, clean)
}
