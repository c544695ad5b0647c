package dialog

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	untickedNote = "check every item first"
	checkboxNote = "space ticks, enter moves on"
)

// wordGap is how long after a letter a space or a digit still belongs to the same word.
const wordGap = time.Second

// typeAtCheckbox ticks: space the item at the focus, a digit the item of that number. A
// space or a digit soon after a letter belongs to a word meant for a field and ticks
// nothing.
func (m *Model) typeAtCheckbox(k tea.Key, index int) {
	now := m.clock()
	inWord, item := now.Before(m.checkboxWordUntil), m.itemOf(k)
	switch {
	case k.Code == tea.KeySpace && !inWord:
		m.ticked[index] = !m.ticked[index]
		m.onEdit()
	case item >= 0 && !inWord && !k.IsRepeat && m.timing.gap >= burstGap:
		m.tickByNumber(item)
	case k.Code == tea.KeySpace:
		m.note = checkboxNote
	case k.Text != "":
		m.note, m.checkboxWordUntil = checkboxNote, now.Add(wordGap)
	}
}

// isNumbered reports whether the items of the checklist have numbers: several, and no more
// than there are digits.
func (m *Model) isNumbered() bool {
	n := len(m.demands().Checklist)
	return n > 1 && n < 10
}

// itemOf returns the item of the checklist whose number was typed, -1 for none.
func (m *Model) itemOf(k tea.Key) int {
	n, err := strconv.Atoi(k.Text)
	if err != nil || len(k.Text) != 1 || n < 1 || n > len(m.demands().Checklist) || !m.isNumbered() {
		return -1
	}
	return n - 1
}

// tickByNumber ticks an item; only space takes a tick back. The focus goes to the next
// item that is not ticked, and from the last one to what comes after the checklist.
func (m *Model) tickByNumber(item int) {
	m.ticked[item] = true
	m.onEdit()
	last := 0
	for i, s := range m.stops {
		if s.kind != stopCheck {
			continue
		}
		if last = i; !m.ticked[s.index] {
			m.setFocus(i)
			return
		}
	}
	m.focus = last
	m.setFocus(m.nextAfterEnter())
}
