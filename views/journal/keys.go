package journal

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// Actions returns the actions of the screen, in the order of the help. While the filter has
// the focus, keys that edit text are not bound.
func (l *list) Actions() []tui.Action {
	none := ""
	e := l.current()
	if e == nil {
		none = "nothing is listed"
	}
	out := []tui.Action{
		{ID: actJournal, Title: title, Group: tui.GroupEverywhere, Off: "this is the journal"},
		{ID: actOpen, Title: "Open the record", FooterLabel: "open", Group: group, FooterRank: 9, Off: none,
			Help: "Shows the values before and after, the reason, who did it, and how it was confirmed.", Do: l.open},
		personAction(l.env, l.words, e),
		{ID: actCopy, Title: "Copy the record", FooterLabel: "copy", Group: group, FooterRank: 6, Off: none,
			Help: "Copies the record as text, for a ticket.", Do: func() tea.Cmd { return copyRecord(l.words, *l.current(), l.env) }},
		{ID: actFilter, Title: "Filter", FooterLabel: "filter", Group: group, FooterRank: 8,
			Help: "By a name, reason or ticket; by:jo, op:ban, user:maya, is:refused, since:7d.", Do: func() tea.Cmd { l.typing = true; return nil }},
		{ID: actRefresh, Title: "Refresh", FooterLabel: "refresh", Group: group, FooterRank: 3,
			Help: "Reads the journal again and checks it.", Do: l.refresh},
	}
	if l.typing {
		out[1] = tui.Action{ID: actOpen, Title: "Keep the filter", FooterLabel: "to the list", Group: group, FooterRank: 9, Do: func() tea.Cmd { l.typing = false; return nil }}
	}
	if l.typing || l.box.Value() != "" {
		out = append(out, tui.Action{ID: actClear, Title: "Clear the filter", FooterLabel: "clear", Group: group, FooterRank: 7, Do: l.clear})
	}
	return append(out, l.moves()...)
}

func (l *list) clear() tea.Cmd {
	l.typing = false
	l.box.Reset()
	return l.filter()
}

func (l *list) moves() []tui.Action {
	by := func(n int) func() tea.Cmd { return func() tea.Cmd { return l.move(n) } }
	page := func(n int) func() tea.Cmd { return func() tea.Cmd { return l.page(n) } }
	out := []tui.Action{
		{ID: "list.down", Title: "Down", Group: tui.GroupMove, Do: by(1)}, {ID: "list.up", Title: "Up", Group: tui.GroupMove, Do: by(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: tui.GroupMove, Do: page(l.height)}, {ID: "list.pageup", Title: "Page up", Group: tui.GroupMove, Do: page(-l.height)},
	}
	if l.typing {
		return out
	}
	half := max(1, l.height/2)
	return append(out,
		tui.Action{ID: "list.halfdown", Title: "Half a page down", Group: tui.GroupMove, Do: page(half)}, tui.Action{ID: "list.halfup", Title: "Half a page up", Group: tui.GroupMove, Do: page(-half)},
		tui.Action{ID: "list.top", Title: "Newest", Group: tui.GroupMove, Do: by(-len(l.rows))}, tui.Action{ID: "list.bottom", Title: "Oldest", Group: tui.GroupMove, Do: l.goToEnd})
}

// personAction returns the action that opens the user of an entry, or a menu of several.
func personAction(env *action.Env, w Words, e *journal.Entry) tui.Action {
	a := tui.Action{ID: actPerson, Title: "Open the person", FooterLabel: "person", Group: group, FooterRank: 5, Help: "Opens the user who was changed."}
	if e == nil {
		a.Off = "nothing is listed"
		return a
	}
	people := targets(*e)
	switch {
	case len(people) == 0:
		a.Off = "this change is not about a single person"
	case !w.isHere(*e):
		a.Off = "this was done on another instance: " + w.instance(e.Instance)
	case env.NewUserView == nil || len(people) == 1 && people[0].ID == "":
		a.Off = "the record has no id"
	case len(people) == 1:
		a.Do = func() tea.Cmd { return openPerson(env, people[0]) }
	default:
		a.Title = "Open a person…"
		a.Do = func() tea.Cmd { return tui.OpenMenu(peopleMenu(env, w, people)) }
	}
	return a
}

func openPerson(env *action.Env, t journal.Target) tea.Cmd {
	return tui.Push(env.NewUserView(env, &api.User{ID: clean.NewText(t.ID)}))
}

// peopleMenu returns a menu of the users of a record with the outcome for each.
func peopleMenu(env *action.Env, w Words, people []journal.Target) tui.Menu {
	m := tui.Menu{Title: "Open a person"}
	shown := w.Shown(journal.Entry{Record: journal.Record{Targets: people}}).Targets
	for i, t := range people {
		name, address := w.target(shown[i])
		a := tui.Action{ID: "journal.person " + w.show(shown[i].ID), Title: name, Note: address, Do: func() tea.Cmd { return openPerson(env, t) }}
		if t.ID == "" {
			a.Off = "the record has no id"
		}
		m.Items = append(m.Items, a)
	}
	return m
}
