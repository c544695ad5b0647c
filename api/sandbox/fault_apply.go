package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"
)

// fault is what is to go wrong with one request.
type fault struct {
	Faults
	fails bool // this one is among the ErrorRate
}

// before spoils a request that is not acted on. It says whether to go on.
func (f fault) before(s *Server, w http.ResponseWriter, r *http.Request, trace string) bool {
	actLater := f.lateAct(s, r, trace)
	if !wait(r, time.Duration(f.Latency)) || f.Drop == dropBefore {
		actLater()
		panic(http.ErrAbortHandler)
	}
	switch {
	case f.RetryAfter != "":
		f.write(w, r, s.tooMany(f.RetryAfter, trace), trace)
	case f.HTML && (f.fails || f.ErrorRate == 0):
		actLater()
		writeGatewayPage(w, f.status(http.StatusBadGateway))
	case f.fails:
		actLater()
		f.write(w, r, s.refuse(errOfStatus(f.status(http.StatusInternalServerError)), trace), trace)
	default:
		return true
	}
	return false
}

// lateAct carries the request out when ActAfter has passed, whoever has gone away
// by then; its answer reaches nobody. The body is read at once, while the client
// is still there.
func (f fault) lateAct(s *Server, r *http.Request, trace string) func() {
	if f.ActAfter <= 0 {
		return func() {}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, mostLateBody))
	if err != nil {
		return func() {} // not even the whole request arrived
	}
	again := func() io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
	r.Body = again()
	late := r.Clone(context.WithoutCancel(r.Context()))
	late.Body = again()
	return func() { s.after(time.Duration(f.ActAfter), func() { s.answer(late, trace) }) }
}

// mostLateBody is how much of a request is kept until it is carried out, in bytes.
const mostLateBody = 16 << 20

func (f fault) status(otherwise int) int {
	if f.ErrorStatus != 0 {
		return f.ErrorStatus
	}
	return otherwise
}

// write sends a, spoiled on its way where the switches say so.
func (f fault) write(w http.ResponseWriter, r *http.Request, a answer, trace string) {
	if f.Drop == dropAfter {
		panic(http.ErrAbortHandler)
	}
	a.header(w.Header(), trace)
	body := a.body
	if f.CutBody {
		body = body[:len(body)/2]
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		f.send(w, r, body)
	}
	if f.CutBody {
		flush(w)
		panic(http.ErrAbortHandler)
	}
}

// send writes body at once or in drips. Writing fails only when the client is
// gone, and then there is nobody to tell.
func (f fault) send(w http.ResponseWriter, r *http.Request, body []byte) {
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

func flush(w http.ResponseWriter) {
	if flusher, ok := w.(http.Flusher); ok {
		flusher.Flush()
	}
}

// wait sleeps for d unless the client goes away first.
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

// tooMany is a 429 with the Retry-After that was asked for, sensible or not.
func (s *Server) tooMany(retryAfter, trace string) answer {
	e := errTooMany(time.Second)
	if seconds, err := strconv.Atoi(retryAfter); err == nil {
		e.problems[0].Meta = map[string]any{"resets_in": seconds}
	}
	if e.retryAfter = retryAfter; retryAfter == "-" {
		e.retryAfter = ""
	}
	return s.refuse(e, trace)
}

// errOfStatus is the catalogue's error for a status that a fault asks for.
func errOfStatus(status int) *apiError {
	switch status {
	case http.StatusInternalServerError:
		return errInternal
	case http.StatusServiceUnavailable:
		return fail(status, "service_unavailable", "Service unavailable", "Service unavailable")
	case http.StatusGatewayTimeout:
		return fail(status, "gateway_timeout", "Gateway Timeout", "A request to a 3rd party service timed out")
	case http.StatusConflict:
		return fail(status, "resource_locked", "resource busy",
			"This resource is currently being modified by another request. Please try again.")
	case http.StatusUnauthorized:
		return errKeyInvalid
	case http.StatusPaymentRequired:
		return errPlan("fault")
	case http.StatusForbidden:
		return fail(status, "authorization_invalid", "Unauthorized request", "You are not authorized to perform this request")
	case http.StatusNotFound:
		return errResourceNotFound
	case http.StatusTooManyRequests:
		return errTooMany(time.Second)
	}
	return fail(status, "bad_request", http.StatusText(status), "A fault switch asked for status "+strconv.Itoa(status))
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

func readFaults(body []byte) (Faults, error) {
	var next Faults
	if len(body) == 0 {
		return next, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&next); err != nil {
		return next, err
	}
	return next, next.Check()
}

// fromThisMachine lets a shell on this machine use the switches without the
// key, but no web page: a browser names its origin, and a rebound name is not
// a loopback host.
func fromThisMachine(r *http.Request) bool {
	if r.RemoteAddr == inProcessAddr {
		return true
	}
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return false
	}
	return isLoopback(r.RemoteAddr) && isLoopback(r.Host)
}

// isLoopback says whether host or host:port is this machine.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
