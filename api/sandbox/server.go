// Package sandbox is a Clerk-compatible server: an [http.Handler] that implements Clerk's
// Backend API for users on an embedded SQLite file. The console uses it when it has no
// key, `frontdesk sandbox` serves it, and the tests run against it.
//
// It holds the routes, request parsing, wire types, error bodies, rate limits and
// pictures. SQL is in store, the demo's users are in world, the fault switches in faults,
// and opening and serving a directory in host. The package imports nothing from the
// client, so that a misreading of Clerk's contract cannot be on both sides and go
// unnoticed.
package sandbox

import (
	"crypto/rand"
	"crypto/subtle"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// Options configure a [Server].
type Options struct {
	// Store is the open directory.
	Store *store.Store
	// Key is the only secret key that is accepted, sk_test_… or sk_live_….
	Key string
	// BaseURL is the start of every image URL, without a trailing slash; empty means
	// [InProcessURL].
	BaseURL string
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// After calls f once d has passed, for faults that act late; nil means [time.AfterFunc].
	After func(d time.Duration, f func())
	// After calls f after d, for faults that act late; nil means [time.AfterFunc].
	Rand io.Reader
	// RateLimit is the number of requests answered in ten seconds; 0 means no limit.
	RateLimit RateLimit
	// Production makes the server respond as a production instance, whatever the directory
	// says.
	Production bool
	// Instance are the initial switches of the instance.
	Instance Instance
	// Log receives internal errors, one line each; nil is allowed.
	Log func(line string)
}

// InProcessURL is the base URL of a server without a port.
const InProcessURL = "http://frontdesk.local"

// Server serves Clerk's paths below /v1, pictures below /img/, and its own switches below
// /_sandbox/. It is safe for concurrent use.
type Server struct {
	store   *store.Store
	key     string
	baseURL string
	now     func() time.Time
	rand    *lockedReader
	log     func(string)
	live    bool // responds as a production instance

	limits   *limiter
	faults   *faults.Middleware // in front of serveAPI
	switches *instanceSwitches
	routes   []route

	portraits PortraitEncoder

	// hashSlots limits how many digests are computed at once: one can take 256 MB.
	hashSlots chan struct{}
}

const maxConcurrentHashes = 2

// New returns a server on o.Store.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.BaseURL == "" {
		o.BaseURL = InProcessURL
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	source := &lockedReader{r: o.Rand}
	s := &Server{
		store:     o.Store,
		key:       o.Key,
		baseURL:   strings.TrimRight(o.BaseURL, "/"),
		now:       o.Now,
		rand:      source,
		log:       o.Log,
		live:      o.Production,
		limits:    newLimiter(o.RateLimit),
		switches:  &instanceSwitches{now: o.Instance},
		hashSlots: make(chan struct{}, maxConcurrentHashes),
		routes:    compileRoutes(operations()),
	}
	s.faults = faults.New(http.HandlerFunc(s.serveAPI), faults.Options{Refuse: s.refuseByFault, After: o.After, Rand: source})
	return s
}

// SetFaults replaces the fault switches. They affect the paths below /v1 except the
// endpoints of the switches themselves. Switches that [faults.Switches.Check] rejects are
// ignored.
func (s *Server) SetFaults(f faults.Switches) { s.faults.Set(f) }

// Faults returns the fault switches with the remaining Count.
func (s *Server) Faults() faults.Switches { return s.faults.Switches() }

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, imagePrefix):
		s.serveImage(w, r)
	case r.URL.Path == faultsPath || r.URL.Path == "/v1"+faultsPath:
		s.serveFaults(w, r)
	case r.URL.Path == instancePath || r.URL.Path == "/v1"+instancePath:
		s.serveInstance(w, r)
	default:
		s.faults.ServeHTTP(w, r)
	}
}

// settings returns the instance's settings with the switches applied.
func (s *Server) settings(tx *store.Tx) (store.Settings, error) {
	settings, err := tx.Settings()
	if s.live {
		settings.Environment = productionEnvironment
	}
	s.switches.get().applyTo(&settings)
	return settings, err
}

// authorized returns an error unless r carries the server's key.
func (s *Server) authorized(r *http.Request) *apiError {
	scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(key) == "" {
		return errAuthorizationFormat
	}
	if subtle.ConstantTimeCompare([]byte(strings.TrimSpace(key)), []byte(s.key)) != 1 || s.key == "" {
		return errKeyInvalid
	}
	return nil
}

// lockedReader makes a source of randomness safe for concurrent use.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}
