package api

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"frontdesk/api/clean"
)

const (
	// defaultURL is where Clerk's Backend API is.
	defaultURL = "https://api.clerk.com/v1"
	// defaultTimeout is for a whole call: waiting, retries and the body.
	defaultTimeout = 30 * time.Second
)

// Config is all a Client needs from outside.
type Config struct {
	// BaseURL is https://api.clerk.com/v1 when empty; with or without /v1.
	// https only, unless the host is loopback or a Transport is given.
	BaseURL string
	// Key is the instance's secret key, sk_test_… or sk_live_….
	Key Key
	// Transport carries the requests; nil is a tuned net/http transport.
	Transport http.RoundTripper
	UserAgent string
	// Version is the API version to ask for, one of [Versions]; empty is the newest.
	Version Version
	// Timeout is for a whole call with its waits and retries; 0 is 30 seconds.
	// An upload gets more, by its size.
	Timeout time.Duration
	// Clock and Sleep are time itself; Sleep returns early with ctx's error.
	// nil is the machine's.
	Clock func() time.Time
	Sleep func(context.Context, time.Duration) error
	// Env is the environment, from which the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY)
	// and what is wrong with SSL_CERT_FILE are read; nil is an empty one.
	Env func(string) string
	// Jitter gives a number in [0,1); nil is math/rand's.
	Jitter func() float64
}

// Client speaks to one Clerk instance. It is safe for concurrent use.
type Client struct {
	base        string // with /v1, without a slash at the end
	host        string
	loopback    bool
	inProcess   bool // a Transport was given: any scheme to the base's host
	key         Key
	keyPieces   keyPieces // of the key, to be taken out of errors
	transport   http.RoundTripper
	agent       string
	version     Version
	timeout     time.Duration
	clock       func() time.Time
	sleep       func(context.Context, time.Duration) error
	jitter      func() float64
	limiter     limiter
	totpPending pendingTOTP
	proxies     proxies
	env         func(string) string
}

// New checks the configuration; nothing is sent. The error is one sentence and
// has neither the key nor anything else of the address than its host in it.
func New(c Config) (*Client, error) {
	if c.Key.Empty() {
		return nil, errors.New("there is no secret key")
	}
	base, err := baseURL(c.BaseURL, c.Transport != nil)
	if err != nil {
		return nil, err
	}
	if c.Version == "" {
		c.Version = NewestVersion
	}
	if !c.Version.isKnown() {
		return nil, fmt.Errorf("there is no version %q of the API", clean.NewText(string(c.Version)).Display())
	}
	client := &Client{
		base: base.String(), host: base.Host, loopback: isLoopback(base.Hostname()), inProcess: c.Transport != nil,
		key: c.Key, keyPieces: newKeyPieces(c.Key), transport: c.Transport, agent: c.UserAgent, version: c.Version, timeout: c.Timeout,
		clock: c.Clock, sleep: c.Sleep, jitter: c.Jitter, env: c.Env,
	}
	if client.env == nil {
		client.env = func(string) string { return "" }
	}
	if client.transport == nil {
		if client.proxies, err = proxiesOf(client.env); err != nil {
			return nil, err
		}
		client.transport = newTransport(client.proxies)
	}
	if client.agent == "" {
		client.agent = "frontdesk"
	}
	if client.timeout <= 0 {
		client.timeout = defaultTimeout
	}
	if client.clock == nil {
		client.clock = time.Now
	}
	if client.sleep == nil {
		client.sleep = sleep
	}
	if client.jitter == nil {
		client.jitter = rand.Float64
	}
	return client, nil
}

// Host returns the host spoken to, for screens.
func (c *Client) Host() string { return clean.NewText(c.host).Display() }

// RateLimitWait returns how much longer all calls wait because the server asked for it
// (429), zero when they do not.
func (c *Client) RateLimitWait() time.Duration { return max(c.limiter.heldUntil().Sub(c.clock()), 0) }

// IsLive reports whether the key is one of a production instance.
func (c *Client) IsLive() bool { return c.key.IsLive() }

// String keeps a printed client short; the key would not show in any case.
func (c *Client) String() string { return "client of " + c.Host() }

// baseURL checks an address and gives it with /v1 at its end.
func baseURL(raw string, anyScheme bool) (*url.URL, error) {
	if raw = strings.TrimSpace(raw); raw == "" {
		raw = defaultURL
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return nil, errors.New("the address of the API is not a URL like " + defaultURL)
	case u.User != nil:
		return nil, errors.New("the address of the API must not have a user name or password in it")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the address of the API must end after its path")
	case u.Scheme == "http" && !anyScheme && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("the address of the API must start with https://: to %s the key would travel in the clear", clean.NewText(u.Host))
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("the address of the API must start with https://")
	}
	path := strings.TrimRight(u.Path, "/")
	if !strings.HasSuffix(path, "/v1") {
		path += "/v1"
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}, nil
}

// isLoopback reports whether host never leaves this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// sleep waits for d or for the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// WithTransport returns the same client over another way: wrap is given the transport that
// carries this client's requests, and gives the one that carries the copy's. What goes
// through it has the Authorization header; it is for a rehearsal that shows a request in
// place of sending it. The two clients wait for the server's limits apart.
func (c *Client) WithTransport(wrap func(http.RoundTripper) http.RoundTripper) *Client {
	return &Client{
		base: c.base, host: c.host, loopback: c.loopback, inProcess: c.inProcess,
		key: c.key, keyPieces: c.keyPieces, transport: wrap(c.transport), agent: c.agent, version: c.version, timeout: c.timeout,
		clock: c.clock, sleep: c.sleep, jitter: c.jitter, proxies: c.proxies, env: c.env,
	}
}
