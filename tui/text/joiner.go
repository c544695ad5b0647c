package text

import "strings"

const zeroWidthJoiner = '\u200d'

// SplitEmoji removes the joiners from emoji sequences. A terminal without mode 2027 may
// draw a family as one emoji or as four; without joiners every terminal draws, and counts,
// four. In letters of other scripts joiners stay: they shape the letters and have no width.
func SplitEmoji(s string) string {
	if !strings.ContainsRune(s, zeroWidthJoiner) {
		return s
	}
	var out strings.Builder
	before := rune(0)
	for _, r := range s {
		if r != zeroWidthJoiner || !joinsEmoji(before) {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// joinsEmoji reports whether a joiner after r joins emoji: r is an emoji, or a mark after
// one.
func joinsEmoji(r rune) bool {
	return isEmoji(r) || isVariation(r) || r >= 0x1f3fb && r <= 0x1f3ff // skin tones
}
