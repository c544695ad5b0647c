// Package faults makes an HTTP server misbehave on purpose. It has switches for slow,
// failing, lost and broken responses, and the middleware that applies them.
//
// It is independent of Clerk: the server it wraps writes the error bodies.
package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"
)

// Switches configure the misbehaviour. The zero value switches everything off. The JSON
// form is what /_sandbox/faults reads and writes.
type Switches struct {
	// Latency is the delay before a request is carried out. Jitter adds a random delay of
	// at most its value.
	Latency Duration `json:"latency"`
	Jitter  Duration `json:"jitter"`
	// ErrorRate, 0 to 1, is the share of requests that fail with ErrorStatus (0 means 500)
	// without being carried out.
	ErrorRate   float64 `json:"error_rate"`
	ErrorStatus int     `json:"error_status"`
	// RetryAfter, if set, makes requests fail with 429 and this text as the Retry-After
	// header, valid or not; "-" sends no header.
	RetryAfter string `json:"retry_after"`
	// HTML responds with a gateway's error page instead of JSON, with ErrorStatus (0 means
	// 502), without carrying out the request.
	HTML bool `json:"html"`
	// CutBody carries out the request, then closes the connection halfway through the
	// body.
	CutBody bool `json:"cut_body"`
	// Drop closes the connection without a response, "before" or "after" carrying out the
	// request.
	Drop string `json:"drop"`
	// ActAfter carries out the request after this delay even though its response suggests
	// that it was lost: Drop is "before", HTML is set, ErrorStatus is 500 or more, or the
	// client disconnects during Latency.
	ActAfter Duration `json:"act_after"`
	// Drip sends the body in 16 pieces with this pause between them.
	Drip Duration `json:"drip"`

	// Method and Path select the requests; empty selects all. Path is a path below
	// /v1 with * for one segment ("/users/*/ban"); a trailing /** selects everything below.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Count is how many more requests are affected; 0 means no limit.
	Count int `json:"count"`
}

const (
	dropBefore = "before"
	dropAfter  = "after"
)

// Duration is a [time.Duration] whose JSON form is "250ms"; a number is read as
// milliseconds.
type Duration time.Duration

// MarshalJSON implements [json.Marshaler].
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

// UnmarshalJSON implements [json.Unmarshaler].
func (d *Duration) UnmarshalJSON(raw []byte) error {
	var ms float64
	if err := json.Unmarshal(raw, &ms); err == nil {
		*d = Duration(ms * float64(time.Millisecond))
		return nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return fmt.Errorf("a duration is a text like \"250ms\" or a number of milliseconds, not %s", raw)
	}
	parsed, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("a duration is a text like \"250ms\": %w", err)
	}
	*d = Duration(parsed)
	return nil
}

// Check returns what is wrong with s, in one sentence.
func (s Switches) Check() error {
	switch {
	case s.Latency < 0 || s.Jitter < 0 || s.Drip < 0 || s.ActAfter < 0:
		return fmt.Errorf("latency, jitter, drip and act_after cannot be negative")
	case s.ActAfter > 0 && s.Drop != dropBefore && !s.HTML && s.Latency == 0 && (s.ErrorRate == 0 || s.ErrorStatus != 0 && s.ErrorStatus < http.StatusInternalServerError):
		return fmt.Errorf("act_after needs drop %q, html, latency, or an error_status of 500 or more", dropBefore)
	case s.ErrorRate < 0 || s.ErrorRate > 1:
		return fmt.Errorf("error_rate is between 0 and 1, not %v", s.ErrorRate)
	case s.ErrorStatus != 0 && (s.ErrorStatus < 400 || s.ErrorStatus > 599):
		return fmt.Errorf("error_status is between 400 and 599, not %d", s.ErrorStatus)
	case s.Drop != "" && s.Drop != dropBefore && s.Drop != dropAfter:
		return fmt.Errorf("drop is %q or %q, not %q", dropBefore, dropAfter, s.Drop)
	case s.Count < 0:
		return fmt.Errorf("count cannot be negative")
	case strings.ContainsAny(s.RetryAfter, "\r\n"):
		return fmt.Errorf("retry_after is one line")
	}
	if _, err := path.Match(s.Path, ""); err != nil {
		return fmt.Errorf("path %q is not a pattern", s.Path)
	}
	return nil
}

// Parse parses the JSON form of the switches and checks them. An empty body switches
// everything off; an unknown field is an error.
func Parse(body []byte) (Switches, error) {
	var s Switches
	if len(body) == 0 {
		return s, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, err
	}
	return s, s.Check()
}

// selects reports whether Method and Path select r.
func (s Switches) selects(r *http.Request) bool {
	if s.Method != "" && !strings.EqualFold(s.Method, r.Method) {
		return false
	}
	if s.Path == "" {
		return true
	}
	below := strings.TrimPrefix(r.URL.Path, "/v1")
	if prefix, all := strings.CutSuffix(s.Path, "/**"); all {
		return below == prefix || strings.HasPrefix(below, prefix+"/")
	}
	matched, _ := path.Match(s.Path, below)
	return matched
}
