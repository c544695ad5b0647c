package sandbox

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// Instance are the features and limits that a Clerk instance has in its dashboard. A nil
// field means the directory's setting. The switches are not written to the directory.
type Instance struct {
	// Ban off makes banning fail with 402, as on a plan without it.
	Ban *bool `json:"ban,omitempty"`
	// Lockout off makes locking fail with 403.
	Lockout       *bool `json:"lockout,omitempty"`
	Organizations *bool `json:"organizations,omitempty"`
	Passkeys      *bool `json:"passkeys,omitempty"`
	// LockoutSeconds is how long a lock lasts; 0 means until an unlock.
	LockoutSeconds *int64 `json:"lockout_seconds,omitempty"`
	// MaxAttempts is the number of failed attempts that lock a user.
	MaxAttempts *int `json:"max_attempts,omitempty"`
}

// Features returns the names that [Instance.Off] accepts.
func Features() []string { return []string{"ban", "lockout", "organizations", "passkeys"} }

// Off switches features off by name.
func (i *Instance) Off(names ...string) error {
	off := false
	for _, name := range names {
		at, known := map[string]**bool{"ban": &i.Ban, "lockout": &i.Lockout, "organizations": &i.Organizations, "passkeys": &i.Passkeys}[name]
		if !known {
			return fmt.Errorf("%q cannot be switched off; these can: %s", name, strings.Join(Features(), ", "))
		}
		*at = &off
	}
	return nil
}

// Check returns what is wrong with i, in one sentence.
func (i Instance) Check() error {
	switch {
	case i.LockoutSeconds != nil && *i.LockoutSeconds < 0:
		return fmt.Errorf("lockout_seconds cannot be negative")
	case i.MaxAttempts != nil && *i.MaxAttempts < 1:
		return fmt.Errorf("max_attempts is at least 1")
	}
	return nil
}

// applyTo overrides s with the fields that are set.
func (i Instance) applyTo(s *store.Settings) {
	off := func(into *bool, on *bool) {
		if on != nil {
			*into = !*on
		}
	}
	off(&s.BanOff, i.Ban)
	off(&s.LockoutOff, i.Lockout)
	off(&s.OrganizationsOff, i.Organizations)
	off(&s.PasskeysOff, i.Passkeys)
	if i.LockoutSeconds != nil {
		s.LockoutPermanent = *i.LockoutSeconds == 0
		s.LockoutMillis = *i.LockoutSeconds * time.Second.Milliseconds()
	}
	if i.MaxAttempts != nil {
		s.MaxAttempts = *i.MaxAttempts
	}
}

// instanceOf returns all fields as s has them.
func instanceOf(s store.Settings) Instance {
	on := func(off bool) *bool { on := !off; return &on }
	seconds := s.LockoutMillis / time.Second.Milliseconds()
	if s.LockoutPermanent {
		seconds = 0
	}
	return Instance{
		Ban: on(s.BanOff), Lockout: on(s.LockoutOff), Organizations: on(s.OrganizationsOff), Passkeys: on(s.PasskeysOff),
		LockoutSeconds: &seconds, MaxAttempts: &s.MaxAttempts,
	}
}

// instanceSwitches holds an Instance that can change between requests.
type instanceSwitches struct {
	mu  sync.Mutex
	now Instance
}

func (b *instanceSwitches) get() Instance {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// change sets the fields that are present in raw.
func (b *instanceSwitches) change(raw []byte) error {
	var named Instance
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&named); err != nil {
		return err
	}
	if err := named.Check(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = Instance{
		Ban: cmp.Or(named.Ban, b.now.Ban), Lockout: cmp.Or(named.Lockout, b.now.Lockout),
		Organizations: cmp.Or(named.Organizations, b.now.Organizations), Passkeys: cmp.Or(named.Passkeys, b.now.Passkeys),
		LockoutSeconds: cmp.Or(named.LockoutSeconds, b.now.LockoutSeconds), MaxAttempts: cmp.Or(named.MaxAttempts, b.now.MaxAttempts),
	}
	return nil
}

func (b *instanceSwitches) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = Instance{}
}

// The paths of the switches, at the root and below /v1.
const (
	faultsPath   = "/_sandbox/faults"
	instancePath = "/_sandbox/instance"
)

// serveInstance shows the instance's switches (GET), sets the given ones (PATCH), or
// resets all to the directory's settings (DELETE).
func (s *Server) serveInstance(w http.ResponseWriter, r *http.Request) {
	s.serveSwitches(w, r, []string{http.MethodGet, http.MethodPatch, http.MethodDelete}, func(body []byte) (any, error) {
		switch r.Method {
		case http.MethodPatch:
			if err := s.switches.change(body); err != nil {
				return nil, err
			}
		case http.MethodDelete:
			s.switches.reset()
		}
		var settings store.Settings
		err := s.store.Read(r.Context(), func(tx *store.Tx) (err error) {
			settings, err = s.settings(tx)
			return err
		})
		return instanceOf(settings), err
	})
}

// serveFaults shows the fault switches (GET), replaces them (POST, PUT; an absent field is
// off), or switches all off (DELETE).
func (s *Server) serveFaults(w http.ResponseWriter, r *http.Request) {
	s.serveSwitches(w, r, []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}, func(body []byte) (any, error) {
		switch r.Method {
		case http.MethodPost, http.MethodPut:
			next, err := faults.Parse(body)
			if err != nil {
				return nil, err
			}
			s.faults.Set(next)
		case http.MethodDelete:
			s.faults.Set(faults.Switches{})
		}
		return s.faults.Switches(), nil
	})
}

// serveSwitches checks access and method and encodes the response for both.
func (s *Server) serveSwitches(w http.ResponseWriter, r *http.Request, methods []string, serve func(body []byte) (any, error)) {
	trace := s.traceID()
	s.answerSwitches(r, trace, methods, serve).write(w, r, trace)
}

func (s *Server) answerSwitches(r *http.Request, trace string, methods []string, serve func(body []byte) (any, error)) answer {
	if !fromThisMachine(r) {
		if err := s.authorized(r); err != nil {
			return s.refuse(err, trace)
		}
	}
	if !slices.Contains(methods, r.Method) {
		return s.refuseRoute(methods, trace)
	}
	var body bytes.Buffer
	_, err := body.ReadFrom(http.MaxBytesReader(nil, r.Body, maxJSONBody))
	var value any
	if err == nil {
		value, err = serve(bytes.TrimSpace(body.Bytes()))
	}
	if err != nil {
		return s.refuse(fail(422, "form_param_value_invalid", "is invalid", err.Error()), trace)
	}
	raw, err := encode(value)
	if err != nil {
		panic(err)
	}
	return answer{status: http.StatusOK, body: raw}
}

// fromThisMachine reports whether a request may use the switches without the key: requests
// from a shell on this machine may, but not those from a web page. A browser sends its
// origin, and a rebound DNS name is not a loopback host.
func fromThisMachine(r *http.Request) bool {
	if r.RemoteAddr == inProcessAddr {
		return true
	}
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return false
	}
	return IsLoopback(r.RemoteAddr) && IsLoopback(r.Host)
}

// IsLoopback reports whether host, or the host of host:port, is this machine.
func IsLoopback(address string) bool {
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
