package dialog

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A terminal without bracketed paste types what is pasted. If the first letter of a
// paste opened a question, the rest of the line goes into its first field, the line
// break moves to the buttons, and a second line that begins with y would confirm. Such
// a y is held back if the text or the timing cannot be a person's.

const (
	// burstGap is the interval below which letters were not typed one by one.
	burstGap = 20 * time.Millisecond
	// burstKeys is how many letters a person may have typed ahead on a slow connection.
	burstKeys = 4
	// steadyKeys is the number of evenly spaced keys from which a machine is assumed.
	steadyKeys = 8
	// pastedLineGap is how long the next line of a paste sent line by line may take.
	pastedLineGap = 700 * time.Millisecond
	// steadyTolerance is how far an interval may deviate from the mean, as a fraction
	// of it (1/n).
	steadyTolerance = 5
)

// keyTiming records the timing of the last keys.
type keyTiming struct {
	last time.Time
	gap  time.Duration   // between the last two keys
	gaps []time.Duration // before keys that could be text, oldest first
}

// record adds a key. One that cannot be part of pasted text starts over.
func (r *keyTiming) record(k tea.Key, now time.Time) {
	gap := now.Sub(r.last)
	r.last, r.gap = now, gap
	if k.Text == "" && k.Code != tea.KeyEnter {
		r.restart()
		return
	}
	if len(r.gaps) == steadyKeys {
		r.gaps = append(r.gaps[:0], r.gaps[1:]...)
	}
	r.gaps = append(r.gaps, gap)
}

// restart forgets the intervals: the next key begins a new text.
func (r *keyTiming) restart() { r.gaps = r.gaps[:0] }

// isBurst reports whether the last keys came all at once.
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

// isSteady reports whether the last keys came at even intervals, each long enough to be
// a person's.
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

// checkForPaste makes y wait after enter has moved from a field to the buttons. Text
// that came at once with its line break waits for a next line. An address in a field
// that does not ask for one requires y twice, because the letters that follow y in a
// pasted line revoke the first.
func (m *Model) checkForPaste(from stop) {
	if m.timing.isBurst() {
		m.confirmFrom = m.clock().Add(pastedLineGap)
	}
	if from.kind == stopInput && len(m.timing.gaps) >= burstKeys {
		in := &m.inputs[from.index]
		m.suspectPaste = in.field.FreeText && !in.isUnedited() && looksLikeIdentifier(in.value())
	}
}

// looksLikeIdentifier reports whether a text identifies somebody: it contains an e-mail
// address, or it is a number without words.
func looksLikeIdentifier(text string) bool {
	digits := strings.IndexFunc(text, unicode.IsDigit) >= 0
	return strings.Contains(text, "@") || digits && strings.IndexFunc(text, unicode.IsLetter) < 0
}
