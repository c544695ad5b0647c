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
	stopMore // opens the rare fields
	stopSafe
	stopVerb
)

// stop is one place the focus can be; the last two are always the buttons.
type stop struct {
	kind  stopKind
	index int
}

// arrange lists the stops: the checklist, the fields, what must be typed, the
// buttons. A checklist that hangs on the answers comes after the fields. In place of the rare fields stands one line until they are wanted.
func (m *Model) arrange() {
	m.stops = m.stops[:0]
	checked := !m.checks()
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
		if in.field.Name == typedName {
			check()
		}
		if !in.field.Advanced || m.more {
			m.stops = append(m.stops, stop{kind: stopInput, index: i})
		} else if !folded {
			folded = true
			m.stops = append(m.stops, stop{kind: stopMore})
		}
	}
	check()
	m.stops = append(m.stops, stop{kind: stopSafe}, stop{kind: stopVerb})
}

// unfold shows the rare fields; the focus stays where the first of them appears.
func (m *Model) unfold() {
	m.more = true
	m.arrange()
	m.take(m.focus)
}

// folded are the labels of the rare fields that are not shown.
func (m *Model) folded() []string {
	var labels []string
	for _, in := range m.inputs {
		if in.field.Advanced && !m.more {
			labels = append(labels, strings.ToLower(in.field.Label))
		}
	}
	return labels
}

func (m *Model) at() stop        { return m.stops[m.focus] }
func (m *Model) safe() int       { return len(m.stops) - 2 }
func (m *Model) atButtons() bool { return m.focus >= m.safe() }

// take moves the focus, round at both ends. A field that is left is checked.
func (m *Model) take(to int) {
	was, from := m.atButtons(), m.at()
	m.focus = (to + len(m.stops)) % len(m.stops)
	m.doubted, m.asked = false, false
	if from != m.at() {
		m.leave(from)
	}
	if m.atButtons() && !was {
		m.RestartGrace()
	}
}

// leave checks a field that is left. The server's words stay until it is edited.
func (m *Model) leave(s stop) {
	if s.kind != stopInput {
		return
	}
	m.left[s] = true
	if m.wrong[s] == "" {
		m.judge(s)
	}
}

// judge says what is wrong at a stop now, or that nothing is any more.
func (m *Model) judge(s stop) {
	if what := m.lacks(s); what != "" {
		m.wrong[s] = what
		return
	}
	delete(m.wrong, s)
}

// input is one field of the form. What must be typed to confirm is one too.
type input struct {
	field  tui.Field
	box    textbox.Model
	choice int
	chosen bool // somebody made the choice; else the field gives no answer
	// began and chosenFirst are value and chosen as they were offered.
	began       string
	chosenFirst bool
	held        string // what the box shows of field.Value while nobody has edited it
}

const typedName = "\x00typed"

func typed(p tui.Prompt) tui.Field {
	label := p.TypeLabel
	if label == "" {
		label = "Type " + p.TypeToConfirm
	}
	return tui.Field{Name: typedName, Label: label}
}

// charLimit bounds what one field takes; Clerk's largest value, metadata, is 8 KB.
const charLimit = 16 << 10

func newInput(f tui.Field) input {
	in := input{field: f, box: textbox.Model{Placeholder: f.Hint, Limit: charLimit, Secret: f.Kind == tui.FieldSecret}}
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
	in.held = in.box.Value()
	in.began, in.chosenFirst = in.value(), in.chosen
	return in
}

// untouched says that the box shows what the field came with.
func (in *input) untouched() bool { return in.box.Value() == in.held }

// marked says that the box shows marks in place of what the value holds.
func (in *input) marked() bool { return in.field.Display != "" && in.untouched() }

func (in *input) value() string {
	switch {
	case in.field.Kind == tui.FieldChoice && len(in.field.Choices) > 0:
		return in.field.Choices[in.choice]
	case in.untouched():
		return in.field.Value
	}
	// Spaces at the ends may be meant; where the check says that they are not, they go.
	typed := in.box.Value()
	if bare := strings.TrimSpace(typed); in.wrong(typed) != "" && in.wrong(bare) == "" {
		return bare
	}
	return typed
}

// wrong is what the field's own check says of a value.
func (in *input) wrong(value string) string {
	if in.field.Validate == nil || in.field.Kind == tui.FieldSecret {
		return ""
	}
	return in.field.Validate(value)
}

// edit gives the box a key or a paste. Of marks nothing stays.
func (in *input) edit(msg tea.Msg) {
	marked, before := in.marked(), in.box.Value()
	in.box.Update(msg)
	if marked && in.box.Value() != before {
		in.box.Reset()
		in.box.Update(msg)
	}
}

func (in *input) turn(by int) {
	if n := len(in.field.Choices); n > 0 {
		in.choice, in.chosen = (in.choice+by+n)%n, true
	}
}

func (m *Model) paste(text string) {
	if s := m.at(); s.kind == stopInput && !m.counting() && m.inputs[s.index].field.Kind != tui.FieldChoice {
		m.inputs[s.index].edit(tea.PasteMsg{Content: strings.TrimRight(text, "\r\n")})
		m.edited()
	}
}

// edited looks again at what was just changed: at what must be typed as soon as
// it is long enough, at another field once it was left before.
func (m *Model) edited() {
	s := m.at()
	m.note = ""
	delete(m.wrong, s)
	if s.kind != stopInput {
		return
	}
	in := &m.inputs[s.index]
	full := in.field.Name == typedName && len(in.value()) >= len(strings.TrimSpace(m.prompt.TypeToConfirm))
	if m.left[s] || full {
		m.judge(s)
	}
	m.depend()
}

// right says that a field which had to be filled in is, as far as can be known
// here. Of a secret nothing is: a mark would look like the server's word.
func (m *Model) right(s stop) bool {
	in := &m.inputs[s.index]
	needed := in.field.Required || in.field.Name == typedName
	return needed && in.field.Kind != tui.FieldSecret && in.field.Kind != tui.FieldChoice &&
		in.value() != "" && m.wrong[s] == "" && m.lacks(s) == ""
}
