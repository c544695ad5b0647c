package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/ops"
	"frontdesk/tui"
)

// grace is how long after another person came under the cursor by themselves a key
// about that person is not taken: the hand was on its way to who stood there. No
// one reads a name, decides and presses in less.
const grace = 300 * time.Millisecond

// under is who is under the cursor, "" for nobody.
func (v *View) under() string {
	if r := v.current(); r != nil {
		return r.ID
	}
	return ""
}

// slid notes that something else than the operator's hands put another person
// under the cursor.
func (v *View) slid(before string) {
	if now := v.under(); now != "" && now != before {
		v.slipped = v.env.Now()
	}
}

// slips says that the person under the cursor is not surely who the operator saw
// there when they pressed.
func (v *View) slips() bool {
	since := v.env.Now().Sub(v.slipped)
	return since >= 0 && since < grace
}

// surely holds actions about the person under the cursor back where that may not
// be who is meant. Nothing is greyed for so short a time; a key is answered.
func (v *View) surely(all []tui.Action) []tui.Action {
	if !v.slips() {
		return all
	}
	for i, a := range all {
		do := a.Do
		if op, known := v.env.Catalogue.Get(a.ID); do == nil || a.ID == "list.open" && v.typing || known && op.Scope != ops.ScopeUser {
			continue
		}
		all[i].Do = func() tea.Cmd {
			if v.slips() {
				return v.unsure(a.Title)
			}
			return do()
		}
	}
	return all
}

// unsure says that a key was not taken, and who it would have been about.
func (v *View) unsure(title string) tea.Cmd {
	r := v.current()
	if r == nil {
		return nil
	}
	return tui.Notify(tui.Toast{ID: "list.slipped", Tone: tui.ToneWarn, Text: title + ": not taken, the list changed as you pressed",
		Next: "Press again if you mean " + r.Name.Shown + "."})
}
