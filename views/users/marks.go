package users

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/person"
)

// marksMost is how many people can be marked: more than one acts on at once, and
// few enough to be kept in memory whole.
const marksMost = 5000

// marks are the people who were chosen, by id, in the order in which they were.
// They outlive searches, orders, pages and refreshes.
type marks struct {
	ids  []string
	byID map[string]*row
	from origin // where the range begins that is being chosen
	// busy says that an operation of several users is under way.
	busy bool
	// last is how the last operation of several users ended, nil where none did,
	// and people those in it, as they are known now.
	last   *action.Settled
	people map[string]*api.User
}

func (m *marks) has(id string) bool { return m.byID[id] != nil }

func (m *marks) add(r *row) {
	if m.byID == nil {
		m.byID = map[string]*row{}
	}
	if !m.has(r.id) {
		m.ids = append(m.ids, r.id)
	}
	m.byID[r.id] = r
}

func (m *marks) remove(id string) {
	if !m.has(id) {
		return
	}
	delete(m.byID, id)
	kept := m.ids[:0]
	for _, one := range m.ids {
		if one != id {
			kept = append(kept, one)
		}
	}
	m.ids = kept
}

func (m *marks) clear() { m.ids, m.byID = nil, nil }

// learn takes a newer state of a person in.
func (m *marks) learn(r *row) {
	if m.has(r.id) {
		m.byID[r.id] = r
	}
	if m.people[r.id] != nil {
		m.people[r.id] = r.user
	}
}

// ended takes it that an operation of several users is over: whom it is through
// with is unmarked, the others stay for another try.
func (m *marks) ended(how action.Settled) {
	m.last, m.people = &how, map[string]*api.User{}
	how.People(func(u *api.User, through bool) {
		m.people[u.ID.Raw()] = u
		if through {
			m.remove(u.ID.Raw())
		}
	})
}

// works notes whether an operation of several users is under way.
func (m *marks) works(c *ops.Catalogue, msg tui.TaskMsg) {
	if op, known := c.Get(msg.Key); known && op.Scope == ops.ScopeUsers {
		m.busy = msg.Running
	}
}

// crowd are the marked people as they are known best.
func (v *View) crowd() action.Crowd {
	c := action.Crowd{Hidden: func(u *api.User) bool { return v.leavesOut(v.marks.byID[u.ID.Raw()]) }}
	for _, id := range v.marks.ids {
		r := v.marks.byID[id]
		if now := v.here(id); now != nil {
			r = now
		}
		c.People = append(c.People, r.user)
	}
	return c
}

// here is the row of an id among those that are here, nil where it is not.
func (v *View) here(id string) *row {
	for _, held := range v.results() {
		if at, found := held.pages.find(id); found {
			return held.pages.at(at)
		}
	}
	return nil
}

// leavesOut says that the list on the screen does not have a person. One whose
// page is not here is in it where they match what is searched.
func (v *View) leavesOut(r *row) bool {
	n := v.listing().needle
	if n.empty() {
		return false
	}
	if v.stage() == stageRows {
		if _, found := v.shown.pages.find(r.id); found {
			return false
		}
		if v.shown.pages.whole() {
			return true
		}
	}
	_, matches := score(r, n)
	return !matches
}

// mark marks the person under the cursor, or takes the mark away, and moves on.
func (v *View) mark() tea.Cmd {
	r := v.current()
	switch {
	case r == nil:
		return nil
	case v.marks.has(r.id):
		v.marks.remove(r.id)
	case len(v.marks.ids) >= marksMost:
		return tooMany(len(v.marks.ids) + 1)
	default:
		v.marks.add(r)
	}
	return v.move(1)
}

func tooMany(n int) tea.Cmd {
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneWarn,
		Text: fmt.Sprintf("%s would be marked, and at most %s can be", comma(n), comma(marksMost)), Next: "Nobody was marked."})
}

// unmark takes all marks away, and says so.
func (v *View) unmark() tea.Cmd {
	n := len(v.marks.ids)
	v.marks.clear()
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneInfo, Text: "Unmarked " + person.Count(n, "user")})
}

// marking are the keys that mark, and what can be done with those marked.
func (v *View) marking() []tui.Action {
	const group = "Marks"
	n := len(v.marks.ids)
	mark := tui.Action{ID: "list.mark", Title: "Mark", Short: "mark", Group: group, Off: v.nobody(),
		Help: "Marks the person under the cursor, or takes the mark away, and moves on. Marks stay through searches.", Do: v.do(v.mark)}
	if n == 0 && !v.typing {
		mark.Hint = 7
	}
	span := tui.Action{ID: "list.range", Title: "Begin a range", Short: "range", Group: group, Off: v.nobody(),
		Help: "Marks everybody from here to where it is pressed again.", Do: v.do(v.ranged)}
	if v.marks.from.id != "" {
		span.Title, span.Short, span.Hint = "Mark the range", "mark the range", 10
	}
	all := []tui.Action{mark, span}
	if n > 0 && v.clears() {
		all = append(all, tui.Action{ID: "list.unmark", Title: "Clear marks", Group: group, Help: "Unmarks everybody.", Do: v.do(v.unmark)})
	}
	return append(all, v.looking()...)
}

// clears says that esc has something else to clear than marks.
func (v *View) clears() bool {
	return v.marks.from.id != "" || v.typing || !v.want.ask.needle.empty() || v.want.state == running || v.unasked != nil
}

// clearing is what esc does where it is about marks.
func (v *View) clearing() (tui.Action, bool) {
	a := tui.Action{ID: "list.clear", Group: groupFind}
	switch {
	case v.typing:
		return a, false
	case v.marks.from.id != "":
		a.Title, a.Short, a.Hint, a.Do = "Drop the range", "drop it", 9, v.do(v.dropRange)
		a.Help = "Marks nobody."
		return a, true
	case len(v.marks.ids) > 0 && !v.clears():
		a.Title, a.Short, a.Hint, a.Do = "Clear marks", "unmark", 6, v.do(v.unmark)
		a.Help = "Unmarks everybody."
		return a, true
	}
	return a, false
}

// looking are the ways back to the last operation of several users.
func (v *View) looking() []tui.Action {
	if v.marks.last == nil {
		return nil
	}
	all := []tui.Action{v.marks.last.Account(v.env)}
	undo, ok := v.marks.last.Undo(v.env, func(id api.Text) *api.User { return v.marks.people[id.Raw()] })
	if ok {
		all = append([]tui.Action{undo}, all...)
	}
	return all
}

// many are the operations of several users, first where people are marked.
func (v *View) many() []tui.Action {
	if len(v.marks.ids) == 0 {
		return nil
	}
	all := action.ForCrowd(v.env, v.crowd())
	for i := range all {
		switch {
		case v.marks.busy:
			all[i].Off = "one of these is under way"
		case all[i].Off == "" && v.marks.from.id == "":
			all[i].Hint = 10
		}
	}
	return all
}

// menu is what can be done: with those marked first, then with the person under
// the cursor, who is named apart.
func (v *View) menu() tui.Menu {
	m := action.Menu(v.env, v.user())
	over := v.many()
	if len(over) == 0 {
		m.Items = append(m.Items, v.looking()...)
		return m
	}
	c := v.crowd()
	for i, line := range m.Context {
		m.Context[i] = "at the cursor: " + line
	}
	m.Context = append([]string{"marked: " + action.Named(c)}, m.Context...)
	m.Items = slices.Concat(over, v.looking(), v.unlessMarked(m.Items))
	return m
}

// unlessMarked takes out of a person's actions those of several users, where they
// are offered for the people who are marked, and gives the key of what does the
// same to one person to them.
func (v *View) unlessMarked(all []tui.Action) []tui.Action {
	if len(v.marks.ids) == 0 {
		return all
	}
	each := map[string]bool{}
	all = slices.DeleteFunc(all, func(a tui.Action) bool {
		op, _ := v.env.Catalogue.Get(a.ID)
		each[op.Each] = true
		return op.Scope == ops.ScopeUsers
	})
	for i, a := range all {
		if each[a.ID] {
			all[i].ID = "cursor." + a.ID
		}
	}
	return all
}

// markWords begin the footer's left side while people are marked or a range is
// being chosen, "" else.
func (v *View) markWords() string {
	n := len(v.marks.ids)
	says := ""
	if v.marks.from.id != "" {
		says = "range of " + comma(v.spanned()) + " · "
	}
	if n > 0 {
		says += comma(n) + " marked · "
	}
	return says
}

// side draws the gutter's first cell: who is marked, and whom the range that is
// being chosen will mark. nil is nobody.
func (p *painter) side() func(int) table.Span {
	v := p.view
	first, last, ranging := v.reaches()
	if len(v.marks.ids) == 0 && !ranging {
		return nil
	}
	return func(i int) table.Span {
		if r := p.list.at(i); r != nil && v.marks.has(r.id) {
			return table.Span{Text: "✓", Ink: p.accent}
		}
		if ranging && i >= first && i <= last {
			return table.Span{Text: "+", Ink: p.accent}
		}
		return table.Span{}
	}
}
