package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// PushMsg requests a View on top of the stack.
type PushMsg struct{ View View }

// VisitMsg requests a View on top of the stack and sets the open overlays aside. They
// come back unchanged when the View is left.
type VisitMsg struct{ View View }

// PopMsg requests that the top View be removed; at the root it requests quitting.
type PopMsg struct{}

// AskMsg requests a Prompt; the answer comes through its OnConfirm.
type AskMsg struct{ Prompt Prompt }

// NotifyMsg requests a toast.
type NotifyMsg struct{ Toast Toast }

// DismissMsg requests that the toast with this ID leave the screen; the history keeps it.
type DismissMsg struct{ ID string }

// StartMsg requests a Task.
type StartMsg struct{ Task Task }

// CancelMsg requests that the task with this key be cancelled.
type CancelMsg struct{ Key string }

// CopyMsg requests that Text be copied to the clipboard (OSC 52); Label names it in the
// toast.
type CopyMsg struct{ Text, Label string }

// TaskMsg reports that a task started or ended.
type TaskMsg struct {
	Key     string
	Running bool
	// Err is set when it ended without a result: a deadline, a cancellation, a panic.
	Err     error
	Elapsed time.Duration
}

// OutcomeReporter is implemented by what the Run of a Write returns. Outcome may be
// called on any goroutine; ok is false if there is nothing to report.
type OutcomeReporter interface {
	Outcome() (end OutcomeMsg, ok bool)
}

// OutcomeMsg describes how a Write ended, in one sentence of cleaned text that
// identifies the user concerned. It is part of what the Write's Run returns, directly
// or through an OutcomeReporter, and is printed only if no screen is left to show the
// result.
type OutcomeMsg struct {
	Text string
	Kind OutcomeKind
}

// OutcomeKind classifies how a Write ended. Higher values are worse.
type OutcomeKind int

const (
	OutcomeDone       OutcomeKind = iota
	OutcomeIncomplete             // refused, or done in part
	OutcomeUnknown                // it may or may not have been done
)

// TickMsg reports the time, while something on the screen depends on it (a View asks for
// it with Ticker).
type TickMsg struct {
	Now time.Time
	// Top reports whether the receiving View is on the screen with nothing over it.
	Top bool
}

// Ticker is implemented by Views whose content changes with the clock. NextTick returns
// how long the content stays as it is; 0 if the clock does not change it. Ticks are at
// least a second apart.
type Ticker interface{ NextTick() time.Duration }

// LaterMsg requests that Msg be delivered after a delay. The receiver must check that
// what Msg refers to still exists.
type LaterMsg struct {
	After time.Duration
	Msg   tea.Msg
}

// Push, Visit, Pop, Ask, Notify, Dismiss, Run, Cancel, Later and Copy return the requests as
// commands.
func Push(v View) tea.Cmd { return func() tea.Msg { return PushMsg{v} } }

func Visit(v View) tea.Cmd { return func() tea.Msg { return VisitMsg{v} } }

func Pop() tea.Cmd { return func() tea.Msg { return PopMsg{} } }

func Ask(p Prompt) tea.Cmd { return func() tea.Msg { return AskMsg{p} } }

func Notify(t Toast) tea.Cmd { return func() tea.Msg { return NotifyMsg{t} } }

func Dismiss(id string) tea.Cmd { return func() tea.Msg { return DismissMsg{id} } }

func Run(t Task) tea.Cmd { return func() tea.Msg { return StartMsg{t} } }

func Cancel(key string) tea.Cmd { return func() tea.Msg { return CancelMsg{key} } }

func Later(after time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return LaterMsg{after, msg} }
}

func Copy(text, label string) tea.Cmd { return func() tea.Msg { return CopyMsg{text, label} } }

// MenuMsg requests a filterable menu of actions over the screen, such as the action
// menu (x) and the palette (:).
type MenuMsg struct{ Menu Menu }

// Menu is a list of actions to choose from. Those that cannot be done now are greyed,
// with the reason.
type Menu struct {
	Title string
	// Context holds dim lines under the title (whom it is about); cleaned text.
	Context []string
	Items   []Action
	// Sections groups the Items under headings by their Group while the filter is
	// empty. Items of one Group must be adjacent.
	Sections bool
	// Interpret returns what the typed text itself can mean, likeliest first, in
	// addition to the items it matches. It may be nil.
	Interpret func(text string) []Meaning
}

// Meaning is one reading of text typed into the palette ("Go to row 1,234").
type Meaning struct {
	Action
	// Certain marks a reading that is almost surely the intended one. It is listed
	// above the matching items, the others below.
	Certain bool
}

// OpenMenu requests a menu.
func OpenMenu(m Menu) tea.Cmd { return func() tea.Msg { return MenuMsg{m} } }
