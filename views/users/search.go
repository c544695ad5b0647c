package users

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/users/localsearch"
)

// search looks for what stands in the box: among the rows that are here at once,
// and after a pause on the server. What cannot be asked is not asked in part.
func (v *View) search(typed string) tea.Cmd {
	s := search.Parse(typed, v.env.Now())
	if v.unasked = nil; s.InvalidToken() != nil {
		v.unasked = &s
		return v.foresee(s)
	}
	n := localsearch.NewSearch(s, v.env.Now())
	switch {
	case n.Empty():
		return v.unsearch()
	case v.want != nil && n.Same(v.want.ask.needle) && (v.want.state == running || v.want.state == ready):
		return nil
	}
	return tea.Batch(v.seek(ask{needle: n, order: v.order}, v.pause()), v.foresee(s))
}

// seek asks for a search that is not the one on the screen.
func (v *View) seek(a ask, pause time.Duration) tea.Cmd {
	follow := v.chosen()
	v.local = v.match(a.needle, follow)
	v.serial++
	r := newResult(v.serial, a, v.full)
	r.follow = follow
	v.want = r
	return v.first(r, "Searching", 0, pause)
}

// again is what to ask for when the same is asked for later: "the last seven
// days" are others by then.
func (v *View) again(a ask) ask {
	now := v.env.Now()
	s := search.Parse(a.needle.Search.Text, now)
	if a.needle.Search.IsAnyOrder() {
		s, _ = s.AnyOrder()
	}
	a.needle = localsearch.NewSearch(s, now)
	return a
}

// settled follows up on a search all of whose people are here. Who was pasted
// opens; where nobody has the words as they were typed, they are looked for in
// any order.
func (v *View) settled(r *result) tea.Cmd {
	if r != v.want || !r.pages.Whole() {
		return nil
	}
	if r.pages.Len() > 0 {
		return v.landed(r)
	}
	loose, ok := r.ask.needle.Search.AnyOrder()
	if !ok {
		return v.suggest(r)
	}
	a := r.ask
	a.needle = localsearch.NewSearch(loose, a.needle.At)
	cmd := v.seek(a, v.pause()+looseAfter)
	v.want.land, v.want.anyCountry = r.land, r.anyCountry
	return cmd
}

// looseAfter is how long the words must have stood before they are looked for in
// any order, which may take a scan.
const looseAfter = 200 * time.Millisecond

// chosen is the id of whom the operator put the cursor on in this search, "" where
// they left it on the best match.
func (v *View) chosen() string {
	r := v.current()
	switch {
	case !v.moved:
		return ""
	case v.want.follow != "":
		return v.want.follow
	case r != nil:
		return r.ID
	}
	return ""
}

// unsearch shows everybody again, as it was before the search.
func (v *View) unsearch() tea.Cmd {
	if v.want != nil && v.want.ask.needle.Empty() {
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
	v.unasked = nil
	return v.unsearch()
}

// put puts a text into the box in the place of what is there, and looks for it.
func (v *View) put(text string) tea.Cmd {
	text = search.Clean(text)
	v.longest = max(boxLimit, len([]rune(text))+boxMore)
	v.box.SetValue(text)
	v.moved, v.picked = false, false
	return v.search(v.box.Value())
}

// stop gives up what was asked for last.
func (v *View) stop() tea.Cmd {
	cmd := v.recall(v.want)
	v.missed(v.want, 0, context.Canceled)
	return cmd
}

// recall ends what is under way for a result.
func (v *View) recall(r *result) tea.Cmd {
	var cmds []tea.Cmd
	for key, f := range v.flights {
		if f.result == r {
			f.cancel()
			delete(v.flights, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}
