package users

import "frontdesk/api"

// What a guide over the screens may know of the list.

// Current returns the user under the cursor, nil if there is none.
func (v *View) Current() *api.User { return v.currentUser() }

// SearchText returns the text in the search box.
func (v *View) SearchText() string { return v.box.Text() }

// MarkedCount returns how many users are marked.
func (v *View) MarkedCount() int { return v.marks.Len() }
