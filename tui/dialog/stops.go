package dialog

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

type stopKind int

const (
	stopCheck stopKind = iota
	stopInput
	stopSafe
	stopVerb
)

// stop is one place the focus can be; the last two are always the buttons.
type stop struct {
	kind  stopKind
	index int
}

func (m *Model) at() stop        { return m.stops[m.focus] }
func (m *Model) safe() int       { return len(m.stops) - 2 }
func (m *Model) atButtons() bool { return m.focus >= m.safe() }

// take moves the focus, round at both ends.
func (m *Model) take(to int) {
	was := m.atButtons()
	m.focus = (to + len(m.stops)) % len(m.stops)
	for i := range m.inputs {
		m.inputs[i].box.Blur()
	}
	if s := m.at(); s.kind == stopInput {
		m.inputs[s.index].box.Focus() // its command only blinks a cursor we do not use
	}
	if m.atButtons() && !was {
		m.holdFor(settle)
	}
}

// input is one field of the form. What must be typed to confirm is one too.
type input struct {
	field  tui.Field
	box    textinput.Model
	choice int
	left   int // characters of a paste that were left out
}

const typedName = "\x00typed"

func typed(p tui.Prompt) tui.Field {
	label := p.TypeLabel
	if label == "" {
		label = "Type " + p.Type
	}
	return tui.Field{Name: typedName, Label: label}
}

// charLimit bounds what one field takes; Clerk's largest value, metadata, is 8 KB.
const charLimit = 16 << 10

func newInput(f tui.Field) input {
	box := textinput.New()
	box.Prompt = ""
	box.Placeholder = f.Hint
	box.CharLimit = charLimit
	box.SetVirtualCursor(false)
	box.KeyMap.Paste.SetEnabled(false) // it would run a program to read a clipboard
	if f.Kind == tui.FieldSecret {
		box.EchoMode = textinput.EchoPassword
		box.EchoCharacter = '•'
	}
	in := input{field: f, box: box}
	if f.Kind == tui.FieldChoice {
		for i, c := range f.Choices {
			if c == f.Value {
				in.choice = i
			}
		}
		return in
	}
	in.box.SetValue(f.Value)
	in.box.CursorEnd()
	return in
}

func (in *input) value() string {
	switch {
	case in.field.Kind == tui.FieldChoice && len(in.field.Choices) > 0:
		return in.field.Choices[in.choice]
	case in.field.Kind == tui.FieldSecret:
		return in.box.Value()
	default:
		return strings.TrimSpace(in.box.Value())
	}
}

func (in *input) turn(by int) {
	if n := len(in.field.Choices); n > 0 {
		in.choice = (in.choice + by + n) % n
	}
}

// put inserts pasted text.
func (in *input) put(text string) {
	clean, left := visible(strings.TrimRight(text, "\r\n"))
	in.box, _ = in.box.Update(tea.PasteMsg{Content: clean})
	in.left = left
}

// visible is text without the characters that cannot be seen or could move what
// stands beside them, and how many those were: the box shows what it holds, raw.
// Joiners stay, words and emoji need them.
func visible(text string) (clean string, left int) {
	clean = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r == 0x200c || r == 0x200d:
			return r
		case !unicode.IsGraphic(r) || r == unicode.ReplacementChar:
			left++
			return -1
		}
		return r
	}, text)
	return clean, left
}

func (m *Model) paste(text string) {
	if s := m.at(); s.kind == stopInput && !m.counting() && m.inputs[s.index].field.Kind != tui.FieldChoice {
		m.inputs[s.index].put(text)
		m.edited()
	}
}

// edited forgets what was wrong at the focus.
func (m *Model) edited() {
	delete(m.wrong, m.focus)
	m.note = ""
}
