package users

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
)

// marksMost is how many people can be marked: more than one acts on at once, and
// few enough to be kept in memory whole.
const marksMost = 5000

// marks are the people who were chosen, by id, in the order in which they were.
// They outlive searches, orders, pages and refreshes.
type marks struct {
	ids  []string
	byID map[string]*localsearch.Row
	from origin // where the range begins that is being chosen
	// busy is the operation of several users that is under way, nil for none.
	busy *ops.Operation
	// last is how the last operation of several users ended, nil where none did,
	// and people those in it, as they are known now.
	last   *action.BulkResult
	people map[string]*api.User
}

func (m *marks) has(id string) bool { return m.byID[id] != nil }

// add marks somebody; an entry that is nobody cannot be marked.
func (m *marks) add(r *localsearch.Row) {
	if r.Unread() {
		return
	}
	if m.byID == nil {
		m.byID = map[string]*localsearch.Row{}
	}
	if !m.has(r.ID) {
		m.ids = append(m.ids, r.ID)
	}
	m.byID[r.ID] = r
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
func (m *marks) learn(r *localsearch.Row) {
	if m.has(r.ID) {
		m.byID[r.ID] = r
	}
	if m.people[r.ID] != nil {
		m.people[r.ID] = r.User
	}
}

// ended takes it that an operation of several users is over: whom it is through
// with is unmarked, the others stay for another try.
func (m *marks) ended(how action.BulkResult) {
	m.last, m.people = &how, map[string]*api.User{}
	how.EachUser(func(u *api.User, through bool) {
		m.people[u.ID.Raw()] = u
		if through {
			m.remove(u.ID.Raw())
		}
	})
}

// works notes whether an operation of several users is under way.
func (m *marks) works(c *ops.Catalogue, msg tui.TaskMsg) {
	if op, known := c.Get(msg.Key); known && op.Scope == ops.ScopeUsers {
		if m.busy = nil; msg.Running {
			m.busy = &op
		}
	}
}

// crowd are the marked people as they are known best.
func (v *View) crowd() action.Selection {
	c := action.Selection{Hidden: func(u *api.User) bool { return v.leavesOut(v.marks.byID[u.ID.Raw()]) }}
	c.Users = make([]*api.User, 0, len(v.marks.ids))
	for _, id := range v.marks.ids {
		c.Users = append(c.Users, v.marks.byID[id].User)
	}
	return c
}

// leavesOut says that the list on the screen does not have a person. One whose
// page is not here is in it where they match what is searched.
func (v *View) leavesOut(r *localsearch.Row) bool {
	n := v.listing().needle
	if n.Empty() {
		return false
	}
	if v.stage() == stageRows {
		if _, found := v.shown.pages.Find(r.ID); found {
			return false
		}
		if v.shown.pages.Whole() {
			return true
		}
	}
	matches := r.Holds(n)
	return !matches
}

// mark marks the person under the cursor, or takes the mark away, and moves on.
func (v *View) mark() tea.Cmd {
	r := v.current()
	switch {
	case r == nil:
		return nil
	case v.marks.has(r.ID):
		v.marks.remove(r.ID)
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
	return tui.Notify(tui.Toast{ID: "list.mark", Tone: tui.ToneInfo, Text: "Unmarked " + userfmt.Count(n, "user")})
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
		if r := p.list.at(i); r != nil && v.marks.has(r.ID) {
			return table.Span{Text: "✓", Ink: p.accent}
		}
		if ranging && i >= first && i <= last {
			return table.Span{Text: "+", Ink: p.accent}
		}
		return table.Span{}
	}
}
