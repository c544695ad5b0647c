package journal

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
)

const (
	actRecordPerson = "record.person"
	actRecordCopy   = "record.copy"
	actRecordUndo   = "record.undo"
)

// record is the screen of one entry.
type record struct {
	env    *action.Env
	words  Words
	entry  journal.Entry
	top    int // first line drawn
	height int // lines drawn last, of lines
	lines  int
}

// NewRecord returns the screen of one entry.
func NewRecord(env *action.Env, e journal.Entry) tui.View {
	return &record{env: env, words: Words{Env: env}, entry: e, height: 1}
}

// Title returns the title of the operation.
func (v *record) Title() string { return v.words.What(v.entry) }

// Init returns nil, because the entry is complete.
func (v *record) Init() tea.Cmd { return nil }

// ReadOnly lets the palette leave this screen for another.
func (v *record) ReadOnly() {}

// Typing returns false; the screen has no text input.
func (v *record) Typing() bool { return false }

// Update handles the mouse wheel, and an outcome that arrives later.
func (v *record) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		return v.scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	case newerMsg:
		if ending := msg.endings[v.entry.ID]; ending != nil && v.entry.Kind == journal.Intent {
			v.entry.Ending = ending
		}
	}
	return nil
}

func (v *record) scroll(by int) tea.Cmd {
	v.top = max(0, min(v.top+by, v.lines-v.height))
	return nil
}

// Actions returns the actions of the screen.
func (v *record) Actions() []tui.Action {
	person := personAction(v.env, v.words, &v.entry)
	person.ID, person.FooterLabel, person.FooterRank = actRecordPerson, "open the person", 9
	by := func(n int) func() tea.Cmd { return func() tea.Cmd { return v.scroll(n) } }
	page := max(1, v.height-2)
	return []tui.Action{
		person,
		{ID: actRecordCopy, Title: "Copy the record", FooterLabel: "copy", Group: group, FooterRank: 8, Help: "Copies the record as text, for a ticket.",
			Do: func() tea.Cmd { return copyRecord(v.words, v.entry, v.env) }},
		undoAction(v.env, v.entry),
		{ID: "list.down", Title: "Down", Group: tui.GroupMove, Do: by(1)}, {ID: "list.up", Title: "Up", Group: tui.GroupMove, Do: by(-1)},
		{ID: "list.pagedown", Title: "Page down", Group: tui.GroupMove, Do: by(page)}, {ID: "list.pageup", Title: "Page up", Group: tui.GroupMove, Do: by(-page)},
		{ID: "list.halfdown", Title: "Half a page down", Group: tui.GroupMove, Do: by(max(1, page/2))}, {ID: "list.halfup", Title: "Half a page up", Group: tui.GroupMove, Do: by(-max(1, page/2))},
		{ID: "list.top", Title: "First line", Group: tui.GroupMove, Do: by(-v.lines)}, {ID: "list.bottom", Title: "Last line", Group: tui.GroupMove, Do: by(v.lines)},
	}
}

// undoAction returns the action that undoes the change, if it is the operator's own.
func undoAction(env *action.Env, e journal.Entry) tui.Action {
	a := tui.Action{ID: actRecordUndo, Title: "Undo this change", FooterLabel: "undo this", Group: group, FooterRank: 7, Help: "Undoes this change, if it is your own. You are asked first."}
	switch op, known := env.Catalogue.Get(e.Operation); {
	case e.Kind != journal.Intent, known && op.Tier == ops.T0:
		a.Off = "this record is not a change"
	case e.State() == journal.Denied, e.State() == journal.AlreadyGone:
		a.Off = "nothing was changed"
	}
	a.Do = func() tea.Cmd { return action.UndoRecord(env, e.ID) }
	return a
}

// copyRecord copies an entry as plain text.
func copyRecord(w Words, e journal.Entry, env *action.Env) tea.Cmd {
	return tui.Copy(w.Text(w.Shown(e), env.Now()), "the record of “"+w.What(e)+"”")
}
