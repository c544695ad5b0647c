package dialog

import (
	"slices"
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// focusedTemplates returns the field at the focus if it has templates, else nil.
func (m *Model) focusedTemplates() *input {
	s := m.focused()
	if s.kind != stopInput || len(m.inputs[s.index].field.Templates) == 0 {
		return nil
	}
	return &m.inputs[s.index]
}

// fillNextTemplate fills the field at the focus with its first template, or with the one
// after what it holds. What somebody wrote is not replaced.
func (m *Model) fillNextTemplate() {
	in := m.focusedTemplates()
	if in == nil {
		return
	}
	next := 0
	for i, t := range in.field.Templates {
		if in.value() == t.Text {
			next = (i + 1) % len(in.field.Templates)
		}
	}
	if in.value() != "" && in.templateFor(in.value()) == nil && !in.holdsTemplate() {
		m.note = "empty the field first; it holds what you wrote"
		return
	}
	in.box.SetValue(in.field.Templates[next].Text)
	m.onEdit()
}

// holdsTemplate reports whether the value is that of a template.
func (in *input) holdsTemplate() bool {
	for _, t := range in.field.Templates {
		if in.value() == t.Text {
			return true
		}
	}
	return false
}

// templateFor returns the template whose key was typed alone, nil for none.
func (in *input) templateFor(typed string) *tui.Template {
	for i, t := range in.field.Templates {
		if t.Key != "" && strings.TrimSpace(typed) == t.Key {
			return &in.field.Templates[i]
		}
	}
	return nil
}

// expandTemplate replaces a template's key by its text when the field is left.
func (in *input) expandTemplate() {
	if t := in.templateFor(in.value()); t != nil && !in.isUnedited() {
		in.box.SetValue(t.Text)
	}
}

// templatesLabel is what the footer calls the templates of the field at the focus.
func (in *input) templatesLabel() string {
	if in.field.Templates[0].Key == "" {
		return "last used"
	}
	return "usual ones"
}

// templateHint says what leaving the field fills in, "" if nothing.
func (m *Model) templateHint(in *input) string {
	if t := in.templateFor(in.value()); t != nil {
		return m.keys.Label(actNext) + " fills in: " + t.Text
	}
	return ""
}

// placeholder is what stands in the empty box. Templates are cut so that the keys of all
// of them are seen.
func (in *input) placeholder(width int, r text.CellWidth) string {
	const least = 4 // cells of a key and the first letter of its text
	keyed := slices.DeleteFunc(slices.Clone(in.field.Templates), func(t tui.Template) bool { return t.Key == "" })
	if len(keyed) == 0 || r.Width(in.field.Hint) <= width {
		return in.field.Hint
	}
	for most := width; most >= least; most-- {
		var all []string
		for _, t := range keyed {
			all = append(all, r.Cut(t.Key+" "+t.Text, most))
		}
		if line := strings.Join(all, " · "); r.Width(line) <= width {
			return line
		}
	}
	return in.field.Hint
}
