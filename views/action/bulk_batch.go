package action

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/tui"
)

// batchFeed brings what became of each batch of a bulk to the screens while the bulk
// goes on. A task has one answer, at its end, so another one waits for the batches
// and comes back with each.
type batchFeed struct {
	key      string
	timeout  time.Duration // how long all of them take at most
	outcomes chan []desk.UserOutcome
	reported map[clean.Text]bool // of whom was told; it is the bulk's
}

func (m bulk) batchFeed() batchFeed {
	n := (len(m.users) + m.op.MaxUsers - 1) / m.op.MaxUsers
	return batchFeed{
		key: m.op.ID + ".batches", timeout: time.Duration(n) * writeDeadline,
		outcomes: make(chan []desk.UserOutcome, n), reported: map[clean.Text]bool{}, // as many as there are: the bulk never waits for a screen
	}
}

// report is told of a batch by the desk.
func (b batchFeed) report(fates []desk.UserOutcome) {
	for _, f := range fates {
		b.reported[f.Seen.ID] = true
	}
	b.outcomes <- fates
}

// wait waits for the batch that is through next and tells every screen.
func (b batchFeed) wait() tea.Cmd {
	return tui.Run(tui.Task{Key: b.key, Deadline: b.timeout, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		select {
		case fates, more := <-b.outcomes:
			if !more {
				return nil
			}
			return append(userMsgs(fates), b.wait())
		case <-ctx.Done():
			return nil
		}
	}})
}

// userMsgs are what a screen is told of people: who changed, and who is gone.
func userMsgs(fates []desk.UserOutcome) tea.BatchMsg {
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
