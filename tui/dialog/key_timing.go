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
	// burstGap is how close letters follow each other that nobody typed one by one.
	burstGap = 20 * time.Millisecond
	// burstKeys is how many letters a person may have typed ahead on a slow line.
	burstKeys = 4
	// steadyKeys is from how many evenly spaced keys on a machine sends them.
	steadyKeys = 8
	// pastedLineGap is how long the next line of a paste may take that comes by lines.
	pastedLineGap = 700 * time.Millisecond
	// steadyTolerance is how far such a space may be off the mean, in parts of it.
	steadyTolerance = 5
)

// keyTiming is how the last keys came.
type keyTiming struct {
	last time.Time
	gaps []time.Duration // of keys that could be text, the oldest first
}

// record notes a key. One that is in no pasted text begins anew.
func (r *keyTiming) record(k tea.Key, now time.Time) {
	gap := now.Sub(r.last)
	r.last = now
	if k.Text == "" && k.Code != tea.KeyEnter {
		r.restart()
		return
	}
	if len(r.gaps) == steadyKeys {
		r.gaps = append(r.gaps[:0], r.gaps[1:]...)
	}
	r.gaps = append(r.gaps, gap)
}

// restart forgets the gaps so far: the next key begins a new text.
func (r *keyTiming) restart() { r.gaps = r.gaps[:0] }

// isBurst says that the last keys came all at once.
func (r *keyTiming) isBurst() bool {
	n := len(r.gaps)
	if n < burstKeys {
		return false
	}
	for _, gap := range r.gaps[n-burstKeys:] {
		if gap >= burstGap {
			return false
		}
	}
	return true
}

// isSteady says that the last keys came at even intervals, each long enough to be
// taken for a person's.
func (r *keyTiming) isSteady() bool {
	if len(r.gaps) < steadyKeys {
		return false
	}
	sum := time.Duration(0)
	for _, gap := range r.gaps {
		sum += gap
	}
	mean := sum / steadyKeys
	for _, gap := range r.gaps {
		if (gap - mean).Abs() > mean/steadyTolerance {
			return false
		}
	}
	return mean >= burstGap
}

// checkForPaste makes y wait, after enter has led to the buttons from a stop. What came at once
// with its line break waits for the next line; an address where none is asked for has
// y pressed twice, since the letters that follow y in a line undo the first.
func (m *Model) checkForPaste(from stop) {
	if m.timing.isBurst() {
		m.confirmFrom = m.clock().Add(pastedLineGap)
	}
	if from.kind == stopInput && len(m.timing.gaps) >= burstKeys {
		in := &m.inputs[from.index]
		m.suspectPaste = in.field.FreeText && !in.isUnedited() && looksLikeIdentifier(in.value())
	}
}

// looksLikeIdentifier says that a text names somebody: an e-mail address is in it, or it is a
// number without a word.
func looksLikeIdentifier(text string) bool {
	digits := strings.IndexFunc(text, unicode.IsDigit) >= 0
	return strings.Contains(text, "@") || digits && strings.IndexFunc(text, unicode.IsLetter) < 0
}
