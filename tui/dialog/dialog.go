// Package dialog asks the operator before something happens: a bar with one
// question for what gives access back, a framed dialog for the rest.
//
// What may live here: how a tui.Prompt is drawn, filled in, confirmed or not.
// What may not: what the question means, and doing it: the answer is the
// Prompt's OnConfirm.
//
// Nothing but the key y confirms, at the buttons, once the question was whole on the
// screen for as long as a person takes to react. Enter never does, a paste never does.
package dialog

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

const (
	// Grace is how long a confirming key does not count after the question is whole on
	// the screen, and after the buttons get the focus: nobody answers faster what they
	// have only just seen, a quarter of a second being what a person takes to react to
	// a light. Each key that comes too early starts it again, so a held key never
	// confirms.
	Grace = 250 * time.Millisecond
	// jump is how far past its end a cancel window may be found; more means that
	// the program was stopped meanwhile, and nobody watched.
	jump = 3 * time.Second
)

// The smallest inside a framed question may be confirmed in.
const minWidth, minHeight = 40, 8

// Model is one open question.
type Model struct {
	prompt tui.Prompt
	clock  func() time.Time
	stops  []stop
	focus  int
	inputs []input // the fields, then what must be typed
	ticked []bool  // the checklist
	more   bool    // the rare fields are shown
	wrong  map[stop]string
	left   map[stop]bool // fields that were left once: from then on they are checked as one types
	clash  string        // what was said last of an answer that does not go with the others
	note   string        // one line at the buttons
	// mending says that something was refused or found missing: enter then goes to
	// what is still wrong and from the last of it to the buttons.
	mending bool
	// discarding says that it was asked whether what was typed is thrown away.
	discarding bool
	// learned are the effects with what Learn found out, nil until then.
	learned func(tui.Answers) []string

	rhythm rhythm
	// doubted says that y has to be pressed twice, asked that it was once.
	doubted, asked bool

	held  time.Time // confirming keys count from here on
	word  time.Time // until then a letter at the buttons is one of a word
	until time.Time // end of the cancel window; zero when none runs

	width, height   int // cells inside the frame, as last told
	done, confirmed bool
}

// New opens a question. It cannot be confirmed before it was told its size by
// a tea.WindowSizeMsg, which speaks of the inside of the frame.
func New(p tui.Prompt, clock func() time.Time) *Model {
	m := &Model{prompt: p, clock: clock, wrong: map[stop]string{}, left: map[stop]bool{}, ticked: make([]bool, len(p.Checklist))}
	for _, f := range p.Fields {
		m.inputs = append(m.inputs, newInput(f))
		m.more = m.more || f.Advanced && f.ServerError != ""
	}
	if p.TypeToConfirm != "" {
		m.inputs = append(m.inputs, newInput(typed(p)))
	}
	m.arrange()
	m.focus = m.first()
	m.accuse()
	m.take(m.focus)
	m.RestartGrace()
	return m
}

// first is where the focus is to begin with: what is to be filled in or ticked.
// Where access is given or nothing changed, and everything needed is there
// already, that is the buttons.
func (m *Model) first() int {
	if m.bar() {
		return m.safe()
	}
	if m.prompt.Tier > tui.T1 {
		return 0
	}
	for i, s := range m.stops {
		if s.kind != stopInput || m.inputs[s.index].value() == "" && !m.inputs[s.index].field.SkipOnEnter {
			return i
		}
	}
	return m.safe()
}

// accuse puts the server's words at their fields, and the focus at the first.
func (m *Model) accuse() {
	m.mending = len(m.prompt.Errors) > 0
	for i, s := range slices.Backward(m.stops) {
		if s.kind == stopInput && m.inputs[s.index].field.ServerError != "" {
			m.wrong[s], m.focus, m.mending = m.inputs[s.index].field.ServerError, i, true
		}
	}
}

// Prompt is what is asked.
func (m *Model) Prompt() tui.Prompt { return m.prompt }

// Done says that the question is answered, either way.
func (m *Model) Done() bool { return m.done }

// Confirmed says that it was answered with the verb.
func (m *Model) Confirmed() bool { return m.confirmed }

// WantsTick asks for the time while a cancel window runs.
func (m *Model) WantsTick() bool { return m.counting() }

// RestartGrace makes confirming keys wait for the grace again.
func (m *Model) RestartGrace() {
	if until := m.clock().Add(Grace); until.After(m.held) {
		m.held = until
	}
}

// Update takes keys, pastes, ticks and the size.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if m.done {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		whole := m.fits()
		if m.width, m.height = msg.Width, msg.Height; !whole {
			m.RestartGrace() // it comes into sight only now
		}
		if m.counting() && !m.fits() {
			m.stopCount("Stopped: the window is too small. Nothing was done.")
		}
	case tui.TickMsg:
		return m.count(msg.Now)
	case tui.LookupMsg:
		if m.prompt.Lookup != nil && m.prompt.Lookup.Key == msg.Key {
			m.learn(msg)
			m.RestartGrace() // it says something else than a moment ago
		}
	case tui.ClickMsg:
		return m.point(msg.ID)
	case tea.PasteMsg:
		m.discarding = false
		m.rhythm = rhythm{}
		m.paste(msg.Content)
	case tea.KeyPressMsg:
		return m.key(tea.Key(msg))
	}
	return nil
}

// Cancel answers the question with no.
func (m *Model) Cancel() tea.Cmd {
	if m.done {
		return nil
	}
	m.done = true
	if m.prompt.OnCancel == nil {
		return m.unlearn()
	}
	return tea.Batch(m.unlearn(), m.prompt.OnCancel())
}

// learn takes what was found out. A line of context more or less would move what
// is under the hand, so it is only taken where it has as many.
func (m *Model) learn(msg tui.LookupMsg) {
	if msg.EffectsFor != nil {
		m.learned = msg.EffectsFor
	}
	if len(msg.Context) == len(m.prompt.Context) {
		m.prompt.Context = msg.Context
	}
}

// unlearn stops the reading that nobody waits for any more.
func (m *Model) unlearn() tea.Cmd {
	if m.prompt.Lookup == nil || m.learned != nil {
		return nil
	}
	return tui.Cancel(m.prompt.Lookup.Key)
}

// bar says that the question is one line across the bottom.
func (m *Model) bar() bool {
	p := m.prompt
	return p.Tier <= tui.T1 && len(p.Checklist) == 0 && p.TypeToConfirm == "" && len(p.Picture) == 0 && len(p.Fields) <= 1 &&
		len(p.Warnings) == 0 && len(p.Errors) == 0 && p.Note == ""
}

func (m *Model) counting() bool { return !m.until.IsZero() }
