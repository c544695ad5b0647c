package users

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

const groupMarks = "Marks"

// markActions are the keys that mark, and actions about the marks.
func (v *View) markActions() []tui.Action {
	n := v.marks.Len()
	mark := tui.Action{ID: "list.mark", Title: "Mark", FooterLabel: "mark", Group: groupMarks, Off: v.noUserReason(),
		Help: "Marks or unmarks the person under the cursor and moves down. Marks survive searches.", Do: v.synced(v.toggleMark)}
	if n == 0 && !v.box.IsOpen() {
		mark.FooterRank = 7
	}
	span := tui.Action{ID: "list.range", Title: "Start a range", FooterLabel: "range", Group: groupMarks, Off: v.noUserReason(),
		Help: "Marks all users from here to where you press it again.", Do: v.synced(v.toggleRange)}
	if v.marks.IsRanging() {
		span.Title, span.FooterLabel, span.FooterRank = "Mark the range", "mark the range", 10
	}
	if v.isSearchShown() && !v.marks.IsRanging() {
		span.FooterLabel, span.FooterRank = v.rangeToEndLabel(), 6
	}
	all := append(v.guardMisfire([]tui.Action{mark, span, v.burstAction()}), v.markAllAction())
	if n > 0 && v.escClearsSearch() {
		all = append(all, tui.Action{ID: "list.unmark", Title: "Clear marks", Group: groupMarks, Help: "Unmarks all users.", Do: v.synced(v.clearMarks)})
	}
	if n > 0 || v.bulk.running != nil {
		all = append(all, v.quitAction())
	}
	return append(all, v.lastBulkActions()...)
}

// quitAgain is how long a second press of the quit key counts as confirmation.
const quitAgain = 10 * time.Second

// quitAction asks for a second press of the quit key: quitting loses the marks, or
// stops the operation in progress.
func (v *View) quitAction() tui.Action {
	toast := tui.Toast{ID: "list.quit", Tone: tui.ToneWarn}
	a := tui.Action{ID: "app.out", Title: "Quit with users marked", Group: groupMarks, Help: "Asks first: marks are lost when you quit."}
	switch n := v.marks.Len(); {
	case v.bulk.running != nil:
		a.Title, a.Help = "Quit during an operation", "Asks first: what is running stops."
		toast.ID = v.bulk.running.ID // the result of the operation replaces it
		toast.Text = v.bulk.running.Doing + " several users is running; press again to stop it and quit"
		toast.Next = "Requests already sent are finished first; the other users stay as they are."
	case n == 1:
		toast.Text, toast.Next = "1 user is marked; press again to quit", "Marks are lost when you quit."
	default:
		toast.Text, toast.Next = userfmt.Number(n)+" users are marked; press again to quit", "Marks are lost when you quit."
	}
	a.Do = func() tea.Cmd {
		now := v.env.Now()
		if since := now.Sub(v.quitWarnedAt); since >= 0 && since < quitAgain && v.quitWarning == toast.ID {
			return tui.Pop()
		}
		v.quitWarnedAt, v.quitWarning = now, toast.ID
		return tui.Notify(toast)
	}
	return a
}

// escClearsSearch reports whether esc has something other than marks to clear.
func (v *View) escClearsSearch() bool {
	return v.marks.IsRanging() || v.box.IsOpen() || !v.feed.want.query.needle.Empty() || v.feed.want.state == running || v.box.Rejected() != nil
}

// clearMarksAction returns the action of esc if it is about a range or marks.
func (v *View) clearMarksAction() (tui.Action, bool) {
	a := tui.Action{ID: "list.clear", Group: groupFind}
	switch {
	case v.box.IsOpen():
		return a, false
	case v.marks.IsRanging():
		a.Title, a.FooterLabel, a.FooterRank, a.Do = "Cancel the range", "cancel range", 9, v.synced(v.dropRange)
		a.Help = "Marks no one."
		return a, true
	case v.marks.Len() > 0 && !v.escClearsSearch():
		a.Title, a.FooterLabel, a.FooterRank, a.Do = "Clear marks", "unmark", 6, v.synced(v.clearMarks)
		a.Help = "Unmarks all users."
		return a, true
	}
	return a, false
}

// bulkActions are the operations on the marked users.
func (v *View) bulkActions() []tui.Action {
	if v.marks.Len() == 0 {
		return nil
	}
	all := action.SelectionActions(v.env, v.selected())
	for i := range all {
		switch {
		case v.bulk.running != nil:
			all[i].Off = "another one is still running"
		case all[i].Off == "" && !v.marks.IsRanging():
			all[i].FooterRank = 10
		}
	}
	return all
}

// actionMenu lists the actions on the marked users first, then those on the user under
// the cursor.
func (v *View) actionMenu() tui.Menu {
	m := action.UserMenu(v.env, v.currentUser())
	over := v.bulkActions()
	if len(over) == 0 {
		m.Items = append(v.blockDuringRange(m.Items), v.lastBulkActions()...)
		return m
	}
	c := v.selected()
	for i, line := range m.Context {
		m.Context[i] = "at the cursor: " + line
	}
	m.Context = append([]string{"marked: " + action.DescribeSelection(v.env, c)}, m.Context...)
	m.Items = slices.Concat(v.blockDuringRange(over), v.lastBulkActions(), v.blockDuringRange(v.withoutBulk(m.Items)))
	return m
}

// withoutBulk removes the bulk operations from a user's actions while users are
// marked, since bulkActions has them, and renames single operations whose key belongs
// to one of those.
func (v *View) withoutBulk(all []tui.Action) []tui.Action {
	if v.marks.Len() == 0 {
		return all
	}
	each := map[string]bool{}
	all = slices.DeleteFunc(all, func(a tui.Action) bool {
		op, _ := v.env.Catalogue.Get(a.ID)
		each[op.SingleOp] = true
		return op.Scope == ops.ScopeUsers
	})
	for i, a := range all {
		if each[a.ID] {
			all[i].ID = cursorPrefix + a.ID
		}
	}
	return all
}

// cursorPrefix begins the id of an action on one user whose key is used for the marked
// users.
const cursorPrefix = "cursor."
