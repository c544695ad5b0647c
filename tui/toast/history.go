package toast

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

// historyLines is how many lines a notice has here. On the screen it has fewer, which
// may cut the reason at its end.
const historyLines = 8

// History is the page of all notices, newest first.
type History struct {
	entries []Entry
	keys    *tui.KeyMap
	top     scroll.Position
	size    tea.WindowSizeMsg // inside of the frame
	done    bool
}

// NewHistory opens the page over entries, which are oldest first.
func NewHistory(entries []Entry, keys *tui.KeyMap) *History {
	return &History{entries: entries, keys: keys}
}

// Done reports whether the page is to be closed.
func (h *History) Done() bool { return h.done }

// Typing returns false: no letters are typed here.
func (h *History) Typing() bool { return false }

// WantsTick returns false: nothing here changes with the clock.
func (h *History) WantsTick() bool { return false }

// Update handles keys, the size and the wheel.
func (h *History) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		h.top.Wheel(msg.Button)
	case tea.WindowSizeMsg:
		h.size = msg
	case tea.KeyPressMsg:
		if !h.top.Key(tea.Key(msg), h.keys, h.size.Height) {
			h.done = scroll.Closes(tea.Key(msg), h.keys)
		}
	}
	rows := h.rows(min(h.size.Width, historyWidth), text.Runes, tui.NewStyles(tui.Theme{}))
	h.top.Clamp(len(rows), h.size.Height)
	return nil
}

// View draws as many notices as fit, from the scroll position on.
func (h *History) View(s tui.Screen) tui.Panel {
	width := min(s.Width, historyWidth)
	shown, _, _ := h.top.Visible(h.rows(width, text.CellWidth(s.Cells), s.Styles), s.Height)
	for i, l := range shown {
		shown[i] = text.CellWidth(s.Cells).Pad(l, width)
	}
	return tui.Panel{Title: "Notices", Content: strings.Join(shown, "\n"), Hints: scroll.Hints(h.keys)}
}

// historyWidth is how wide the page is.
const historyWidth = 76

// rows returns all notices as lines.
func (h *History) rows(width int, r text.CellWidth, s *tui.Styles) (rows []string) {
	const stamp = 10 // "15:04:05  "
	for i := len(h.entries) - 1; i >= 0; i-- {
		e := h.entries[i]
		mark := s.Tone(e.Toast.Tone).Bold(true).Render(Icon(e.Toast.Tone))
		lead := s.Faint.Render(e.At.Format("15:04:05")) + "  " + mark + " "
		for _, l := range wrapLines(r, e.Toast.Text, width-stamp-2, historyLines) {
			rows = append(rows, lead+s.Text.Render(l))
			lead = strings.Repeat(" ", stamp+2)
		}
		if e.Toast.NextExpires {
			continue
		}
		for _, l := range wrapLines(r, e.Toast.Next, width-stamp-2, nextLines) {
			rows = append(rows, strings.Repeat(" ", stamp+2)+s.Dim.Render(l))
		}
	}
	if len(rows) == 0 {
		rows = []string{s.Dim.Render("No notices yet.")}
	}
	return rows
}
