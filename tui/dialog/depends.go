package dialog

import (
	"slices"

	"frontdesk/tui"
)

// demands returns what the answers so far need beside the fields.
func (m *Model) demands() tui.Demands { return m.prompt.Demands(m.answers()) }

// typeSource returns where to read what must be typed. It is shown as soon as some
// answer can need it, so that nothing moves then.
func (m *Model) typeSource() string {
	if own := m.prompt.TypeSource; own != "" || m.prompt.Stricter == nil {
		return own
	}
	return m.prompt.Stricter.TypeSource
}

// revalidateDependents updates what depends on several answers: errors in one field
// caused by another, and what must be ticked and typed.
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
