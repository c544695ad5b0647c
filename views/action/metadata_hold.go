package action

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// reviewHold is for how long after the review opens letters are ignored, because
// they were meant for the text.
const reviewHold = 250 * time.Millisecond

// Typing implements [tui.View]. Letters are typed into the box, and just after the
// review opens they are swallowed. While the change is being sent nothing is
// typed, because it would be lost when the screen closes.
func (v *metadataView) Typing() bool {
	return !v.busy && (!v.reviewing || v.env.Now().Before(v.keysFrom))
}

// holdKeys ignores letters for reviewHold.
func (v *metadataView) holdKeys() { v.keysFrom = v.env.Now().Add(reviewHold) }

// UnsavedWork says what would be lost with the screen, "" if nothing.
func (v *metadataView) UnsavedWork() string {
	switch {
	case v.busy:
		return "the change is being sent"
	case v.isDirty():
		return "your changes are not saved; esc goes back to them"
	}
	return ""
}

// handleKey types a key into the box. In the review, which has no box, letters are
// ignored with a notice.
func (v *metadataView) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case v.reviewing && msg.Text != "" && !v.busy:
		v.holdKeys()
		return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "Letters are ignored in the review",
			Next: "esc goes back to the text, enter continues.", NextExpires: true, CollapseRepeats: true})
	case v.Typing() && !v.reviewing && !v.inEditor && escapeInvisible(msg.Text) == msg.Text:
		v.edit(msg)
	}
	return nil
}
