package users

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/user"
)

const (
	groupMove = tui.GroupMove
	groupFind = tui.GroupFind
)

// Actions are what can be done here, in help order. While the box is open the
// keys that edit text are left to it.
func (v *View) Actions() []tui.Action {
	out := v.finding()
	out = append(out, v.moving()...)
	out = append(out, v.surely(v.withPerson())...)
	out = append(out, v.marking()...)
	out = append(out, v.settleFirst(v.many())...)
	out = append(out, v.settleFirst(v.surely(v.operations()))...)
	return append(out, v.queueActions()...)
}

// operations are what can be done with the person under the cursor. They stay
// out of the footer, which would change at every row; the preview names what
// would help.
func (v *View) operations() []tui.Action {
	out := v.unlessMarked(action.UserActions(v.env, v.user()))
	for i := range out {
		out[i].Hint = 0
	}
	return out
}

// do lets the list follow up on what an action changed.
func (v *View) do(f func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd { return v.then(f()) }
}

// user is the user under the cursor, nil where there is none.
func (v *View) user() *api.User {
	if r := v.current(); r != nil {
		return r.User
	}
	return nil
}

func (v *View) finding() []tui.Action {
	out := []tui.Action{
		{ID: "list.search", Title: "Search", Short: "search", Group: groupFind, Hint: 8,
			Help: "Finds anyone by a part of name, e-mail, phone, username or id.", Do: v.do(func() tea.Cmd { v.openBox(); return nil })},
		{ID: "list.order", Title: "Next order", Short: "order", Group: groupFind, Hint: 2,
			Help: "Newest, last active, last signed in, first name, e-mail.", Do: v.do(func() tea.Cmd { return v.sort(v.nextAsk()) })},
		{ID: "list.reverse", Title: "Reverse the order", Short: "reverse", Group: groupFind,
			Help: "The other way round: " + v.order.turned + ".", Do: v.do(func() tea.Cmd { return v.sort(ask{v.want.ask.needle, v.order.reversed(), true}) })},
		v.following(),
		v.refreshing(),
		{ID: "list.preview", Title: v.previewTitle(), Short: "preview", Group: groupFind, Hint: 3, Off: v.previewOff(),
			Help: "The person under the cursor, beside the list.", Do: v.do(v.togglePreview)},
	}
	out = append(out, v.narrowing()...)
	marks, ours := v.clearing()
	switch {
	case v.scanning():
		out = append(out, tui.Action{ID: "list.clear", Title: "Stop the scan", Short: "stop", Group: groupFind, Hint: 5,
			Help: "What was found stays.", Do: v.do(v.stop)})
	case ours:
		out = append(out, marks)
	case v.typing || !v.want.ask.needle.Empty() || v.unasked != nil:
		out = append(out, tui.Action{ID: "list.clear", Title: "Clear the search", Short: "clear", Group: groupFind, Hint: v.hintIf(v.typing, 5),
			Help: "Shows everybody again, where you were.", Do: v.do(v.clear)})
	case v.want.state == running:
		out = append(out, tui.Action{ID: "list.clear", Title: "Stop reading", Short: "stop", Group: groupFind, Do: v.do(v.stop)})
	}
	return out
}

// refreshing is the action that reads again, or goes on where a scan stopped.
func (v *View) refreshing() tui.Action {
	a := tui.Action{ID: "list.refresh", Title: "Refresh", Short: "refresh", Group: groupFind,
		Help: "Reads the list again; the cursor stays with the person.", Do: v.do(v.refresh)}
	if v.want.unfinished() {
		a.Title, a.Short, a.Help = "Go on with the scan", "go on", "From where it stopped; who was found stays."
	}
	return a
}

func (v *View) hintIf(so bool, hint int) int {
	if so {
		return hint
	}
	return 0
}

// moving are the keys that move. Those that edit text belong to an open box.
func (v *View) moving() []tui.Action {
	page := func(parts, sign int) func() tea.Cmd {
		return v.do(func() tea.Cmd { return v.page(sign * max(1, v.height()/parts)) })
	}
	step := func(by int) func() tea.Cmd { return v.do(func() tea.Cmd { return v.move(by) }) }
	out := []tui.Action{
		{ID: "list.down", Title: "Down", Group: groupMove, Do: step(1)},
		{ID: "list.up", Title: "Up", Group: groupMove, Do: step(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: groupMove, Do: page(1, 1)},
		{ID: "list.pageup", Title: "Page up", Group: groupMove, Do: page(1, -1)},
	}
	if v.typing {
		return out
	}
	return append(out,
		tui.Action{ID: "list.halfdown", Title: "Half a page down", Group: groupMove, Do: page(2, 1)},
		tui.Action{ID: "list.halfup", Title: "Half a page up", Group: groupMove, Do: page(2, -1)},
		tui.Action{ID: "list.top", Title: "First", Group: groupMove, Do: v.do(func() tea.Cmd { return v.edge(false) })},
		tui.Action{ID: "list.bottom", Title: "Last", Group: groupMove, Do: v.do(func() tea.Cmd { return v.edge(true) })},
	)
}

func (v *View) withPerson() []tui.Action {
	u := v.user() // as they were when the key was pressed, or when go-to was opened
	open := tui.Action{ID: "list.open", Title: "Open", Short: "open", Group: action.UserGroupTitle(u), Hint: 9,
		Help: "Everything about the person, in tabs.", Off: v.nobody(), Do: v.do(func() tea.Cmd { return v.open(u) })}
	if v.typing {
		open = tui.Action{ID: "list.open", Title: "Keep the search", Short: "keep", Group: groupFind, Hint: 9,
			Help: "Leaves the box with what it found.", Do: v.do(v.keep)}
	}
	return []tui.Action{
		open,
		{ID: "list.actions", Title: "Actions", Short: "actions", Group: action.UserGroupTitle(u), Hint: 8,
			Help: "What can be done with the person, and why not.", Off: v.nobody(),
			Do: func() tea.Cmd { return tui.Choose(v.menu()) }},
		{ID: "list.copy", Title: "Copy", Short: "copy", Group: action.UserGroupTitle(u),
			Help: "The person's id, e-mail address or phone number.", Off: v.nobody(),
			Do: func() tea.Cmd { return tui.Choose(user.CopyMenu(u)) }},
	}
}

// nobody is why there is no person to do something with.
func (v *View) nobody() string {
	switch r := v.current(); {
	case r != nil && r.Unread():
		return "this entry could not be read: it has no id"
	case r != nil:
		return ""
	case v.want.state == running:
		return "still reading"
	case v.listing().cursor:
		return "this row is not here yet"
	}
	return "nobody is selected"
}

func (v *View) open(u *api.User) tea.Cmd {
	if u == nil || u.ID.Empty() {
		return nil
	}
	return tui.Push(user.NewDetail(v.env, u))
}

// move moves the cursor; so do page, edge and goRow.
func (v *View) move(by int) tea.Cmd {
	if win := v.travel(by); win != nil {
		*win = win.Move(by, v.listing().len(), v.height())
	}
	return nil
}

func (v *View) page(by int) tea.Cmd {
	if win := v.travel(by); win != nil {
		*win = win.Page(by, v.listing().len(), v.height())
	}
	return nil
}

// travel notes that the operator moves, and which window that is: the cursor
// belongs to them from here on, and what was stopped may go on.
func (v *View) travel(by int) *table.Window {
	win := v.window()
	if win == nil {
		return nil
	}
	if by != 0 {
		v.dir = cmp.Compare(by, 0)
	}
	v.moved, v.want.follow = !v.want.ask.needle.Empty(), ""
	if v.shown != nil {
		v.shown.follow, v.shown.toEnd = "", false
		if v.shown.state == stopped && v.shown.scan == nil {
			v.shown.state = ready
			v.shown.pages.Retry()
		}
	}
	return win
}

func (v *View) togglePreview() tea.Cmd {
	if v.preview == previewOff {
		v.preview = previewAuto
	} else {
		v.preview, v.carded = previewOff, nil
	}
	return nil
}

func (v *View) previewTitle() string {
	switch {
	case v.previewOff() != "":
		return "Preview" // there is none to close
	case v.preview == previewOff:
		return "Open the preview"
	}
	return "Close the preview"
}

func (v *View) previewOff() string {
	if v.drawn.width > 0 && v.drawn.width < previewFrom {
		return fmt.Sprintf("the window is narrower than %d columns", previewFrom)
	}
	return ""
}
