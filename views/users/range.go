package users

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/selection"
)

// toggleRange opens a range at the cursor, or closes it there and marks its users.
func (v *View) toggleRange() tea.Cmd {
	r := v.feed.currentRow()
	if r == nil {
		return nil
	}
	if !v.marks.IsRanging() {
		v.marks.BeginRange(r.ID, v.feed.listing().win.Cursor, v.feed.want.query.key())
		return nil
	}
	first, last, ok := v.rangeRows()
	start, n := v.marks.RangeStart(), last-first+1
	v.marks.DropRange()
	switch {
	case !ok:
		return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneWarn, Text: "The range starts at a user who is not in this list", Next: "Start a new one."})
	case !v.marks.HasRoom(n):
		return notifyTooManyMarks(n + v.marks.Len())
	}
	list := v.feed.listing()
	rows := make([]*localsearch.Row, 0, n)
	for i := first; i <= last; i++ {
		one := list.at(i)
		if one == nil {
			return v.fetchRange(first, n, start, r.ID)
		}
		rows = append(rows, one)
	}
	v.marks.Add(rows...)
	return nil
}

// dropRange closes a range without marking anybody.
func (v *View) dropRange() tea.Cmd {
	v.marks.DropRange()
	return nil
}

// rangeList returns the list on the screen for the range.
func (v *View) rangeList() selection.List {
	list := v.feed.listing()
	out := selection.List{Rows: list.len(), Cursor: -1, At: list.at, Find: v.findRow}
	if list.hasCursor {
		out.Cursor = list.win.Cursor
	}
	if v.marks.IsRanging() && v.feed.stage() == stageRows {
		out.Query = v.feed.shown.query.key()
	}
	return out
}

// rangeRows returns the first and last row of the range; ok is false if it does not
// begin in this list.
func (v *View) rangeRows() (first, last int, ok bool) { return v.marks.Range(v.rangeList()) }

// findRow returns the row of a user in the list on the screen.
func (v *View) findRow(id string) (int, bool) {
	switch v.feed.stage() {
	case stageRows:
		return v.feed.shown.pages.Find(id)
	case stageLocal:
		at := slices.IndexFunc(v.feed.local.rows, func(r *localsearch.Row) bool { return r.ID == id })
		return at, at >= 0
	}
	return 0, false
}

// blockDuringRange disables operations while a range is open: whether they are meant
// for the user under the cursor, the marked ones or those in the range, only the
// operator knows. A range of one row means its user.
func (v *View) blockDuringRange(all []tui.Action) []tui.Action {
	if !v.marks.IsRanging() {
		return all
	}
	n := v.marks.RangeLen(v.rangeList())
	if n == 1 && v.marks.Len() == 0 {
		return all
	}
	why := "a range from another list is open; cancel it first"
	if n > 0 {
		why = fmt.Sprintf("a range of %s is open; mark or cancel it first", userfmt.Number(n))
	}
	for i, a := range all {
		op, known := v.env.Catalogue.Get(strings.TrimPrefix(a.ID, cursorPrefix))
		if known && (op.Scope == ops.ScopeUser || op.Scope == ops.ScopeUsers) && a.Off == "" {
			all[i].Off, all[i].FooterRank = why, 0
		}
	}
	return all
}

const rangeKey = "users.range"

// rangeMsg brings rows to mark.
type rangeMsg struct {
	rows []*localsearch.Row
	err  error
}

// fetchRange reads a range of which some rows are not loaded. If it does not begin and
// end with the users on the screen, nobody is marked.
func (v *View) fetchRange(first, n int, start, cursor string) tea.Cmd {
	if v.feed.listing().win.Cursor == first {
		start, cursor = cursor, start
	}
	return v.fetchMarks("Reading the range", selection.Reader{First: first, Rows: n, Top: start, Bottom: cursor})
}

// fetchMarks reads rows of the list on the screen to mark their users.
func (v *View) fetchMarks(title string, reader selection.Reader) tea.Cmd {
	query, n := v.feed.shown.query, reader.Rows
	reader.Client, reader.Query, reader.IsChained = v.env.Client, query.apiQuery, query.order.by == api.OrderCreatedAt
	return tui.Run(tui.Task{Key: rangeKey, Title: title, Replace: true, Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		rows, err := reader.Read(ctx, func(have int) { report(tui.Progress{Done: have, Total: n}) })
		if ctx.Err() != nil {
			return nil
		}
		return rangeMsg{rows, err}
	}})
}

// takeRange marks the users whose rows were read.
func (v *View) takeRange(msg rangeMsg) tea.Cmd {
	if msg.err != nil {
		what, next := errorSentences(msg.err)
		if errors.Is(msg.err, selection.ErrListChanged) {
			what, next = "The list changed while it was read.", "Try again."
		}
		return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneBad, Text: "Nobody was marked: " + what, Next: next})
	}
	if !v.marks.HasRoom(len(msg.rows)) {
		return notifyTooManyMarks(len(msg.rows) + v.marks.Len())
	}
	return notifyMarked(v.marks.Add(msg.rows...))
}
