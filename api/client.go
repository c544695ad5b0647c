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
	"frontdesk/api/exchange"
)

const (
	// defaultURL is the address of Clerk's Backend API.
	defaultURL = "https://api.clerk.com/v1"
	// defaultTimeout covers a whole call: waits, retries and reading the body.
	defaultTimeout = 30 * time.Second
)

// Config configures a Client. Only Key is required.
type Config struct {
	// BaseURL is the API's address, with or without /v1; empty means
	// https://api.clerk.com/v1. It must be https unless the host is loopback or a
	// Transport is given.
	BaseURL string
	// Key is the instance's secret key, sk_test_… or sk_live_….
	Key Key
	// Transport sends the requests; nil means a tuned net/http transport.
	Transport http.RoundTripper
	UserAgent string
	// Version is the API version to request, one of [Versions]; empty means the newest.
	Version Version
	// Timeout covers a whole call with its waits and retries; 0 means 30 seconds. An
	// upload gets more time, by its size.
	Timeout time.Duration
	// Clock and Sleep replace the machine's time if not nil. Sleep returns early with
	// ctx's error.
	Clock func() time.Time
	Sleep func(context.Context, time.Duration) error
	// Env reads the environment, for the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY) and for
	// diagnosing SSL_CERT_FILE; nil means an empty environment.
	Env func(string) string
	// Exchanges keeps what is sent and answered, nil nothing. Downloads of pictures are
	// not in it.
	Exchanges *exchange.Log
	// Jitter returns a number in [0,1); nil means math/rand's.
	Jitter func() float64
}

// A Client calls the API of one Clerk instance. It is safe for concurrent use.
type Client struct {
	base        string // with /v1, without a trailing slash
	host        string
	loopback    bool
	inProcess   bool // a Transport was given, so any scheme to the base's host is accepted
	key         Key
	keyPieces   keyPieces // forms of the key that are removed from errors
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
	exchanges   *exchange.Log
	env         func(string) string
}

// New returns a client for the given configuration. It sends nothing. The error is one
// sentence that contains neither the key nor any part of the address except its host.
func New(c Config) (*Client, error) {
	if c.Key.Empty() {
		return nil, errors.New("the secret key is missing")
	}
	base, err := baseURL(c.BaseURL, c.Transport != nil)
	if err != nil {
		return nil, err
	}
	if c.Version == "" {
		c.Version = NewestVersion
	}
	if !c.Version.isKnown() {
		return nil, fmt.Errorf("there is no API version %q", clean.NewText(string(c.Version)).Display())
	}
	client := &Client{
		base: base.String(), host: base.Host, loopback: isLoopback(base.Hostname()), inProcess: c.Transport != nil,
		key: c.Key, keyPieces: newKeyPieces(c.Key), transport: c.Transport, agent: c.UserAgent, version: c.Version, timeout: c.Timeout,
		clock: c.Clock, sleep: c.Sleep, jitter: c.Jitter, env: c.Env, exchanges: c.Exchanges,
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

// Host returns the API's host, cleaned for display.
func (c *Client) Host() string { return clean.NewText(c.host).Display() }

// RateLimitWait returns how long calls still have to wait after a 429, or zero.
func (c *Client) RateLimitWait() time.Duration { return max(c.limiter.heldUntil().Sub(c.clock()), 0) }

// IsLive reports whether the key belongs to a production instance.
func (c *Client) IsLive() bool { return c.key.IsLive() }

// String returns a short description of the client. The key would be masked in any case.
func (c *Client) String() string { return "client of " + c.Host() }

// CheckURL says what is wrong with the address of an API, nil for nothing; "" is Clerk's
// own.
func CheckURL(raw string) error {
	_, err := baseURL(raw, false)
	return err
}

// baseURL validates an address and returns it with /v1 at its end.
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
		return nil, errors.New("the address of the API must not have a query or a fragment")
	case u.Scheme == "http" && !anyScheme && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("the address of the API must start with https://, because the key would be sent to %s unencrypted", clean.NewText(u.Host))
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("the address of the API must start with https://")
	}
	path := strings.TrimRight(u.Path, "/")
	if !strings.HasSuffix(path, "/v1") {
		path += "/v1"
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}, nil
}

// isLoopback reports whether host is this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// sleep waits for d or until ctx ends.
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

// WithTransport returns a copy of the client whose requests go through the transport that
// wrap returns; wrap receives this client's transport. The requests carry the
// Authorization header. It is meant for dry runs, which show a request instead of sending
// it. The copy has a rate limiter of its own.
func (c *Client) WithTransport(wrap func(http.RoundTripper) http.RoundTripper) *Client {
	return &Client{
		base: c.base, host: c.host, loopback: c.loopback, inProcess: c.inProcess,
		key: c.key, keyPieces: c.keyPieces, transport: wrap(c.transport), agent: c.agent, version: c.version, timeout: c.timeout,
		clock: c.clock, sleep: c.sleep, jitter: c.jitter, proxies: c.proxies, env: c.env,
	}
}
