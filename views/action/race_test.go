package action_test

import (
	"bytes"
	"io"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/avatar"
	"frontdesk/views/viewtest"
)

// The task of a write runs beside the loop; what is asked after it is built in the
// loop, which changes the pictures meanwhile. Here the person changed since they
// were seen, so that the question with their picture comes up again.
func TestOutcome_TaskDoesNotRaceWithUpdate(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	raw := picture(t)
	u, err := b.Client.SetProfileImage(t.Context(), u.ID, api.ImageFile{Name: "a.png", Size: int64(len(raw)), Type: "image/png",
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }})
	require.NoError(t, err)
	require.True(t, u.HasImage)
	album := b.Env.Avatars()
	u.ReadAt = u.ReadAt.Add(-time.Hour)
	b.EditUser(u, func(r *store.User) { r.FirstName = "Dan" })
	asked := 0
	for _, op := range action.UserActions(b.Env, u) {
		if op.ID != "update_user" {
			continue
		}
		asked++
		task := taskOf(t, op)
		var over atomic.Bool
		out := make(chan tea.Msg, 1)
		go func() {
			defer over.Store(true)
			out <- task.Run(t.Context(), func(tui.Progress) {})
		}()
		for !over.Load() {
			album.Update(avatar.LoadedMsg{})
		}
		require.NotNil(t, <-out)
	}
	require.Equal(t, 1, asked)
	require.Empty(t, writesOf(b.Transport.Requests()), "it changed: nothing is sent")
}

// taskOf is what the action starts once it is agreed to.
func taskOf(t *testing.T, a tui.Action) tui.Task {
	t.Helper()
	ask, ok := a.Do()().(tui.AskMsg)
	require.True(t, ok)
	answers := tui.Answers{"reason": "x", "first_name": "Danny"}
	var find func(tea.Msg) (tui.Task, bool)
	find = func(msg tea.Msg) (tui.Task, bool) {
		switch msg := msg.(type) {
		case tui.StartMsg:
			return msg.Task, true
		case tea.BatchMsg:
			for _, cmd := range msg {
				if task, ok := find(cmd()); ok {
					return task, true
				}
			}
		}
		return tui.Task{}, false
	}
	task, ok := find(ask.Prompt.OnConfirm(answers)())
	require.True(t, ok)
	return task
}
