package text

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// Highlight calls Clusters.Highlight.
func Highlight(s string, matched []int, w int, plain, lit lipgloss.Style) string {
	return Clusters.Highlight(s, matched, w, plain, lit)
}

// Highlight returns s in at most w cells, with the clusters that contain a matched byte
// in the style lit and the others in plain. matched are byte offsets into s in any
// order, as sahilm/fuzzy returns them. If a match is cut away, the … is highlighted.
// Only colours and attributes of the styles are used. Each run takes one pair of
// sequences.
func (r CellWidth) Highlight(s string, matched []int, w int, plain, lit lipgloss.Style) string {
	shown := r.Cut(s, w)
	kept := len(shown)
	if shown != s {
		kept -= len(ellipsis)
	}
	if !slices.IsSorted(matched) {
		matched = slices.Sorted(slices.Values(matched))
	}
	var p highlighter
	p.open[0], p.shut[0] = styleSequences(plain)
	p.open[1], p.shut[1] = styleSequences(lit)
	for at := 0; at < kept; {
		cluster, _ := r.first(shown[at:kept])
		at += len(cluster)
		hit := false
		for len(matched) > 0 && matched[0] < at {
			hit = hit || matched[0] >= at-len(cluster)
			matched = matched[1:]
		}
		p.write(cluster, hit)
	}
	if kept >= 0 && kept < len(shown) {
		p.write(ellipsis, len(matched) > 0 && matched[0] < len(s))
	}
	return p.finish()
}

// highlighter writes runs of plain and lit text.
type highlighter struct {
	b          strings.Builder
	open, shut [2]string
	openRun    int // 1 + the index of the open run, 0 for none
}

func (p *highlighter) write(s string, lit bool) {
	i := 0
	if lit {
		i = 1
	}
	if p.openRun != i+1 {
		p.end()
		p.b.WriteString(p.open[i])
		p.openRun = i + 1
	}
	p.b.WriteString(s)
}

func (p *highlighter) end() {
	if p.openRun > 0 {
		p.b.WriteString(p.shut[p.openRun-1])
	}
	p.openRun = 0
}

func (p *highlighter) finish() string {
	p.end()
	return p.b.String()
}

// styleSequences returns the sequences that a style puts before and after a text. The
// style does not draw the text itself, because lipgloss draws underlined text rune by
// rune and so splits clusters.
func styleSequences(s lipgloss.Style) (open, shut string) {
	open, shut, _ = strings.Cut(s.Inline(true).Render("x"), "x")
	return open, shut
}
