package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// minAge is the age of rows from which it is shown. A timer of that length keeps it
// current while nothing else draws the list.
const minAge = time.Minute

// ageDueMsg says that minAge has passed.
type ageDueMsg struct{}

// startAgeTimer starts the timer unless it runs already.
func (v *View) startAgeTimer() tea.Cmd {
	if v.isAgeTimerOn || v.feed.shown == nil {
		return nil
	}
	v.isAgeTimerOn = true
	return tui.Later(minAge, ageDueMsg{})
}

// ageStatus says when the oldest row on the screen was read, "" if that is less than
// minAge ago.
func (p *painter) ageStatus() string {
	if !p.list.isCurrent {
		return ""
	}
	var oldest time.Time
	first, end := p.list.win.Rows(p.list.len(), p.rows)
	for i := first; i < end; i++ {
		if r := p.list.at(i); r != nil && !r.User.ReadAt.IsZero() && (oldest.IsZero() || r.User.ReadAt.Before(oldest)) {
			oldest = r.User.ReadAt
		}
	}
	if oldest.IsZero() || p.s.Now.Sub(oldest) < minAge {
		return ""
	}
	return "Read " + userfmt.Ago(oldest, p.s.Now)
}
