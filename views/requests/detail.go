package requests

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api/exchange"
	"frontdesk/tui"
	tuitext "frontdesk/tui/text"
	"frontdesk/views/mask"
)

// detail is the screen of one exchange.
type detail struct {
	log     *exchange.Log
	now     func() time.Time
	version int
	mask    *mask.Mask
	e       exchange.Exchange
	top     int
	rows    int // number of rows drawn last, out of lines
	lines   int
}

func newDetail(log *exchange.Log, now func() time.Time, m *mask.Mask, e exchange.Exchange) *detail {
	return &detail{log: log, now: now, mask: m, e: e, rows: 1}
}

func (d *detail) Title() string { return d.e.Method + " " + text(path(maskExchange(d.mask, d.e))) }

// Init returns nil, because nothing needs to be read.
func (d *detail) Init() tea.Cmd { return nil }

// ReadOnly lets the palette leave this screen for another.
func (d *detail) ReadOnly() {}

// Typing returns false; the screen has no text input.
func (d *detail) Typing() bool { return false }

// NextTick returns a second while the answer is still missing.
func (d *detail) NextTick() time.Duration {
	if d.e.Waiting {
		return time.Second
	}
	return 0
}

// Update checks whether the answer has arrived.
func (d *detail) Update(msg tea.Msg) tea.Cmd {
	if wheel, is := msg.(tea.MouseWheelMsg); is {
		d.scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[wheel.Button])
	}
	if version := d.log.Version(); d.e.Waiting && version != d.version {
		d.version = version
		for _, e := range d.log.All() {
			if e.Serial == d.e.Serial {
				d.e = e
			}
		}
	}
	return nil
}

func (d *detail) scroll(by int) tea.Cmd {
	d.top = max(0, min(d.top+by, d.lines-d.rows))
	return nil
}

// Actions returns the actions of the screen.
func (d *detail) Actions() []tui.Action {
	by := func(n int) func() tea.Cmd { return func() tea.Cmd { return d.scroll(n) } }
	page := max(1, d.rows-2)
	return []tui.Action{
		{ID: actRequests, Title: title, Group: tui.GroupEverywhere, Off: "back returns to the list"},
		{ID: actCopy, Title: "Copy as curl", FooterLabel: "copy as curl", Group: group, FooterRank: 9, Help: "Copies the request as a command, with " + exchange.KeyVariable + " in place of the key.", Do: func() tea.Cmd {
			return tui.Copy(curl(maskExchange(d.mask, d.e)), "the request as curl")
		}},
		{ID: "list.down", Title: "Down", Group: tui.GroupMove, Do: by(1)}, {ID: "list.up", Title: "Up", Group: tui.GroupMove, Do: by(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: tui.GroupMove, Do: by(page)}, {ID: "list.pageup", Title: "Page up", Group: tui.GroupMove, Do: by(-page)},
		{ID: "list.top", Title: "First line", Group: tui.GroupMove, Do: by(-d.lines)}, {ID: "list.bottom", Title: "Last line", Group: tui.GroupMove, Do: by(d.lines)},
	}
}

// View draws the lines that fit, from the scroll position.
func (d *detail) View(s tui.Screen) tui.Frame {
	r := tuitext.CellWidth(s.Cells)
	lines := d.draw(s, r)
	d.rows, d.lines = max(1, s.Height), len(lines)
	d.top = max(0, min(d.top, len(lines)-d.rows))
	shown := lines[d.top:min(len(lines), d.top+d.rows)]
	return tui.Frame{Content: strings.Join(shown, "\n"), Status: fmt.Sprintf("lines %d–%d of %d", d.top+1, d.top+len(shown), len(lines))}
}

func (d *detail) draw(s tui.Screen, r tuitext.CellWidth) []string {
	e := maskExchange(d.mask, d.e)
	out := append(breadcrumb(s, r), "")
	add := func(indent int, style lipgloss.Style, line string) {
		for _, l := range r.Wrap(line, max(10, s.Width-indent-2)) {
			out = append(out, strings.Repeat(" ", indent)+style.Render(l))
		}
	}
	words, tone := outcomeWords(e)
	add(2, s.Styles.Bold, e.Method+" "+text(e.URL))
	add(2, s.Styles.Tone(tone), words)
	if e.Failure != "" {
		add(2, s.Styles.Text, text(e.Failure))
	}
	line := text(e.Operation) + " · sent " + e.Sent.Format("2006-01-02 15:04:05.000") + " · " + tookWords(e, s.Now)
	if e.TraceID != "" {
		line += " · trace id " + text(e.TraceID)
	}
	add(2, s.Styles.Dim, line)
	section := func(head string, header []exchange.Field, b exchange.Body) {
		out = append(out, "")
		add(2, s.Styles.Heading, head)
		for _, f := range header {
			add(4, s.Styles.Dim, f.Name+": "+text(f.Value))
		}
		for _, l := range bodyLines(b) {
			indent := min(len(l)-len(strings.TrimLeft(l, " ")), s.Width/3)
			add(4+indent, s.Styles.Text, text(strings.TrimLeft(l, " ")))
		}
	}
	section("REQUEST", e.Header, e.Body)
	if !e.Waiting {
		section("ANSWER", e.AnswerHeader, e.Answer)
	}
	out = append(out, "")
	add(2, s.Styles.Heading, "AS CURL")
	for _, l := range strings.Split(curl(e), "\n") {
		add(4, s.Styles.Dim, l)
	}
	return out
}

// bodyLines returns the stored part of a body, and says what is missing.
func bodyLines(b exchange.Body) []string {
	switch {
	case b.Size == 0 && b.Text == "":
		return nil
	case b.Text == "":
		return []string{sizeWords(b) + " of " + text(b.Type) + ", not kept"}
	}
	lines := strings.Split(b.Text, "\n")
	if b.Cut {
		lines = append(lines, "the rest of "+sizeWords(b)+" is not kept")
	}
	return lines
}
