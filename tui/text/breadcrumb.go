package text

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Breadcrumb draws a breadcrumb in at most w cells: the titles of the screens from the root to
// the one that is shown. The titles nearest to the root are dropped first; the last one is
// cut only if it alone is too wide.
func (r CellWidth) Breadcrumb(titles []string, w int, above, shown lipgloss.Style) string {
	if len(titles) == 0 {
		return ""
	}
	const separator = " › "
	last := r.Cut(titles[len(titles)-1], w)
	path, width := shown.Render(last), r.Width(last)
	for i := len(titles) - 2; i >= 0; i-- {
		part := titles[i] + separator
		if width += r.Width(part); width > w {
			break
		}
		path = above.Render(part) + path
	}
	return path
}

// BreadcrumbLines draws the breadcrumb of a screen of width × height cells, below a blank
// line where there is room for one.
func (r CellWidth) BreadcrumbLines(titles []string, width, height int, above, shown lipgloss.Style) []string {
	const margin, roomy = 2, 16
	line := strings.Repeat(" ", margin) + r.Breadcrumb(titles, max(1, width-2*margin), above, shown)
	if height < roomy {
		return []string{line}
	}
	return []string{"", line}
}
