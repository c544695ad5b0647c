package users

import (
	"slices"
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/sahilm/fuzzy"

	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
)

// span is a range of bytes.
type span struct{ from, end int }

// found are the parts of a field in which the needle stands, in order: as a
// whole, else word by word. nil where it does not.
func (n needle) found(f search.Folded) []span {
	if n.folded == "" || f.Text == "" {
		return nil
	}
	if at := strings.Index(f.Text, n.folded); at >= 0 {
		return []span{backed(f, at, at+len(n.folded))}
	}
	var out []span
	for _, w := range n.words {
		at := strings.Index(f.Text, w)
		if at < 0 {
			return nil
		}
		out = append(out, backed(f, at, at+len(w)))
	}
	return joined(out)
}

// scattered are the letters of a field that sahilm/fuzzy matched, for rows that
// are only close to what was typed.
func (n needle) scattered(f search.Folded) []span {
	matches := fuzzy.FindNoSort(strings.ReplaceAll(n.folded, " ", ""), []string{f.Text})
	if len(matches) == 0 {
		return nil
	}
	var out []span
	for _, at := range matches[0].MatchedIndexes {
		out = append(out, backed(f, at, at+1))
	}
	return joined(out)
}

// digitsIn is the part of a phone number, as people write it, that holds the
// needle's digits with the punctuation between them.
func (n needle) digitsIn(shown string) []span {
	if n.digits == "" {
		return nil
	}
	var digits strings.Builder
	var from []int
	for i := range len(shown) {
		if shown[i] >= '0' && shown[i] <= '9' {
			digits.WriteByte(shown[i])
			from = append(from, i)
		}
	}
	at := strings.Index(digits.String(), n.digits)
	if at < 0 {
		return nil
	}
	return []span{{from[at], from[at+len(n.digits)-1] + 1}}
}

// backed is the range of a field that a range of its folded text came from.
func backed(f search.Folded, a, b int) span {
	from, end := f.Back(a, b)
	return span{from, end}
}

// joined sorts ranges and makes one of those that touch.
func joined(in []span) []span {
	slices.SortFunc(in, func(a, b span) int { return a.from - b.from })
	out := in[:0]
	for _, s := range in {
		if k := len(out) - 1; k >= 0 && s.from <= out[k].end {
			out[k].end = max(out[k].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

// lit appends s as spans, the ranges in the ink of a match, the rest in plain.
// It takes no cluster apart, because half a cluster has no width of its own.
func lit(dst []table.Span, s string, at []span, plain, match table.Ink) []table.Span {
	if !ascii(s) && len(at) > 0 {
		at = onClusters(s, at)
	}
	done := 0
	for _, r := range at {
		from, end := max(min(r.from, len(s)), done), min(r.end, len(s))
		if from >= end {
			continue
		}
		if from > done {
			dst = append(dst, table.Span{Text: s[done:from], Ink: plain})
		}
		dst = append(dst, table.Span{Text: s[from:end], Ink: match})
		done = end
	}
	if done < len(s) {
		dst = append(dst, table.Span{Text: s[done:], Ink: plain})
	}
	return dst
}

// onClusters widens ranges to the grapheme clusters they touch.
func onClusters(s string, at []span) []span {
	var out []span
	for it := graphemes.FromString(s); it.Next(); {
		from, end := it.Start(), it.End()
		for _, r := range at {
			if r.from < end && r.end > from {
				out = append(out, span{from, end})
				break
			}
		}
	}
	return joined(out)
}

// inSight cuts the start off a field that is too wide, where what matched would
// else be cut away at its end.
func inSight(ruler text.Ruler, s string, at []span, width int) (string, []span) {
	if len(at) == 0 || width < 4 || ruler.Width(s) <= width || ruler.Width(s[:min(at[0].end, len(s))]) < width {
		return s, at
	}
	// As much as fits after the first match stays, then the match, then what is
	// before it.
	keep := s[:at[0].end] + ruler.Cut(s[at[0].end:], width/4)
	shown := ruler.CutLeft(keep, width)
	by := len(keep) - (len(shown) - len("…"))
	moved := make([]span, 0, len(at))
	for _, r := range at {
		if r.end > by {
			moved = append(moved, span{max(r.from-by, 0) + len("…"), r.end - by + len("…")})
		}
	}
	return shown, moved
}
