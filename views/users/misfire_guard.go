package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
)

// misfireWindow is how long operations are ignored after the list moved another user
// under the cursor: the key was meant for the previous one. Nobody reads a name,
// decides and presses a key in less time.
const misfireWindow = 300 * time.Millisecond

// cursorUserID returns the id of the user under the cursor, "" for none.
func (v *View) cursorUserID() string {
	if r := v.feed.currentRow(); r != nil {
		return r.ID
	}
	return ""
}

// noteCursorShift records that another user came under the cursor without the operator
// moving it.
func (v *View) noteCursorShift(before string) {
	if now := v.cursorUserID(); now != "" && now != before {
		v.cursorShiftedAt = v.env.Now()
	}
}

// isCursorJustShifted reports whether the user under the cursor may not be the one the
// operator saw there.
func (v *View) isCursorJustShifted() bool {
	since := v.env.Now().Sub(v.cursorShiftedAt)
	return since >= 0 && since < misfireWindow
}

// guardMisfire replaces actions on the user under the cursor with a warning for
// misfireWindow. They are not greyed out, which would flicker.
func (v *View) guardMisfire(all []tui.Action) []tui.Action {
	if !v.isCursorJustShifted() {
		return all
	}
	for i, a := range all {
		do := a.Do
		if op, known := v.env.Catalogue.Get(a.ID); do == nil || a.ID == "list.open" && v.box.IsOpen() || known && op.Scope != ops.ScopeUser {
			continue
		}
		all[i].Do = func() tea.Cmd {
			if v.isCursorJustShifted() {
				return v.notifyMisfire(a.Title)
			}
			return do()
		}
	}
	return all
}

// notifyMisfire says that a key was ignored, and for whom it would have been.
func (v *View) notifyMisfire(title string) tea.Cmd {
	r := v.feed.currentRow()
	if r == nil {
		return nil
	}
	return tui.Notify(tui.Toast{ID: "list.slipped", Tone: tui.ToneWarn, Text: title + ": ignored, because the list changed just then",
		Next: "Press again to act on " + v.shownRow(r).Name.Shown + "."})
}
