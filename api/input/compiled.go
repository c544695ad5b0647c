package input

import "regexp"

// compiled is a pattern that is needed seldom: once for a paste or a line.
func compiled(pattern string) *regexp.Regexp { return regexp.MustCompile(pattern) }
