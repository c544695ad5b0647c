package dialog

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A terminal without bracketed paste types what is pasted. If the first letter of it
// opened a question, the rest of the line is its first field, the line break goes to
// the buttons, and a second line that begins with y would confirm. Such a y is held
// back where the text or the timing is not a person's.

const (
	// atOnce is how close letters follow each other that nobody typed one by one.
	atOnce = 20 * time.Millisecond
	// fewLetters is how many letters a person may have typed ahead on a slow line.
	fewLetters = 4
	// steadyLetters is from how many evenly spaced keys on a machine sends them.
	steadyLetters = 8
	// nextLine is how long the next line of a paste may take that comes by lines.
	nextLine = 700 * time.Millisecond
	// even is how far such a space may be off the mean, in parts of it.
	even = 5
)

// rhythm is how the last keys came.
type rhythm struct {
	last time.Time
	gaps []time.Duration // of keys that could be text, the oldest first
}

// heard notes a key. One that is in no pasted text begins anew.
func (r *rhythm) heard(k tea.Key, now time.Time) {
	gap := now.Sub(r.last)
	r.last = now
	if k.Text == "" && k.Code != tea.KeyEnter {
		r.gaps = r.gaps[:0]
		return
	}
	if len(r.gaps) == steadyLetters {
		r.gaps = append(r.gaps[:0], r.gaps[1:]...)
	}
	r.gaps = append(r.gaps, gap)
}

// burst says that the last keys came all at once.
func (r *rhythm) burst() bool {
	n := len(r.gaps)
	if n < fewLetters {
		return false
	}
	for _, gap := range r.gaps[n-fewLetters:] {
		if gap >= atOnce {
			return false
		}
	}
	return true
}

// steady says that the last keys came at even intervals, each long enough to be
// taken for a person's.
func (r *rhythm) steady() bool {
	if len(r.gaps) < steadyLetters {
		return false
	}
	sum := time.Duration(0)
	for _, gap := range r.gaps {
		sum += gap
	}
	mean := sum / steadyLetters
	for _, gap := range r.gaps {
		if (gap - mean).Abs() > mean/even {
			return false
		}
	}
	return mean >= atOnce
}

// doubt makes y wait, after enter has led to the buttons from a stop. What came at once
// with its line break waits for the next line; an address where none is asked for has
// y pressed twice, since the letters that follow y in a line undo the first.
func (m *Model) doubt(from stop) {
	if m.rhythm.burst() {
		m.held = m.clock().Add(nextLine)
	}
	if from.kind == stopInput && len(m.rhythm.gaps) >= fewLetters {
		in := &m.inputs[from.index]
		m.doubted = in.field.FreeText && !in.untouched() && address(in.value())
	}
}

// address says that a text names somebody: an e-mail address is in it, or it is a
// number without a word.
func address(text string) bool {
	digits := strings.IndexFunc(text, unicode.IsDigit) >= 0
	return strings.Contains(text, "@") || digits && strings.IndexFunc(text, unicode.IsLetter) < 0
}
