// Package searchbox is the search box of the list: its text, and whether that can be
// searched for.
//
// What may live here: editing, selecting, completing, and rejecting a text. What may
// not: the language of the box (api/search), asking the server (views/users), drawing.
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
	// maxSearched is how many characters are searched for at every key. A text set as
	// a whole, such as many users' ids, may be longer and have maxAdded typed behind
	// it. Anything longer is a pasted log line, of which maxHeld characters are kept.
	maxSearched, maxAdded, maxHeld = 200, 60, 4000
)

// Box is the search box. Use New: the zero value has no limit.
type Box struct {
	text       textbox.Model
	isOpen     bool
	isSelected bool
	longest    int // the most characters that are searched for

	rejected *search.Search
	// orgs are completed from, once an "org:" was typed.
	orgs          []api.Organization
	orgsRequested bool
	// HidesOrganizations reports whether completions must not name organizations; nil
	// never does.
	HidesOrganizations func() bool
}

// New returns a closed, empty box.
func New() *Box {
	return &Box{text: textbox.Model{Limit: maxHeld, NoKillLine: true}, longest: maxSearched}
}

// IsOpen reports whether keys go into the box.
func (b *Box) IsOpen() bool { return b.isOpen }

// IsSelected reports whether the whole text is selected: the next key or paste
// replaces it.
func (b *Box) IsSelected() bool { return b.isSelected }

func (b *Box) Text() string { return b.text.Value() }

// Open opens the box with its text selected: typing starts another search, moving the
// cursor edits this one.
func (b *Box) Open() {
	b.isSelected = !b.isOpen && b.Text() != ""
	b.isOpen = true
	b.text.SetOffset(len(b.Text()))
}

// Close closes the box and keeps its text.
func (b *Box) Close() { b.isOpen, b.isSelected = false, false }

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

// DeleteSelected deletes the text if it is selected, and reports whether it was.
func (b *Box) DeleteSelected() bool {
	if !b.isSelected {
		return false
	}
	b.text.Reset()
	b.isSelected = false
	return true
}

// Edit handles a key or a paste, and reports whether the text changed.
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

// normalize replaces typographic quotes by the ones that delimit tokens, and the
// ideographic space by the one that separates words.
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

// Visible returns the part of the text that fits into width cells, and the cell of the
// cursor in it.
func (b *Box) Visible(width int, ruler text.CellWidth) (parts []textbox.Part, cursor int) {
	return b.text.VisibleParts(width, ruler)
}

// HasDropped reports whether the last edit left out invisible characters.
func (b *Box) HasDropped() bool { return b.text.Dropped() > 0 }

// IsLong reports whether the text is longer than what is searched for.
func (b *Box) IsLong() bool { return len([]rune(b.Text())) > b.longest }

// IsFull reports whether further text is dropped.
func (b *Box) IsFull() bool { return len([]rune(b.Text())) >= maxHeld }

// Rejected returns the text that cannot be searched for, with the token that is wrong;
// nil if there is none.
func (b *Box) Rejected() *search.Search { return b.rejected }

// Reject marks a search as impossible; nil marks none.
func (b *Box) Reject(s *search.Search) { b.rejected = s }

// RejectAll rejects the whole text for one reason.
func (b *Box) RejectAll(why string) {
	s := b.Text()
	b.rejected = &search.Search{Text: s, Tokens: []search.Token{{End: len(s), Value: s, Problem: why}}}
}
