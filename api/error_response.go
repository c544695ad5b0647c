package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// maxRetryAfter is the longest wait that a server is believed.
const maxRetryAfter = 24 * time.Hour

// errorBody is Clerk's error body.
type errorBody struct {
	Errors  []ErrorItem `json:"errors"`
	TraceID clean.Text  `json:"clerk_trace_id"`
}

// errorFromResponse reads an answer that is not 2xx. A body of another shape than
// Clerk's leaves the items empty; the status still counts.
func (c *Client) errorFromResponse(k *call, res *http.Response, body []byte) *Error {
	e := k.newError(KindRefused, nil)
	e.Status, e.Sent = res.StatusCode, true
	f, err := wire.DecodeObject[errorBody](body, "an error")
	if err != nil {
		f = nil
	} else {
		e.Items = f.Errors
	}
	if e.serverMessageOr("") == "" {
		e.foreignMessage = extractMessage(res, body)
		if !e.foreignMessage.Empty() {
			e.Items = nil // they are another service's, and say nothing to us
		}
	}
	e.TraceID = traceID(res, f)
	e.Kind = kindOfStatus(res.StatusCode)
	if e.Kind == KindRateLimited || e.Kind == KindServer {
		e.RetryAfter = parseRetryAfter(res.Header, c.clock())
	}
	if res.StatusCode < 400 {
		e.redirect = redirectTarget(res.Header.Get("Location"))
	}
	if isNotFromClerk(e, isHTML(res, body)) {
		e.Kind, e.isFinal = KindInvalidResponse, true
	}
	return e
}

// redirectTarget returns where a redirect leads, fit for a screen: without what may be a
// secret in it.
func redirectTarget(location string) string {
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
		return KindInvalidResponse
	case status == http.StatusUnauthorized:
		return KindBadKey
	case status == http.StatusPaymentRequired, status == http.StatusForbidden:
		return KindForbidden
	case status == http.StatusNotFound:
		return KindNotFound
	case status == http.StatusConflict:
		return KindConflict
	case status == http.StatusTooManyRequests:
		return KindRateLimited
	case status >= 500:
		return KindServer
	}
	return KindRefused
}

// isNotFromClerk reports whether a refusal is a proxy's or a router's and not Clerk's: it
// proves nothing about the key, and a 404 of it nothing about a user.
func isNotFromClerk(e *Error, html bool) bool {
	if len(e.Items) > 0 {
		return false
	}
	switch e.Kind {
	case KindBadKey, KindForbidden:
		return html
	case KindNotFound:
		return true
	case KindRefused:
		return html
	}
	return false
}

// traceID returns where Clerk's support finds the request: the body's id, then the
// headers'.
func traceID(res *http.Response, f *errorBody) clean.Text {
	if f != nil && !f.TraceID.Empty() {
		return f.TraceID
	}
	if id := res.Header.Get("X-Clerk-Trace-Id"); id != "" {
		return clean.NewText(id)
	}
	return clean.NewText(res.Header.Get("Cf-Ray"))
}

// parseRetryAfter reads the header as seconds or as a date; 0 where there is none,
// or none that can be believed. A date is measured against the server's own
// clock where the answer has it.
func parseRetryAfter(h http.Header, now time.Time) time.Duration {
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

// What an error body of another shape than Clerk's says: gateways, proxies and
// frameworks have their own. Only what is a sentence for people is taken.

const (
	maxMessage      = 300      // bytes of a reason; it stands in one sentence
	maxSearchedBody = 64 << 10 // bytes of a body that are looked through
	maxReasons      = 5        // reasons of a list that are kept
	maxReasonDepth  = 4        // objects within objects in which a reason is looked for
)

// extractMessage returns the words of a body that has no Clerk errors in it, on one row;
// empty where there are none.
func extractMessage(res *http.Response, body []byte) clean.Text {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	words := ""
	switch {
	case len(body) == 0:
	case isHTML(res, body):
		words = htmlMessage(string(body[:min(len(body), maxSearchedBody)]))
	case body[0] == '{' || body[0] == '[' || body[0] == '"':
		var value any
		if len(body) <= maxSearchedBody && json.Unmarshal(body, &value) == nil {
			words = jsonMessage(value, maxReasonDepth)
		}
	case kind == "text/plain" || kind == "":
		words = string(body[:min(len(body), maxSearchedBody)])
	}
	return clean.NewText(collapseSpaces(words))
}

// collapseSpaces returns a text with single spaces between its words, and bounded.
func collapseSpaces(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= maxMessage {
		return s
	}
	cut := maxMessage
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

var (
	pageTitle = regexp.MustCompile(`(?is)<(title|h1|message|faultstring)\b[^>]*>(.*?)</(title|h1|message|faultstring)\s*>`)
	pageTag   = regexp.MustCompile(`(?s)<[^>]*>`)
)

// htmlMessage returns the title of a web page, or what an XML error calls its message.
func htmlMessage(page string) string {
	found := pageTitle.FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return html.UnescapeString(pageTag.ReplaceAllString(found[2], " "))
}

// jsonMessage looks for a reason in a JSON value by the names that error bodies use
// (RFC 7807, OAuth, JSON:API and the common frameworks).
func jsonMessage(value any, depth int) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		return listMessage(v, depth)
	case map[string]any:
		return objectMessage(v, depth)
	}
	return ""
}

func listMessage(list []any, depth int) string {
	var parts []string
	for _, entry := range list {
		words := strings.Trim(jsonMessage(entry, depth), ". \t\r\n")
		if words != "" && len(parts) < maxReasons && !slices.Contains(parts, words) {
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, "; ")
}

func objectMessage(object map[string]any, depth int) string {
	if depth == 0 {
		return ""
	}
	lower := make(map[string]any, len(object))
	for name, value := range object {
		lower[strings.ToLower(name)] = value
	}
	say := func(names ...string) string {
		for _, name := range names {
			if words := strings.TrimSpace(jsonMessage(lower[name], depth-1)); words != "" {
				return words
			}
		}
		return ""
	}
	title, detail := say("title"), say("detail", "details")
	switch {
	case title != "" && detail != "":
		return strings.TrimRight(title, ". ") + ": " + detail
	case title != "" || detail != "":
		return title + detail
	}
	if words := say("long_message", "error_description", "message", "error_message", "errormessage", "msg", "reason", "description", "faultstring"); words != "" {
		return words
	}
	if words := say("error", "errors", "fault"); words != "" {
		return words
	}
	return fieldMessages(lower, depth)
}

// fieldMessages is of an object that has the complaints by field: {"email":["is taken"]}.
// It is only looked at inside of another, where it stands for the reason.
func fieldMessages(object map[string]any, depth int) string {
	if depth == maxReasonDepth {
		return ""
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		list, ok := object[name].([]any)
		if words := listMessage(list, 0); ok && words != "" && len(parts) < maxReasons {
			parts = append(parts, name+" "+words)
		}
	}
	return strings.Join(parts, "; ")
}
