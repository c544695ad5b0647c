package action

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/tui"
)

// batchFeed passes the outcome of each batch of a bulk operation to the screens
// while the operation is still running. A task has a single result, at its end, so
// a second task waits for the batches and restarts after each one.
type batchFeed struct {
	key      string
	timeout  time.Duration // of the whole operation
	outcomes chan []desk.UserOutcome
	reported map[clean.Text]bool // users already passed on; only the operation's task uses it
}

func (m bulk) batchFeed() batchFeed {
	n := (len(m.users) + m.op.MaxUsers - 1) / m.op.MaxUsers
	return batchFeed{
		key: m.op.ID + ".batches", timeout: time.Duration(n) * writeDeadline,
		outcomes: make(chan []desk.UserOutcome, n), reported: map[clean.Text]bool{}, // room for every batch, so that report never blocks
	}
}

// report passes on the outcome of a batch; the desk calls it.
func (b batchFeed) report(outcomes []desk.UserOutcome) {
	for _, o := range outcomes {
		b.reported[o.Seen.ID] = true
	}
	b.outcomes <- outcomes
}

// wait sends the outcome of the next batch to every screen, and waits again.
func (b batchFeed) wait() tea.Cmd {
	return tui.Run(tui.Task{Key: b.key, Deadline: b.timeout, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		select {
		case outcomes, ok := <-b.outcomes:
			if !ok {
				return nil
			}
			return append(userMsgs(outcomes), b.wait())
		case <-ctx.Done():
			return nil
		}
	}})
}

// userMsgs returns a UserChangedMsg or UserGoneMsg for each outcome that has one.
func userMsgs(outcomes []desk.UserOutcome) tea.BatchMsg {
	var out tea.BatchMsg
	send := func(msg tea.Msg) { out = append(out, func() tea.Msg { return msg }) }
	for _, o := range outcomes {
		switch {
		case o.State == desk.UserGone:
			send(UserGoneMsg{ID: o.Seen.ID})
		case o.User != nil:
			send(UserChangedMsg{User: o.User})
		}
	}
	return out
}
