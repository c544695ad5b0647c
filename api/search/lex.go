package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a stretch of the text between spaces; quotes keep spaces in it.
type piece struct {
	from, end int
	exclude   bool   // it begins with a minus
	name      string // before the colon, in lower case; "" for a plain word
	value     string // the rest, its quotes taken off
	quoted    bool   // the value stands in quotes
}

// splitPieces takes the text apart. An open quote reaches to the end: it is being typed.
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

// pieceEnd returns where the piece that starts at from ends. A quote counts where a value
// begins, so that O"Brien is one word.
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
		p.value = rest // a quote inside a word is a letter of it
	}
	return p
}

// cutTokenName takes a token's name off; what is before the colon must look like one,
// so that 10:30 and https://… stay words.
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
