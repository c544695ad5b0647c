package shell

import (
	"strings"

	"frontdesk/tui"
)

// maxBannerRows is the maximum height of the banner.
const maxBannerRows = 2

// banner draws the banner of the first view, which is shown on every screen. It returns no
// lines if there is none.
func (m *Model) banner() []string {
	says, is := m.stack[0].(tui.Announcer)
	if !is {
		return nil
	}
	b := says.Banner()
	if b.Text == "" {
		return nil
	}
	hint, wide := "", max(1, m.width-4)
	if label := m.conf.Keys.Label(b.Action); label != "" && b.Does != "" {
		hint = " " + m.styles.Key.Render(label) + m.styles.Dim.Render(" "+b.Does)
	}
	limit := maxBannerRows
	if m.height < minRuleHeight {
		limit = 1
	}
	style := m.styles.Tone(b.Tone)
	rows := m.cells.Wrap(b.Text, wide)
	if len(rows) > limit {
		last := m.cells.Cut(strings.Join(rows[limit-1:], " "), wide-m.cells.Width(hint))
		rows = append(rows[:limit-1], last)
	}
	for i, row := range rows {
		rows[i] = "  " + style.Render(row)
	}
	if last := len(rows) - 1; m.cells.Width(rows[last])+m.cells.Width(hint) <= m.width-2 {
		rows[last] += hint
	}
	return rows
}

// drawBody draws the top view, below the banner if there is one.
func (m *Model) drawBody(s tui.Screen) tui.Frame {
	rows := m.banner()
	if len(rows) == 0 {
		return m.drawView(s)
	}
	s.Height = max(0, s.Height-len(rows))
	f := m.drawView(s)
	f.Content = strings.Join(append(rows, f.Content), "\n")
	f.Cursor = offsetCursor(f.Cursor, 0, len(rows))
	areas := make([]tui.HitArea, len(f.HitAreas))
	for i, a := range f.HitAreas {
		a.Y += len(rows)
		areas[i] = a
	}
	f.HitAreas = areas
	return f
}
