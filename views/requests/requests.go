// Package requests implements the screens that show the API requests of this session and
// their answers, without secrets.
//
// What may live here: the list, the screen of one exchange, and their wording. What may
// not: storing exchanges and redacting secrets (api/exchange).
package requests

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/exchange"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/textbox"
	"frontdesk/views/action"
	"frontdesk/views/mask"
)

// Action ids, as used in the key map.
const (
	actRequests = "app.requests"
	actOpen     = "requests.open"
	actCopy     = "requests.copy"
	actFilter   = "requests.filter"
	actClear    = "requests.clear"
)

const (
	title = "What was sent"
	group = "Requests"
)

// text makes text from outside safe to display, copied safe for the clipboard.
func text(s string) string   { return clean.NewText(s).Display() }
func copied(s string) string { return clean.NewText(s).Clipboard() }

// Action returns the action that opens the list, available on every screen.
func Action(env *action.Env) tui.Action {
	a := tui.Action{ID: actRequests, Title: title, Alias: "requests", Keywords: []string{"sent", "http", "curl", "trace"}, Group: tui.GroupEverywhere,
		Help: "Shows the requests of this session and their answers, without secrets."}
	if env.Exchanges == nil {
		a.Off = "requests are not kept here"
		return a
	}
	a.Do = func() tea.Cmd { return tui.Push(newList(env.Exchanges, env.Now, env.Mask)) }
	return a
}

// list is the screen of all exchanges.
type list struct {
	log     *exchange.Log
	now     func() time.Time
	mask    *mask.Mask
	version int // version of the log at the last read
	all     []exchange.Exchange
	shown   []exchange.Exchange // exchanges that match the filter

	box    textbox.Model
	typing bool
	win    table.Window
	rows   int // number of rows drawn last
}

func newList(log *exchange.Log, now func() time.Time, m *mask.Mask) *list {
	l := &list{log: log, now: now, mask: m, rows: 1, box: textbox.Model{Limit: 200, Placeholder: "type to filter: a path, a status, a trace id"}}
	l.read()
	return l
}

func (l *list) Title() string { return title }

// Init returns nil, because the log is in memory.
func (l *list) Init() tea.Cmd { return nil }

// ReadOnly lets the palette leave this screen for another.
func (l *list) ReadOnly() {}

// Typing reports whether the filter has the keyboard focus.
func (l *list) Typing() bool { return l.typing }

// NextTick returns a second while a request is waiting for its answer.
func (l *list) NextTick() time.Duration {
	if isWaiting(l.shown) {
		return time.Second
	}
	return 0
}

func isWaiting(all []exchange.Exchange) bool {
	for i := range all {
		if all[i].Waiting {
			return true
		}
	}
	return false
}

// Update handles keys of the filter, and checks the log on every message.
func (l *list) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		l.edit(msg)
	case tea.PasteMsg:
		if l.typing {
			l.edit(msg)
		}
	case tea.MouseWheelMsg:
		by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button]
		l.win = l.win.Scroll(by, len(l.shown), l.rows)
	default:
		l.read()
	}
	return nil
}

func (l *list) edit(msg tea.Msg) {
	if !l.typing {
		return
	}
	before := l.box.Value()
	if l.box.Update(msg); l.box.Value() != before {
		l.filter()
		l.win = table.Window{}
	}
}

// read updates the list from the log and keeps the cursor on its exchange.
func (l *list) read() {
	version := l.log.Version()
	if version == l.version {
		return
	}
	at, atTop := l.current(), l.win.Cursor == 0
	l.version, l.all = version, l.log.All()
	l.filter()
	if at == nil || atTop {
		return
	}
	for i := range l.shown {
		if l.shown[i].Serial == at.Serial {
			l.win = l.win.Follow(i, len(l.shown), l.rows)
		}
	}
}

// filter selects the exchanges that contain every word.
func (l *list) filter() {
	words := strings.Fields(strings.ToLower(l.box.Value()))
	l.shown = nil
	for _, e := range l.all {
		outcome, _ := outcomeWords(e)
		in := strings.ToLower(strings.Join([]string{e.Method, path(e), outcome, e.TraceID, e.Operation}, " "))
		matches := true
		for _, w := range words {
			matches = matches && strings.Contains(in, w)
		}
		if matches {
			l.shown = append(l.shown, e)
		}
	}
	l.win = l.win.Keep(len(l.shown), l.rows)
}

// current returns the exchange under the cursor, or nil.
func (l *list) current() *exchange.Exchange {
	if l.win.Cursor >= len(l.shown) {
		return nil
	}
	e := l.shown[l.win.Cursor]
	return &e
}

// Actions returns the actions of the screen.
func (l *list) Actions() []tui.Action {
	none := ""
	if l.current() == nil {
		none = "nothing is listed"
	}
	out := []tui.Action{
		{ID: actRequests, Title: title, Group: tui.GroupEverywhere, Off: "this is the list"},
		{ID: actOpen, Title: "Open", FooterLabel: "open", Group: group, FooterRank: 9, Off: none, Help: "Shows headers, bodies and the curl command.", Do: func() tea.Cmd {
			return tui.Push(newDetail(l.log, l.now, l.mask, *l.current()))
		}},
		{ID: actCopy, Title: "Copy as curl", FooterLabel: "copy as curl", Group: group, FooterRank: 8, Off: none, Help: "Copies the request as a command, with " + exchange.KeyVariable + " in place of the key.", Do: func() tea.Cmd {
			return tui.Copy(curl(maskExchange(l.mask, *l.current())), "the request as curl")
		}},
		{ID: actFilter, Title: "Filter", FooterLabel: "filter", Group: group, FooterRank: 7, Help: "Finds requests by path, status, trace id or what they do.", Do: func() tea.Cmd { l.typing = true; return nil }},
	}
	if l.typing {
		out[1] = tui.Action{ID: actOpen, Title: "Keep the filter", FooterLabel: "to the list", Group: group, FooterRank: 9, Do: func() tea.Cmd { l.typing = false; return nil }}
	}
	if l.typing || l.box.Value() != "" {
		out = append(out, tui.Action{ID: actClear, Title: "Clear the filter", FooterLabel: "clear", Group: group, FooterRank: 6, Do: func() tea.Cmd {
			l.typing = false
			l.box.Reset()
			l.filter()
			return nil
		}})
	}
	return append(out, l.moves()...)
}

func (l *list) moves() []tui.Action {
	by := func(n int) func() tea.Cmd {
		return func() tea.Cmd { l.win = l.win.Move(n, len(l.shown), l.rows); return nil }
	}
	end := len(l.shown)
	out := []tui.Action{
		{ID: "list.down", Title: "Down", Group: tui.GroupMove, Do: by(1)}, {ID: "list.up", Title: "Up", Group: tui.GroupMove, Do: by(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: tui.GroupMove, Do: by(l.rows)}, {ID: "list.pageup", Title: "Page up", Group: tui.GroupMove, Do: by(-l.rows)},
	}
	if l.typing {
		return out
	}
	return append(out, tui.Action{ID: "list.top", Title: "First", Group: tui.GroupMove, Do: by(-end)}, tui.Action{ID: "list.bottom", Title: "Last", Group: tui.GroupMove, Do: by(end)})
}
