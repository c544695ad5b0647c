package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// PushMsg requests a View on top of the stack.
type PushMsg struct{ View View }

// VisitMsg requests a View on top of the stack and sets the open overlays aside: a
// question is as it was when the View is left again.
type VisitMsg struct{ View View }

// PopMsg requests that the top View be removed; at the root it requests to quit.
type PopMsg struct{}

// AskMsg requests a Prompt; the answer comes by its OnConfirm.
type AskMsg struct{ Prompt Prompt }

// NotifyMsg requests a toast.
type NotifyMsg struct{ Toast Toast }

// StartMsg requests a Task.
type StartMsg struct{ Task Task }

// CancelMsg requests that the task of that key be cancelled.
type CancelMsg struct{ Key string }

// CopyMsg requests that text be copied to the clipboard (OSC 52); Label names it in the
// toast.
type CopyMsg struct{ Text, Label string }

// TaskMsg is the fact that a task started or ended.
type TaskMsg struct {
	Key     string
	Running bool
	// Err is why it ended without a result: a deadline, a cancel, a panic.
	Err     error
	Elapsed time.Duration
}

// OutcomeReporter is implemented by what a Write's Run returns. It may be asked on any
// goroutine; ok is false where there is nothing to say.
type OutcomeReporter interface {
	Outcome() (end OutcomeMsg, ok bool)
}

// OutcomeMsg is how a Write ended, in one sentence (cleaned text) that names whom it
// was about beyond doubt. It is part of what the Write's Run returns, itself or by
// Ender, and is said only where no screen is left to say it on; until then it is
// nobody's news.
type OutcomeMsg struct {
	Text string
	Kind OutcomeKind
}

// OutcomeKind is how a Write ended. The later, the worse.
type OutcomeKind int

const (
	OutcomeDone       OutcomeKind = iota
	OutcomeIncomplete             // refused, or done in part
	OutcomeUnknown                // nobody knows whether it was done
)

// TickMsg is the fact that the clock moved on: about once a second, while
// something on the screen depends on it (a View asks with Ticker).
type TickMsg struct {
	Now time.Time
	// Top says that the View is the one on the screen, and nothing lies over it.
	Top bool
}

// Ticker is implemented by Views whose picture changes with the clock.
type Ticker interface{ WantsTick() bool }

// LaterMsg requests that Msg be delivered after a time. Its subject may be gone by then;
// the receiver checks.
type LaterMsg struct {
	After time.Duration
	Msg   tea.Msg
}

// Push, Visit, Pop, Ask, Notify, Run, Cancel, Later and Copy are the requests as commands.
func Push(v View) tea.Cmd { return func() tea.Msg { return PushMsg{v} } }

func Visit(v View) tea.Cmd { return func() tea.Msg { return VisitMsg{v} } }

func Pop() tea.Cmd { return func() tea.Msg { return PopMsg{} } }

func Ask(p Prompt) tea.Cmd { return func() tea.Msg { return AskMsg{p} } }

func Notify(t Toast) tea.Cmd { return func() tea.Msg { return NotifyMsg{t} } }

func Run(t Task) tea.Cmd { return func() tea.Msg { return StartMsg{t} } }

func Cancel(key string) tea.Cmd { return func() tea.Msg { return CancelMsg{key} } }

func Later(after time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return LaterMsg{after, msg} }
}

func Copy(text, label string) tea.Cmd { return func() tea.Msg { return CopyMsg{text, label} } }

// MenuMsg requests a filterable menu of actions over the screen: the action
// menu (x) and the palette (:) are both one.
type MenuMsg struct{ Menu Menu }

// Menu is a list of actions to choose from. Those that cannot be done now are
// shown greyed with the reason.
type Menu struct {
	Title string
	// Context are dim lines under the title (who it is about); cleaned text.
	Context []string
	Items   []Action
	// Sections puts the Items under the headings of their Groups, as long as nothing
	// is typed; those of one Group must stand together.
	Sections bool
	// Interpret is what the typed text itself means, beside the items it finds, the
	// likeliest first. It may be nil.
	Interpret func(text string) []Meaning
}

// Meaning is what a text may mean that is typed into go-to ("Go to row 1,234").
type Meaning struct {
	Action
	// Certain says that hardly anything else can be meant: it then stands above the
	// items that the text finds, else below.
	Certain bool
}

// OpenMenu requests a menu.
func OpenMenu(m Menu) tea.Cmd { return func() tea.Msg { return MenuMsg{m} } }
