package shell

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// stage is what is on the screen, for the guide.
func (m *Model) stage() tui.Stage {
	now := tui.Stage{Top: m.top(), IsCovered: m.overlay() != nil}
	if d := m.Dialog(); d != nil {
		p := d.Prompt()
		now.Question = &p
	}
	return now
}

// observe tells the guide what has become of a message.
func (m *Model) observe(msg tea.Msg) tea.Cmd {
	if m.conf.Guide == nil || m.leaving {
		return nil
	}
	before := m.guideRows()
	cmd := m.conf.Guide.Observe(msg, m.stage())
	if m.guideRows() == before {
		return cmd
	}
	return tea.Batch(cmd, m.resize(tea.WindowSizeMsg{Width: m.width, Height: m.height}))
}

// guideRows is how many rows the guide takes. It leaves the screens enough.
func (m *Model) guideRows() int {
	if m.conf.Guide == nil || m.tooSmall() {
		return 0
	}
	return max(0, min(m.conf.Guide.Rows(m.width, m.height), m.height-2-m.ruleRows()-minBodyRows))
}

// ruleRow is the row of the rule above the footer, or the one above the footer where
// there is none.
func (m *Model) ruleRow() int { return m.height - 2 }

// ruleRows is 1 where there is a rule above the footer.
func (m *Model) ruleRows() int {
	if m.height < minRuleHeight && !m.conf.Plain { // there it is the row of notices
		return 0
	}
	return 1
}

// overlayRows is how many rows overlays have: from the header to the footer, or to the
// guide.
func (m *Model) overlayRows() int {
	if m.guideRows() > 0 {
		return m.bodyHeight()
	}
	return m.height - 2
}

// drawGuide draws the guide's rows.
func (m *Model) drawGuide() []string {
	rows := m.guideRows()
	if rows == 0 {
		return nil
	}
	return m.fitLines(m.drawGuideView(m.screen(m.width, rows)), m.width, rows)
}

func (m *Model) drawGuideView(s tui.Screen) (out string) {
	defer func() {
		if p := recover(); p != nil {
			out = m.drawErrorText(s, p)
		}
	}()
	return m.conf.Guide.View(s, m.stage())
}

// drawNote puts the guide's note onto the rule.
func (m *Model) drawNote(rule string) string {
	if m.conf.Guide == nil || m.guideRows() > 0 || m.width < minWidth {
		return rule
	}
	note := m.conf.Guide.Note(m.screen(m.width-6, 1))
	if note == "" {
		return rule
	}
	lines := []string{rule}
	m.drawOnto(lines, []string{" " + m.fitLine(note, m.width-6) + " "}, 2, 0, m.width)
	return lines[0]
}
