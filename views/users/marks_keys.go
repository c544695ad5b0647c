package users

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
)

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
	all := v.surely([]tui.Action{mark, span})
	if n > 0 && v.clears() {
		all = append(all, tui.Action{ID: "list.unmark", Title: "Clear marks", Group: group, Help: "Unmarks everybody.", Do: v.do(v.unmark)})
	}
	if n > 0 || v.marks.busy != nil {
		all = append(all, v.quitting())
	}
	return append(all, v.looking()...)
}

// quitAgain is how long the key that leaves may be pressed once more.
const quitAgain = 10 * time.Second

// quitting stands in the way of the key that leaves, once: what is under way stops
// by it, or the marks go with it.
func (v *View) quitting() tui.Action {
	toast := tui.Toast{ID: "list.quit", Tone: tui.ToneWarn}
	a := tui.Action{ID: "app.out", Title: "Quit, though people are marked", Group: "Marks", Help: "Says first how many are marked."}
	switch n := len(v.marks.ids); {
	case v.marks.busy != nil:
		a.Title, a.Help = "Quit, though work is under way", "Says first what becomes of it."
		toast.ID = v.marks.busy.ID // how it ended takes its place
		toast.Text = v.marks.busy.Doing + " several users is under way; the same key again stops it and leaves"
		toast.Next = "What was sent by then is finished first, the others stay as they are."
	case n == 1:
		toast.Text, toast.Next = "1 is marked; the same key again leaves", "Marks are not kept."
	default:
		toast.Text, toast.Next = comma(n)+" are marked; the same key again leaves", "Marks are not kept."
	}
	a.Do = func() tea.Cmd {
		now := v.env.Now()
		if since := now.Sub(v.quit); since >= 0 && since < quitAgain && v.warned == toast.ID {
			return tui.Pop()
		}
		v.quit, v.warned = now, toast.ID
		return tui.Notify(toast)
	}
	return a
}

// clears says that esc has something else to clear than marks.
func (v *View) clears() bool {
	return v.marks.from.id != "" || v.typing || !v.want.ask.needle.Empty() || v.want.state == running || v.unasked != nil
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
	all := []tui.Action{v.marks.last.ResultsAction(v.env)}
	undo, ok := v.marks.last.UndoAction(v.env, func(id clean.Text) *api.User { return v.marks.people[id.Raw()] })
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
	all := action.SelectionActions(v.env, v.crowd())
	for i := range all {
		switch {
		case v.marks.busy != nil:
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
	m := action.UserMenu(v.env, v.user())
	over := v.many()
	if len(over) == 0 {
		m.Items = append(v.settleFirst(m.Items), v.looking()...)
		return m
	}
	c := v.crowd()
	for i, line := range m.Context {
		m.Context[i] = "at the cursor: " + line
	}
	m.Context = append([]string{"marked: " + action.DescribeSelection(c)}, m.Context...)
	m.Items = slices.Concat(v.settleFirst(over), v.looking(), v.settleFirst(v.unlessMarked(m.Items)))
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
		each[op.SingleOp] = true
		return op.Scope == ops.ScopeUsers
	})
	for i, a := range all {
		if each[a.ID] {
			all[i].ID = atCursor + a.ID
		}
	}
	return all
}

// atCursor begins the id of an action of one person whose key is given away.
const atCursor = "cursor."
