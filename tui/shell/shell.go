// Package shell is the program's only tea.Model: the stack of views, the dispatch of
// keys, the tasks, and the frame around every screen.
//
// It runs tasks, draws header and footer and decides what is drawn over what. It does
// not know what a user is, has no colours and keys of its own (they come in through
// Config), and does no I/O.
package shell

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
)

// Config configures the shell. Root, Keys and Clock are required.
type Config struct {
	Root tui.View
	Keys *tui.KeyMap
	// Themes has a table for each kind of terminal; Dark is used until the background is
	// known. If Dark and Light have the same name, the terminal is not asked for it.
	Themes   tui.Themes
	Brand    string // "frontdesk"
	Instance tui.Instance
	Operator string // "jo@ops-2"
	Clock    func() time.Time
	// After delivers a message once d has passed; nil uses tea.Tick. Every timer of the
	// shell goes through it.
	After func(d time.Duration, msg tea.Msg) tea.Cmd
	// Env reads the environment (TMUX); nil means an empty one.
	Env func(string) string
	// Context ends the tasks that read; nil means never. It does not end writes, which
	// have a deadline.
	Context context.Context
	// WrapTask wraps the command that runs a task, for a caller that must know which
	// tasks run; nil leaves it unchanged.
	WrapTask func(tea.Cmd) tea.Cmd
	Mouse    bool
	// Plain draws lines of words, for screen readers; see tui.Styles.
	Plain bool
	// Mask hides people on request; nil has no such thing.
	Mask Mask
	// GlobalActions returns the product's own actions that can be done on every screen;
	// nil means none.
	GlobalActions func() []tui.Action
	// Guide accompanies the operator; nil for none.
	Guide tui.Guide
	// Glossary explains the product's terms on the help page.
	Glossary []tui.Term
}

// RequestSuspendMsg asks the program to suspend, as its key does.
type RequestSuspendMsg struct{}

// RequestQuitMsg asks the program to quit as on a signal: no new work starts, reads are
// cancelled, a write in progress is waited for up to its deadline.
type RequestQuitMsg struct{}

// Model is the program. It is a pointer: Update changes it in place.
type Model struct {
	conf Config
	// generation counts the instances used so far; it is that of the stack.
	generation    int
	leftInstances []string // their names, by generation
	stack         []tui.View
	overlays      []overlay
	stashes       []stash
	toasts        toast.Model
	tasks         *tasks
	last          tui.View // what was left most recently, for "last view"
	styles        *tui.Styles

	width, height      int
	cells              text.CellWidth       // how the renderer counts cells
	colors             *tea.ColorProfileMsg // the terminal's, nil before they are known
	isLight            bool                 // the terminal's background is light
	mouse              bool
	leaving            bool
	ignoreLettersUntil time.Time // until then letters belong to a word meant for a question
	reportedIgnored    bool      // the first dropped letter was reported
	lettersTakenAt     time.Time // when a question that is sending last took a letter
	leavingSince       time.Time // when quitting began
	lastSeen           time.Time // when the clock was last read
	clockCheckPending  bool      // a clockCheckMsg is scheduled
	tickDue            time.Time // when the next tickMsg is due; zero if none is scheduled
	spinPending        bool      // a spinMsg is scheduled
	spinFrame          int

	seenFaults    map[string]bool // faults that occurred once
	confirmed     *dialog.Model   // the question whose request is being carried out
	fatalError    string          // why the program quits by itself
	overlayFailed bool            // the overlay could not be drawn
}

// New returns the program with its root view.
func New(c Config) *Model {
	if c.After == nil {
		c.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	if c.Env == nil {
		c.Env = func(string) string { return "" }
	}
	if c.Context == nil {
		c.Context = context.Background()
	}
	if c.WrapTask == nil {
		c.WrapTask = func(cmd tea.Cmd) tea.Cmd { return cmd }
	}
	if c.GlobalActions == nil {
		c.GlobalActions = func() []tui.Action { return nil }
	}
	m := &Model{
		conf: c, stack: []tui.View{c.Root}, tasks: newTasks(c.Context, c.Clock),
		mouse: c.Mouse, cells: text.Runes,
	}
	m.styles = m.newStyles(c.Themes.Dark)
	return m
}

// Init starts the root view and asks the terminal for its background.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.stack[0].Init()}
	if m.conf.Themes.Dark.Name != m.conf.Themes.Light.Name {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(append(cmds, m.startClocks())...)
}

// WaitForWrites blocks until no write is in progress or ctx ends. Call it when the
// program stopped for another reason than quitting, such as a terminal that is gone.
func (m *Model) WaitForWrites(ctx context.Context) { m.tasks.wait(ctx) }

// CellWidth returns how the renderer currently counts cells.
func (m *Model) CellWidth() text.CellWidth { return m.cells }

func (m *Model) top() tui.View { return m.stack[len(m.stack)-1] }

func (m *Model) breadcrumb() []string {
	out := make([]string, len(m.stack))
	for i, v := range m.stack {
		out[i] = m.masked(v.Title())
	}
	return out
}
