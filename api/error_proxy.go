package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"frontdesk/api/clean"
)

// proxyError is the error of a request that failed at a proxy.
type proxyError struct {
	proxy    string // host:port; never the user name or password
	variable string // the environment variable that names the proxy
	target   string
	hasUser  bool // a user name was given
	cause    error
}

func (e *proxyError) Error() string { return "proxy " + e.proxy + ": " + e.cause.Error() }
func (e *proxyError) Unwrap() error { return e.cause }

// proxyStatus is the status of a proxy's response to CONNECT.
type proxyStatus int

func (s proxyStatus) Error() string { return fmt.Sprintf("HTTP %d", int(s)) }

// checkConnectResponse keeps the status of a proxy's response to CONNECT; net/http keeps
// only its text.
func checkConnectResponse(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return proxyStatus(res.StatusCode)
}

// wrapProxyError turns err into a *proxyError if it happened at a proxy. via is the proxy
// in use in any case, or "".
func (c *Client) wrapProxyError(to *url.URL, foot *connTrace, err error) (via string, _ error) {
	if c.proxies.proxyFor == nil {
		return "", err
	}
	proxy, _ := c.proxies.proxyFor(to)
	if proxy == nil {
		return "", err
	}
	port := proxy.Port()
	if port == "" {
		port = defaultPort(proxy.Scheme)
	}
	via = clean.NewText(net.JoinHostPort(proxy.Hostname(), port)).Display()
	own := int32(0) // handshakes before the tunnel
	if proxy.Scheme == "https" {
		own = 1
	}
	if foot.gotConn.Load() || !foot.dialed.Load() || !isProxyError(err) && foot.handshakes.Load() > own {
		return via, err
	}
	return via, &proxyError{proxy: via, variable: c.proxies.variable, target: clean.NewText(to.Host).Display(), hasUser: proxy.User != nil, cause: err}
}

// isProxyError reports whether err certainly comes from connecting to the proxy.
func isProxyError(err error) bool {
	var op *net.OpError
	var status proxyStatus
	return errors.As(err, &status) || errors.As(err, &op) && op.Op == "proxyconnect"
}

// reason returns what happened, in words.
func (e *proxyError) reason() string {
	var status proxyStatus
	var dns *net.DNSError
	var timeout net.Error
	var record tls.RecordHeaderError
	text := e.cause.Error()
	switch {
	case errors.As(e.cause, &status):
		return e.statusReason(int(status))
	case errors.As(e.cause, &dns):
		return "the name of the proxy " + e.proxy + " could not be found"
	case certificateReason(e.cause) != "":
		return "no secure connection to the proxy " + e.proxy + " could be made: " + certificateReason(e.cause)
	case errors.As(e.cause, &record), isTLSError(e.cause):
		return "no secure connection to the proxy " + e.proxy + " could be made"
	case errors.Is(e.cause, syscall.ECONNREFUSED):
		return "nothing answers at the proxy " + e.proxy + " (connection refused)"
	case errors.Is(e.cause, syscall.ENETUNREACH), errors.Is(e.cause, syscall.EHOSTUNREACH):
		return "the proxy " + e.proxy + " cannot be reached (no network)"
	case errors.Is(e.cause, context.DeadlineExceeded), errors.As(e.cause, &timeout) && timeout.Timeout():
		return "the proxy " + e.proxy + " did not answer in time"
	case strings.Contains(text, "socks") && strings.Contains(text, "authentication"):
		return e.statusReason(http.StatusProxyAuthRequired)
	case strings.Contains(text, "socks"):
		return "the proxy " + e.proxy + " could not connect to " + e.target
	case strings.Contains(text, "malformed"):
		return "the server at the proxy's address " + e.proxy + " is not an HTTP proxy"
	}
	return "the proxy " + e.proxy + " closed the connection"
}

func (e *proxyError) statusReason(status int) string {
	switch {
	case status == http.StatusProxyAuthRequired && e.hasUser:
		return fmt.Sprintf("the proxy %s did not accept the user name and password it was given (HTTP %d)", e.proxy, status)
	case status == http.StatusProxyAuthRequired:
		return fmt.Sprintf("the proxy %s asks for a user name and password (HTTP %d)", e.proxy, status)
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return fmt.Sprintf("the proxy %s could not reach %s (HTTP %d)", e.proxy, e.target, status)
	}
	return fmt.Sprintf("the proxy %s does not let the request through to %s (HTTP %d)", e.proxy, e.target, status)
}

// isFinal reports whether the proxy would give the same error again.
func (e *proxyError) isFinal() bool {
	var status proxyStatus
	var record tls.RecordHeaderError
	if errors.As(e.cause, &status) {
		return status < 500
	}
	return errors.As(e.cause, &record) || strings.Contains(e.cause.Error(), "malformed") || certificateReason(e.cause) != "" || isTLSError(e.cause)
}

// advice returns what to do about the error.
func (e *proxyError) advice() string {
	var status proxyStatus
	switch {
	case errors.As(e.cause, &status) && status == http.StatusProxyAuthRequired:
		return "Put them into " + e.variable + ", as http://user:password@host:port."
	case errors.As(e.cause, &status):
		return "Ask whoever runs the proxy, or list the host in NO_PROXY to connect without it."
	}
	return "Check " + e.variable + ", and that the proxy is running, or list the host in NO_PROXY to connect without it."
}
