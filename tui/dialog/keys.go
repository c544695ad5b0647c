package dialog

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// otherKey is how what is offered instead is chosen. No text box wants it.
const otherKey = "ctrl+o"

// buttonsKey goes to the buttons from everywhere. No text box wants it either.
const buttonsKey = "ctrl+s"

func (m *Model) key(k tea.Key) tea.Cmd {
	m.rhythm.heard(k, m.clock())
	if m.at().kind == stopCheck { // a pasted text ticks nothing
		m.rhythm.gaps = m.rhythm.gaps[:0]
	}
	if m.discarding {
		return m.discard(k)
	}
	if k.Keystroke() == "esc" {
		if m.counting() {
			m.stopCount("Stopped. Nothing was done.")
			return nil
		}
		return m.no()
	}
	if m.counting() {
		return nil
	}
	switch k.Keystroke() {
	case otherKey:
		return m.other()
	case aboutKey:
		return m.visit()
	case buttonsKey:
		m.take(m.safe())
	case "tab", "down":
		m.next(1)
	case "shift+tab", "up":
		m.next(-1)
	case "enter":
		return m.enter()
	default:
		return m.letter(k)
	}
	return nil
}

// other answers the question with no, and goes to what it offers instead.
func (m *Model) other() tea.Cmd {
	if m.prompt.Alternative == nil {
		return nil
	}
	return tea.Batch(m.Cancel(), m.prompt.Alternative.Do(m.answers()))
}

// enter moves on; at Cancel it cancels; it never confirms.
func (m *Model) enter() tea.Cmd {
	switch s := m.at(); {
	case s.kind == stopSafe:
		return m.no()
	case s.kind == stopVerb:
		m.note = "press y to " + inSentence(m.prompt.Verb)
	default:
		m.take(m.onward())
		if m.atButtons() {
			m.doubt(s)
		}
	}
	return nil
}

// onward is where enter goes: to what comes next, and once something was refused
// or found missing to what of it is left, then to the buttons.
func (m *Model) onward() int {
	for i := m.focus + 1; i < m.safe(); i++ {
		s := m.stops[i]
		switch {
		case m.mending && m.wrong[s] == "" && m.lacks(s) == "":
		case !m.mending && s.kind == stopInput && m.inputs[s.index].field.SkipOnEnter:
		default:
			return i
		}
	}
	return m.safe()
}

// next moves the focus by one. In a bar the buttons are one place, and its field
// is the other.
func (m *Model) next(by int) {
	to := m.focus + by
	if m.bar() && len(m.inputs) > 0 {
		to = m.safe()
		if m.atButtons() {
			to = 0
		}
	}
	m.take(to)
}

func (m *Model) letter(k tea.Key) tea.Cmd {
	s := m.at()
	switch s.kind {
	case stopInput:
		m.typeIn(k, &m.inputs[s.index])
	case stopMore:
		if k.Code == tea.KeySpace || k.Code == tea.KeyRight {
			m.unfold()
		}
	case stopCheck:
		if k.Code == tea.KeySpace {
			m.ticked[s.index] = !m.ticked[s.index]
			m.edited()
		}
	default:
		return m.button(k)
	}
	return nil
}

func (m *Model) typeIn(k tea.Key, in *input) {
	if in.field.Kind == tui.FieldChoice {
		switch k.Keystroke() {
		case "right", "space":
			in.turn(1)
		case "left":
			in.turn(-1)
		}
		m.edited()
		return
	}
	before := in.box.Value()
	in.edit(tea.KeyPressMsg(k))
	if in.box.Value() != before {
		m.edited()
	}
}

func (m *Model) button(k tea.Key) tea.Cmd {
	switch {
	case k.Keystroke() == "left", k.Keystroke() == "right":
		m.take(m.safe() + 1 - (m.focus - m.safe()))
	case k.Text == "y":
		return m.yes(k)
	case (k.Text == "n" || k.Text == "N") && !m.clock().Before(m.word):
		return m.no()
	case k.Text != "":
		m.lettered()
	}
	return nil
}

// lettered answers a letter at the buttons that means nothing there. It was
// meant for a field, and so may the next one be, whatever letter that is.
func (m *Model) lettered() {
	m.note = "only y and n act here"
	if back := m.toFields(); back != "" {
		m.note = "only y acts here; " + back + " to type"
	}
	m.RestartGrace()
	m.word, m.asked = m.clock().Add(Grace), false
}

// yes is the one way to confirm.
func (m *Model) yes(k tea.Key) tea.Cmd {
	now := m.clock()
	if now.Before(m.held) || k.IsRepeat || m.rhythm.steady() {
		m.RestartGrace()
		m.note = tooSoon
		return nil
	}
	if m.doubted && !m.asked {
		m.RestartGrace()
		m.note, m.asked = looksPasted, true
		return nil
	}
	if !m.fits() || !m.complete() {
		return nil
	}
	if m.prompt.CancelSeconds > 0 {
		m.until = now.Add(time.Duration(m.prompt.CancelSeconds) * time.Second)
		m.note = ""
		return nil
	}
	return m.confirm()
}

// complete says whether everything asked for is there; else the focus goes to
// the first that is not, with a word on what it needs.
func (m *Model) complete() bool {
	clear(m.wrong)
	m.note = ""
	for _, s := range m.stops {
		m.judge(s)
	}
	for i, s := range m.stops {
		if m.wrong[s] != "" {
			m.mending = true
			m.take(i)
			if s.kind == stopCheck {
				m.note = unticked
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
	tooSoon     = "a moment, then press y again"
	looksPasted = "that looks pasted: press y again"
)

const unticked = "tick each one you checked"

func (m *Model) lacks(s stop) string {
	switch s.kind {
	case stopCheck:
		if !m.ticked[s.index] {
			return unticked
		}
	case stopInput:
		in := &m.inputs[s.index]
		v := in.value()
		switch {
		case in.field.Name == typedName && !same(v, m.prompt.TypeToConfirm):
			return "this does not match: type " + strings.TrimSpace(m.prompt.TypeToConfirm)
		case in.field.Required && strings.TrimSpace(v) == "":
			return in.missing()
		case in.field.Validate != nil && in.field.Validate(v) != "":
			return in.field.Validate(v)
		}
		return m.conflict(*in)
	}
	return ""
}

func (m *Model) confirm() tea.Cmd {
	m.done, m.confirmed = true, true
	if m.prompt.OnConfirm == nil {
		return m.unlearn()
	}
	return tea.Batch(m.unlearn(), m.prompt.OnConfirm(m.answers()))
}

// answers are the fields as they are filled in.
func (m *Model) answers() tui.Answers {
	a := tui.Answers{}
	for i := range m.inputs {
		if f := m.inputs[i].field; f.Name != typedName && (f.Kind != tui.FieldChoice || m.inputs[i].chosen) {
			a[f.Name] = m.inputs[i].value()
		}
	}
	return a
}

// effects are what would happen, with what is filled in.
func (m *Model) effects() []string {
	switch {
	case m.learned != nil:
		return m.learned(m.answers())
	case m.prompt.EffectsFor != nil:
		return m.prompt.EffectsFor(m.answers())
	}
	return m.prompt.Effects
}

// count ends the cancel window when its time has come.
func (m *Model) count(now time.Time) tea.Cmd {
	switch {
	case !m.counting() || now.Before(m.until):
		return nil
	case now.Sub(m.until) > jump:
		m.stopCount("Stopped: the clock jumped. Nothing was done.")
		return nil
	}
	return m.confirm()
}

func (m *Model) stopCount(why string) {
	m.until = time.Time{}
	m.note = why
	m.take(m.safe())
	m.RestartGrace()
}

// remains is what is left of the cancel window, in words.
func (m *Model) remains(now time.Time) string {
	s := int((m.until.Sub(now) + time.Second - 1) / time.Second)
	return fmt.Sprintf("%s in %d s", m.prompt.Title, max(0, s))
}
