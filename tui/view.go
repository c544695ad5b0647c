// Package tui is the contract between the shell and the screens: what a View is, what
// it may request, which messages it receives. It knows nothing of Clerk.
//
// What may live here: the types both sides speak (View, Frame, Action, Prompt,
// Task, the messages), the roles of colour and the key map as types. What may
// not: a widget, a screen, I/O. Widgets have packages of their own below tui/,
// screens live in views/.
//
// A View requests things with commands (Push, Visit, Pop, Ask, Run, Notify, Copy). Facts
// arrive as messages at every View on the stack: what a Task returned, TaskMsg, TickMsg.
// Keys reach only the top View, and only when no overlay is open.
package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// View is one screen on the shell's stack. It is a pointer that mutates itself
// in Update; Update does no I/O and View changes nothing.
type View interface {
	// Title is the screen's name in the breadcrumb and the palette; cleaned text.
	Title() string
	// Init is called once, when the View comes onto the stack.
	Init() tea.Cmd
	// Update takes facts, pastes, the keys that no Action claimed, and the mouse in
	// cells of the body.
	Update(tea.Msg) tea.Cmd
	// Actions says what can be done here, in help order, each with the reason
	// where it cannot be done now.
	Actions() []Action
	// Typing says that letters belong to a text box: then only keys without
	// text (enter, esc, arrows, ctrl-…) are matched against Actions.
	Typing() bool
	// View draws the screen's body into s.Width × s.Height cells.
	View(s Screen) Frame
}

// Interpreter is implemented by Views that can interpret text typed into the palette: a
// row's number, a person's name. It is asked at every letter. Where a ReadOnly View is on
// top, the next View below is asked.
type Interpreter interface {
	Interpret(text string) []Meaning
}

// ReadOnly is implemented by Views that hold no input, so that the palette may leave
// them for a View below.
type ReadOnly interface{ ReadOnly() }

// Searcher is implemented by the View with the search box: its key opens the box from
// every screen above, before the next key is read.
type Searcher interface{ Search() tea.Cmd }

// UnsavedWork is implemented by Views that may hold unsaved input. The method says in
// words what it is now, "" for nothing.
type UnsavedWork interface{ UnsavedWork() string }

// Screen is all that drawing may depend on, besides the View's own state.
type Screen struct {
	Width, Height int // cells of the body; header and footer are the shell's
	// Breadcrumb are the titles of the stack from the root to this View, for a breadcrumb.
	Breadcrumb []string
	Styles     *Styles
	// Cells is how the renderer counts cells now: a text.CellWidth.
	Cells uint8
	Keys  *KeyMap
	Now   time.Time
	// Spinner is a short moving mark while work goes on, already styled.
	Spinner string
}

// Frame is a drawn body.
type Frame struct {
	// Content is Height lines or fewer, none wider than Width.
	Content string
	// Cursor is relative to the body; nil hides it.
	Cursor *tea.Cursor
	// Status is the footer's left side: position and totals ("51–100 of 1,248").
	Status string
	// HitAreas are where a click does an action; other clicks are the View's.
	HitAreas []HitArea
}
