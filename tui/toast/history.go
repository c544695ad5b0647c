package toast

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// History is the page of all notices, newest first.
type History struct {
	entries []Entry
	top     int
	done    bool
}

// NewHistory opens the page over entries, which are oldest first.
func NewHistory(entries []Entry) *History { return &History{entries: entries} }

// Done says that the page wants to go away.
func (h *History) Done() bool { return h.done }

// WantsTick is false: nothing here changes with the clock.
func (h *History) WantsTick() bool { return false }

// Update takes keys.
func (h *History) Update(msg tea.Msg) tea.Cmd {
	const page = 10
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch k.Keystroke() {
	case "esc", "enter", "q":
		h.done = true
	case "up", "k":
		h.top--
	case "down", "j":
		h.top++
	case "pgup", "ctrl+b", "ctrl+u":
		h.top -= page
	case "pgdown", "ctrl+f", "ctrl+d", "space":
		h.top += page
	case "home", "g":
		h.top = 0
	case "end", "G":
		h.top = len(h.entries) * (textLines + nextLines)
	}
	h.top = max(0, min(h.top, len(h.entries)*(textLines+nextLines)))
	return nil
}

// View draws as many notices as fit, from the one scrolled to.
func (h *History) View(s tui.Screen) tui.Panel {
	const stamp = 10 // "15:04:05  "
	r, width := text.Ruler(s.Cells), min(s.Width, 76)
	var rows []string
	for i := len(h.entries) - 1; i >= 0; i-- {
		e := h.entries[i]
		mark := s.Styles.Tone(e.Toast.Tone).Bold(true).Render(Mark(e.Toast.Tone))
		lead := s.Styles.Faint.Render(e.At.Format("15:04:05")) + "  " + mark + " "
		for _, l := range fold(r, e.Toast.Text, width-stamp-2, textLines) {
			rows = append(rows, lead+s.Styles.Text.Render(l))
			lead = strings.Repeat(" ", stamp+2)
		}
		if e.Toast.Passing {
			continue
		}
		for _, l := range fold(r, e.Toast.Next, width-stamp-2, nextLines) {
			rows = append(rows, strings.Repeat(" ", stamp+2)+s.Styles.Dim.Render(l))
		}
	}
	if len(rows) == 0 {
		rows = []string{s.Styles.Dim.Render("Nothing has been said yet.")}
	}
	room := max(1, s.Height)
	top := max(0, min(h.top, len(rows)-room))
	shown := rows[top:min(len(rows), top+room)]
	for i, l := range shown {
		shown[i] = r.Pad(l, width)
	}
	return tui.Panel{Title: "Notices", Content: strings.Join(shown, "\n"), Hints: []tui.Hint{{Key: "esc", Word: "close"}, {Key: "↑ ↓", Word: "scroll"}}}
}
