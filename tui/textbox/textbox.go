// Package textbox is the box in which one row of text is typed, wherever in the program
// that is: a field of a question, the filter of a menu, the search. It holds the text
// and its cursor, handles the keys that edit it, and scrolls. What the text means, and
// what other keys do, is the caller's.
//
// A box edits grapheme clusters and counts cells as the renderer does, so that the
// cursor is where the next letter goes. What is typed or pasted is cleaned
// (text.CleanInput); what a box is given by SetValue is kept as it is, and drawn with
// marks where it contains what must not be drawn (text.Drawable).
package textbox

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/text"
)

// Model is a text box. The zero value is an empty one.
type Model struct {
	Placeholder string // drawn while the box is empty
	Limit       int    // maximum length in runes; 0 is no limit
	Secret      bool   // draws a dot for each character
	NoKillLine  bool   // ctrl+k does not delete to the end of the line

	value      string
	at         int    // the cursor's offset in bytes, always between two clusters
	scrollFrom int    // where the visible part begins, in bytes
	joiner     string // a joiner that was typed and waits for the letter it joins
	dropped    int    // characters of the last key or paste that were left out
	truncated  bool   // the last key or paste did not fit completely

	// drawn is how the box was last drawn, so that an edit keeps the visible part in
	// place. It is the only state that drawing records.
	drawn drawnState
}

type drawnState struct {
	width     int
	cellWidth text.CellWidth
	layout    layout
}

// Value returns the text.
func (m *Model) Value() string { return m.value }

// SetValue replaces the text with s, uncleaned, and puts the cursor after it.
func (m *Model) SetValue(s string) {
	m.value, m.at = s, len(s)
	m.resetKeyState()
	m.scroll()
}

// Reset empties the box.
func (m *Model) Reset() { m.SetValue("") }

// Offset returns the cursor's offset in bytes.
func (m *Model) Offset() int { return m.at }

// SetOffset puts the cursor at a byte offset, or at the end of the cluster it is in.
func (m *Model) SetOffset(at int) {
	m.resetKeyState()
	m.at = m.snapToCluster(at)
	m.scroll()
}

// Dropped returns how many characters of the last key or paste were left out because
// they are invisible or would move what is beside them.
func (m *Model) Dropped() int { return m.dropped }

// Truncated reports whether the last key or paste did not fit completely.
func (m *Model) Truncated() bool { return m.truncated }

// Update handles a key or a paste.
func (m *Model) Update(msg tea.Msg) {
	m.scroll() // based on how it was drawn
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m.handleKey(tea.Key(msg))
	case tea.PasteMsg:
		m.resetKeyState()
		m.insert(msg.Content, false)
	default:
		return
	}
	m.scroll()
}

// InsertRaw inserts a text at the cursor without cleaning it.
func (m *Model) InsertRaw(s string) {
	m.scroll()
	m.resetKeyState()
	m.replace(m.at, m.at, s)
	m.scroll()
}

// resetKeyState clears what applied to the last key only.
func (m *Model) resetKeyState() { m.joiner, m.dropped, m.truncated = "", 0, false }

func (m *Model) handleKey(k tea.Key) {
	if k.Text != "" {
		waits := m.joiner
		m.resetKeyState()
		m.insert(waits+k.Text, true)
		return
	}
	waited := m.joiner != ""
	m.resetKeyState()
	switch do := edits[editKey(k)]; {
	case do == nil, m.NoKillLine && editKey(k) == "ctrl+k":
	case waited && editKey(k) == "backspace": // removes only the joiner that was typed last
	default:
		do(m)
	}
}

// editKey returns a key's name without lock keys, and without shift, which changes none
// of these keys. A letter of another alphabet is replaced by the Latin one at its
// position.
func editKey(k tea.Key) string {
	k.Mod &= tea.ModCtrl | tea.ModAlt | tea.ModMeta | tea.ModHyper | tea.ModSuper
	if k.Code > unicode.MaxASCII && k.BaseCode != 0 && k.BaseCode < unicode.MaxASCII {
		k.Code = k.BaseCode
	}
	k.BaseCode, k.ShiftedCode, k.Text = 0, 0, ""
	return k.Keystroke()
}

// edits are the keys that edit the text or move the cursor.
var edits = func() map[string]func(*Model) {
	all := map[string]func(*Model){}
	bind := func(do func(*Model), keys ...string) {
		for _, k := range keys {
			all[k] = do
		}
	}
	bind(func(m *Model) { m.at = m.prevEnd(m.at) }, "left", "ctrl+b")
	bind(func(m *Model) { m.at = m.nextEnd(m.at) }, "right", "ctrl+f")
	bind(func(m *Model) { m.at = m.wordBefore() }, "alt+left", "ctrl+left", "alt+b")
	bind(func(m *Model) { m.at = m.wordAfter() }, "alt+right", "ctrl+right", "alt+f")
	bind(func(m *Model) { m.at = 0 }, "home", "ctrl+a")
	bind(func(m *Model) { m.at = len(m.value) }, "end", "ctrl+e")
	bind(func(m *Model) { m.replace(m.prevEnd(m.at), m.at, "") }, "backspace", "ctrl+h")
	bind(func(m *Model) { m.replace(m.at, m.nextEnd(m.at), "") }, "delete", "ctrl+d")
	bind(func(m *Model) { m.replace(m.wordBefore(), m.at, "") }, "ctrl+w", "alt+backspace", "ctrl+backspace", "ctrl+alt+h")
	bind(func(m *Model) { m.replace(m.at, m.wordAfter(), "") }, "alt+d", "alt+delete", "ctrl+delete")
	bind(func(m *Model) { m.replace(0, m.at, "") }, "ctrl+u")
	bind(func(m *Model) { m.replace(m.at, len(m.value), "") }, "ctrl+k")
	return all
}()

// insert inserts what was typed or pasted at the cursor. The cluster before it is
// cleaned again, because an accent or a joiner attaches to it.
func (m *Model) insert(s string, typed bool) {
	start := m.prevEnd(m.at)
	head := m.value[start:m.at]
	if clean, lost := text.CleanInput(head); clean != head || lost > 0 {
		start, head = m.at, "" // it was set uncleaned, and stays so
	}
	clean, left := text.CleanInput(head + s)
	waits := ""
	if _, n := utf8.DecodeLastRuneInString(s); typed && left > 0 && text.AcceptsJoiner(head+s[:len(s)-n], s[len(s)-n:]) {
		clean, left = text.CleanInput(head + s[:len(s)-n])
		waits = s[len(s)-n:]
	}
	m.dropped = left
	m.replace(start, m.at, m.fitLimit(clean, head))
	m.joiner = waits
}

// fitLimit returns as much of a text as fits in place of head, in whole clusters.
func (m *Model) fitLimit(s, head string) string {
	if m.Limit <= 0 {
		return s
	}
	room := m.Limit - utf8.RuneCountInString(m.value) + utf8.RuneCountInString(head)
	if utf8.RuneCountInString(s) <= room {
		return s
	}
	m.truncated = true
	end := 0
	for cluster := range text.DrawableClusters(s) {
		if room -= utf8.RuneCountInString(cluster); room < 0 {
			break
		}
		end += len(cluster)
	}
	if end < len(head) && strings.HasPrefix(s, head) {
		return head // what was there stays
	}
	return s[:end]
}

// replace replaces a range of bytes; the cursor goes after it.
func (m *Model) replace(from, to int, s string) {
	m.value = m.value[:from] + s + m.value[to:]
	m.at = m.snapToCluster(from + len(s))
}

// snapToCluster returns the first end of a cluster at or after at.
func (m *Model) snapToCluster(at int) int {
	at = max(0, min(at, len(m.value)))
	ends := m.currentLayout().ends
	if i := clusterEndingAt(ends, at); at > 0 && i < len(ends) {
		return ends[i]
	}
	return at
}

// prevEnd and nextEnd return the ends of the clusters on either side of an offset.
func (m *Model) prevEnd(at int) int {
	ends := m.currentLayout().ends
	if i := clusterEndingAt(ends, at); at > 0 && i > 0 {
		return ends[i-1]
	}
	return 0
}

func (m *Model) nextEnd(at int) int {
	ends := m.currentLayout().ends
	if i := clusterEndingAt(ends, at+1); i < len(ends) {
		return ends[i]
	}
	return len(m.value)
}

// wordBefore returns where the word before the cursor begins. A secret counts as one
// word, because its word boundaries must not show.
func (m *Model) wordBefore() int {
	if m.Secret {
		return 0
	}
	at := m.at
	for at > 0 && m.isSeparator(m.prevEnd(at)) {
		at = m.prevEnd(at)
	}
	for at > 0 && !m.isSeparator(m.prevEnd(at)) {
		at = m.prevEnd(at)
	}
	return at
}

// wordAfter returns where the word after the cursor ends.
func (m *Model) wordAfter() int {
	if m.Secret {
		return len(m.value)
	}
	at := m.at
	for at < len(m.value) && m.isSeparator(at) {
		at = m.nextEnd(at)
	}
	for at < len(m.value) && !m.isSeparator(at) {
		at = m.nextEnd(at)
	}
	return at
}

// isSeparator reports whether the cluster that begins at a byte separates two words.
func (m *Model) isSeparator(at int) bool {
	r, _ := utf8.DecodeRuneInString(m.value[at:])
	return unicode.IsSpace(r)
}
