package user

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// listSource reads a page of a list and identifies its rows.
type listSource[T any] struct {
	call func(ctx context.Context, c *api.Client, id clean.Text, limit, offset int) (api.Page[T], error)
	id   func(T) clean.Text
}

// readFrom reads on behind the rows in have until there are want of them, or no more.
// It calls the server page by page, so it runs in a task.
//
// Every page but the first must begin with the last row known. If it does not, rows
// were added or removed meanwhile: the list is then read anew, once, and moved is
// true. Even if the server's order changes with every request, each row is returned
// only once.
func (p listSource[T]) readFrom(ctx context.Context, c *api.Client, id clean.Text, have []T, want int) (all api.Page[T], moved bool, err error) {
	all.Rows = slices.Clip(have)
	for {
		before := len(all.Rows)
		page, err := p.call(ctx, c, id, pageSize, max(0, before-1))
		if err != nil {
			return all, moved, err
		}
		all.Total = page.Total
		if before > 0 && !p.continues(all.Rows, page.Rows) && !moved {
			all.Rows, moved = nil, true
			continue
		}
		all.Rows = p.appendNew(all.Rows, page.Rows)
		if n := len(all.Rows); n >= want || n >= all.Total || n == before {
			return all, moved, nil
		}
	}
}

// continues reports whether a page begins with the last of rows.
func (p listSource[T]) continues(rows, page []T) bool {
	return len(page) > 0 && p.id(page[0]) == p.id(rows[len(rows)-1])
}

// appendNew appends the rows of a page that are not in rows yet.
func (p listSource[T]) appendNew(rows, page []T) []T {
	known := make(map[clean.Text]bool, len(rows))
	for _, r := range rows {
		known[p.id(r)] = true
	}
	for _, r := range page {
		if id := p.id(r); id.Empty() || !known[id] {
			rows, known[id] = append(rows, r), true
		}
	}
	return rows
}

// listEnd is the line of a sheet at which the loaded rows of a list end, and the
// function that reads more.
type listEnd struct {
	line int
	more func() tea.Cmd
}

// drawTail draws how many rows are not loaded yet, and records where.
func (l *remoteList[T]) drawTail(p *sheet) {
	list := l.list()
	if !list.HasMore() || l.readErr != nil {
		return
	}
	n := len(list.Rows)
	p.tails = append(p.tails, listEnd{len(p.lines), func() tea.Cmd { return l.readMore(n) }})
	rest := userfmt.Number(list.Total-n) + " more"
	switch {
	case l.readMoreErr != nil:
		p.add(append([]span{p.warn("! " + rest + " not read: "), p.plain(l.env.Mask.Text(shortReason(l.readMoreErr)) + "   ")}, p.hint("user.refresh", "retry")...)...)
	case l.isReading && l.isReadingMore:
		p.add(p.dim(rest + ", reading…"))
	default:
		p.add(p.dim(rest))
	}
}

// position returns a function that says which row of the list row i is.
func (l *remoteList[T]) position(i int) func() string {
	return func() string {
		here := l.noun + " " + userfmt.Number(i+1)
		if list := l.list(); list.Total >= len(list.Rows) {
			here += " of " + userfmt.Number(list.Total)
		}
		return here
	}
}

// screensAhead is how many screens before the end of the loaded rows more are read.
const screensAhead = 2

// readAhead reads more of the lists whose loaded rows end near the viewport.
func (d *detail) readAhead() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range d.viewport.tails {
		if d.viewport.offset+(1+screensAhead)*d.viewport.height >= t.line {
			cmds = append(cmds, t.more())
		}
	}
	return tea.Batch(cmds...)
}
