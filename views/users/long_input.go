package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/input"
	"frontdesk/api/search"
)

// Where a terminal does not say that a text was pasted, a line of a log comes as
// letters. Beyond what anybody would be called it is not asked letter by letter;
// enter looks for who is named in it, as a paste does.

const (
	lineHeld  = "Too long to be searched for as it stands; enter looks for who is named in it."
	lineFull  = "The box is full: what came after this is not in it. Enter looks for who is named in what is."
	lineNamed = "No user id, e-mail address or phone number stands in it."
)

// isLine says that more stands in the box than is searched for.
func (v *View) isLine() bool { return len([]rune(v.box.Value())) > v.longest }

// typed looks for what was typed, or holds the line that it has become.
func (v *View) typed() tea.Cmd {
	why := lineHeld
	switch {
	case !v.isLine():
		return v.search(v.box.Value())
	case len([]rune(v.box.Value())) >= boxMost:
		why = lineFull
	}
	v.holdLine(why)
	if v.want.state == running && !v.want.ask.needle.Empty() {
		return v.stop() // nobody waits for what begins with it
	}
	return nil
}

// holdLine keeps a line unasked, and says why.
func (v *View) holdLine(why string) {
	text := v.box.Value()
	v.unasked = &search.Search{Text: text, Tokens: []search.Token{{End: len(text), Value: text, Problem: why}}}
}

// keepLine leaves the box with a line in it.
func (v *View) keepLine() tea.Cmd {
	text := v.box.Value()
	if found := input.FindPeople(text); found.Count() > 0 {
		return v.named(found)
	}
	v.holdLine(lineNamed)
	return nil
}
