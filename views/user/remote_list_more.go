package user

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// listSource reads a part of a list, and tells its rows apart.
type listSource[T any] struct {
	call func(ctx context.Context, c *api.Client, id clean.Text, limit, offset int) (api.Page[T], error)
	id   func(T) clean.Text
}

// readFrom reads on behind the rows in have until there are want of them, or no more.
// It calls the server, page by page: for Tasks only.
//
// Every page but the first begins with a row that is known. If it does not, rows
// have come or gone meanwhile: then all is read anew, once, and moved is true. Should
// the server give them in another order every time, each row still comes once.
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

// continues says that a page begins with the row that the rows end with.
func (p listSource[T]) continues(rows, page []T) bool {
	return len(page) > 0 && p.id(page[0]) == p.id(rows[len(rows)-1])
}

// appendNew is rows with those of a page that are not among them.
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

// listEnd is where on a sheet the rows of a list end, and how more of them are read.
type listEnd struct {
	at   int
	more func() tea.Cmd
}

// tail writes what there is behind the rows, and notes where that is.
func (l *remoteList[T]) tail(p *sheet) {
	list := l.list()
	if !list.HasMore() || l.failed != nil {
		return
	}
	n := len(list.Rows)
	p.tails = append(p.tails, listEnd{len(p.lines), func() tea.Cmd { return l.readMore(n) }})
	rest := comma(list.Total-n) + " more"
	switch {
	case l.moreFailed != nil:
		p.add(append([]span{p.warn("! " + rest + " not read: "), p.plain(l.env.Mask.Text(shortReason(l.moreFailed)) + "   ")}, p.hint("user.refresh", "reads again")...)...)
	case l.isReading && l.isReadingMore:
		p.add(p.dim(rest + ", reading…"))
	default:
		p.add(p.dim(rest))
	}
}

// position says which of the list its i-th row is.
func (l *remoteList[T]) position(i int) func() string {
	return func() string {
		here := l.noun + " " + comma(i+1)
		if list := l.list(); list.Total >= len(list.Rows) {
			here += " of " + comma(list.Total)
		}
		return here
	}
}

// screensAhead is how many screens before the end of what is there more of it is read.
const screensAhead = 2

// readAhead reads more of the lists whose end is near.
func (d *detail) readAhead() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range d.viewport.tails {
		if d.viewport.offset+(1+screensAhead)*d.viewport.height >= t.at {
			cmds = append(cmds, t.more())
		}
	}
	return tea.Batch(cmds...)
}
