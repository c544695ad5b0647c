package shell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// A production instance has a frame on every screen: a filled header, an edge on the left,
// and the rule above the footer. The edge uses the first column, which screens leave blank,
// so the layout does not change. It is static, so it adds almost no output per key; an edge
// on the right would often force rows to be redrawn to the end.

const leftEdge = "▌"

func (m *Model) isProduction() bool { return m.conf.Instance.Kind == tui.InstanceProduction }

// drawEdge draws the left edge onto rows of the body.
func (m *Model) drawEdge(rows []string) {
	if !m.isProduction() {
		return
	}
	left := m.styles.Production.Render(leftEdge)
	for i, row := range rows {
		switch {
		case m.cells.Width(row) == 0:
			row = left
		case row[0] == ' ':
			row = left + row[1:]
		case strings.HasPrefix(ansi.Strip(row), " "), strings.HasPrefix(ansi.Strip(row), "─"):
			row = left + m.widthMethod().TruncateLeft(row, 1, "")
		}
		rows[i] = row
	}
}

// rule draws the rule above the footer.
func (m *Model) rule() string {
	if m.isProduction() {
		return m.styles.Production.Render(strings.Repeat("━", m.width))
	}
	return m.styles.Line.Render(strings.Repeat("─", m.width))
}

// titleTag returns the tag in the title line of an overlay, or "" if it needs none.
func (m *Model) titleTag() string {
	if m.isProduction() {
		return m.conf.Instance.Word
	}
	return ""
}
