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
	stopAdvanced // opens the rare fields
	stopCancel
	stopConfirm
)

// stop is one place the focus can be; the last two are always the buttons.
type stop struct {
	kind  stopKind
	index int
}

// listStops lists the stops: the checklist, the fields, what must be typed, the
// buttons. A checklist that hangs on the answers comes after the fields. In place of the rare fields stands one line until they are wanted.
func (m *Model) listStops() {
	m.stops = m.stops[:0]
	checked := !m.asksChecklist()
	check := func() {
		for i := range m.ticked {
			if !checked {
				m.stops = append(m.stops, stop{kind: stopCheck, index: i})
			}
		}
		checked = true
	}
	if m.prompt.ChecklistWhen == nil {
		check()
	}
	folded := false
	for i, in := range m.inputs {
		if in.field.Name == typeToConfirmName {
			check()
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

// expandAdvanced shows the rare fields; the focus stays where the first of them appears.
func (m *Model) expandAdvanced() {
	m.showAdvanced = true
	m.listStops()
	m.setFocus(m.focus)
}

// collapsedLabels are the labels of the rare fields that are not shown.
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

// setFocus moves the focus, round at both ends. A field that is left is checked.
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

// leaveStop checks a field that is left. The server's words stay until it is edited.
func (m *Model) leaveStop(s stop) {
	if s.kind != stopInput {
		return
	}
	m.visited[s] = true
	if m.problems[s] == "" {
		m.revalidate(s)
	}
}

// revalidate says what is wrong at a stop now, or that nothing is any more.
func (m *Model) revalidate(s stop) {
	if what := m.problemAt(s); what != "" {
		m.problems[s] = what
		return
	}
	delete(m.problems, s)
}

// input is one field of the form. What must be typed to confirm is one too.
type input struct {
	field  tui.Field
	box    textbox.Model
	choice int
	chosen bool // somebody made the choice; else the field gives no answer
	// initial and chosenFirst are value and chosen as they were offered.
	initial         string
	initiallyChosen bool
	initialText     string // what the box shows of field.Value while nobody has edited it
}

const typeToConfirmName = "\x00typed"

func typeToConfirmField(p tui.Prompt) tui.Field {
	label := p.TypeLabel
	if label == "" {
		label = "Type " + p.TypeToConfirm
	}
	return tui.Field{Name: typeToConfirmName, Label: label}
}

// maxFieldRunes bounds what one field takes; Clerk's largest value, metadata, is 8 KB.
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

// isUnedited says that the box shows what the field came with.
func (in *input) isUnedited() bool { return in.box.Value() == in.initialText }

// showsMarks says that the box shows marks in place of what the value holds.
func (in *input) showsMarks() bool { return in.field.Display != "" && in.isUnedited() }

func (in *input) value() string {
	switch {
	case in.field.Kind == tui.FieldChoice && len(in.field.Choices) > 0:
		return in.field.Choices[in.choice]
	case in.isUnedited():
		return in.field.Value
	}
	// Spaces at the ends may be meant; where the check says that they are not, they go.
	typed := in.box.Value()
	if bare := strings.TrimSpace(typed); in.checkError(typed) != "" && in.checkError(bare) == "" {
		return bare
	}
	return typed
}

// checkError is what the field's own check says of a value.
func (in *input) checkError(value string) string {
	if in.field.Validate == nil || in.field.Kind == tui.FieldSecret {
		return ""
	}
	return in.field.Validate(value)
}

// edit gives the box a key or a paste. Of marks nothing stays.
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

// onEdit looks again at what was just changed: at what must be typed as soon as
// it is long enough, at another field once it was left before.
func (m *Model) onEdit() {
	s := m.focused()
	m.note = ""
	delete(m.problems, s)
	if s.kind != stopInput {
		return
	}
	in := &m.inputs[s.index]
	full := in.field.Name == typeToConfirmName && len(in.value()) >= len(strings.TrimSpace(m.prompt.TypeToConfirm))
	if m.visited[s] || full {
		m.revalidate(s)
	}
	m.revalidateDependents()
}

// isFilledIn says that a field which had to be filled in is, as far as can be known
// here. Of a secret nothing is: a mark would look like the server's word.
func (m *Model) isFilledIn(s stop) bool {
	in := &m.inputs[s.index]
	needed := in.field.Required || in.field.Name == typeToConfirmName
	return needed && in.field.Kind != tui.FieldSecret && in.field.Kind != tui.FieldChoice &&
		in.value() != "" && m.problems[s] == "" && m.problemAt(s) == ""
}
