package dialog

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// tryConfirm is the only way to confirm.
func (m *Model) tryConfirm(k tea.Key) tea.Cmd {
	now := m.clock()
	if now.Before(m.confirmFrom) || k.IsRepeat || m.timing.isSteady() {
		m.RestartGrace()
		m.note = tooSoonNote
		return nil
	}
	if m.suspectPaste && !m.warnedOfPaste {
		m.RestartGrace()
		m.note, m.warnedOfPaste = pastedNote, true
		return nil
	}
	if !m.fitsWindow() || !m.validateAll() {
		return nil
	}
	if seconds := m.demands().CancelSeconds; seconds > 0 {
		m.countdownEnd = now.Add(time.Duration(seconds) * time.Second)
		m.note = ""
		return nil
	}
	return m.confirm()
}

// validateAll reports whether everything required is there; if not, the focus goes to
// the first problem, with a word on what it needs.
func (m *Model) validateAll() bool {
	clear(m.problems)
	m.note = ""
	for _, s := range m.stops {
		m.revalidate(s)
	}
	for i, s := range m.stops {
		if m.problems[s] != "" {
			m.fixing = true
			m.setFocus(i)
			if s.kind == stopCheck {
				m.note = untickedNote
			}
			return false
		}
	}
	if m.prompt.Validate != nil {
		m.note = m.prompt.Validate(m.answers())
	}
	return m.note == ""
}

const (
	tooSoonNote = "wait, then press y again"
	pastedNote  = "that looks pasted; press y again to confirm"
)

func (m *Model) problemAt(s stop) string {
	switch s.kind {
	case stopCheck:
		if !m.ticked[s.index] {
			return untickedNote
		}
	case stopInput:
		in := &m.inputs[s.index]
		v := in.value()
		switch {
		case in.field.Name == typeToConfirmName && !tui.MatchesTyped(v, m.demands().TypeToConfirm):
			return "that does not match: " + tui.ExpectedText(m.demands().TypeToConfirm, in.field.Label)
		case in.field.Required && strings.TrimSpace(v) == "":
			return in.missingText()
		case in.field.Validate != nil && in.field.Validate(v) != "":
			return in.field.Validate(v)
		}
		return m.conflictAt(*in)
	}
	return ""
}

func (m *Model) confirm() tea.Cmd {
	m.done, m.confirmed = true, true
	if m.prompt.OnConfirm == nil {
		return m.cancelLookup()
	}
	return tea.Batch(m.cancelLookup(), m.prompt.OnConfirm(m.answers()))
}

// answers returns the values of the fields.
func (m *Model) answers() tui.Answers {
	a := tui.Answers{}
	for i := range m.inputs {
		if f := m.inputs[i].field; f.Name != typeToConfirmName && (f.Kind != tui.FieldChoice || m.inputs[i].chosen) {
			a[f.Name] = m.inputs[i].value()
		}
	}
	return a
}

// effects returns what would happen with the answers so far.
func (m *Model) effects() []string {
	switch {
	case m.lookedUp != nil:
		return m.lookedUp(m.answers())
	case m.prompt.EffectsFor != nil:
		return m.prompt.EffectsFor(m.answers())
	}
	return m.prompt.Effects
}

// tickCountdown ends the countdown when its time has come.
func (m *Model) tickCountdown(now time.Time) tea.Cmd {
	switch {
	case !m.isCountingDown() || now.Before(m.countdownEnd):
		return nil
	case now.Sub(m.countdownEnd) > maxOvershoot:
		m.stopCountdown("Cancelled: the clock changed. Nothing was done.")
		return nil
	}
	return m.confirm()
}

func (m *Model) stopCountdown(why string) {
	m.countdownEnd = time.Time{}
	m.note = why
	m.setFocus(m.cancelIndex())
	m.RestartGrace()
}

// countdownText returns what is left of the countdown, in words.
func (m *Model) countdownText(now time.Time) string {
	s := int((m.countdownEnd.Sub(now) + time.Second - 1) / time.Second)
	return fmt.Sprintf("%s in %d s", m.prompt.Title, max(0, s))
}

// addCountdown adds the row of the countdown, which advances at each tick.
func (p *page) addCountdown() {
	left := p.s.Bad.Bold(true).Render(p.m.countdownText(p.m.clock()))
	if p.m.sending { // it is over
		p.add(left)
		return
	}
	p.add(left + p.s.Dim.Render("   ") + p.s.Key.Render("esc") + p.s.Text.Render(" stops it"))
	p.rows[len(p.rows)-1].areas = []tui.HitArea{{Width: p.width, ID: stopCountdownID}}
}
