// Package dialog shows a tui.Prompt: a bar with one question for what gives access
// back, a framed dialog for everything else.
//
// It draws the Prompt, takes the answers and confirms or cancels. What the question is
// about, and carrying it out, is the Prompt's OnConfirm.
//
// Only the key y confirms: at the buttons, and only after the whole question has been
// on the screen for as long as a person takes to react. Enter, clicks and pastes never
// confirm.
package dialog

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

const (
	// Grace is how long a confirming key is ignored after the question is completely
	// visible, and after the buttons get the focus. A person takes about a quarter of a
	// second to react to a light, so nobody answers faster what they have only just
	// seen. Every key that comes too early restarts it, so a held key never confirms.
	Grace = 250 * time.Millisecond
	// maxOvershoot is how late the end of a countdown may be noticed. Later than that,
	// the program was stopped meanwhile and nobody was watching.
	maxOvershoot = 3 * time.Second
)

// minWidth and minHeight are the smallest inside of a frame in which a question can be
// confirmed.
const minWidth, minHeight = 40, 8

// Model is one open question.
type Model struct {
	keys         *tui.KeyMap
	prompt       tui.Prompt
	clock        func() time.Time
	stops        []stop
	focus        int
	inputs       []input // the fields, then the text to type
	ticked       []bool  // the checklist
	showAdvanced bool    // the advanced fields are shown
	problems     map[stop]string
	visited      map[stop]bool // fields the focus has left once: they are checked on every edit
	lastConflict string        // the last contradiction between answers that was reported
	note         string        // one line beside the buttons
	// fixing is set once something was refused or missing: enter then moves between
	// what is still wrong, and from the last of it to the buttons.
	fixing bool
	// confirmingDiscard is set while the dialog asks whether to discard what was typed.
	confirmingDiscard bool
	// lookedUp returns the effects including the result of Lookup; nil without any.
	// hasLookedUp is set once there is a result.
	lookedUp    func(tui.Answers) []string
	hasLookedUp bool

	timing keyTiming
	// suspectPaste requires y to be pressed twice; warnedOfPaste is set after the first
	// time.
	suspectPaste, warnedOfPaste bool

	confirmFrom        time.Time // confirming keys are ignored until then
	ignoreLettersUntil time.Time // until then a letter at the buttons belongs to a word
	checkboxWordUntil  time.Time // until then a space at a checkbox belongs to a word
	countdownEnd       time.Time // end of the countdown; zero if none runs

	width, height   int // cells inside the frame
	done, confirmed bool

	sending     bool           // confirmed, and open until its task has ended
	showSending bool           // it has been sending for SendingDelay
	leaveLabel  string         // what esc does while it is sending
	leave       func() tea.Cmd // is called by esc then; may be nil
}

// New opens a question. It cannot be confirmed before it has received its size, that of
// the inside of the frame, in a tea.WindowSizeMsg.
func New(p tui.Prompt, keys *tui.KeyMap, clock func() time.Time) *Model {
	m := &Model{prompt: p, keys: keys, clock: clock, problems: map[stop]string{}, visited: map[stop]bool{}, ticked: make([]bool, maxChecks(p))}
	for _, f := range p.Fields {
		m.inputs = append(m.inputs, newInput(f))
		m.showAdvanced = m.showAdvanced || f.Advanced && f.ServerError != ""
	}
	if p.TypeToConfirm != "" || p.Stricter != nil && p.Stricter.TypeToConfirm != "" {
		m.inputs = append(m.inputs, newInput(tui.Field{Name: typeToConfirmName}))
	}
	m.listStops()
	m.focus = m.initialFocus()
	m.showServerErrors()
	m.setFocus(m.focus)
	m.RestartGrace()
	return m
}

func maxChecks(p tui.Prompt) int {
	if p.Stricter == nil {
		return len(p.Checklist)
	}
	return max(len(p.Checklist), len(p.Stricter.Checklist))
}

// initialFocus returns where the focus starts: at the first thing to fill in or tick.
// If the action gives access or changes nothing and needs no more input, that is the
// buttons.
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

// showServerErrors puts the server's errors at their fields and the focus at the first.
func (m *Model) showServerErrors() {
	m.fixing = len(m.prompt.Errors) > 0
	for i, s := range slices.Backward(m.stops) {
		if s.kind == stopInput && m.inputs[s.index].field.ServerError != "" {
			m.problems[s], m.focus, m.fixing = m.inputs[s.index].field.ServerError, i, true
		}
	}
}

// Prompt returns the question.
func (m *Model) Prompt() tui.Prompt { return m.prompt }

// Done reports whether the question was answered, either way.
func (m *Model) Done() bool { return m.done }

// Confirmed reports whether it was answered with the verb.
func (m *Model) Confirmed() bool { return m.confirmed }

// WantsTick reports whether a countdown is running.
func (m *Model) WantsTick() bool { return m.isCountingDown() && !m.sending }

// RestartGrace makes confirming keys wait for Grace again.
func (m *Model) RestartGrace() {
	if until := m.clock().Add(Grace); until.After(m.confirmFrom) {
		m.confirmFrom = until
	}
}

// Update handles keys, pastes, clicks, ticks and the size.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch {
	case m.done:
		return nil
	case m.sending:
		return m.updateSending(msg)
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		whole := m.fitsWindow()
		if m.width, m.height = msg.Width, msg.Height; !whole {
			m.RestartGrace() // it becomes visible only now
		}
		if m.isCountingDown() && !m.fitsWindow() {
			m.stopCountdown("Cancelled: the window is too small. Nothing was done.")
		}
	case tui.TickMsg:
		return m.tickCountdown(msg.Now)
	case tui.LookupMsg:
		if m.prompt.Lookup != nil && m.prompt.Lookup.Key == msg.Key {
			m.applyLookup(msg)
			m.RestartGrace() // the text changed a moment ago
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

// applyLookup shows the result of Lookup. Additional context lines would move what is
// below them, so the context is replaced only by as many lines.
func (m *Model) applyLookup(msg tui.LookupMsg) {
	m.hasLookedUp = true
	if msg.Namesakes != nil && m.prompt.Namesakes != nil {
		found := *msg.Namesakes
		found.Rows = m.prompt.Namesakes.Rows
		m.prompt.Namesakes = &found
	}
	if msg.EffectsFor != nil {
		m.lookedUp = msg.EffectsFor
	}
	if len(msg.Context) == len(m.prompt.Context) {
		m.prompt.Context = msg.Context
	}
}

// cancelLookup cancels the Lookup task when nobody needs it any more.
func (m *Model) cancelLookup() tea.Cmd {
	if m.prompt.Lookup == nil || m.hasLookedUp {
		return nil
	}
	return tui.Cancel(m.prompt.Lookup.Key)
}

// isBar reports whether the question is a bar across the bottom.
func (m *Model) isBar() bool {
	p := m.prompt
	return p.Tier <= tui.T1 && len(p.Checklist) == 0 && p.Stricter == nil && p.TypeToConfirm == "" && len(p.Picture) == 0 && len(p.Fields) <= 1 &&
		len(p.Warnings) == 0 && len(p.Errors) == 0 && p.Note == ""
}

func (m *Model) isCountingDown() bool { return !m.countdownEnd.IsZero() }
