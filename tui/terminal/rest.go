package terminal

import (
	"bytes"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/outputfilter"
)

const (
	// restAfter is how long nothing has happened when drawing begins to rest.
	restAfter = 500 * time.Millisecond
	// restLimit ends a rest without a message: Bubble Tea cannot stop its renderer while
	// it rests, should it ever end without one.
	restLimit = 3 * time.Second

	// restMark asks the writer to rest. It is a string sequence, so that the filter keeps
	// it from the terminal.
	restMark = "\x1b_rest\x1b\\"
)

// rest lets Bubble Tea's renderer sleep while nothing happens. The renderer looks for
// something to draw as often as the screen may change, which costs more than all else
// that an idle program does, and cannot be told to wait. But it also writes what a
// [tea.RawMsg] holds, and a writer may take its time: once nothing has happened for a
// while, rest sends itself a RawMsg, and the Write of it returns with the next message.
type rest struct {
	*outputfilter.Writer
	request func(tea.Msg) // sends a message to the program, without waiting
	limit   time.Duration

	mu    sync.Mutex
	timer *time.Timer   // makes the next request; nil before the first message
	ended chan struct{} // closed when the rest that was asked for is over; nil without one
	over  bool          // the program is quitting
}

func newRest(w *outputfilter.Writer, request func(tea.Msg)) *rest {
	return &rest{Writer: w, request: request, limit: restLimit}
}

// note ends the rest, because of a message. It must be called before the program handles
// the message: drawing waits for the renderer. If the message asks for a rest, the next
// Write of the mark may begin one.
func (r *rest) note(msg tea.Msg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended != nil {
		close(r.ended)
		r.ended = nil
	}
	if r.over {
		return
	}
	next := restAfter
	if isRestRequest(msg) {
		r.ended = make(chan struct{})
		next = r.limit
	}
	if r.timer == nil {
		r.timer = time.AfterFunc(next, func() { r.request(tea.RawMsg{Msg: restMark}) })
		return
	}
	r.timer.Reset(next)
}

func isRestRequest(msg tea.Msg) bool {
	raw, is := msg.(tea.RawMsg)
	return is && raw.Msg == restMark
}

// stop ends resting for good.
func (r *rest) stop() {
	r.note(nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	if r.timer != nil {
		r.timer.Stop()
	}
}

// Write writes p and then, if p has the mark, rests until the next message.
func (r *rest) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if err != nil || !bytes.Contains(p, []byte(restMark)) {
		return n, err
	}
	r.mu.Lock()
	ended := r.ended
	r.mu.Unlock()
	if ended == nil { // something happened meanwhile
		return n, nil
	}
	limit := time.NewTimer(r.limit)
	defer limit.Stop()
	select {
	case <-ended:
	case <-limit.C:
	}
	return n, nil
}
