package users

import (
	"context"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/table"
)

// search looks for what stands in the box: among the rows that are here at once,
// and after a pause on the server.
func (v *View) search(typed string) tea.Cmd {
	n := newNeedle(typed)
	switch {
	case n.empty():
		return v.unsearch()
	case v.want != nil && n.folded == v.want.ask.needle.folded:
		return nil
	}
	var follow *row
	if v.moved {
		follow = v.current()
	}
	v.local = v.match(n, follow)
	v.serial++
	r := newResult(v.serial, ask{needle: n, order: v.order})
	if follow != nil {
		r.follow = follow.id
	}
	v.want = r
	return v.first(r, "Searching", 0, v.pause())
}

// match is what is here already and matches. The best match has the cursor,
// unless the operator had put it on somebody who matches too.
func (v *View) match(n needle, follow *row) *local {
	pool := v.pool()
	found := &local{rows: matched(pool, n)}
	if len(found.rows) == 0 {
		found.rows, found.near = nearest(pool, n), true
	}
	if len(found.rows) > localMost {
		found.rows = found.rows[:localMost]
	}
	for i, r := range found.rows {
		if follow != nil && r.id == follow.id {
			found.win = table.Window{Cursor: i}.Keep(len(found.rows), v.height())
		}
	}
	return found
}

// unsearch shows everybody again, as it was before the search.
func (v *View) unsearch() tea.Cmd {
	if v.want != nil && v.want.ask.needle.empty() {
		return nil
	}
	v.local, v.moved = nil, false
	if v.base == nil {
		return v.start(ask{order: v.order}, "Reading users", 0)
	}
	v.want = v.base
	cmd := v.replace(v.base)
	if v.base.ask.order != v.order {
		return tea.Batch(cmd, v.start(ask{order: v.order}, "Sorting", 0))
	}
	return cmd
}

// clear empties the box and closes it.
func (v *View) clear() tea.Cmd {
	v.closeBox()
	v.box.Reset()
	return v.unsearch()
}

// stop gives up what was asked for last.
func (v *View) stop() tea.Cmd {
	var cmds []tea.Cmd
	for key, f := range v.flights {
		if f.result == v.want {
			f.cancel()
			delete(v.flights, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	v.missed(v.want, 0, context.Canceled)
	return tea.Batch(cmds...)
}

// printable is s without what no name is searched by: controls, line ends,
// invisible and bidi characters that a paste brings along.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
}
