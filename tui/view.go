// Package tui is the contract between the shell and the screens: what a View is, what
// it may request and which messages it receives. It knows nothing of Clerk.
//
// It holds the types both sides use (View, Frame, Action, Prompt, Task, the messages),
// the roles of colours, and the key map as a type. It has no widgets, screens or I/O:
// widgets have packages of their own below tui/, screens are in views/.
//
// A View requests things with commands (Push, Visit, Pop, Ask, Run, Notify, Copy).
// Facts arrive as messages at every View on the stack: what a Task returned, TaskMsg,
// TickMsg. Keys reach only the top View, and only while no overlay is open.
package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// View is one screen on the shell's stack. It is a pointer that changes itself in
// Update. Update does no I/O, and View changes nothing.
type View interface {
	// Title is the screen's name in the breadcrumb and the palette; cleaned text.
	Title() string
	// Init is called once, when the View is put on the stack.
	Init() tea.Cmd
	// Update receives messages, pastes, keys that no Action claimed, and the mouse, in
	// coordinates of the body.
	Update(tea.Msg) tea.Cmd
	// Actions returns what can be done here, in the order of the help page, with a
	// reason for each that cannot be done now.
	Actions() []Action
	// Typing reports whether letters go to a text box. If so, only keys without text
	// (enter, esc, arrows, ctrl-…) are matched against Actions.
	Typing() bool
	// View draws the screen's body into s.Width × s.Height cells.
	View(s Screen) Frame
}

// Interpreter is implemented by Views that can interpret text typed into the palette: a
// row number, a person's name. It is called for every letter. If the top View is
// ReadOnly, the next View below is asked.
type Interpreter interface {
	Interpret(text string) []Meaning
}

// ReadOnly is implemented by Views that hold no input, so that the palette may leave
// them for a View below.
type ReadOnly interface{ ReadOnly() }

// Searcher is implemented by the View with the search box. Its key opens the box from
// every screen above, before the next key is read. left are the Views above it that
// were left for the search, the lowest first; they may be pushed again.
type Searcher interface{ Search(left []View) tea.Cmd }

// UnsavedWork is implemented by Views that may hold unsaved input. The method describes
// the input, "" if there is none.
type UnsavedWork interface{ UnsavedWork() string }

// Announcer is implemented by the first View of an instance if it may have something to
// say on every screen. Banner is called while drawing.
type Announcer interface{ Banner() Banner }

// Banner is what is said under the header of every screen; nothing without a Text.
type Banner struct {
	Tone Tone
	Text string // cleaned text
	// Action is the id of an action whose key is shown behind the Text, and Does what it
	// does ("tries again").
	Action, Does string
}

// Screen is everything drawing may depend on besides the View's own state.
type Screen struct {
	Width, Height int // cells of the body, without the shell's header and footer
	// Breadcrumb holds the titles of the stack from the root to this View.
	Breadcrumb []string
	Styles     *Styles
	// Cells is how the renderer currently counts cells: a text.CellWidth.
	Cells uint8
	Keys  *KeyMap
	Now   time.Time
	// Spinner is a styled, moving mark while work is in progress, else "".
	Spinner string
	// Progress is what that work reports (", waiting 3 s (429)"), else "".
	Progress string
}

// Frame is a drawn body.
type Frame struct {
	// Content is at most Height lines, none wider than Width.
	Content string
	// Cursor is relative to the body; nil hides it.
	Cursor *tea.Cursor
	// Status is the left side of the footer: position and totals ("51–100 of 1,248").
	Status string
	// HitAreas perform an action when clicked; other clicks go to the View.
	HitAreas []HitArea
}
