package shell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// Production is framed on every screen: the header is filled, the left side has an edge,
// and the rule above the footer closes it. The edge stands where a screen leaves its
// first cell blank, as all do, so that nothing moves; and because it never changes, a key
// costs hardly a byte for it. An edge on the right would cost one key in two another
// erased row written out.

const leftEdge = "▌"

func (m *Model) isProduction() bool { return m.conf.Instance.Kind == tui.InstanceProduction }

// drawEdge puts the side of the frame onto rows of the body.
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
		case strings.HasPrefix(ansi.Strip(row), " "):
			row = left + m.widthMethod().TruncateLeft(row, 1, "")
		}
		rows[i] = row
	}
}

// rule is the rule above the footer.
func (m *Model) rule() string {
	if m.isProduction() {
		return m.styles.Production.Render(strings.Repeat("━", m.width))
	}
	return m.styles.Line.Render(strings.Repeat("─", m.width))
}

// titleTag is the word in the title line of what lies over a screen, "" where it needs
// none.
func (m *Model) titleTag() string {
	if m.isProduction() {
		return m.conf.Instance.Word
	}
	return ""
}
