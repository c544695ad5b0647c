package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Faults are the switches that make the server misbehave, for tests and for
// teaching. The zero value misbehaves in no way. They never touch the switches'
// own endpoint, nor pictures.
type Faults struct {
	// Latency is waited before anything is done; Jitter is a random wait on top, up to its length.
	Latency Duration `json:"latency"`
	Jitter  Duration `json:"jitter"`
	// ErrorRate, 0 to 1, is how many of the requests are answered with ErrorStatus (0 is 500) and not acted on.
	ErrorRate   float64 `json:"error_rate"`
	ErrorStatus int     `json:"error_status"`
	// RetryAfter, when set, answers 429 with this text as the Retry-After header, whatever it is; "-" sends none.
	RetryAfter string `json:"retry_after"`
	// HTML answers with a gateway's page instead of JSON, with ErrorStatus (0 is 502), and does not act.
	HTML bool `json:"html"`
	// CutBody acts, then breaks off half-way through the body.
	CutBody bool `json:"cut_body"`
	// Drop closes the connection without an answer: "before" acting or "after" it.
	Drop string `json:"drop"`
	// ActAfter carries the request out that much later all the same, where Drop is "before", HTML is set,
	// ErrorStatus is 500 or more, or the client goes away during Latency: a server that acts on what it seemed to have lost.
	ActAfter Duration `json:"act_after"`
	// Drip sends the body in small pieces with this pause between them.
	Drip Duration `json:"drip"`

	// Method and Path choose the requests; empty is all. Path is the path below
	// /v1 with * for one segment ("/users/*/ban"), and a trailing /** for all below.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Count is how many more requests are spoiled; 0 is no end.
	Count int `json:"count"`
}

const (
	dropBefore = "before"
	dropAfter  = "after"
)

// Duration is a [time.Duration] that JSON writes as "250ms" and reads as that or
// as a number of milliseconds.
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

// Check says what is wrong with f, in one sentence.
func (f Faults) Check() error {
	switch {
	case f.Latency < 0 || f.Jitter < 0 || f.Drip < 0 || f.ActAfter < 0:
		return fmt.Errorf("latency, jitter, drip and act_after cannot be negative")
	case f.ActAfter > 0 && f.Drop != dropBefore && !f.HTML && f.Latency == 0 && (f.ErrorRate == 0 || f.ErrorStatus != 0 && f.ErrorStatus < http.StatusInternalServerError):
		return fmt.Errorf("act_after needs drop %q, html, latency, or an error_status of 500 or more", dropBefore)
	case f.ErrorRate < 0 || f.ErrorRate > 1:
		return fmt.Errorf("error_rate is between 0 and 1, not %v", f.ErrorRate)
	case f.ErrorStatus != 0 && (f.ErrorStatus < 400 || f.ErrorStatus > 599):
		return fmt.Errorf("error_status is between 400 and 599, not %d", f.ErrorStatus)
	case f.Drop != "" && f.Drop != dropBefore && f.Drop != dropAfter:
		return fmt.Errorf("drop is %q or %q, not %q", dropBefore, dropAfter, f.Drop)
	case f.Count < 0:
		return fmt.Errorf("count cannot be negative")
	case strings.ContainsAny(f.RetryAfter, "\r\n"):
		return fmt.Errorf("retry_after is one line")
	}
	if _, err := path.Match(f.Path, ""); err != nil {
		return fmt.Errorf("path %q is not a pattern", f.Path)
	}
	return nil
}

// SetFaults replaces the switches. It ignores switches that [Faults.Check] refuses.
func (s *Server) SetFaults(f Faults) {
	if f.Check() == nil {
		s.faults.set(f)
	}
}

// Faults returns the switches as they are, with what is left of Count.
func (s *Server) Faults() Faults { return s.faults.get() }

// faultBox holds the switches between requests.
type faultBox struct {
	rand io.Reader

	mu   sync.Mutex
	now  Faults
	live bool // false once Count has run out
}

func newFaultBox(rand io.Reader) *faultBox { return &faultBox{rand: rand} }

func (b *faultBox) set(f Faults) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now, b.live = f, true
}

func (b *faultBox) get() Faults {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.live {
		return Faults{}
	}
	return b.now
}

// pick takes the switches that apply to r and counts it.
func (b *faultBox) pick(r *http.Request) fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.live || !b.now.applies(r) {
		return fault{}
	}
	picked := fault{Faults: b.now}
	if b.now.Count > 0 {
		b.now.Count--
		b.live = b.now.Count > 0
	}
	if b.now.Jitter > 0 {
		picked.Latency += Duration(float64(b.now.Jitter) * b.chance())
	}
	picked.fails = b.now.ErrorRate > 0 && b.chance() < b.now.ErrorRate
	return picked
}

// chance is a number in [0, 1).
func (b *faultBox) chance() float64 {
	var raw [8]byte
	if _, err := io.ReadFull(b.rand, raw[:]); err != nil {
		return 0
	}
	return float64(binary.BigEndian.Uint64(raw[:])>>11) / (1 << 53)
}

func (f Faults) applies(r *http.Request) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, r.Method) {
		return false
	}
	if f.Path == "" {
		return true
	}
	below := strings.TrimPrefix(r.URL.Path, "/v1")
	if prefix, all := strings.CutSuffix(f.Path, "/**"); all {
		return below == prefix || strings.HasPrefix(below, prefix+"/")
	}
	matched, _ := path.Match(f.Path, below)
	return matched
}
