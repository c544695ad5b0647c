package users

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/selection"
)

// selected returns the newest states of the marked users.
func (v *View) selected() action.Selection {
	c := action.Selection{Hidden: func(u *api.User) bool { return v.isHidden(v.marks.Row(u.ID.Raw())) }}
	for _, r := range v.marks.Rows() {
		c.Users = append(c.Users, r.User)
	}
	return c
}

// isHidden reports whether a user is not in the list on the screen. A user whose page
// is not loaded counts as in it if they match the search.
func (v *View) isHidden(r *localsearch.Row) bool {
	n := v.feed.listing().needle
	if n.Empty() {
		return false
	}
	if v.feed.stage() == stageRows {
		if _, found := v.feed.shown.pages.Find(r.ID); found {
			return false
		}
		if v.feed.shown.pages.IsComplete() {
			return true
		}
	}
	return !r.Matches(n)
}

// toggleMark marks or unmarks the user under the cursor and moves on.
func (v *View) toggleMark() tea.Cmd {
	r := v.feed.currentRow()
	switch {
	case r == nil:
		return nil
	case v.marks.Has(r.ID):
		v.marks.Remove(r.ID)
	case !v.marks.HasRoom(1):
		return notifyTooManyMarks(v.marks.Len() + 1)
	default:
		v.marks.Add(r)
	}
	return v.moveCursor(1)
}

// Work implements [tui.WorkReporter]: marks are not kept.
func (v *View) Work() string {
	switch n := v.marks.Len(); n {
	case 0:
		return ""
	case 1:
		return "1 user is marked; the mark is lost"
	default:
		return userfmt.Number(n) + " users are marked; the marks are lost"
	}
}

func notifyTooManyMarks(n int) tea.Cmd {
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneWarn,
		Text: fmt.Sprintf("%s would be marked; the limit is %s", userfmt.Number(n), userfmt.Number(selection.Max)), Next: "Nobody was marked."})
}

// clearMarks unmarks all users and says so.
func (v *View) clearMarks() tea.Cmd {
	n := v.marks.Len()
	v.marks.Clear()
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneInfo, Text: "Unmarked " + userfmt.Count(n, "user")})
}

// markStatus is the start of the footer's left side while users are marked or a range
// is open, "" otherwise.
func (v *View) markStatus() string {
	n := v.marks.Len()
	says := ""
	if v.marks.IsRanging() {
		says = "range of " + userfmt.Number(v.marks.RangeLen(v.rangeList())) + " · "
	}
	if n > 0 {
		says += userfmt.Number(n) + " marked · "
	}
	return says
}

// markCells returns the function that draws the first cell of the gutter: who is
// marked, and whom the open range will mark. It is nil if nobody is.
func (p *painter) markCells() func(int) table.Span {
	v := p.view
	first, last, ranging := v.rangeRows()
	if v.marks.Len() == 0 && !ranging {
		return nil
	}
	return func(i int) table.Span {
		if r := p.list.at(i); r != nil && v.marks.Has(r.ID) {
			return table.Span{Text: "✓", Style: p.accent}
		}
		if ranging && i >= first && i <= last {
			return table.Span{Text: "+", Style: p.accent}
		}
		return table.Span{}
	}
}
