// Package dialog asks the operator before something happens: a bar with one
// question for what gives access back, a framed dialog for the rest.
//
// What may live here: how a tui.Prompt is drawn, filled in, confirmed or not.
// What may not: what the question means, and doing it: the answer is the
// Prompt's OnConfirm.
//
// Only the key y confirms: at the buttons, and only after the whole question has been on
// the screen for as long as a person takes to react. Enter, a click and a paste never do.
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
	// maxOvershoot is how far past its end a cancel window may be found; more means that
	// the program was stopped meanwhile, and nobody watched.
	maxOvershoot = 3 * time.Second
)

// The smallest inside a framed question may be confirmed in.
const minWidth, minHeight = 40, 8

// Model is one open question.
type Model struct {
	keys         *tui.KeyMap
	prompt       tui.Prompt
	clock        func() time.Time
	stops        []stop
	focus        int
	inputs       []input // the fields, then what must be typed
	ticked       []bool  // the checklist
	showAdvanced bool    // the rare fields are shown
	problems     map[stop]string
	visited      map[stop]bool // fields that were left once: from then on they are checked as one types
	lastConflict string        // what was said last of an answer that does not go with the others
	note         string        // one line at the buttons
	// fixing says that something was refused or found missing: enter then goes to
	// what is still wrong and from the last of it to the buttons.
	fixing bool
	// confirmingDiscard says that it was asked whether what was typed is thrown away.
	confirmingDiscard bool
	// lookedUp are the effects with what Learn found out, nil until then.
	lookedUp func(tui.Answers) []string

	timing keyTiming
	// suspectPaste says that y has to be pressed twice, asked that it was once.
	suspectPaste, warnedOfPaste bool

	confirmFrom        time.Time // confirming keys count from here on
	ignoreLettersUntil time.Time // until then a letter at the buttons is one of a word
	checkboxWordUntil  time.Time // until then a space at a checkbox is one of a word
	countdownEnd       time.Time // end of the cancel window; zero when none runs

	width, height   int // cells inside the frame, as last told
	done, confirmed bool
}

// New opens a question. It cannot be confirmed before it has its size from
// a tea.WindowSizeMsg, which is that of the inside of the frame.
func New(p tui.Prompt, keys *tui.KeyMap, clock func() time.Time) *Model {
	m := &Model{prompt: p, keys: keys, clock: clock, problems: map[stop]string{}, visited: map[stop]bool{}, ticked: make([]bool, len(p.Checklist))}
	for _, f := range p.Fields {
		m.inputs = append(m.inputs, newInput(f))
		m.showAdvanced = m.showAdvanced || f.Advanced && f.ServerError != ""
	}
	if p.TypeToConfirm != "" {
		m.inputs = append(m.inputs, newInput(typeToConfirmField(p)))
	}
	m.listStops()
	m.focus = m.initialFocus()
	m.showServerErrors()
	m.setFocus(m.focus)
	m.RestartGrace()
	return m
}

// initialFocus is where the focus is to begin with: what is to be filled in or ticked.
// Where access is given or nothing changed, and everything needed is there
// already, that is the buttons.
func (m *Model) initialFocus() int {
	if m.isBar() {
		return m.cancelIndex()
	}
	if m.prompt.Tier > tui.T1 {
		return 0
	}
	for i, s := range m.stops {
		if s.kind != stopInput || m.inputs[s.index].value() == "" && !m.inputs[s.index].field.SkipOnEnter {
			return i
		}
	}
	return m.cancelIndex()
}

// showServerErrors puts the server's words at their fields, and the focus at the first.
func (m *Model) showServerErrors() {
	m.fixing = len(m.prompt.Errors) > 0
	for i, s := range slices.Backward(m.stops) {
		if s.kind == stopInput && m.inputs[s.index].field.ServerError != "" {
			m.problems[s], m.focus, m.fixing = m.inputs[s.index].field.ServerError, i, true
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
func (m *Model) WantsTick() bool { return m.isCountingDown() }

// RestartGrace makes confirming keys wait for the grace again.
func (m *Model) RestartGrace() {
	if until := m.clock().Add(Grace); until.After(m.confirmFrom) {
		m.confirmFrom = until
	}
}

// Update takes keys, pastes, ticks and the size.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	if m.done {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		whole := m.fitsWindow()
		if m.width, m.height = msg.Width, msg.Height; !whole {
			m.RestartGrace() // it comes into sight only now
		}
		if m.isCountingDown() && !m.fitsWindow() {
			m.stopCountdown("Stopped: the window is too small. Nothing was done.")
		}
	case tui.TickMsg:
		return m.tickCountdown(msg.Now)
	case tui.LookupMsg:
		if m.prompt.Lookup != nil && m.prompt.Lookup.Key == msg.Key {
			m.applyLookup(msg)
			m.RestartGrace() // it says something else than a moment ago
		}
	case tui.ClickMsg:
		return m.click(msg.ID)
	case tea.PasteMsg:
		m.confirmingDiscard = false
		m.timing = keyTiming{}
		m.handlePaste(msg.Content)
	case tea.KeyPressMsg:
		return m.handleKey(tea.Key(msg))
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
		return m.cancelLookup()
	}
	return tea.Batch(m.cancelLookup(), m.prompt.OnCancel())
}

// applyLookup takes what was found out. A line of context more or less would move what
// is under the hand, so it is only taken where it has as many.
func (m *Model) applyLookup(msg tui.LookupMsg) {
	if msg.EffectsFor != nil {
		m.lookedUp = msg.EffectsFor
	}
	if len(msg.Context) == len(m.prompt.Context) {
		m.prompt.Context = msg.Context
	}
}

// cancelLookup stops the reading that nobody waits for any more.
func (m *Model) cancelLookup() tea.Cmd {
	if m.prompt.Lookup == nil || m.lookedUp != nil {
		return nil
	}
	return tui.Cancel(m.prompt.Lookup.Key)
}

// isBar says that the question is one line across the bottom.
func (m *Model) isBar() bool {
	p := m.prompt
	return p.Tier <= tui.T1 && len(p.Checklist) == 0 && p.TypeToConfirm == "" && len(p.Picture) == 0 && len(p.Fields) <= 1 &&
		len(p.Warnings) == 0 && len(p.Errors) == 0 && p.Note == ""
}

func (m *Model) isCountingDown() bool { return !m.countdownEnd.IsZero() }
