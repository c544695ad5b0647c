// Package sandbox is a Clerk-compatible server: an [http.Handler] that implements
// Clerk's Backend API for users on an embedded SQLite file. The console talks to
// it when it has no key, `frontdesk sandbox` serves it, and the tests run against it.
//
// Here are the routes, request parsing, wire types, error bodies, rate limits and
// pictures. SQL is in store, the demo's people are in world, the fault switches in
// faults, and opening and serving a directory in host. The package imports nothing
// of the client, so that a misreading of Clerk's contract cannot be on both sides
// and go unnoticed.
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

// Options says what a [Server] serves and how.
type Options struct {
	// Store is the open directory.
	Store *store.Store
	// Key is the one secret key that is accepted, sk_test_… or sk_live_….
	Key string
	// BaseURL starts every image URL, without a trailing slash; in process
	// [InProcessURL].
	BaseURL string
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// After calls f once d has passed, for the faults that act late; nil is
	// [time.AfterFunc].
	After func(d time.Duration, f func())
	// Rand feeds ids, trace ids and secrets; nil is [rand.Reader].
	Rand io.Reader
	// RateLimit is how many requests are answered in ten seconds; 0 is no limit.
	RateLimit RateLimit
	// Production answers as a production instance, whatever the directory says of itself.
	Production bool
	// Instance are the switches to begin with.
	Instance Instance
	// Log is told, in one line each, what went wrong inside; nil is silence.
	Log func(line string)
}

// InProcessURL is the base of a server that has no port.
const InProcessURL = "http://frontdesk.local"

// Server answers Clerk's paths under /v1, pictures under /img/ and its own
// switches under /_sandbox/. It is safe for concurrent use.
type Server struct {
	store   *store.Store
	key     string
	baseURL string
	now     func() time.Time
	rand    *lockedReader
	log     func(string)
	live    bool // answers as a production instance

	limits   *limiter
	faults   *faults.Middleware // in front of serveAPI
	switches *switchboard
	routes   []route

	// hashing has room for the digests that may be worked on at once: one can
	// take a quarter of a gigabyte, and anybody may ask for a hundred.
	hashing chan struct{}
}

// atOnce is how many those are.
const atOnce = 2

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
		store:    o.Store,
		key:      o.Key,
		baseURL:  strings.TrimRight(o.BaseURL, "/"),
		now:      o.Now,
		rand:     source,
		log:      o.Log,
		live:     o.Production,
		limits:   newLimiter(o.RateLimit),
		switches: &switchboard{now: o.Instance},
		hashing:  make(chan struct{}, atOnce),
		routes:   compileRoutes(operations()),
	}
	s.faults = faults.New(http.HandlerFunc(s.serveAPI), faults.Options{Refuse: s.refuseByFault, After: o.After, Rand: source})
	return s
}

// SetFaults replaces the fault switches. They affect the paths below /v1, but not the
// endpoints of the switches themselves. It ignores switches that [faults.Switches.Check] refuses.
func (s *Server) SetFaults(f faults.Switches) { s.faults.Set(f) }

// Faults returns the fault switches with what is left of Count.
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

// settings are the instance's switches as this server answers by them.
func (s *Server) settings(tx *store.Tx) (store.Settings, error) {
	settings, err := tx.Settings()
	if s.live {
		settings.Environment = productionEnvironment
	}
	s.switches.get().over(&settings)
	return settings, err
}

// authorized says whether r carries the server's key, and if not which error it
// gets.
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

// lockedReader makes any source of randomness safe for concurrent requests.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}
