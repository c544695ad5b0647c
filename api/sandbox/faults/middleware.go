package faults

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Options configure a [Middleware]. All fields are required.
type Options struct {
	// Refuse writes an error response with this status in the server's own format.
	// retryAfter is the Retry-After text of a 429 that [Switches.RetryAfter] asks for, ""
	// otherwise.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, retryAfter string)
	// After calls f after d.
	After func(d time.Duration, f func())
	// Rand decides which requests fail and how long they wait.
	Rand io.Reader
}

// Middleware applies its switches to the requests of a handler. It is safe for concurrent
// use.
type Middleware struct {
	next    http.Handler
	options Options

	mu       sync.Mutex
	switches Switches
}

// New returns a Middleware in front of next, with everything switched off.
func New(next http.Handler, o Options) *Middleware { return &Middleware{next: next, options: o} }

// Set replaces the switches. Switches that [Switches.Check] rejects are ignored.
func (m *Middleware) Set(s Switches) {
	if s.Check() != nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.switches = s
}

// Switches returns the switches with the remaining Count.
func (m *Middleware) Switches() Switches {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.switches
}

// ServeHTTP implements [http.Handler].
func (m *Middleware) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f := m.pick(r)
	if f == (fault{}) {
		m.next.ServeHTTP(w, r)
		return
	}
	actLater := m.prepareLateAct(f, r)
	if !wait(r, time.Duration(f.Latency)) || f.Drop == dropBefore {
		actLater()
		panic(http.ErrAbortHandler)
	}
	out := &response{header: http.Header{}}
	switch {
	case f.RetryAfter != "":
		m.options.Refuse(out, r, http.StatusTooManyRequests, f.RetryAfter)
	case f.HTML && (f.fails || f.ErrorRate == 0):
		actLater()
		writeGatewayPage(w, f.statusOr(http.StatusBadGateway))
		return
	case f.fails:
		actLater()
		m.options.Refuse(out, r, f.statusOr(http.StatusInternalServerError), "")
	default:
		m.next.ServeHTTP(out, r)
	}
	out.WriteHeader(http.StatusOK)
	f.send(w, r, out)
}

// fault is what goes wrong with one request.
type fault struct {
	Switches
	fails bool // selected by ErrorRate
}

// pick returns the fault for r, zero for none, and counts r.
func (m *Middleware) pick(r *http.Request) fault {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.switches.selects(r) {
		return fault{}
	}
	picked := fault{Switches: m.switches}
	switch m.switches.Count {
	case 0:
	case 1:
		m.switches = Switches{}
	default:
		m.switches.Count--
	}
	if picked.Jitter > 0 {
		picked.Latency += Duration(float64(picked.Jitter) * m.random())
	}
	picked.fails = picked.ErrorRate > 0 && m.random() < picked.ErrorRate
	return picked
}

// random returns a number in [0, 1).
func (m *Middleware) random() float64 {
	var raw [8]byte
	if _, err := io.ReadFull(m.options.Rand, raw[:]); err != nil {
		return 0
	}
	return float64(binary.BigEndian.Uint64(raw[:])>>11) / (1 << 53)
}

// maxLateBody is how many bytes of a request body are kept until it is carried out.
const maxLateBody = 16 << 20

// prepareLateAct returns a function that carries out r after ActAfter, even if the client
// has disconnected by then; the response is discarded. The body is read here, while the
// client is still connected.
func (m *Middleware) prepareLateAct(f fault, r *http.Request) func() {
	if f.ActAfter <= 0 {
		return func() {}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxLateBody))
	if err != nil {
		return func() {} // the request did not arrive completely
	}
	newBody := func() io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
	r.Body = newBody()
	late := r.Clone(context.WithoutCancel(r.Context()))
	late.Body = newBody()
	return func() {
		m.options.After(time.Duration(f.ActAfter), func() { m.next.ServeHTTP(&response{header: http.Header{}}, late) })
	}
}

func (f fault) statusOr(status int) int {
	if f.ErrorStatus != 0 {
		return f.ErrorStatus
	}
	return status
}

// send copies out to w, or interrupts it as the switches say.
func (f fault) send(w http.ResponseWriter, r *http.Request, out *response) {
	if f.Drop == dropAfter {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), out.header)
	body := out.body
	if f.CutBody {
		body = body[:len(body)/2]
	}
	w.WriteHeader(out.status)
	f.sendBody(w, r, body)
	if f.CutBody {
		flush(w)
		panic(http.ErrAbortHandler)
	}
}

// sendBody writes body at once or, with Drip, in pieces. A failed write means that the
// client has disconnected, so its error is ignored.
func (f fault) sendBody(w http.ResponseWriter, r *http.Request, body []byte) {
	if f.Drip <= 0 {
		_, _ = w.Write(body)
		return
	}
	const pieces = 16
	size := max(1, len(body)/pieces)
	for len(body) > 0 {
		n := min(size, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		flush(w)
		body = body[n:]
		if len(body) > 0 && !wait(r, time.Duration(f.Drip)) {
			panic(http.ErrAbortHandler)
		}
	}
}

// response is an [http.ResponseWriter] that keeps a whole response in memory.
type response struct {
	header http.Header
	status int
	body   []byte
}

func (r *response) Header() http.Header { return r.header }

func (r *response) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *response) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	r.body = append(r.body, p...)
	return len(p), nil
}

func flush(w http.ResponseWriter) {
	if flusher, ok := w.(http.Flusher); ok {
		flusher.Flush()
	}
}

// wait sleeps for d. It returns false if the client disconnects first.
func wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

const gatewayPage = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>gateway</center></body></html>
`

func writeGatewayPage(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(gatewayPage)))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(gatewayPage))
}
