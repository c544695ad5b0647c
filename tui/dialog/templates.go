package dialog

import (
	"cmp"
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
		return "last " + strings.ToLower(in.field.Label)
	}
	return "usual " + strings.ToLower(in.field.Label)
}

// templateHint says what leaving the field fills in, "" if nothing.
func (m *Model) templateHint(in *input) string {
	if t := in.templateFor(in.value()); t != nil {
		return m.keys.Label(actNext) + " fills in: " + t.Text
	}
	return ""
}

// placeholder is what stands in the empty box. At the focus these are the templates that
// can be typed; elsewhere their keys would do nothing.
func (in *input) placeholder(focused bool, width int, r text.CellWidth) string {
	if !focused {
		return in.field.Hint
	}
	line, all := in.listTemplates("type ", width, r)
	if !all {
		line, _ = in.listTemplates("", width, r)
	}
	return cmp.Or(line, in.field.Hint)
}

// listTemplates lists the templates that have a key and fit, each of them whole, and
// reports whether these are all.
func (in *input) listTemplates(lead string, width int, r text.CellWidth) (line string, all bool) {
	all = true
	// By key, because their order changes with what was used last.
	byKey := func(a, b tui.Template) int { return strings.Compare(a.Key, b.Key) }
	for _, t := range slices.SortedStableFunc(slices.Values(in.field.Templates), byKey) {
		longer := lead + t.Key + " for " + t.Text
		if line != "" {
			longer = line + ", " + t.Key + " " + t.Text
		}
		switch {
		case t.Key == "":
		case r.Width(longer) <= width:
			line = longer
		default:
			all = false
		}
	}
	return line, all
}
