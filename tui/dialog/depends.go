package dialog

import "slices"

// checks says that the checklist is asked for what has been answered so far.
func (m *Model) checks() bool {
	return m.prompt.ChecklistWhen == nil || m.prompt.ChecklistWhen(m.answers())
}

// depend brings what hangs on the answers together in line with them: what is
// wrong with one because of another, at once, and whether there is a checklist.
func (m *Model) depend() {
	for i := range m.inputs {
		s := stop{kind: stopInput, index: i}
		what := m.conflict(m.inputs[i])
		switch {
		case what != "":
			m.wrong[s], m.clash = what, what
		case m.clash != "" && m.wrong[s] == m.clash:
			delete(m.wrong, s)
		}
	}
	at := m.at()
	m.arrange()
	m.focus = max(0, slices.Index(m.stops, at))
}

// conflict is why the answer of a field does not go with the others.
func (m *Model) conflict(in input) string {
	if m.prompt.FindConflict == nil {
		return ""
	}
	if field, what := m.prompt.FindConflict(m.answers()); field == in.field.Name {
		return what
	}
	return ""
}
