package localsearch

import (
	"slices"
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/sahilm/fuzzy"

	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
)

// Span is a range of bytes.
type Span struct{ from, end int }

// spansIn returns where the needle is found in a field, in order: as a whole, else
// word by word. It is nil if it is not found.
func (n Needle) spansIn(f search.Folded) []Span {
	if n.Folded == "" || f.Text == "" {
		return nil
	}
	if at := strings.Index(f.Text, n.Folded); at >= 0 {
		return []Span{unfold(f, at, at+len(n.Folded))}
	}
	var out []Span
	for _, w := range n.words {
		at := strings.Index(f.Text, w)
		if at < 0 {
			return nil
		}
		out = append(out, unfold(f, at, at+len(w)))
	}
	return mergeSpans(out)
}

// FuzzySpans returns the letters of a field that sahilm/fuzzy matched, for rows that
// are only similar to what was typed.
func (n Needle) FuzzySpans(f search.Folded) []Span {
	matches := fuzzy.FindNoSort(strings.ReplaceAll(n.Folded, " ", ""), []string{f.Text})
	if len(matches) == 0 {
		return nil
	}
	var out []Span
	for _, at := range matches[0].MatchedIndexes {
		out = append(out, unfold(f, at, at+1))
	}
	return mergeSpans(out)
}

// digitSpans returns the part of a formatted phone number that contains the needle's
// digits, with the punctuation between them.
func (n Needle) digitSpans(shown string) []Span {
	if n.Digits == "" {
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
	at := strings.Index(digits.String(), n.Digits)
	if at < 0 {
		return nil
	}
	return []Span{{from[at], from[at+len(n.Digits)-1] + 1}}
}

// unfold returns the range of a field from which a range of its folded text came.
func unfold(f search.Folded, a, b int) Span {
	from, end := f.OriginalRange(a, b)
	return Span{from, end}
}

// mergeSpans sorts ranges and merges those that touch.
func mergeSpans(in []Span) []Span {
	slices.SortFunc(in, func(a, b Span) int { return a.from - b.from })
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

// AppendHighlighted appends s as spans: the ranges at in the style match, the rest in
// plain. It splits no grapheme cluster, because half of one has no width of its own.
func AppendHighlighted(dst []table.Span, s string, at []Span, plain, match table.StyleSeq) []table.Span {
	if !clean.IsASCII(s) && len(at) > 0 {
		at = widenToClusters(s, at)
	}
	done := 0
	for _, r := range at {
		from, end := max(min(r.from, len(s)), done), min(r.end, len(s))
		if from >= end {
			continue
		}
		if from > done {
			dst = append(dst, table.Span{Text: s[done:from], Style: plain})
		}
		dst = append(dst, table.Span{Text: s[from:end], Style: match})
		done = end
	}
	if done < len(s) {
		dst = append(dst, table.Span{Text: s[done:], Style: plain})
	}
	return dst
}

// widenToClusters widens ranges to the grapheme clusters they touch.
func widenToClusters(s string, at []Span) []Span {
	var out []Span
	for it := graphemes.FromString(s); it.Next(); {
		from, end := it.Start(), it.End()
		for _, r := range at {
			if r.from < end && r.end > from {
				out = append(out, Span{from, end})
				break
			}
		}
	}
	return mergeSpans(out)
}

// CutAroundMatch cuts the start of a field that is too wide, if cutting its end would
// hide the match.
func CutAroundMatch(ruler text.CellWidth, s string, at []Span, width int) (string, []Span) {
	if len(at) == 0 || width < 4 || ruler.Width(s) <= width || ruler.Width(s[:min(at[0].end, len(s))]) < width {
		return s, at
	}
	// Keep the match, what fits after it, and then what fits before it. A match may
	// end inside a cluster, whose combining marks stay with their letter.
	end := at[0].end
	if whole := widenToClusters(s, at[:1]); len(whole) > 0 {
		end = whole[0].end
	}
	keep := s[:end] + ruler.Cut(s[end:], width/4)
	shown := ruler.CutLeft(keep, width)
	by := len(keep) - (len(shown) - len("…"))
	moved := make([]Span, 0, len(at))
	for _, r := range at {
		if r.end > by {
			moved = append(moved, Span{max(r.from-by, 0) + len("…"), r.end - by + len("…")})
		}
	}
	return shown, moved
}
