package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/textbox"
)

type stopKind int

const (
	stopCheck stopKind = iota
	stopInput
	stopAdvanced // shows the advanced fields
	stopCancel
	stopConfirm
)

// stop is a place the focus can be; the last two are always the buttons.
type stop struct {
	kind  stopKind
	index int
}

// listStops builds the stops: the checklist, the fields, the text to type, the buttons.
// A checklist that depends on the answers comes after the fields. A single stop stands
// for the advanced fields until they are shown.
func (m *Model) listStops() {
	m.stops = m.stops[:0]
	demands := m.demands()
	checked := false
	check := func() {
		for i := range demands.Checklist {
			if !checked {
				m.stops = append(m.stops, stop{kind: stopCheck, index: i})
			}
		}
		checked = true
	}
	if m.prompt.Stricter == nil {
		check()
	}
	folded := false
	for i, in := range m.inputs {
		if in.field.Name == typeToConfirmName {
			check()
			m.inputs[i].field.Label = typeLabel(demands)
			if demands.TypeToConfirm == "" {
				continue
			}
		}
		if !in.field.Advanced || m.showAdvanced {
			m.stops = append(m.stops, stop{kind: stopInput, index: i})
		} else if !folded {
			folded = true
			m.stops = append(m.stops, stop{kind: stopAdvanced})
		}
	}
	check()
	m.stops = append(m.stops, stop{kind: stopCancel}, stop{kind: stopConfirm})
}

// expandAdvanced shows the advanced fields; the focus goes to the first of them.
func (m *Model) expandAdvanced() {
	m.showAdvanced = true
	m.listStops()
	m.setFocus(m.focus)
}

// collapsedLabels returns the labels of the advanced fields that are hidden.
func (m *Model) collapsedLabels() []string {
	var labels []string
	for _, in := range m.inputs {
		if in.field.Advanced && !m.showAdvanced {
			labels = append(labels, strings.ToLower(in.field.Label))
		}
	}
	return labels
}

func (m *Model) focused() stop    { return m.stops[m.focus] }
func (m *Model) cancelIndex() int { return len(m.stops) - 2 }
func (m *Model) atButtons() bool  { return m.focus >= m.cancelIndex() }

// setFocus moves the focus, wrapping at both ends, and checks the field that is left.
func (m *Model) setFocus(to int) {
	was, from := m.atButtons(), m.focused()
	m.focus = (to + len(m.stops)) % len(m.stops)
	m.suspectPaste, m.warnedOfPaste = false, false
	if m.note == checkboxNote {
		m.note = ""
	}
	if from != m.focused() {
		m.leaveStop(from)
	}
	if m.atButtons() && !was {
		m.RestartGrace()
	}
}

// leaveStop checks a field that is left. A server error stays until the field is
// edited.
func (m *Model) leaveStop(s stop) {
	if s.kind != stopInput {
		return
	}
	m.visited[s] = true
	m.inputs[s.index].expandTemplate()
	if m.problems[s] == "" {
		m.revalidate(s)
	}
}

// revalidate updates the error at a stop.
func (m *Model) revalidate(s stop) {
	if what := m.problemAt(s); what != "" {
		m.problems[s] = what
		return
	}
	delete(m.problems, s)
}

// input is one field of the form. The text to type to confirm is one too.
type input struct {
	field  tui.Field
	box    textbox.Model
	choice int
	chosen bool // a choice was made; until then the field has no answer
	// initial and initiallyChosen are value and chosen as the form opened.
	initial         string
	initiallyChosen bool
	initialText     string // what the box shows for field.Value until it is edited
}

const typeToConfirmName = "\x00typed"

func typeLabel(d tui.Demands) string {
	if d.TypeLabel == "" {
		return "Type " + d.TypeToConfirm
	}
	return d.TypeLabel
}

// maxFieldRunes limits one field; Clerk's largest value, metadata, is 8 KB.
const maxFieldRunes = 16 << 10

func newInput(f tui.Field) input {
	in := input{field: f, box: textbox.Model{Placeholder: f.Hint, Limit: maxFieldRunes, Secret: f.Kind == tui.FieldSecret}}
	if f.Kind == tui.FieldChoice {
		for i, c := range f.Choices {
			if c == f.Value {
				in.choice, in.chosen = i, true
			}
		}
	} else {
		in.box.SetValue(f.Value)
		if f.Display != "" {
			in.box.SetValue(f.Display)
		}
	}
	in.initialText = in.box.Value()
	in.initial, in.initiallyChosen = in.value(), in.chosen
	return in
}

// isUnedited reports whether the box shows what the field came with.
func (in *input) isUnedited() bool { return in.box.Value() == in.initialText }

// showsMarks reports whether the box shows marks in place of characters that must not
// be drawn.
func (in *input) showsMarks() bool { return in.field.Display != "" && in.isUnedited() }

func (in *input) value() string {
	switch {
	case in.field.Kind == tui.FieldChoice && len(in.field.Choices) > 0:
		return in.field.Choices[in.choice]
	case in.isUnedited():
		return in.field.Value
	}
	// Spaces at the ends may be intended; they are trimmed only if the check rejects
	// them.
	typed := in.box.Value()
	if bare := strings.TrimSpace(typed); in.checkError(typed) != "" && in.checkError(bare) == "" {
		return bare
	}
	return typed
}

// checkError returns what the field's own check says about a value.
func (in *input) checkError(value string) string {
	if in.field.Validate == nil || in.field.Kind == tui.FieldSecret {
		return ""
	}
	return in.field.Validate(value)
}

// edit passes a key or a paste to the box. If the box shows marks, it is emptied first.
func (in *input) edit(msg tea.Msg) {
	marked, before := in.showsMarks(), in.box.Value()
	in.box.Update(msg)
	if marked && in.box.Value() != before {
		in.box.Reset()
		in.box.Update(msg)
	}
}

func (in *input) cycleChoice(by int) {
	if n := len(in.field.Choices); n > 0 {
		in.choice, in.chosen = (in.choice+by+n)%n, true
	}
}

func (m *Model) handlePaste(text string) {
	if s := m.focused(); s.kind == stopInput && !m.isCountingDown() && m.inputs[s.index].field.Kind != tui.FieldChoice {
		m.inputs[s.index].edit(tea.PasteMsg{Content: strings.TrimRight(text, "\r\n")})
		m.onEdit()
	}
}

// onEdit checks what was just changed: the text to type as soon as it is long enough,
// another field once it has been left before.
func (m *Model) onEdit() {
	s := m.focused()
	m.note = ""
	delete(m.problems, s)
	if s.kind != stopInput {
		return
	}
	in := &m.inputs[s.index]
	full := in.field.Name == typeToConfirmName && len(in.value()) >= len(strings.TrimSpace(m.demands().TypeToConfirm))
	if m.visited[s] || full {
		m.revalidate(s)
	}
	m.revalidateDependents()
}

// isFilledIn reports whether a required field is filled in, as far as can be known
// here. It is false for a secret, where a check mark would look like the server's
// approval.
func (m *Model) isFilledIn(s stop) bool {
	in := &m.inputs[s.index]
	needed := in.field.Required || in.field.Name == typeToConfirmName
	return needed && in.field.Kind != tui.FieldSecret && in.field.Kind != tui.FieldChoice &&
		in.value() != "" && m.problems[s] == "" && m.problemAt(s) == ""
}
