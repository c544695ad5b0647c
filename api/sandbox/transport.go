package sandbox

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// Transport returns a transport that serves requests in this process, without a port.
func (s *Server) Transport() http.RoundTripper { return NewTransport(s) }

// NewTransport returns a transport that serves requests with h in this process. The
// handler runs in a goroutine and its body is streamed. Cancelling the request ends it,
// also during a latency fault.
func NewTransport(h http.Handler) http.RoundTripper { return &transport{handler: h} }

type transport struct{ handler http.Handler }

// RoundTrip implements [http.RoundTripper]. A connection that the server drops, before the
// response or in its body, is [io.ErrUnexpectedEOF].
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(request.Context())
	if err := ctx.Err(); err != nil {
		cancel()
		closeBody(request)
		return nil, err
	}
	reader, writer := io.Pipe()
	w := &pipedResponse{header: http.Header{}, body: writer, began: make(chan struct{})}
	go func() {
		defer closeBody(request)
		w.finish(serveRecovered(t.handler, w, serverRequest(request, ctx)))
	}()
	select {
	case <-w.began:
	case <-ctx.Done():
		err := ctx.Err()
		cancel()
		reader.CloseWithError(err)
		return nil, err
	}
	if w.failed != nil {
		cancel()
		return nil, w.failed
	}
	stop := context.AfterFunc(ctx, func() { reader.CloseWithError(ctx.Err()) })
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)),
		StatusCode:    w.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        w.sent,
		Body:          &pipedBody{PipeReader: reader, ctx: ctx, done: func() { stop(); cancel() }},
		ContentLength: contentLength(w.sent),
		Request:       request,
	}, nil
}

// serverRequest returns the request as a server sees it.
func serverRequest(request *http.Request, ctx context.Context) *http.Request {
	in := request.Clone(ctx)
	in.RequestURI = request.URL.RequestURI()
	in.URL.Scheme, in.URL.Host = "", "" // the host is in in.Host
	in.RemoteAddr = inProcessAddr
	if in.Host == "" {
		in.Host = request.URL.Host
	}
	in.URL.User, in.URL.Fragment = nil, ""
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}

// inProcessAddr is the remote address of requests that did not use a network.
const inProcessAddr = "in-process"

// serveRecovered runs the handler. http.ErrAbortHandler is a dropped connection; any other
// panic is a bug and passes through.
func serveRecovered(h http.Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			if caught != http.ErrAbortHandler {
				panic(caught)
			}
			err = io.ErrUnexpectedEOF
		}
	}()
	h.ServeHTTP(w, r)
	return nil
}

func closeBody(request *http.Request) {
	if request.Body != nil {
		request.Body.Close()
	}
}

// pipedResponse streams the handler's body to the response's reader.
type pipedResponse struct {
	header http.Header
	body   *io.PipeWriter
	once   sync.Once
	began  chan struct{} // closed when status and sent, or failed, are set

	status int
	sent   http.Header
	failed error
}

func (w *pipedResponse) Header() http.Header { return w.header }

func (w *pipedResponse) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.began)
	})
}

func (w *pipedResponse) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

// Flush implements [http.Flusher]. Writes need no flushing.
func (w *pipedResponse) Flush() { w.WriteHeader(http.StatusOK) }

func (w *pipedResponse) finish(err error) {
	w.once.Do(func() {
		w.status, w.sent, w.failed = http.StatusOK, w.header.Clone(), err
		close(w.began)
	})
	w.body.CloseWithError(err) // nil means a complete body
}

type pipedBody struct {
	*io.PipeReader
	ctx  context.Context
	done func()
}

// Read fails once the request is cancelled.
func (b *pipedBody) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.PipeReader.Read(p)
}

func (b *pipedBody) Close() error {
	b.done()
	return b.PipeReader.Close()
}

func contentLength(h http.Header) int64 {
	var n int64
	if _, err := fmt.Sscan(h.Get("Content-Length"), &n); err != nil {
		return -1
	}
	return n
}
