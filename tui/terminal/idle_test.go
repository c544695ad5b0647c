package terminal

import (
	"bytes"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/outputfilter"
)

// startSleep starts a Write that sleeps, and returns a channel that is closed when it
// returns.
func startSleep(t *testing.T, w *idleWriter) <-chan struct{} {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = w.Write([]byte("a" + sleepMark + "b"))
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

func TestIdleWriter_SleepsUntilTheNextMessage(t *testing.T) {
	for name, end := range map[string]func(*idleWriter){
		"a key":           func(w *idleWriter) { w.noteMessage(tea.KeyPressMsg{}) },
		"another request": func(w *idleWriter) { w.noteMessage(tea.RawMsg{Msg: sleepMark}) },
		"the end":         func(w *idleWriter) { w.stop() },
	} {
		var out bytes.Buffer
		w := newIdleWriter(outputfilter.New(&out), func(tea.Msg) {})
		w.limit = time.Hour
		w.noteMessage(tea.RawMsg{Msg: sleepMark})
		done := startSleep(t, w)
		require.Never(t, func() bool { return isDone(done) }, 30*time.Millisecond, 10*time.Millisecond, name)
		end(w)
		<-done
		require.Equal(t, "ab", out.String(), "the mark does not reach the terminal")
		w.stop()
	}
}

func TestIdleWriter_DoesNotSleepAfterAMessage(t *testing.T) {
	for _, later := range []tea.Msg{tea.KeyPressMsg{}, tea.RawMsg{Msg: "x"}, tea.QuitMsg{}} {
		w := newIdleWriter(outputfilter.New(&bytes.Buffer{}), func(tea.Msg) {})
		w.limit = time.Hour
		w.noteMessage(tea.RawMsg{Msg: sleepMark})
		w.noteMessage(later)
		<-startSleep(t, w)
		w.stop()
		w.noteMessage(tea.RawMsg{Msg: sleepMark})
		<-startSleep(t, w)
	}
}

func TestIdleWriter_WakesByItself(t *testing.T) {
	w := newIdleWriter(outputfilter.New(&bytes.Buffer{}), func(tea.Msg) {})
	w.limit = time.Millisecond
	w.noteMessage(tea.RawMsg{Msg: sleepMark})
	<-startSleep(t, w)
	w.stop()
}

func TestIdleWriter_RequestsSleepOnceNothingHappens(t *testing.T) {
	asked := make(chan tea.Msg, 1)
	w := newIdleWriter(outputfilter.New(&bytes.Buffer{}), func(msg tea.Msg) { asked <- msg })
	w.noteMessage(tea.KeyPressMsg{})
	require.True(t, isSleepRequest(<-asked))
	w.stop()
}
