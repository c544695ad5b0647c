package search

import (
	"strings"

	"frontdesk/api/input"
)

// Clean returns text as the search box shows it and Parse reads it: [input.Clean], with
// typographic quotes replaced by plain ones.
func Clean(text string) string {
	clean, _ := input.Clean(text)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u201c\u201d\u201e\u201f\uff02", r) {
			return '"'
		}
		return r
	}, clean)
}
