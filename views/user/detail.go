package user

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/avatar"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// detail is one person on a screen of their own.
type detail struct {
	env   *action.Env
	user  *api.User        // the newest answer; without a ReadAt only an id to look up
	known *usercache.Entry // what else is known, shared with whoever opens them next

	tabs      []tab
	tabIndex  int
	positions []position // of the tabs
	// viewport is what the last drawing found out, and heights how many lines the rows of
	// lists took. That is all that View notes.
	viewport   viewport
	heights    map[rowKey]int
	heightsFor heightKey
	cache      drawCache

	reading bool
	failed  error // why the last reading again failed, nil when it did not
	gone    bool
}

// readFailedMsg is the fact that a user could not be read again.
type readFailedMsg struct {
	id  clean.Text
	err error
}

// NewDetail is the detail view, shown at once from what is known and then read
// again. Of u the id is enough.
func NewDetail(env *action.Env, u *api.User) tui.View {
	d := &detail{env: env, user: u, known: &usercache.Entry{User: u}, viewport: viewport{row: -1}}
	d.tabs = tabs(d)
	d.positions = make([]position, len(d.tabs))
	return d
}

func (d *detail) Title() string {
	u := d.shown()
	if id := userfmt.ShortID(u.ID); !d.isRead() && id != "" {
		return id
	}
	return userfmt.Name(u)
}

// shown is the person as the screen may show them.
func (d *detail) shown() *api.User { return d.env.Shown(d.user) }

func (d *detail) Typing() bool { return false }

// ReadOnly says that go-to may leave this screen.
func (d *detail) ReadOnly() {}

// Init comes again when the operator goes back to this screen: meanwhile more
// may be known.
func (d *detail) Init() tea.Cmd {
	d.shareKnown()
	return tea.Batch(d.read(), d.loadPicture(0), d.openTab(d.tabIndex))
}

// shareKnown puts together what this screen and the others know.
func (d *detail) shareKnown() {
	d.known = d.env.UserCache().Update(d.user)
	d.env.Mask.Note(d.user)
	d.user = d.known.User
}

// isRead says that the person was read at all.
func (d *detail) isRead() bool { return !d.user.ReadAt.IsZero() }

// WantsTick says that a countdown, or the age of old data, is on the screen.
func (d *detail) WantsTick() bool {
	return !d.gone && (d.failed != nil || d.isStale() || hasCountdown(d.user, d.env.Now()) || d.tabs[d.tabIndex].Waits())
}

// isStale says that old data is shown while newer is under way.
func (d *detail) isStale() bool { return d.reading && d.isRead() && isOld(d.user.ReadAt, d.env.Now()) }

func (d *detail) readKey() string { return "user.read " + d.user.ID.Display() }

// read reads the person again; what is on the screen stays until then.
func (d *detail) read() tea.Cmd {
	if d.gone {
		return nil
	}
	d.reading = true
	return tui.Run(tui.Task{Key: d.readKey(), Title: "Reading " + d.Title(), Replace: true, Run: readUser(d.env, d.user.ID)})
}

func (d *detail) loadPicture(after time.Duration) tea.Cmd {
	task, ok := d.env.Avatars().LoadTask("user.portrait "+d.user.ID.Display(), d.user, after)
	if !ok {
		return nil
	}
	return tui.Run(task)
}

// Update takes the facts and the mouse; it has no keys of its own.
func (d *detail) Update(msg tea.Msg) tea.Cmd {
	if d.viewport.height > 0 { // whatever comes, the operator stays where they are
		d.positions[d.tabIndex] = d.viewport.position()
	}
	for _, t := range d.tabs {
		t.Update(msg)
	}
	return tea.Batch(d.takeFact(msg), d.mouse(msg))
}

func (d *detail) takeFact(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case action.UserChangedMsg:
		if msg.User != nil && msg.User.ID == d.user.ID {
			return d.takeUser(msg)
		}
	case action.UserWrittenMsg:
		if msg.ID == d.user.ID {
			return d.rereadTabs()
		}
	case action.UserGoneMsg:
		if msg.ID == d.user.ID {
			d.gone, d.reading, d.failed = true, false, nil
			d.env.UserCache().Remove(msg.ID)
		}
	case readFailedMsg:
		if msg.id == d.user.ID {
			d.reading, d.failed = false, msg.err
		}
	case tui.TaskMsg:
		if msg.Key == d.readKey() && !msg.Running {
			d.endRead(msg.Err)
		}
	case tea.ColorProfileMsg:
		d.env.Avatars().SetColorProfile(msg.Profile)
	case avatar.LoadedMsg:
		d.env.Avatars().Update(msg)
	}
	return nil
}

// takeUser takes a newer answer. One that was asked for before it is not waited
// for any longer: it would bring back what was.
func (d *detail) takeUser(msg action.UserChangedMsg) tea.Cmd {
	if msg.User.ReadAt.Before(d.user.ReadAt) {
		return nil
	}
	if msg.PictureChanged {
		d.env.Avatars().Forget(d.user.ImageURL)
		d.env.Avatars().Forget(msg.User.ImageURL)
	}
	var stop, again tea.Cmd
	if d.reading {
		stop = tui.Cancel(d.readKey())
	}
	if d.isRead() && d.user.Banned != msg.User.Banned { // a ban ends sessions, whoever made it
		again = d.rereadTabs()
	}
	d.user, d.failed, d.reading = msg.User, nil, false
	d.shareKnown()
	return tea.Batch(stop, again, d.loadPicture(0))
}

// rereadTabs reads what hangs on the person and was looked at.
func (d *detail) rereadTabs() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range d.tabs {
		cmds = append(cmds, t.Again())
	}
	return tea.Batch(cmds...)
}

// endRead is the end of a reading that brought nothing: a deadline, a cancel.
func (d *detail) endRead(err error) {
	if d.reading && err != nil {
		d.failed = err
	}
	d.reading = false
}

func (d *detail) openTab(to int) tea.Cmd {
	d.tabIndex = (to + len(d.tabs)) % len(d.tabs)
	d.viewport = viewport{row: -1}
	return d.readTab()
}

// readTab reads what the tab shows beside the person.
func (d *detail) readTab() tea.Cmd {
	if d.gone {
		return nil
	}
	return d.tabs[d.tabIndex].Open()
}

// offReason is why nothing can be done with the person, "" where something can.
func (d *detail) offReason() string {
	switch {
	case d.gone:
		return "this user is not there any more"
	case !d.isRead():
		return "this user has not loaded yet"
	}
	return ""
}

// Actions are the tabs, the person, then what can be done with them.
func (d *detail) Actions() []tui.Action {
	off, gone := d.offReason(), ""
	if d.gone {
		gone = off
	}
	out := []tui.Action{
		{ID: "user.tab.next", Title: "Next tab", FooterLabel: "tabs", Group: tui.GroupTabs, FooterRank: 9, Do: func() tea.Cmd { return d.openTab(d.tabIndex + 1) }},
		{ID: "user.tab.prev", Title: "Previous tab", Group: tui.GroupTabs, Do: func() tea.Cmd { return d.openTab(d.tabIndex - 1) }},
	}
	for i, t := range d.tabs {
		out = append(out, tui.Action{ID: "user.tab." + t.ID(), Title: "Tab " + t.Title(), Group: tui.GroupTabs, Do: func() tea.Cmd { return d.openTab(i) }})
	}
	out = append(out,
		d.rowAction(off),
		tui.Action{ID: "user.actions", Title: "Actions", FooterLabel: "actions", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 8, Off: off, Help: "Everything that can be done with this person.", Do: func() tea.Cmd { return tui.OpenMenu(action.UserMenu(d.env, d.user)) }},
		tui.Action{ID: "user.copy", Title: "Copy", FooterLabel: "copy", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 4, Help: "Copies the id, e-mail address or phone number.", Do: func() tea.Cmd { return tui.OpenMenu(CopyMenu(d.env, d.user)) }},
		tui.Action{ID: "user.refresh", Title: "Refresh", FooterLabel: "refresh", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 3, Off: gone, Help: "Reloads the person and what the tab shows.", Do: d.refresh},
	)
	out = append(out, d.moveActions()...)
	return append(out, d.operationActions(off)...)
}

// operationActions are what can be done with the person, if there is one, and with
// the directory. Opening the person is what this screen is.
func (d *detail) operationActions(off string) []tui.Action {
	var out []tui.Action
	for _, a := range action.UserActions(d.env, d.user) {
		op, _ := d.env.Catalogue.Get(a.ID)
		if op.ID == "get_user" {
			continue
		}
		if off != "" && op.Scope == ops.ScopeUser {
			a.Off = off
		}
		out = append(out, a)
	}
	return out
}

func (d *detail) refresh() tea.Cmd {
	d.env.Avatars().ForgetFailures()
	return tea.Batch(d.read(), d.loadPicture(0), d.readTab())
}
