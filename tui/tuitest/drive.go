package tuitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/shell"
)

// Driver runs a shell.Model without a terminal. Its methods must be called by the
// test's own goroutine.
type Driver struct {
	t     testing.TB
	Model *shell.Model
	Clock *Clock
	// Clipboard is what was last copied; Raw is what was sent past the renderer.
	Clipboard string
	Raw       []string
	// Left reports whether the program ended; Suspends counts how often it was
	// suspended.
	Left     bool
	Suspends int

	cols, rows    int
	screen        screenEmulator
	results       chan tea.Msg
	over          chan struct{}
	pending       int // commands that have not returned
	parked        int // running tasks
	async         bool
	undrawn       bool // a message was handled without drawing
	lastQuestion  *dialog.Model
	readQuestions map[*dialog.Model]bool
}

// Drive starts a shell of cols × rows over c.Root and runs it until it is idle. Clock,
// After, Keys, themes and brand have defaults for tests.
func Drive(t testing.TB, c shell.Config, cols, rows int) *Driver {
	t.Helper()
	d := &Driver{t: t, Clock: NewClock(), cols: cols, rows: rows, results: make(chan tea.Msg), readQuestions: map[*dialog.Model]bool{}}
	if c.Clock == nil {
		c.Clock = d.Clock.Now
	}
	if c.After == nil {
		c.After = d.Clock.After
	}
	if c.WrapTask == nil {
		c.WrapTask = d.wrapTask
	}
	if c.Keys == nil {
		c.Keys = Keys(t)
	}
	if c.Themes.Dark.Name == "" {
		c.Themes.Dark, c.Themes.Light = Theme("test"), Theme("test")
	}
	if c.Brand == "" {
		c.Brand = "frontdesk"
	}
	if c.Instance.Word == "" {
		c.Instance = tui.Instance{Word: "DEMO", Name: "Harbor & Pine"}
	}
	d.over = make(chan struct{})
	t.Cleanup(func() { close(d.over) })
	d.Model = shell.New(c)
	d.spawn(d.Model.Init())
	d.Send(tea.WindowSizeMsg{Width: cols, Height: rows})
	return d
}

// Async lets tasks run on while the driver counts as idle, for tests whose server
// answers later. WaitFor waits for their results.
func (d *Driver) Async() { d.async = true }

// Send delivers a message and runs the program until it is idle.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.deliver(msg)
	d.draw()
	d.Settle()
}

// Settle runs the program until it is idle.
func (d *Driver) Settle() {
	d.t.Helper()
	d.until("idle", func() bool { return d.idle() })
}

func (d *Driver) idle() bool {
	return d.pending == 0 && (d.async || d.parked == 0)
}

// WaitFor runs the program until text is on the screen.
func (d *Driver) WaitFor(text string) {
	d.t.Helper()
	d.until("the text "+text, func() bool { return strings.Contains(d.Screen(), text) })
}

// Until runs the program until ok returns true; what names the condition in the
// failure.
func (d *Driver) Until(what string, ok func() bool) {
	d.t.Helper()
	d.until(what, ok)
}

func (d *Driver) until(what string, ok func() bool) {
	d.t.Helper()
	limit := time.NewTimer(Limit)
	defer limit.Stop()
	for !ok() {
		if d.pending+d.parked == 0 {
			d.t.Fatalf("waited for %s, but the program is idle:\n%s", what, d.Screen())
		}
		select {
		case msg := <-d.results:
			d.receive(msg)
		case <-limit.C:
			d.t.Fatalf("waited too long for %s; %d commands and %d tasks have not returned:\n%s", what, d.pending, d.parked, d.Screen())
		}
	}
	d.draw()
}

// spawn runs a command in a goroutine; its message comes back through results.
func (d *Driver) spawn(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	d.pending++
	go func() { d.sendResult(cmd()) }()
}

// A task reports when it starts and ends, so that the driver can tell a command it has
// to wait for from work that may take its time.
type (
	startedMsg struct{}
	endedMsg   struct{ msg tea.Msg }
)

func (d *Driver) wrapTask(cmd tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		d.sendResult(startedMsg{})
		return endedMsg{cmd()}
	}
}

// Tasks returns how many tasks are running, including those whose result will be
// dropped.
func (d *Driver) Tasks() int { return d.parked }

func (d *Driver) receive(msg tea.Msg) {
	d.t.Helper()
	switch inner := shell.Unwrap(msg).(type) {
	case startedMsg:
		d.pending--
		d.parked++
	case endedMsg:
		d.parked--
		d.deliver(inner.msg)
	default:
		d.pending--
		d.deliver(msg)
	}
}

func (d *Driver) sendResult(msg tea.Msg) {
	select {
	case d.results <- msg:
	case <-d.over:
	}
}

// deliver does what the Bubble Tea loop does with a message.
func (d *Driver) deliver(msg tea.Msg) {
	d.t.Helper()
	if msg == nil || d.Left {
		return
	}
	switch msg := msg.(type) {
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.spawn(cmd)
		}
		return
	case tea.QuitMsg:
		d.Left = true
		return
	case tea.RawMsg:
		if s, ok := msg.Msg.(string); ok {
			d.Raw = append(d.Raw, s)
		}
	case tea.SuspendMsg:
		d.Suspends++
	default:
		if d.internal(msg) {
			return
		}
	}
	_, cmd := d.Model.Update(msg)
	d.spawn(cmd)
	d.checkConfirmedUnread()
	d.undrawn = true
	if !testing.Short() {
		d.draw()
	}
}

// draw draws the screen and checks it, if a message was handled since it was last drawn.
// With -short, which the race detector runs with, not every message is drawn: only those
// that a test sends, and the last one that a command of the model returns.
func (d *Driver) draw() {
	d.t.Helper()
	if d.undrawn {
		d.undrawn = false
		d.checkFrame()
	}
}

// internal handles the messages whose types Bubble Tea does not export: a sequence of
// commands, and text for the clipboard.
func (d *Driver) internal(msg tea.Msg) bool {
	v := reflect.ValueOf(msg)
	switch v.Type().Name() {
	case "sequenceMsg":
		d.pending += v.Len()
		go func() {
			for i := range v.Len() {
				var out tea.Msg
				if cmd, _ := v.Index(i).Interface().(tea.Cmd); cmd != nil {
					out = cmd()
				}
				d.sendResult(out)
			}
		}()
		return true
	case "setClipboardMsg":
		d.Clipboard = v.String()
	}
	return false
}

// checkConfirmedUnread fails the test if a question was confirmed that nobody had read.
func (d *Driver) checkConfirmedUnread() {
	d.t.Helper()
	if d.lastQuestion != nil && d.lastQuestion.Confirmed() && !d.readQuestions[d.lastQuestion] {
		d.t.Fatalf("the question %q was confirmed without having been read: call Dialog().Expect(title) first", d.lastQuestion.Prompt().Title)
	}
	if q := d.Model.Dialog(); q != nil {
		d.lastQuestion = q
	}
}
