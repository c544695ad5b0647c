package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a part of the text between spaces; quoted spaces belong to it.
type piece struct {
	from, end int
	exclude   bool   // begins with a minus sign
	name      string // before the colon, in lower case; "" for a plain word
	value     string // the rest, without quotes
	quoted    bool   // the value is quoted
}

// splitPieces splits the text. An open quote extends to the end, since it is still being
// typed.
func splitPieces(text string) []piece {
	var out []piece
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		end := pieceEnd(text, at)
		out = append(out, newPiece(text, at, end))
		at = end
	}
	return out
}

// pieceEnd returns the end of the piece that starts at from. A quote only counts at the
// start of a value, so that O"Brien is one word.
func pieceEnd(text string, from int) int {
	quoted := false
	for i, r := range text[from:] {
		at := from + i
		switch {
		case r == '"' && quoted:
			quoted = false
		case r == '"' && (at == from || strings.ContainsRune(":-,", rune(text[at-1]))):
			quoted = true
		case unicode.IsSpace(r) && !quoted:
			return at
		}
	}
	return len(text)
}

func newPiece(text string, from, end int) piece {
	p := piece{from: from, end: end}
	rest := text[from:end]
	if after, minus := strings.CutPrefix(rest, "-"); minus && after != "" {
		p.exclude, rest = true, after
	}
	if name, value, ok := cutTokenName(rest); ok {
		p.name, rest = strings.ToLower(name), value
	}
	p.quoted = strings.HasPrefix(rest, `"`)
	p.value = strings.ReplaceAll(rest, `"`, "")
	if !p.quoted && p.name == "" {
		p.value = rest // a quote inside a word is part of it
	}
	return p
}

// cutTokenName splits off a token's name. What precedes the colon must look like a name,
// so that 10:30 and https://… are words.
func cutTokenName(s string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(s, ":")
	if !ok || name == "" || strings.HasPrefix(value, "//") {
		return "", s, false
	}
	for i := range len(name) {
		c := name[i] | 0x20
		if (c < 'a' || c > 'z') && (name[i] != '-' || i == 0) {
			return "", s, false
		}
	}
	return name, value, true
}
