package user

import (
	"frontdesk/tui"
	"frontdesk/views/action"
)

// goneTitle stands in place of the verdict on a deleted user.
const goneTitle = "This user no longer exists"

// addGoneBlock adds exactly so many lines, in place of the verdict: that the user was
// deleted, what is shown below, and what brings them back if Undo can.
func (d *detail) addGoneBlock(p *sheet, rows int) {
	end := len(p.lines) + rows
	if len(p.lines) == 0 && rows > 6 {
		p.lines = append(p.lines, "")
	}
	p.add(span{"! " + goneTitle, p.styles.Bad.Bold(true)})
	p.add(p.plain("Below is what was last read; " + backKey(p.keys) + " goes back."))
	if back := action.Recreation(d.env, d.user); back != "" && p.keys != nil {
		p.add(span{p.keys.Label("app.undo"), p.styles.Key}, p.plain("  "+back))
	}
	p.lines = p.lines[:min(len(p.lines), end)]
	for len(p.lines) < end {
		p.lines = append(p.lines, "")
	}
}

func backKey(keys *tui.KeyMap) string {
	if keys != nil && keys.Label("app.back") != "" {
		return keys.Label("app.back")
	}
	return "the key for back"
}
