package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// Step moves the cursor from the user with this id by so many rows, for the detail view
// above. It returns the user there, or why there is none; a row that is not loaded is
// requested, so that the next attempt finds it.
func (v *View) Step(id clean.Text, by int) (*api.User, string, tea.Cmd) {
	list := v.feed.listing()
	row, found := v.findRow(id.Raw())
	if !found || !list.hasCursor {
		return nil, "This user is not in the list any more.", nil
	}
	to := row + by
	for r := list.at(to); r != nil && r.HasNoID(); r = list.at(to) {
		to += by
	}
	switch {
	case to < 0:
		return nil, "This is the first user of the list.", nil
	case to >= list.len() && v.feed.isListComplete():
		return nil, "This is the last user of the list.", nil
	case to >= list.len():
		return nil, "The users after this one are still being read.", nil
	}
	v.goToRow(to)
	r := list.at(to)
	if r == nil {
		return nil, "Row " + userfmt.Number(to+1) + " is being read; press again.", v.sync(nil)
	}
	if v.previewMode != previewOff {
		v.previewed = r
		v.card.Show(r.User) // without its command: the detail view loads the picture
	}
	return r.User, "", v.sync(nil)
}

// isListComplete reports whether the list on the screen has all its rows or knows how
// many there are.
func (f *feed) isListComplete() bool {
	return f.stage() == stageRows && f.want == f.shown && f.shown.state != running && f.shown.pages.IsExact()
}

// ShowSearch replaces what is searched for, from a screen above the list.
func (v *View) ShowSearch(text string) tea.Cmd {
	v.closeBox()
	return v.sync(v.setBox(text))
}
