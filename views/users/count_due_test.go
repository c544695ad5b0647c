package users_test

import (
	"net/http"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// nobody is a screen before the list.
type nobody struct{}

func (nobody) Title() string             { return "Before" }
func (nobody) Init() tea.Cmd             { return nil }
func (nobody) Update(tea.Msg) tea.Cmd    { return nil }
func (nobody) Actions() []tui.Action     { return nil }
func (nobody) Typing() bool              { return false }
func (nobody) View(tui.Screen) tui.Frame { return tui.Frame{} }

func TestFeed_CountsAfterTheFirstRowsOrADelay(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	open := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		select {
		case <-open:
		case <-r.Context().Done():
		}
		return nil, r.Context().Err()
	})
	d := runs(t, b, nobody{}, 100, 30)
	d.Async()
	d.Send(tui.PushMsg{View: users.New(b.Env)})
	d.Until("the page alone is asked for", func() bool { return d.Tasks() == 1 })
	d.Advance(time.Second)
	d.Until("the number is asked for beside it", func() bool { return d.Tasks() > 1 })
	close(open)
	d.WaitFor("of 60")
}
