package user

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/person"
	"frontdesk/views/portrait"
)

// detail is one person on a screen of their own.
type detail struct {
	env  *action.Env
	user *api.User

	tabs []tab
	at   int
	// offsets are how far each tab is scrolled, in lines; drawing clamps them.
	offsets []int
	// shown is what the last drawing found out: how much there is to scroll.
	// Only scrolling reads it.
	shown extent

	reading bool
	failed  error // why the last reading again failed, nil when it did not
	gone    bool
}

// extent is how many lines a tab has and how many of them are on the screen.
type extent struct{ lines, rows int }

// readFailedMsg is the fact that a user could not be read again.
type readFailedMsg struct {
	id  api.Text
	err error
}

// NewDetail is the detail view, shown at once from what the list knew and then
// read again.
func NewDetail(env *action.Env, u *api.User) tui.View {
	t := tabs()
	return &detail{env: env, user: u, tabs: t, offsets: make([]int, len(t))}
}

func (d *detail) Title() string { return person.Name(d.user) }

func (d *detail) Typing() bool { return false }

func (d *detail) Init() tea.Cmd { return tea.Batch(d.read(), d.picture(0), d.turn(d.at)) }

// WantsTick says that a countdown, or the age of old data, is on the screen.
func (d *detail) WantsTick() bool {
	return !d.gone && (d.failed != nil || countsDown(d.user, d.env.Now()))
}

func (d *detail) readKey() string { return "user.read " + d.user.ID.Display() }

// read reads the person again; what is on the screen stays until then.
func (d *detail) read() tea.Cmd {
	if d.gone {
		return nil
	}
	d.reading = true
	id, client := d.user.ID, d.env.Client
	return tui.Run(tui.Task{Key: d.readKey(), Title: "Reading " + person.Name(d.user), Replace: true, Run: reader(client, id)})
}

func (d *detail) picture(after time.Duration) tea.Cmd {
	task, ok := d.env.Portraits().Load("user.portrait "+d.user.ID.Display(), d.user, after)
	if !ok {
		return nil
	}
	return tui.Run(task)
}

// Update takes the facts; it has no keys of its own.
func (d *detail) Update(msg tea.Msg) tea.Cmd {
	return tea.Batch(d.learn(msg), d.tabs[d.at].Update(msg))
}

func (d *detail) learn(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case action.UserChangedMsg:
		if msg.User != nil && msg.User.ID == d.user.ID {
			return d.changed(msg)
		}
	case action.UserGoneMsg:
		if msg.ID == d.user.ID {
			d.gone, d.reading, d.failed = true, false, nil
		}
	case readFailedMsg:
		if msg.id == d.user.ID {
			d.reading, d.failed = false, msg.err
		}
	case tui.TaskMsg:
		if msg.Key == d.readKey() && !msg.Running {
			d.stopped(msg.Err)
		}
	case tea.ColorProfileMsg:
		d.env.Portraits().Colors(msg.Profile)
	case portrait.LoadedMsg:
		d.env.Portraits().Update(msg)
	case tea.MouseWheelMsg:
		d.wheel(msg)
	}
	return nil
}

// changed takes a newer answer. One that was asked for before it is not waited
// for any longer: it would bring back what was.
func (d *detail) changed(msg action.UserChangedMsg) tea.Cmd {
	if msg.User.ReadAt.Before(d.user.ReadAt) {
		return nil
	}
	if msg.PictureChanged {
		d.env.Portraits().Forget(d.user.ImageURL)
		d.env.Portraits().Forget(msg.User.ImageURL)
	}
	var stop tea.Cmd
	if d.reading {
		stop = tui.Cancel(d.readKey())
	}
	d.user, d.failed, d.reading = msg.User, nil, false
	return tea.Batch(stop, d.picture(0))
}

// stopped is the end of a reading that brought nothing: a deadline, a cancel.
func (d *detail) stopped(err error) {
	if d.reading && err != nil {
		d.failed = err
	}
	d.reading = false
}

func (d *detail) wheel(msg tea.MouseWheelMsg) {
	switch msg.Button {
	case tea.MouseWheelUp:
		d.scroll(-3)
	case tea.MouseWheelDown:
		d.scroll(3)
	}
}

// scroll moves the tab by so many lines, never past its ends.
func (d *detail) scroll(by int) {
	last := max(0, d.shown.lines-d.shown.rows)
	d.offsets[d.at] = max(0, min(min(d.offsets[d.at], last)+by, last))
}

func (d *detail) turn(to int) tea.Cmd {
	d.at = (to + len(d.tabs)) % len(d.tabs)
	d.shown = extent{}
	return d.tabs[d.at].Open(d.user)
}

// Actions are the tabs, the person, then what can be done with them.
func (d *detail) Actions() []tui.Action {
	const group = "This person"
	gone := ""
	if d.gone {
		gone = "this user is not there any more"
	}
	out := []tui.Action{
		{ID: "user.tab.next", Title: "Next tab", Short: "tabs", Group: group, Hint: 9, Do: func() tea.Cmd { return d.turn(d.at + 1) }},
		{ID: "user.tab.prev", Title: "Previous tab", Group: group, Do: func() tea.Cmd { return d.turn(d.at - 1) }},
		{ID: "user.actions", Title: "Actions", Short: "actions", Group: group, Hint: 8, Off: gone, Help: "Everything that can be done with this person.", Do: func() tea.Cmd { return tui.Choose(action.Menu(d.env, d.user)) }},
		{ID: "user.copy", Title: "Copy", Short: "copy", Group: group, Hint: 4, Help: "Id, e-mail address or phone number, onto your clipboard.", Do: func() tea.Cmd { return tui.Choose(CopyMenu(d.user)) }},
		{ID: "user.refresh", Title: "Refresh", Short: "refresh", Group: group, Hint: 3, Off: gone, Help: "Reads the person again.", Do: d.refresh},
	}
	for i, t := range d.tabs {
		out = append(out, tui.Action{ID: "user.tab." + t.ID(), Title: "Tab " + t.Title(), Group: group, Do: func() tea.Cmd { return d.turn(i) }})
	}
	out = append(out, d.moves()...)
	return append(out, d.operations(gone)...)
}

// operations are what can be done with the person, if there still is one, and
// with the directory. Opening the person is what this screen is.
func (d *detail) operations(gone string) []tui.Action {
	var out []tui.Action
	for _, a := range action.For(d.env, d.user) {
		op, _ := d.env.Catalogue.Get(a.ID)
		if op.ID == "get_user" {
			continue
		}
		if d.gone && op.Scope == ops.ScopeUser {
			a.Off = gone
		}
		out = append(out, a)
	}
	return out
}

func (d *detail) refresh() tea.Cmd {
	d.env.Portraits().Retry()
	return tea.Batch(d.read(), d.picture(0), d.tabs[d.at].Open(d.user))
}

// moves scroll the tab, with the keys that move in a list.
func (d *detail) moves() []tui.Action {
	page := max(1, d.shown.rows-1)
	move := func(id, title string, by int) tui.Action {
		return tui.Action{ID: id, Title: title, Group: "Move", Do: func() tea.Cmd { d.scroll(by); return nil }}
	}
	end := d.shown.lines
	return []tui.Action{
		move("list.down", "Down", 1), move("list.up", "Up", -1),
		move("list.pagedown", "Page down", page), move("list.pageup", "Page up", -page),
		move("list.halfdown", "Half a page down", max(1, page/2)), move("list.halfup", "Half a page up", -max(1, page/2)),
		move("list.bottom", "To the end", end), move("list.top", "To the beginning", -end),
	}
}

// status is where in the tab the screen is, when not all of it shows.
func (e extent) status(offset int) string {
	if e.lines <= e.rows {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", offset+1, min(offset+e.rows, e.lines), e.lines)
}
