package api

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// maxRetryAfter is the longest wait that a server is believed.
const maxRetryAfter = 24 * time.Hour

// failure is Clerk's error body (reference, 4.1).
type failure struct {
	Errors  []ErrorItem `json:"errors"`
	TraceID clean.Text  `json:"clerk_trace_id"`
}

// refusal reads an answer that is not 2xx. A body of another shape than
// Clerk's leaves the items empty; the status still counts.
func (c *Client) refusal(k *call, res *http.Response, body []byte) *Error {
	e := k.fail(KindRefused, nil)
	e.Status, e.Sent = res.StatusCode, true
	f, err := wire.DecodeObject[failure](body, "an error")
	if err != nil {
		f = nil
	} else {
		e.Items = f.Errors
	}
	if e.said("") == "" {
		e.words = wordsOf(res, body)
		if !e.words.Empty() {
			e.Items = nil // they are another service's, and say nothing to us
		}
	}
	e.TraceID = traceID(res, f)
	e.Kind = kindOfStatus(res.StatusCode)
	if e.Kind == KindLimited || e.Kind == KindServer {
		e.RetryAfter = retryAfter(res.Header, c.clock())
	}
	if res.StatusCode < 400 {
		e.redirect = target(res.Header.Get("Location"))
	}
	if foreign(e, isHTML(res, body)) {
		e.Kind, e.final = KindGarbled, true
	}
	return e
}

// target is where a redirect leads, fit for a screen: without what may be a
// secret in it.
func target(location string) string {
	u, err := url.Parse(location)
	if err != nil || location == "" {
		return "another address"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return clean.NewText(u.String()).Display()
}

func kindOfStatus(status int) Kind {
	switch {
	case status < 400:
		return KindGarbled
	case status == http.StatusUnauthorized:
		return KindKey
	case status == http.StatusPaymentRequired, status == http.StatusForbidden:
		return KindForbidden
	case status == http.StatusNotFound:
		return KindNotFound
	case status == http.StatusConflict:
		return KindConflict
	case status == http.StatusTooManyRequests:
		return KindLimited
	case status >= 500:
		return KindServer
	}
	return KindRefused
}

// foreign says that a refusal is a proxy's or a router's and not Clerk's: it
// proves nothing about the key, and a 404 of it nothing about a user.
func foreign(e *Error, html bool) bool {
	if len(e.Items) > 0 {
		return false
	}
	switch e.Kind {
	case KindKey, KindForbidden:
		return html
	case KindNotFound:
		return true
	case KindRefused:
		return html
	}
	return false
}

// traceID is where Clerk's support finds the request: the body's id, then the headers'.
func traceID(res *http.Response, f *failure) clean.Text {
	if f != nil && !f.TraceID.Empty() {
		return f.TraceID
	}
	if id := res.Header.Get("X-Clerk-Trace-Id"); id != "" {
		return clean.NewText(id)
	}
	return clean.NewText(res.Header.Get("Cf-Ray"))
}

// retryAfter reads the header as seconds or as a date; 0 where there is none,
// or none that can be believed. A date is measured against the server's own
// clock where the answer has it.
func retryAfter(h http.Header, now time.Time) time.Duration {
	raw := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(raw, 64); err == nil || errors.Is(err, strconv.ErrRange) { // too large is +Inf
		if !(seconds > 0) { // NaN too
			return 0
		}
		return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	date, err := http.ParseTime(raw)
	if err != nil {
		return 0
	}
	if sent, err := http.ParseTime(h.Get("Date")); err == nil {
		now = sent
	}
	return min(max(date.Sub(now), 0), maxRetryAfter)
}
