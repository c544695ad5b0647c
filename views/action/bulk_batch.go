package action

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/tui"
)

// batches brings what became of each batch of a bulk to the screens while the bulk
// goes on. A task has one answer, at its end, so another one waits for the batches
// and comes back with each.
type batches struct {
	key    string
	within time.Duration // how long all of them take at most
	fates  chan []desk.UserOutcome
	told   map[clean.Text]bool // of whom was told; it is the bulk's
}

func (m many) batches() batches {
	n := (len(m.seen) + m.op.MaxUsers - 1) / m.op.MaxUsers
	return batches{
		key: m.op.ID + ".batches", within: time.Duration(n) * writeDeadline,
		fates: make(chan []desk.UserOutcome, n), told: map[clean.Text]bool{}, // as many as there are: the bulk never waits for a screen
	}
}

// tell is told of a batch by the desk.
func (b batches) tell(fates []desk.UserOutcome) {
	for _, f := range fates {
		b.told[f.Seen.ID] = true
	}
	b.fates <- fates
}

// next waits for the batch that is through next and tells every screen.
func (b batches) next() tea.Cmd {
	return tui.Run(tui.Task{Key: b.key, Deadline: b.within, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		select {
		case fates, more := <-b.fates:
			if !more {
				return nil
			}
			return append(facts(fates), b.next())
		case <-ctx.Done():
			return nil
		}
	}})
}

// facts are what a screen is told of people: who changed, and who is gone.
func facts(fates []desk.UserOutcome) tea.BatchMsg {
	var out tea.BatchMsg
	tell := func(msg tea.Msg) { out = append(out, func() tea.Msg { return msg }) }
	for _, f := range fates {
		switch {
		case f.State == desk.UserGone:
			tell(UserGoneMsg{ID: f.Seen.ID})
		case f.User != nil:
			tell(UserChangedMsg{User: f.User})
		}
	}
	return out
}
