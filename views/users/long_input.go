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
	longInputHint   = "Too long to be searched for as it stands; enter looks for who is named in it."
	boxFullHint     = "The box is full: what came after this is not in it. Enter looks for who is named in what is."
	nobodyNamedHint = "No user id, e-mail address or phone number stands in it."
)

// isLongInput says that more stands in the box than is searched for.
func (v *View) isLongInput() bool { return len([]rune(v.box.Value())) > v.searchLimit }

// boxEdited looks for what was typed, or holds the line that it has become.
func (v *View) boxEdited() tea.Cmd {
	why := longInputHint
	switch {
	case !v.isLongInput():
		return v.searchFor(v.box.Value())
	case len([]rune(v.box.Value())) >= maxLetters:
		why = boxFullHint
	}
	v.rejectLongInput(why)
	if v.want.state == running && !v.want.query.needle.Empty() {
		return v.stopLoading() // nobody waits for what begins with it
	}
	return nil
}

// rejectLongInput keeps a line unasked, and says why.
func (v *View) rejectLongInput(why string) {
	text := v.box.Value()
	v.invalid = &search.Search{Text: text, Tokens: []search.Token{{End: len(text), Value: text, Wrong: why}}}
}

// keepLongInput leaves the box with a line in it.
func (v *View) keepLongInput() tea.Cmd {
	text := v.box.Value()
	if found := input.FindPeople(text); found.Count() > 0 {
		return v.searchPeople(found)
	}
	v.rejectLongInput(nobodyNamedHint)
	return nil
}
