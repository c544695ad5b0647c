package users

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/user"
)

const (
	groupMove = tui.GroupMove
	groupFind = tui.GroupFind
)

// Actions returns what can be done here, in the order of the help. While the box is
// open, keys that edit text have no action.
func (v *View) Actions() []tui.Action {
	out := v.findActions()
	out = append(out, v.moveActions()...)
	out = append(out, v.guardMisfire(v.userActions())...)
	out = append(out, v.markActions()...)
	out = append(out, v.blockDuringRange(v.bulkActions())...)
	out = append(out, v.blockDuringRange(v.guardMisfire(v.operationActions()))...)
	return append(out, v.savedSearchActions()...)
}

// operationActions are the operations on the user under the cursor. They are not in
// the footer, which would change with every row; the preview names what would help.
func (v *View) operationActions() []tui.Action {
	out := v.withoutBulk(append(action.UserActions(v.env, v.currentUser()), action.RemedyAction(v.env, v.currentUser())))
	for i := range out {
		out[i].FooterRank = 0
	}
	return out
}

// synced wraps an action so that the list reacts to what it changed.
func (v *View) synced(f func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd { return v.sync(f()) }
}

// currentUser returns the user under the cursor, nil if there is none.
func (v *View) currentUser() *api.User {
	if r := v.feed.currentRow(); r != nil {
		return r.User
	}
	return nil
}

func (v *View) findActions() []tui.Action {
	out := []tui.Action{
		{ID: "list.search", Title: "Search", FooterLabel: "search", Group: groupFind, FooterRank: 8,
			Help: "Finds anyone by a part of name, e-mail, phone, username or id.", Do: v.synced(func() tea.Cmd { v.openBox(); return nil })},
		{ID: "list.order", Title: "Next order", FooterLabel: "order", Group: groupFind, FooterRank: 2,
			Help: "Newest, last active, last signed in, first name, e-mail.", Do: v.synced(func() tea.Cmd { return v.feed.setOrder(v.feed.nextOrderQuery()) })},
		{ID: "list.reverse", Title: "Reverse the order", FooterLabel: "reverse", Group: groupFind,
			Help: "Reversed: " + v.feed.order.reversedWords + ".", Do: v.synced(func() tea.Cmd {
				return v.feed.setOrder(listQuery{v.feed.want.query.needle, v.feed.order.reversed(), true})
			})},
		v.followAction(),
		v.refreshAction(),
	}
	if !v.lastLayout.isPlain {
		out = append(out, tui.Action{ID: "list.preview", Title: v.previewTitle(), FooterLabel: "preview", Group: groupFind, FooterRank: 3, Off: v.previewOffReason(),
			Help: "Shows the person under the cursor beside the list.", Do: v.synced(v.togglePreview)})
	}
	out = append(out, v.exportAction())
	out = append(out, v.filterActions()...)
	marks, ours := v.clearMarksAction()
	switch {
	case v.feed.isScanning():
		out = append(out, tui.Action{ID: "list.clear", Title: "Stop the scan", FooterLabel: "stop", Group: groupFind, FooterRank: 5,
			Help: "The users found so far stay.", Do: v.synced(v.feed.stopLoading)})
	case ours:
		out = append(out, marks)
	case v.box.IsOpen() && len(v.leftForSearch) > 0:
		out = append(out, tui.Action{ID: "list.clear", Title: "Back to " + v.leftForSearch[len(v.leftForSearch)-1].Title(), FooterLabel: "back", Group: groupFind, FooterRank: 5,
			Help: "Leaves the search and shows that screen again.", Do: v.synced(v.clearSearch)})
	case v.box.IsOpen() || !v.feed.want.query.needle.Empty() || v.box.Rejected() != nil:
		out = append(out, tui.Action{ID: "list.clear", Title: "Clear the search", FooterLabel: "clear", Group: groupFind, FooterRank: v.hintIf(v.box.IsOpen(), 5),
			Help: "Shows all users again, where you were.", Do: v.synced(v.clearSearch)})
	case v.feed.want.state == running:
		out = append(out, tui.Action{ID: "list.clear", Title: "Stop reading", FooterLabel: "stop", Group: groupFind, Do: v.synced(v.feed.stopLoading)})
	}
	return out
}

// refreshAction refreshes, or resumes a scan that stopped.
func (v *View) refreshAction() tui.Action {
	a := tui.Action{ID: "list.refresh", Title: "Refresh", FooterLabel: "refresh", Group: groupFind,
		Help: "Reloads the list; the cursor stays on the same person.", Do: v.synced(v.refresh)}
	if v.feed.want.canResume() {
		a.Title, a.FooterLabel, a.Help = "Resume the scan", "resume", "Continues where it stopped; the users found so far stay."
	}
	return a
}

func (v *View) hintIf(so bool, hint int) int {
	if so {
		return hint
	}
	return 0
}

// moveActions move the cursor. While the box is open, keys that edit text are left
// out.
func (v *View) moveActions() []tui.Action {
	page := func(parts, sign int) func() tea.Cmd {
		return v.synced(func() tea.Cmd { return v.movePage(sign * max(1, v.feed.visibleRows()/parts)) })
	}
	step := func(by int) func() tea.Cmd { return v.synced(func() tea.Cmd { return v.moveCursor(by) }) }
	out := []tui.Action{
		{ID: "list.down", Title: "Down", Group: groupMove, Do: step(1)},
		{ID: "list.up", Title: "Up", Group: groupMove, Do: step(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: groupMove, Do: page(1, 1)},
		{ID: "list.pageup", Title: "Page up", Group: groupMove, Do: page(1, -1)},
	}
	if v.box.IsOpen() {
		return out
	}
	return append(out,
		tui.Action{ID: "list.halfdown", Title: "Half a page down", Group: groupMove, Do: page(2, 1)},
		tui.Action{ID: "list.halfup", Title: "Half a page up", Group: groupMove, Do: page(2, -1)},
		tui.Action{ID: "list.top", Title: "First", Group: groupMove, Do: v.synced(func() tea.Cmd { return v.goToEdge(false) })},
		tui.Action{ID: "list.bottom", Title: "Last", Group: groupMove, Do: v.synced(func() tea.Cmd { return v.goToEdge(true) })},
	)
}

func (v *View) userActions() []tui.Action {
	u := v.currentUser() // the user at the time of the key, not when the action runs
	open := tui.Action{ID: "list.open", Title: "Open", FooterLabel: "open", Group: action.UserGroupTitle(v.env, u), FooterRank: 9,
		Help: "Shows everything about the person, in tabs.", Off: v.noUserReason(), Do: v.synced(func() tea.Cmd { return v.openUser(u) })}
	if v.box.IsOpen() {
		open = tui.Action{ID: "list.open", Title: "Keep the search", FooterLabel: "to the list", Group: groupFind, FooterRank: 9,
			Help: "Leaves the box; the results stay. The only match opens.", Do: v.synced(v.keepSearch)}
		if v.onlyMatch() != nil {
			open.Title, open.FooterLabel = "Open the only match", "open"
		}
	}
	return []tui.Action{
		open,
		{ID: "list.actions", Title: "Actions", FooterLabel: "actions", Group: action.UserGroupTitle(v.env, u), FooterRank: 8,
			Help: "Everything you can do with this person, and why some of it is unavailable.", Off: v.noUserReason(),
			Do: func() tea.Cmd { return tui.OpenMenu(v.actionMenu()) }},
		{ID: "list.copy", Title: "Copy", FooterLabel: "copy", Group: action.UserGroupTitle(v.env, u),
			Help: "The person's id, e-mail address or phone number.", Off: v.noUserReason(),
			Do: func() tea.Cmd { return tui.OpenMenu(user.CopyMenu(v.env, u)) }},
	}
}

// noUserReason says why there is no user to act on, "" if there is one.
func (v *View) noUserReason() string {
	switch r := v.feed.currentRow(); {
	case r != nil && r.HasNoID():
		return "this entry could not be read: it has no id"
	case r != nil:
		return ""
	case v.feed.want.state == running:
		return "still reading"
	case v.feed.listing().hasCursor:
		return "this row is not loaded yet"
	}
	return "nobody is selected"
}

func (v *View) openUser(u *api.User) tea.Cmd {
	if u == nil || u.ID.Empty() {
		return nil
	}
	return tui.Push(user.NewDetailIn(v.env, u, v))
}

// moveCursor moves the cursor by rows.
func (v *View) moveCursor(by int) tea.Cmd {
	if win := v.feed.beginMove(by); win != nil {
		*win = win.Move(by, v.feed.listing().len(), v.feed.visibleRows())
	}
	return nil
}

func (v *View) movePage(by int) tea.Cmd {
	if win := v.feed.beginMove(by); win != nil {
		*win = win.Page(by, v.feed.listing().len(), v.feed.visibleRows())
	}
	return nil
}

func (v *View) togglePreview() tea.Cmd {
	if v.previewMode == previewOff {
		v.previewMode = previewAuto
	} else {
		v.previewMode, v.previewed, v.previewWanted = previewOff, nil, ""
	}
	return nil
}

func (v *View) previewTitle() string {
	switch {
	case v.previewOffReason() != "":
		return "Preview" // there is no preview to close
	case v.previewMode == previewOff:
		return "Open the preview"
	}
	return "Close the preview"
}

func (v *View) previewOffReason() string {
	if v.lastLayout.width > 0 && v.lastLayout.width < previewMinWidth && v.foundCount() == 0 {
		return fmt.Sprintf("the window is narrower than %d columns", previewMinWidth)
	}
	return ""
}
