// Package searchbox is the one box of the list: its text, and what of that cannot
// be searched for.
//
// What may live here: editing, selecting, completing, and holding a text back. What
// may not: the language of the box (api/search), asking the server (views/users),
// drawing.
package searchbox

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui/text"
	"frontdesk/tui/textbox"
)

const (
	// maxSearched is how many characters are searched for at each letter. A text
	// that is set at once, many users' ids, may be longer and have maxAdded typed
	// behind it. More is a line of a log, of which maxHeld are taken.
	maxSearched, maxAdded, maxHeld = 200, 60, 4000
)

// Box is the search box. The zero value is not ready: see New.
type Box struct {
	text       textbox.Model
	isOpen     bool
	isSelected bool
	longest    int // how many characters are searched for

	rejected *search.Search
	// orgs are completed from, once somebody has begun to type one.
	orgs          []api.Organization
	orgsRequested bool
	// HidesOrganizations reports whether completions must not name organizations; nil
	// never does.
	HidesOrganizations func() bool
}

// New is a closed, empty box.
func New() *Box {
	return &Box{text: textbox.Model{Limit: maxHeld, NoKillLine: true}, longest: maxSearched}
}

// IsOpen says that letters go into the box.
func (b *Box) IsOpen() bool { return b.isOpen }

// IsSelected says that all of the text is selected: a letter or a paste replaces it.
func (b *Box) IsSelected() bool { return b.isSelected }

// Text is what stands in the box.
func (b *Box) Text() string { return b.text.Value() }

// Open opens the box with its text selected, so that a new search is typed over
// the old one, and the old one is edited by moving in it first.
func (b *Box) Open() {
	b.isSelected = !b.isOpen && b.Text() != ""
	b.isOpen = true
	b.text.SetOffset(len(b.Text()))
}

// Close leaves the box with its text.
func (b *Box) Close() { b.isOpen, b.isSelected = false, false }

// Clear closes the box and empties it.
func (b *Box) Clear() {
	b.Close()
	b.text.Reset()
	b.rejected = nil
}

// SetText replaces the text.
func (b *Box) SetText(s string) {
	s = search.Clean(s)
	b.longest = max(maxSearched, len([]rune(s))+maxAdded)
	b.text.SetValue(s)
	b.isSelected = false
}

// Deselect keeps the text that was selected.
func (b *Box) Deselect() { b.isSelected = false }

// DeleteSelected deletes the text if it is selected, and says whether it was.
func (b *Box) DeleteSelected() bool {
	if !b.isSelected {
		return false
	}
	b.text.Reset()
	b.isSelected = false
	return true
}

// Edit takes a key or a paste, and says whether the text changed.
func (b *Box) Edit(msg tea.Msg) bool {
	before := b.Text()
	switch given := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: normalize(given.Content)}
	case tea.KeyPressMsg:
		given.Text = normalize(given.Text)
		msg = given
	}
	b.text.Update(msg)
	return b.Text() != before
}

// normalize writes the quotes of a word processor as the ones that the search
// knows, and the wide space as the one that parts its words.
func normalize(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u201c', '\u201d', '\u201e', '\u201f', '\uff02':
			return '"'
		case '\u3000':
			return ' '
		}
		return r
	}, text)
}

// Visible is the part of the text that has room in width cells, and the cell of
// the cursor in it.
func (b *Box) Visible(width int, ruler text.CellWidth) (parts []textbox.Part, cursor int) {
	return b.text.VisibleParts(width, ruler)
}

// HasDropped says that the last edit left invisible characters out.
func (b *Box) HasDropped() bool { return b.text.Dropped() > 0 }

// IsLong says that more stands in the box than is searched for: a line of a log
// that a terminal sent as letters.
func (b *Box) IsLong() bool { return len([]rune(b.Text())) > b.longest }

// IsFull says that what is typed on is not taken.
func (b *Box) IsFull() bool { return len([]rune(b.Text())) >= maxHeld }

// Rejected is the text that cannot be searched for, with the token that is wrong;
// nil where it can.
func (b *Box) Rejected() *search.Search { return b.rejected }

// Reject holds a text back; nil rejects nothing.
func (b *Box) Reject(s *search.Search) { b.rejected = s }

// RejectAll holds the whole text back for one reason.
func (b *Box) RejectAll(why string) {
	s := b.Text()
	b.rejected = &search.Search{Text: s, Tokens: []search.Token{{End: len(s), Value: s, Problem: why}}}
}
