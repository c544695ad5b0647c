package users

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

const (
	countKey          = "users.count"
	countEverybodyKey = "users.count.all"
)

// countMsg is what came of counting; serial 0 is everybody.
type countMsg struct {
	serial, n int
	err       error
}

// countEverybody asks how many users there are.
func (v *View) countEverybody() tea.Cmd { return v.counting(countEverybodyKey, 0, ask{}) }

// count asks how many match; only where that does not show by itself, so that a
// search costs the instance's rate limit one request and not two.
func (v *View) count(r *result) tea.Cmd { return v.counting(countKey, r.serial, r.ask) }

func (v *View) counting(key string, serial int, a ask) tea.Cmd {
	client := v.env.Client
	return tui.Run(tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		n, err := client.CountUsers(ctx, a.query(pageAsk{}))
		return countMsg{serial: serial, n: n, err: err}
	}})
}

func (v *View) counted(msg countMsg) {
	if msg.serial == 0 && msg.err == nil {
		v.everybody = msg.n
	}
	for _, r := range v.results() {
		mine := r.serial == msg.serial || msg.serial == 0 && r.ask.needle.empty()
		switch {
		case !mine:
		case msg.err != nil:
			r.uncounted = true
		case r.scan != nil:
			r.scan.total = msg.n
		default:
			r.uncounted = false
			r.pages.counted(msg.n)
		}
	}
}
