package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
)

// misfireWindow is how long after another person came under the cursor by themselves a key
// about that person is not taken: the hand was on its way to who stood there. No
// one reads a name, decides and presses in less.
const misfireWindow = 300 * time.Millisecond

// cursorUserID is who is under the cursor, "" for nobody.
func (v *View) cursorUserID() string {
	if r := v.feed.currentRow(); r != nil {
		return r.ID
	}
	return ""
}

// noteCursorShift notes that something else than the operator's hands put another person
// under the cursor.
func (v *View) noteCursorShift(before string) {
	if now := v.cursorUserID(); now != "" && now != before {
		v.cursorShiftedAt = v.env.Now()
	}
}

// isCursorJustShifted says that the person under the cursor is not surely who the operator saw
// there when they pressed.
func (v *View) isCursorJustShifted() bool {
	since := v.env.Now().Sub(v.cursorShiftedAt)
	return since >= 0 && since < misfireWindow
}

// guardMisfire holds actions about the person under the cursor back where that may not
// be who is meant. Nothing is greyed for so short a time; a key is answered.
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

// notifyMisfire says that a key was not taken, and who it would have been about.
func (v *View) notifyMisfire(title string) tea.Cmd {
	r := v.feed.currentRow()
	if r == nil {
		return nil
	}
	return tui.Notify(tui.Toast{ID: "list.slipped", Tone: tui.ToneWarn, Text: title + ": not taken, the list changed as you pressed",
		Next: "Press again if you mean " + r.Name.Shown + "."})
}
