package dialog

import "slices"

// asksChecklist says that the checklist is asked for what has been answered so far.
func (m *Model) asksChecklist() bool {
	return m.prompt.ChecklistWhen == nil || m.prompt.ChecklistWhen(m.answers())
}

// revalidateDependents brings what hangs on the answers together in line with them: what is
// wrong with one because of another, at once, and whether there is a checklist.
func (m *Model) revalidateDependents() {
	for i := range m.inputs {
		s := stop{kind: stopInput, index: i}
		what := m.conflictAt(m.inputs[i])
		switch {
		case what != "":
			m.problems[s], m.lastConflict = what, what
		case m.lastConflict != "" && m.problems[s] == m.lastConflict:
			delete(m.problems, s)
		}
	}
	at := m.focused()
	m.listStops()
	m.focus = max(0, slices.Index(m.stops, at))
}

// conflictAt is why the answer of a field does not go with the others.
func (m *Model) conflictAt(in input) string {
	if m.prompt.FindConflict == nil {
		return ""
	}
	if field, what := m.prompt.FindConflict(m.answers()); field == in.field.Name {
		return what
	}
	return ""
}
