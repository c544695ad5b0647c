// Package shell is the program's only tea.Model: the stack of views, who gets
// a key, the tasks, the frame around every screen.
//
// What may live here: dispatch, the task runner, header and footer, and the
// order of what lies over what. What may not: anything that knows what a user
// is, colours, keys (they come in by the Config), I/O.
package shell

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
)

// Kind is what sort of instance is worked on; it colours the header.
type Kind int

const (
	KindDemo Kind = iota
	KindDevelopment
	KindProduction
)

// Instance is the badge in the header: a word, a colour and a name.
type Instance struct {
	Kind Kind
	Word string // "DEMO", "DEVELOPMENT", "PRODUCTION"
	Name string // "Harbor & Pine"; cleaned text, may be empty
}

// Config is all that the shell is given. Root, Keys and Clock are required.
type Config struct {
	Root tui.View
	Keys *tui.KeyMap
	// Dark and Light are chosen between by the terminal's background; where both
	// have the same name nothing is asked. Until the answer comes it is Dark.
	Dark, Light tui.Theme
	Brand       string // "frontdesk"
	Instance    Instance
	Operator    string // "jo@ops-2"
	Clock       func() time.Time
	// After gives a message once d has passed; nil uses tea.Tick. Every timer of
	// the shell goes through it.
	After func(d time.Duration, msg tea.Msg) tea.Cmd
	// Env reads the environment (TMUX); nil is an empty one.
	Env func(string) string
	// Context ends what the shell's tasks read; nil never does. Writes are not
	// ended by it, they have their deadline.
	Context context.Context
	// WrapTask wraps the command that runs a task, for who must know what is under
	// way; nil leaves it as it is.
	WrapTask func(tea.Cmd) tea.Cmd
	Mouse    bool
	// Mask hides people on request; nil has no such thing.
	Mask Mask
	// GlobalActions are the product's own actions that can be done on every screen; nil
	// for none.
	GlobalActions func() []tui.Action
}

// RequestSuspendMsg asks the program to suspend as its key does: a stop from outside.
type RequestSuspendMsg struct{}

// RequestQuitMsg asks the program to end as a signal would: no new work starts,
// reads are cancelled, a write in flight is waited for up to its deadline.
type RequestQuitMsg struct{}

// Model is the program. It is a pointer: Update changes it in place.
type Model struct {
	conf     Config
	stack    []tui.View
	overlays []overlay
	stashes  []stash
	toasts   toast.Model
	tasks    *tasks
	last     tui.View // what was left most recently, for "last view"
	styles   *tui.Styles

	width, height      int
	cells              text.CellWidth // how the renderer counts
	mouse              bool
	leaving            bool
	ignoreLettersUntil time.Time // until then letters are those of a word meant for a question
	saidIgnored        bool      // one was dropped, and that was said
	leavingSince       time.Time // when leaving began
	lastSeen           time.Time // the last look at the clock
	clockCheckPending  bool      // a beat is under way
	tickPending        bool      // a one-second tick is under way
	spinPending        bool      // a spinner step is under way
	spinFrame          int

	seenFaults    map[string]bool // what went wrong once
	fatalError    string          // why the program leaves by itself
	overlayFailed bool            // what lies over the screen could not be drawn
}

// New builds the program over its root view.
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
	return &Model{
		conf: c, stack: []tui.View{c.Root}, tasks: newTasks(c.Context, c.Clock),
		styles: tui.NewStyles(c.Dark), mouse: c.Mouse, cells: text.Runes,
	}
}

// Init starts the root view and asks the terminal for its background.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.stack[0].Init()}
	if m.conf.Dark.Name != m.conf.Light.Name {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(append(cmds, m.startClocks())...)
}

// WaitForWrites blocks until no write is in flight or ctx ends. It is for the way out
// after the program stopped for another reason than leaving, such as a
// terminal that went away.
func (m *Model) WaitForWrites(ctx context.Context) { m.tasks.wait(ctx) }

// CellWidth is how the renderer counts cells now.
func (m *Model) CellWidth() text.CellWidth { return m.cells }

func (m *Model) top() tui.View { return m.stack[len(m.stack)-1] }

func (m *Model) breadcrumb() []string {
	out := make([]string, len(m.stack))
	for i, v := range m.stack {
		out[i] = m.masked(v.Title())
	}
	return out
}
