package tuitest

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/dialog"
)

// Pace is how much time passes before each key of Press: a person's pace.
const Pace = 300 * time.Millisecond

// Press sends keys at a person's pace and lets the program settle after each.
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.Advance(Pace)
		d.Send(Key(k))
	}
}

// Burst sends keys with no time between them, as type-ahead arrives.
func (d *Driver) Burst(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.deliver(Key(k))
	}
	d.Settle()
}

// Type sends text, one key per character, with no time between them.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		name := string(r)
		if r == ' ' {
			name = "space"
		}
		d.Send(Key(name))
	}
}

// Paste sends a bracketed paste.
func (d *Driver) Paste(text string) {
	d.t.Helper()
	d.Send(tea.PasteMsg{Content: text})
}

// Resize changes the terminal's size.
func (d *Driver) Resize(cols, rows int) {
	d.t.Helper()
	d.cols, d.rows = cols, rows
	d.Send(tea.WindowSizeMsg{Width: cols, Height: rows})
}

// Advance moves the clock and delivers every timer on the way at its time.
func (d *Driver) Advance(by time.Duration) {
	d.t.Helper()
	then := d.Clock.Now().Add(by)
	for {
		msg, ok := d.Clock.next(then)
		if !ok {
			return
		}
		d.Send(msg)
	}
}

// Question is the open dialog as seen by a test.
type Question struct {
	d *Driver
	m *dialog.Model
}

// Dialog returns the open question; the test fails if there is none.
func (d *Driver) Dialog() *Question {
	d.t.Helper()
	m := d.Model.Dialog()
	if m == nil {
		d.t.Fatalf("no question is open:\n%s", d.Screen())
	}
	return &Question{d, m}
}

// Asking reports whether a question is open.
func (d *Driver) Asking() bool { return d.Model.Dialog() != nil }

// Expect checks the question's title and the texts on the screen. A question may be
// confirmed only after Expect.
func (q *Question) Expect(title string, texts ...string) {
	q.d.t.Helper()
	if got := q.m.Prompt().Title; got != title {
		q.d.t.Fatalf("the question is %q, not %q:\n%s", got, title, q.d.Screen())
	}
	q.d.Has(texts...)
	q.d.readQuestions[q.m] = true
}
