package terminal

import (
	"bytes"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/outputfilter"
)

const (
	// sleepAfter is how long nothing has happened when the renderer is put to sleep.
	sleepAfter = 500 * time.Millisecond
	// sleepLimit ends the sleep even without a message. Bubble Tea cannot stop its renderer
	// during it, and nothing else would help if the program ended without a message.
	sleepLimit = 3 * time.Second

	// sleepMark asks the writer to sleep. It is a string sequence, so that the filter keeps
	// it from the terminal.
	sleepMark = "\x1b_sleep\x1b\\"
)

// idleWriter lets Bubble Tea's renderer sleep while nothing happens. The renderer looks for
// something to draw at every frame, which costs more than everything else that an idle
// program does, and it cannot be told to wait. But it also writes the content of a
// [tea.RawMsg], and a Write may take its time: once nothing has happened for a while,
// idleWriter requests a RawMsg, and the Write of it returns at the next message.
type idleWriter struct {
	*outputfilter.Writer
	request func(tea.Msg) // sends a message to the program, without waiting
	limit   time.Duration

	mu      sync.Mutex
	timer   *time.Timer   // makes the next request; nil before the first message
	woken   chan struct{} // closed when the requested sleep is over; nil without a request
	stopped bool          // the program is quitting
}

func newIdleWriter(to *outputfilter.Writer, request func(tea.Msg)) *idleWriter {
	return &idleWriter{Writer: to, request: request, limit: sleepLimit}
}

// noteMessage ends the sleep because of a message. Call it before the program handles the
// message, which waits for the renderer. If the message requests sleep, the next Write of
// the mark sleeps.
func (w *idleWriter) noteMessage(msg tea.Msg) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.woken != nil {
		close(w.woken)
		w.woken = nil
	}
	if w.stopped {
		return
	}
	next := sleepAfter
	if isSleepRequest(msg) {
		w.woken = make(chan struct{})
		next = w.limit
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(next, func() { w.request(tea.RawMsg{Msg: sleepMark}) })
		return
	}
	w.timer.Reset(next)
}

func isSleepRequest(msg tea.Msg) bool {
	raw, is := msg.(tea.RawMsg)
	return is && raw.Msg == sleepMark
}

// stop ends the sleep and allows no other.
func (w *idleWriter) stop() {
	w.noteMessage(nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = true
	if w.timer != nil {
		w.timer.Stop()
	}
}

// Write writes p and then, if p has the mark, sleeps until the next message.
func (w *idleWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil || !bytes.Contains(p, []byte(sleepMark)) {
		return n, err
	}
	w.mu.Lock()
	woken := w.woken
	w.mu.Unlock()
	if woken == nil { // something happened meanwhile
		return n, nil
	}
	limit := time.NewTimer(w.limit)
	defer limit.Stop()
	select {
	case <-woken:
	case <-limit.C:
	}
	return n, nil
}
