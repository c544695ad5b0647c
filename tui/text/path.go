package text

import "charm.land/lipgloss/v2"

// Path draws the titles of a stack of screens from the root to the one that is shown, in
// at most w cells. Titles are dropped at the root's end before the last one is cut.
func (r CellWidth) Path(titles []string, w int, above, shown lipgloss.Style) string {
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
