package terminal

import (
	"bytes"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/outputfilter"
)

// resting starts a Write that asks for a rest, and returns a channel that is closed when
// it returns.
func resting(t *testing.T, r *rest) <-chan struct{} {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = r.Write([]byte("a" + restMark + "b"))
	}()
	return done
}

func isDone(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

func TestRest_LastsUntilTheNextMessage(t *testing.T) {
	for name, end := range map[string]func(*rest){
		"a key":           func(r *rest) { r.note(tea.KeyPressMsg{}) },
		"another request": func(r *rest) { r.note(tea.RawMsg{Msg: restMark}) },
		"the end":         func(r *rest) { r.stop() },
	} {
		var out bytes.Buffer
		r := newRest(outputfilter.New(&out), func(tea.Msg) {})
		r.limit = time.Hour
		r.note(tea.RawMsg{Msg: restMark})
		done := resting(t, r)
		require.Never(t, func() bool { return isDone(done) }, 30*time.Millisecond, 10*time.Millisecond, name)
		end(r)
		<-done
		require.Equal(t, "ab", out.String(), "the mark does not reach the terminal")
		r.stop()
	}
}

func TestRest_DoesNotBeginAfterAMessage(t *testing.T) {
	for _, later := range []tea.Msg{tea.KeyPressMsg{}, tea.RawMsg{Msg: "x"}, tea.QuitMsg{}} {
		r := newRest(outputfilter.New(&bytes.Buffer{}), func(tea.Msg) {})
		r.limit = time.Hour
		r.note(tea.RawMsg{Msg: restMark})
		r.note(later)
		<-resting(t, r)
		r.stop()
		r.note(tea.RawMsg{Msg: restMark})
		<-resting(t, r)
	}
}

func TestRest_EndsByItself(t *testing.T) {
	r := newRest(outputfilter.New(&bytes.Buffer{}), func(tea.Msg) {})
	r.limit = time.Millisecond
	r.note(tea.RawMsg{Msg: restMark})
	<-resting(t, r)
	r.stop()
}

func TestRest_IsAskedForOnceNothingHappens(t *testing.T) {
	asked := make(chan tea.Msg, 1)
	r := newRest(outputfilter.New(&bytes.Buffer{}), func(msg tea.Msg) { asked <- msg })
	r.note(tea.KeyPressMsg{})
	require.True(t, isRestRequest(<-asked))
	r.stop()
}
