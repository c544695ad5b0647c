package api

import (
	"fmt"
	"strings"
)

// CountNoun returns "1 session", "2 sessions".
func CountNoun[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// JoinWords returns "a", "a and b", "a, b and c" for the conjunction "and".
func JoinWords(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}
