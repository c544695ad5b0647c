package dialog

import "slices"

// asksChecklist reports whether the answers so far require the checklist.
func (m *Model) asksChecklist() bool {
	return m.prompt.ChecklistWhen == nil || m.prompt.ChecklistWhen(m.answers())
}

// revalidateDependents updates what depends on several answers: errors in one field
// caused by another, and whether there is a checklist.
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

// conflictAt returns why the answer of a field contradicts the others.
func (m *Model) conflictAt(in input) string {
	if m.prompt.FindConflict == nil {
		return ""
	}
	if field, what := m.prompt.FindConflict(m.answers()); field == in.field.Name {
		return what
	}
	return ""
}
