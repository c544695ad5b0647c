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

// detail is the screen of one user.
type detail struct {
	env      *action.Env
	user     *api.User        // the newest answer; without a ReadAt, only an id to look up
	known    *usercache.Entry // what else is known, shared with other screens
	siblings Siblings         // nil if the user was not opened from a list

	tabs      []tab
	tabIndex  int
	positions []position // one for each tab
	// Only View sets viewport, heights and cache: the layout of the last frame, the
	// height of each list row in it, and what the next frame reuses.
	viewport   viewport
	heights    map[rowKey]int
	heightsFor heightKey
	cache      drawCache

	// isRested says that the operator has stayed on the user for stepReadDelay: a picture
	// costs more to draw than the rest of the screen, so it does not follow every step.
	isRested  bool
	isReading bool
	readErr   error // why the last refresh failed, nil if it did not
	isGone    bool
}

// readFailedMsg says that a user could not be read.
type readFailedMsg struct {
	id  clean.Text
	err error
}

// NewDetail returns the detail view. It shows what is known of u at once, of which the
// id is enough, and reads the user again.
func NewDetail(env *action.Env, u *api.User) tui.View { return newDetail(env, u) }

func newDetail(env *action.Env, u *api.User) *detail {
	d := &detail{env: env, user: u, known: &usercache.Entry{User: u}, viewport: viewport{row: -1}, isRested: true}
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

// Current returns the user, for a guide over the screens.
func (d *detail) Current() *api.User { return d.user }

// shown is the person as the screen may show them.
func (d *detail) shown() *api.User { return d.env.Shown(d.user) }

func (d *detail) Typing() bool { return false }

// ReadOnly lets the palette leave this screen for another.
func (d *detail) ReadOnly() {}

// Init is called again when the operator returns to this screen: other screens may
// have read more by then.
func (d *detail) Init() tea.Cmd {
	d.shareKnown()
	return tea.Batch(d.read(), d.loadPicture(0), d.openTab(d.tabIndex))
}

// shareKnown merges this user with the newest known state.
func (d *detail) shareKnown() {
	d.known = d.env.UserCache().Update(d.user)
	d.env.Mask.Note(d.user)
	d.user = d.known.User
}

// isRead reports whether the user was read at all.
func (d *detail) isRead() bool { return !d.user.ReadAt.IsZero() }

// NextTick returns how long the age of old data and a countdown stay as they are, 0 if
// neither is on the screen.
func (d *detail) NextTick() time.Duration {
	switch {
	case d.isGone:
		return 0
	case d.readErr != nil, d.isStale(), d.tabs[d.tabIndex].ShowsAge():
		return time.Second
	}
	return userfmt.LockChange(d.user, d.env.Now())
}

// isStale reports whether old data is shown while it is read again.
func (d *detail) isStale() bool {
	return d.isReading && d.isRead() && isOld(d.user.ReadAt, d.env.Now())
}

func (d *detail) readKey() string { return "user.read " + d.user.ID.Display() }

// read reads the user again; the old data stays on the screen until the answer.
func (d *detail) read() tea.Cmd {
	if d.isGone {
		return nil
	}
	d.isReading = true
	return tui.Run(tui.Task{Key: d.readKey(), Title: "Reading " + d.Title(), Replace: true, Run: readUser(d.env, d.user.ID)})
}

func (d *detail) pictureKey() string { return "user.portrait " + d.user.ID.Display() }

func (d *detail) loadPicture(after time.Duration) tea.Cmd {
	task, ok := d.env.Avatars().LoadTask(d.pictureKey(), d.user, after)
	if !ok {
		return nil
	}
	return tui.Run(task)
}

// Update handles facts and the mouse; every key is an action.
func (d *detail) Update(msg tea.Msg) tea.Cmd {
	if d.viewport.height > 0 { // keep the position whatever the message changes
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
			d.isGone, d.isReading, d.readErr = true, false, nil
			d.env.UserCache().Remove(msg.ID)
		}
	case steppedMsg:
		if msg.id == d.user.ID {
			d.isRested = true
			return tea.Batch(d.read(), d.readTab())
		}
	case readFailedMsg:
		if msg.id == d.user.ID {
			d.isReading, d.readErr = false, msg.err
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

// takeUser stores a newer answer. It cancels a read in progress, which was sent
// earlier and would bring back older data.
func (d *detail) takeUser(msg action.UserChangedMsg) tea.Cmd {
	if msg.User.ReadAt.Before(d.user.ReadAt) {
		return nil
	}
	if msg.PictureChanged {
		d.env.Avatars().Forget(d.user.ImageURL)
		d.env.Avatars().Forget(msg.User.ImageURL)
	}
	var stop, again tea.Cmd
	if d.isReading {
		stop = tui.Cancel(d.readKey())
	}
	if d.isRead() && d.user.Banned != msg.User.Banned { // a ban revokes sessions, no matter who banned the user
		again = d.rereadTabs()
	}
	d.user, d.readErr, d.isReading = msg.User, nil, false
	d.shareKnown()
	return tea.Batch(stop, again, d.loadPicture(0))
}

// rereadTabs reads the lists of all tabs that were opened.
func (d *detail) rereadTabs() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range d.tabs {
		cmds = append(cmds, t.Reread())
	}
	return tea.Batch(cmds...)
}

// endRead handles a read that ended without an answer: a deadline, or cancelled.
func (d *detail) endRead(err error) {
	if d.isReading && err != nil {
		d.readErr = err
	}
	d.isReading = false
}

func (d *detail) openTab(to int) tea.Cmd {
	d.tabIndex = (to + len(d.tabs)) % len(d.tabs)
	d.viewport = viewport{row: -1}
	return d.readTab()
}

// readTab reads what the open tab needs besides the user.
func (d *detail) readTab() tea.Cmd {
	if d.isGone {
		return nil
	}
	return d.tabs[d.tabIndex].Open()
}

// offReason returns why nothing can be done with the user, "" if something can.
func (d *detail) offReason() string {
	switch {
	case d.isGone:
		return "this user no longer exists"
	case !d.isRead():
		return "this user has not loaded yet"
	}
	return ""
}

// Actions returns the tabs, what can be done on this screen, and the operations.
func (d *detail) Actions() []tui.Action {
	off, gone := d.offReason(), ""
	if d.isGone {
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
		action.RemedyAction(d.env, d.user),
		tui.Action{ID: "user.actions", Title: "Actions", FooterLabel: "actions", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 8, Off: off, Help: "Everything that can be done with this person.", Do: func() tea.Cmd { return tui.OpenMenu(action.UserMenu(d.env, d.user)) }},
		tui.Action{ID: "user.copy", Title: "Copy", FooterLabel: "copy", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 4, Help: "Copies the id, e-mail address or phone number.", Do: func() tea.Cmd { return tui.OpenMenu(CopyMenu(d.env, d.user)) }},
		tui.Action{ID: "user.refresh", Title: "Refresh", FooterLabel: "refresh", Group: action.UserGroupTitle(d.env, d.user), FooterRank: 3, Off: gone, Help: "Reloads the person and what the tab shows.", Do: d.refresh},
	)
	out = append(out, d.valueActions(off)...)
	out = append(append(out, d.moveActions()...), d.stepActions()...)
	return append(out, d.operationActions(off)...)
}

// operationActions returns the operations on this user and on the instance. get_user
// is left out: this screen is the user.
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
