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

// maxRetryAfter is the longest Retry-After that is accepted.
const maxRetryAfter = 24 * time.Hour

// errorBody is Clerk's error body.
type errorBody struct {
	Errors  []ErrorItem `json:"errors"`
	TraceID clean.Text  `json:"clerk_trace_id"`
}

// errorFromResponse returns the error for a response that is not 2xx. If the body has
// another shape than Clerk's, Items is empty and only the status counts.
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
			e.Items = nil // they are another service's and not usable here
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

// redirectTarget returns the target of a redirect for display, without the parts that may
// hold a secret.
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

// isNotFromClerk reports whether an error comes from a proxy or router and not from Clerk.
// Such an error proves nothing about the key, and its 404 nothing about the user.
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

// traceID returns the id by which Clerk's support finds the request: the body's, or else
// the headers'.
func traceID(res *http.Response, f *errorBody) clean.Text {
	if f != nil && !f.TraceID.Empty() {
		return f.TraceID
	}
	if id := res.Header.Get("X-Clerk-Trace-Id"); id != "" {
		return clean.NewText(id)
	}
	return clean.NewText(res.Header.Get("Cf-Ray"))
}

// parseRetryAfter returns the Retry-After header, given as seconds or as a date, or 0 if
// it is missing or unusable. A date is compared with the server's own clock if the
// response has it.
func parseRetryAfter(h http.Header, now time.Time) time.Duration {
	raw := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(raw, 64); err == nil || errors.Is(err, strconv.ErrRange) { // a too large number is +Inf
		if !(seconds > 0) { // also false for NaN
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

// Messages in error bodies that have not Clerk's shape: gateways, proxies and frameworks
// have their own. Only sentences for people are used.

const (
	maxMessage      = 300      // bytes of a message, which is put into one sentence
	maxSearchedBody = 64 << 10 // bytes of a body that are searched
	maxReasons      = 5        // messages of a list that are kept
	maxReasonDepth  = 4        // depth of nested objects that is searched for a message
)

// extractMessage returns the message in a body without Clerk errors as one line, or empty
// text.
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

// collapseSpaces returns s with single spaces between words, cut to maxMessage.
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

// htmlMessage returns the title of a web page, or the message element of an XML error.
func htmlMessage(page string) string {
	found := pageTitle.FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return html.UnescapeString(pageTag.ReplaceAllString(found[2], " "))
}

// jsonMessage looks for a message in a JSON value under the names that error bodies use
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

// fieldMessages returns the messages of an object that lists them by field: {"email":["is
// taken"]}. It only applies to a nested object, where one is expected to hold messages.
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
