package users

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// rangeStart is the person with whom a range begins that reaches to the cursor.
// What is between them is what is seen, so it follows the list.
type rangeStart struct {
	id    string // "" while none is chosen
	row   int    // where they stood when it began, in what was asked for then
	query listQuery
}

// toggleRange begins a range at the cursor, or ends it there and marks who is in it.
func (v *View) toggleRange() tea.Cmd {
	r := v.currentRow()
	if r == nil {
		return nil
	}
	if v.marks.from.id == "" {
		v.marks.from = rangeStart{r.ID, v.listing().win.Cursor, v.want.query}
		return nil
	}
	first, last, ok := v.rangeRows()
	top := v.marks.from
	v.marks.from = rangeStart{}
	switch {
	case !ok:
		return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneWarn, Text: "The range began with somebody who is not in this list", Next: "Begin it again."})
	case last-first+1+len(v.marks.ids) > maxMarks:
		return notifyTooManyMarks(last - first + 1 + len(v.marks.ids))
	}
	list := v.listing()
	var rows []*localsearch.Row
	for i := first; i <= last; i++ {
		one := list.at(i)
		if one == nil {
			return v.fetchRange(first, last, top, r)
		}
		rows = append(rows, one)
	}
	for _, one := range rows {
		v.marks.add(one)
	}
	return nil
}

// dropRange gives up a range that was begun.
func (v *View) dropRange() tea.Cmd {
	v.marks.from = rangeStart{}
	return nil
}

// rangeRows are the first and the last row of the range as the list is now; ok is
// false where it has no beginning here.
func (v *View) rangeRows() (first, last int, ok bool) {
	from, list := v.marks.from, v.listing()
	if from.id == "" || !list.hasCursor {
		return 0, 0, false
	}
	at, found := v.findRow(from.id)
	if !found {
		// A page that was let go keeps its place.
		if v.stage() != stageRows || !v.shown.query.equal(from.query) || list.at(from.row) != nil || from.row >= list.len() {
			return 0, 0, false
		}
		at = from.row
	}
	return min(at, list.win.Cursor), max(at, list.win.Cursor), true
}

// findRow is where a person stands in the list on the screen.
func (v *View) findRow(id string) (int, bool) {
	switch v.stage() {
	case stageRows:
		return v.shown.pages.Find(id)
	case stageLocal:
		for i, r := range v.local.rows {
			if r.ID == id {
				return i, true
			}
		}
	}
	return 0, false
}

// rangeLen is how many rows the range has, 0 where it has no beginning here.
func (v *View) rangeLen() int {
	first, last, ok := v.rangeRows()
	if !ok {
		return 0
	}
	return last - first + 1
}

// blockDuringRange takes the operations of people off while a range is open: whether they
// are of the person under the cursor, of those marked or of those in the range, only
// the operator knows. A range that has not left its person means that one.
func (v *View) blockDuringRange(all []tui.Action) []tui.Action {
	n := v.rangeLen()
	if v.marks.from.id == "" || n == 1 && len(v.marks.ids) == 0 {
		return all
	}
	why := "a range is open that does not begin in this list, drop it first"
	if n > 0 {
		why = fmt.Sprintf("a range of %s is open, mark or drop it first", comma(n))
	}
	for i, a := range all {
		op, known := v.env.Catalogue.Get(strings.TrimPrefix(a.ID, cursorPrefix))
		if known && (op.Scope == ops.ScopeUser || op.Scope == ops.ScopeUsers) && a.Off == "" {
			all[i].Off, all[i].Hint = why, 0
		}
	}
	return all
}

const (
	rangeKey = "users.range"
	// rangePageSize is how many rows one request asks for: a long range is read in few.
	rangePageSize = 500
)

// rangeMsg are the rows of a range that were not all here.
type rangeMsg struct {
	rows []*localsearch.Row
	err  error
}

var errListChanged = errors.New("the list changed while the range was read")

// fetchRange reads a range of which some rows are not here. It begins and ends
// with the people the operator saw there, or nobody is marked.
func (v *View) fetchRange(first, last int, from rangeStart, cursor *localsearch.Row) tea.Cmd {
	top, bottom := from.id, cursor.ID
	if v.listing().win.Cursor == first {
		top, bottom = bottom, top
	}
	ask, client, n := v.shown.query, v.env.Client, last-first+1
	return tui.Run(tui.Task{Key: rangeKey, Title: "Reading the range", Replace: true, Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		rows, err := readRange(ctx, client, ask, first, n, func(have int) { report(tui.Progress{Done: have, Total: n}) })
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil && (len(rows) != n || rows[0].ID != top || rows[n-1].ID != bottom):
			err = errListChanged
		}
		return rangeMsg{rows, err}
	}})
}

// readRange reads n rows from a row on: under the order by age after the last
// one that came, so that nobody is missed or read twice.
func readRange(ctx context.Context, client *api.Client, a listQuery, first, n int, have func(int)) ([]*localsearch.Row, error) {
	var rows []*localsearch.Row
	chained := a.order.by == api.OrderCreatedAt
	for len(rows) < n {
		page := pages.Request{Offset: first + len(rows), Limit: min(rangePageSize, n-len(rows))}
		if chained && len(rows) > 0 && !rows[len(rows)-1].HasNoID() {
			page.Offset, page.After = 0, rows[len(rows)-1].ID
		}
		users, err := client.ListUsers(ctx, a.apiQuery(page))
		if err != nil {
			return nil, err
		}
		rows = append(rows, localsearch.NewRows(users)...)
		if have(len(rows)); len(users) == 0 {
			break // a page that is only short may have others behind it
		}
	}
	return rows, nil
}

// takeRange marks who was read.
func (v *View) takeRange(msg rangeMsg) tea.Cmd {
	if msg.err != nil {
		what, next := errorSentences(msg.err)
		if errors.Is(msg.err, errListChanged) {
			what, next = "The list changed while the range was read.", "Begin it again."
		}
		return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneBad, Text: "Nobody was marked: " + what, Next: next})
	}
	if n := len(msg.rows) + len(v.marks.ids); n > maxMarks {
		return notifyTooManyMarks(n)
	}
	marked := 0
	for _, r := range msg.rows {
		v.marks.add(r)
		if v.marks.has(r.ID) {
			marked++
		}
	}
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneInfo, Text: fmt.Sprintf("Marked %s", userfmt.Count(marked, "user"))})
}
