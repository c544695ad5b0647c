package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"frontdesk/api/exchange"
)

// maxBody is how much of a response is read. 500 full users are about 2 MB.
const maxBody = 16 << 20

// newTransport returns a net/http transport with a limit on everything that can hang.
// HTTP/2 is off because its transport may repeat a POST by itself after a stream reset.
// HTTP/1 only repeats methods that are idempotent, or requests with an Idempotency-Key,
// which this client never sends.
func newTransport(p proxies) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return p.proxyFor(r.URL) },
		OnProxyConnectResponse: checkConnectResponse,
		DialContext:            dialer.DialContext,
		Protocols:              protocols,
		TLSHandshakeTimeout:    10 * time.Second,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConnsPerHost:    4,
		MaxConnsPerHost:        8,
		MaxResponseHeaderBytes: 256 << 10,
	}
}

// connTrace records whether a request may have left this machine, and how far it got
// before.
type connTrace struct {
	askedForConn, dialed, gotConn atomic.Bool
	handshakes                    atomic.Int32 // TLS handshakes that were started
}

// attach traces how net/http's transport gets a connection. A transport that does not
// report, like the in-process one, counts as having sent everything.
func (f *connTrace) attach(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { f.askedForConn.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { f.gotConn.Store(true) },

		DNSStart:          func(httptrace.DNSStartInfo) { f.dialed.Store(true) },
		ConnectStart:      func(string, string) { f.dialed.Store(true) },
		TLSHandshakeStart: func() { f.handshakes.Add(1) },
	})
}

func (f *connTrace) maySent() bool { return !f.askedForConn.Load() || f.gotConn.Load() }

// attempt sends the call once. parent is the caller's context; ctx adds the client's own
// deadline. Which of them ended tells a cancellation from a server that is too slow.
func (c *Client) attempt(parent, ctx context.Context, k *call) error {
	req, err := c.request(ctx, k)
	if err != nil {
		return err
	}
	var foot connTrace
	flight, land := k.exchangeContext(ctx, &foot)
	defer land()
	pending := c.beginExchange(k, req)
	res, err := c.transport.RoundTrip(req.WithContext(foot.attach(flight)))
	if uploadFailed(req.Body) {
		if res != nil {
			res.Body.Close()
		}
		pending.End(exchange.Answer{Failure: errFileTruncated.Error(), At: c.clock()})
		return k.newError(KindRefused, errFileTruncated)
	}
	if err != nil {
		e := c.noAnswerError(parent, ctx, k, req.URL, &foot, err)
		pending.End(exchange.Answer{Failure: e.Error(), At: c.clock()})
		return e
	}
	defer res.Body.Close()
	at := c.clock()
	body, err := readBody(res)
	c.endExchange(pending, res, body, err)
	reportAnswer(parent, Answer{res.StatusCode, traceID(res, nil)})
	if err == nil && res.StatusCode == http.StatusOK {
		return k.decodeBody(res, body, at)
	}
	if res.StatusCode >= 300 {
		return c.errorFromResponse(k, res, body)
	}
	e := k.newError(KindInvalidResponse, fmt.Errorf("HTTP %d", res.StatusCode))
	if err != nil && !errors.Is(err, errTooBig) {
		e = k.connectionError(parent, ctx, err)
	} else if err != nil {
		e.Err, e.isFinal = err, true
	}
	e.Status, e.Sent, e.TraceID = res.StatusCode, true, traceID(res, nil)
	return e
}

// finishWritesKey is the context key of FinishWrites.
type finishWritesKey struct{}

// FinishWrites returns a context whose cancellation does not interrupt writes that were
// already sent, since that would not stop the server: the response is awaited up to the
// deadline. Nothing new is sent after the cancellation.
func FinishWrites(ctx context.Context) context.Context {
	return context.WithValue(ctx, finishWritesKey{}, true)
}

// exchangeContext returns the context of one exchange.
func (k *call) exchangeContext(ctx context.Context, foot *connTrace) (flight context.Context, land func()) {
	if !k.isWrite() || ctx.Value(finishWritesKey{}) == nil {
		return ctx, func() {}
	}
	flight, cancel := context.WithCancel(context.WithoutCancel(ctx))
	end := cancel
	if deadline, ok := ctx.Deadline(); ok {
		flight, end = context.WithDeadline(flight, deadline)
	}
	stop := context.AfterFunc(ctx, func() {
		if !foot.maySent() {
			cancel()
		}
	})
	return flight, func() { stop(); end(); cancel() }
}

// request builds the HTTP request of one attempt.
func (c *Client) request(ctx context.Context, k *call) (*http.Request, error) {
	address := c.base + k.path
	if len(k.query) > 0 {
		address += "?" + k.query.Encode()
	}
	var body io.ReadCloser
	if k.body != nil {
		var err error
		if body, err = k.body(); err != nil {
			return nil, k.newError(KindRefused, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, k.method, address, nil)
	if err != nil {
		return nil, k.newError(KindRefused, errors.New("the id cannot be part of a URL"))
	}
	if body != nil {
		// No GetBody: a body that cannot be rewound cannot be sent twice by net/http
		// itself.
		req.Body, req.ContentLength = body, k.length
		req.Header.Set("Content-Type", k.contentType)
	}
	req.Header.Set("Authorization", c.key.authorization())
	req.Header.Set("Clerk-API-Version", string(c.version))
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.agent)
	return req, nil
}

// noAnswerError returns the error of a request that got no response.
func (c *Client) noAnswerError(parent, ctx context.Context, k *call, to *url.URL, foot *connTrace, err error) *Error {
	via, err := c.wrapProxyError(to, foot, err)
	e := k.connectionError(parent, ctx, err)
	e.Sent, e.proxy, e.trustProblem = foot.maySent(), via, c.trustFileProblem(err)
	return e
}

// connectionError returns the error of an exchange that was interrupted.
func (k *call) connectionError(parent, ctx context.Context, err error) *Error {
	if cause := parent.Err(); cause != nil {
		return k.newError(KindCancelled, cause)
	}
	var proxy *proxyError
	atProxy := errors.As(err, &proxy)
	if cause := ctx.Err(); cause != nil {
		if atProxy {
			proxy.cause, cause = cause, proxy
		}
		return k.newError(KindNetwork, cause)
	}
	e := k.newError(KindNetwork, err)
	if atProxy {
		e.isFinal = proxy.isFinal()
		return e
	}
	var dns *net.DNSError
	e.isFinal = certificateReason(err) != "" || isTLSError(err) || (errors.As(err, &dns) && dns.IsNotFound)
	return e
}

var errTooBig = fmt.Errorf("it is larger than %d MB", maxBody>>20)

// readBody reads a body up to maxBody and makes it valid UTF-8: invalid bytes would
// otherwise pass through json.RawMessage.
func readBody(res *http.Response) ([]byte, error) {
	var b bytes.Buffer
	if n := res.ContentLength; n > 0 && n <= maxBody {
		b.Grow(int(n) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(res.Body, maxBody+1))
	if n > maxBody {
		return nil, errTooBig
	}
	body := b.Bytes()
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return body, err
}

// decodeBody decodes a 200 with the call's decode function.
func (k *call) decodeBody(res *http.Response, body []byte, at time.Time) error {
	if k.decode == nil {
		return nil
	}
	err := errWebPage
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		err = errEmpty
	case !isHTML(res, body):
		if err = k.decode(body, at); err == nil {
			return nil
		}
	}
	e := k.newError(KindInvalidResponse, err)
	e.Status, e.Sent, e.TraceID, e.isFinal = res.StatusCode, true, traceID(res, nil), err == errWebPage
	return e
}

var (
	errWebPage = errors.New("it is a web page")
	errEmpty   = errors.New("it is empty")
)

// isHTML reports whether the response is a web page, as from a proxy, a gateway or a
// sign-in page.
func isHTML(res *http.Response, body []byte) bool {
	return strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") ||
		bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n\ufeff"), []byte("<"))
}
