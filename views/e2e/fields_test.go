package e2e

import (
	"strings"
	"testing"
	"time"
)

// Every kind of text box in the real program: a long text is edited in its middle, in
// view, and no key that deletes a word crashes.
func TestTextBoxes_AreEditedInTheMiddle(t *testing.T) {
	t.Parallel()
	tm := start(t, 100, 30)
	tm.open("lindqvist", "Maya Lindqvist")
	for _, way := range []struct {
		shows string
		open  func()
		held  string // the text before: nothing is discarded then
	}{
		{"Go to", func() { tm.Send(":") }, ""},
		{"Ban user", func() { tm.Send("b") }, ""},
		{"First name", func() { tm.choose("Edit user") }, "Maya"},
		{"at most 10 MB", func() { tm.choose("Set profile image") }, ""},
	} {
		way.open()
		tm.WaitFor(way.shows)
		tm.edit()
		tm.Type(way.held)
		tm.WaitFor(way.held)
		tm.Send("esc")
		tm.WaitGone(way.shows)
		tm.WaitFor("Users › Maya Lindqvist", "Overview")
		tm.Quiet(400 * time.Millisecond) // what is typed at a closed question is dropped
	}
	tm.Send("q")
	tm.WaitFor("enter open")
	tm.Send("/")
	tm.edit()
	tm.leave("ctrl+c")
}

// edit edits long texts in the open box.
func (m term) edit() {
	m.t.Helper()
	for _, text := range []string{strings.Repeat("abcdefghijklmnopqrstuvwxyz1234", 4), strings.Repeat("電話確認山田太郎様宛", 4)} {
		m.Send("ctrl+u")
		m.Paste(text)
		letters := []rune(text)
		half := len(letters) / 2
		for range len(letters) - half {
			m.Send("left")
		}
		m.WaitUnderCursor(string(letters[half]))
		m.Type("X ")
		m.WaitUnderCursor(string(letters[half]))
		m.WaitFor(string(letters[half-1:half]) + "X " + string(letters[half:half+1]))
		m.Type("\x1bd") // alt+d
		m.WaitFor(string(letters[half-1:half]) + "X ")
		m.Send("left")
		m.WaitUnderCursor(" ")
		m.Type("\x1b[3;5~\x1b[3;3~\x1b[3;133~") // ctrl+delete, alt+delete, ctrl+delete with NumLock
		m.Send("left")
		m.WaitUnderCursor("X")
		m.Type("\x1b[3;5~\x1bd")
		m.Send("end")
		m.Type("!")
		m.WaitFor(string(letters[half-1:half]) + "!")
	}
	m.Send("ctrl+u")
	m.Type("ab\u200bc Jose\u0301\u202e")
	m.WaitFor("abc José")
	m.Send("ctrl+u")
}
