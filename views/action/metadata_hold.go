package action

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// reviewHold is how long letters that follow the key of the review are still
// taken for a hand that types.
const reviewHold = 250 * time.Millisecond

// Typing says that letters are the screen's: they go into the box, or into
// nothing as long as they may have been meant for it. While an answer is awaited
// nothing is typed: it would be lost when the screen closes.
func (v *metadataView) Typing() bool {
	return !v.busy && (!v.reviewing || v.env.Now().Before(v.keysFrom))
}

// holdKeys begins the grace.
func (v *metadataView) holdKeys() { v.keysFrom = v.env.Now().Add(reviewHold) }

// UnsavedWork is what would be lost with the screen.
func (v *metadataView) UnsavedWork() string {
	switch {
	case v.busy:
		return "the change is on its way"
	case v.isDirty():
		return "what you typed here is not saved; esc goes back to it"
	}
	return ""
}

// handleKey takes a key: in the box it is typed. The review has no box, so there it is
// said that nothing was, and the next letter is one too many as well.
func (v *metadataView) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case v.reviewing && msg.Text != "" && !v.busy:
		v.holdKeys()
		return tui.Notify(tui.Toast{ID: "metadata", Tone: tui.ToneWarn, Text: "Nothing is typed in the review: what came now was not taken",
			Next: "esc goes back to the text, enter asks.", NextExpires: true, CollapseRepeats: true})
	case v.Typing() && !v.reviewing && !v.inEditor && escapeInvisible(msg.Text) == msg.Text:
		v.edit(msg)
	}
	return nil
}
