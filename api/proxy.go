package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/net/http/httpproxy"

	"frontdesk/api/clean"
)

// proxies say by which proxy a request goes. The environment's variables are read
// as curl does; one that cannot be read is refused, where net/http would pass it
// over and go past the proxy.
type proxies struct {
	variable string // that names the proxy of https addresses, "" where there is none
	of       func(*url.URL) (*url.URL, error)
}

// proxiesOf reads the variables. The error is one sentence and has nothing of a
// value in it, because a value may hold a password.
func proxiesOf(env func(string) string) (proxies, error) {
	var p proxies
	read := map[string]string{}
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"} {
		variable, value := name, strings.TrimSpace(env(name))
		if value == "" {
			variable = strings.ToLower(name)
			value = strings.TrimSpace(env(variable))
		}
		if value == "" {
			continue
		}
		address, err := readProxy(value)
		if err != nil {
			return p, fmt.Errorf("%s cannot be read: %w", variable, err)
		}
		read[name] = address.String()
		if p.variable == "" && name != "HTTP_PROXY" {
			p.variable = variable
		}
	}
	config := httpproxy.Config{HTTPSProxy: read["HTTPS_PROXY"], HTTPProxy: read["HTTP_PROXY"], NoProxy: env("NO_PROXY"), CGI: env("REQUEST_METHOD") != ""}
	if config.NoProxy == "" {
		config.NoProxy = env("no_proxy")
	}
	if config.HTTPSProxy == "" {
		config.HTTPSProxy = read["ALL_PROXY"]
	}
	p.of = config.ProxyFunc()
	return p, nil
}

var (
	errProxyAddress = errors.New("it is not an address like http://proxy.example:3128 (in a user name or password %, #, / and ? are written %25, %23, %2F and %3F)")
	errProxyHost    = errors.New("there is no host in it, as in http://proxy.example:3128")
	errProxyScheme  = errors.New("it must begin with http://, https:// or socks5://")
	errProxyPort    = errors.New("its port is not a number from 1 to 65535")
)

// readProxy reads the address of a proxy; without a scheme it is http.
func readProxy(value string) (*url.URL, error) {
	if !strings.Contains(value, "://") {
		value = "http://" + value
	}
	u, err := url.Parse(value)
	if err != nil {
		return nil, errProxyAddress
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, errProxyPort
		}
	}
	odd := func(r rune) bool {
		return r < 0x80 && !strings.ContainsRune("-._:%", r) && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	}
	switch {
	case defaultPort(u.Scheme) == "":
		return nil, errProxyScheme
	case u.Hostname() == "":
		return nil, errProxyHost
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.ContainsFunc(u.Hostname(), odd):
		return nil, errProxyAddress
	}
	u.Path = ""
	return u, nil
}

// defaultPort is the port of a proxy that names none, "" for a kind that is not spoken.
func defaultPort(scheme string) string {
	return map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[scheme]
}

// proxyError is a request that came no further than a proxy.
type proxyError struct {
	proxy    string // host:port; never the user or the password
	variable string // that names it
	target   string
	signedIn bool // a user name was given
	cause    error
}

func (e *proxyError) Error() string { return "proxy " + e.proxy + ": " + e.cause.Error() }
func (e *proxyError) Unwrap() error { return e.cause }

// proxyStatus is what a proxy answered instead of letting a request through.
type proxyStatus int

func (s proxyStatus) Error() string { return fmt.Sprintf("HTTP %d", int(s)) }

// answered looks at a proxy's answer to CONNECT, which net/http keeps only the words of.
func answered(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return proxyStatus(res.StatusCode)
}

// onTheWay says of an error of the transport whether a proxy is where it happened:
// then it is a *proxyError. via is the proxy that stands between in any case, "" for none.
func (c *Client) onTheWay(to *url.URL, foot *footprint, err error) (via string, _ error) {
	if c.proxies.of == nil {
		return "", err
	}
	proxy, _ := c.proxies.of(to)
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
	if foot.got.Load() || !foot.dialled.Load() || !atProxy(err) && foot.handshakes.Load() > own {
		return via, err
	}
	return via, &proxyError{proxy: via, variable: c.proxies.variable, target: clean.NewText(to.Host).Display(), signedIn: proxy.User != nil, cause: err}
}

// atProxy says that an error is for certain one of reaching the proxy.
func atProxy(err error) bool {
	var op *net.OpError
	var status proxyStatus
	return errors.As(err, &status) || errors.As(err, &op) && op.Op == "proxyconnect"
}

// says is what happened, in words.
func (e *proxyError) says() string {
	var status proxyStatus
	var dns *net.DNSError
	var timeout net.Error
	var record tls.RecordHeaderError
	text := e.cause.Error()
	switch {
	case errors.As(e.cause, &status):
		return e.status(int(status))
	case errors.As(e.cause, &dns):
		return "the name of the proxy " + e.proxy + " is not known to the network"
	case badCertificate(e.cause) != "":
		return "no secure connection to the proxy " + e.proxy + " could be made: " + badCertificate(e.cause)
	case errors.As(e.cause, &record), isTLS(e.cause):
		return "no secure connection to the proxy " + e.proxy + " could be made"
	case errors.Is(e.cause, syscall.ECONNREFUSED):
		return "nothing answers at the proxy " + e.proxy + " (connection refused)"
	case errors.Is(e.cause, syscall.ENETUNREACH), errors.Is(e.cause, syscall.EHOSTUNREACH):
		return "there is no way to the proxy " + e.proxy + " (no network)"
	case errors.Is(e.cause, context.DeadlineExceeded), errors.As(e.cause, &timeout) && timeout.Timeout():
		return "the proxy " + e.proxy + " did not answer in time"
	case strings.Contains(text, "socks") && strings.Contains(text, "authentication"):
		return e.status(http.StatusProxyAuthRequired)
	case strings.Contains(text, "socks"):
		return "the proxy " + e.proxy + " made no connection to " + e.target
	case strings.Contains(text, "malformed"):
		return "what answers at the proxy's address " + e.proxy + " is no proxy: it does not speak HTTP"
	}
	return "the proxy " + e.proxy + " closed the connection"
}

func (e *proxyError) status(status int) string {
	switch {
	case status == http.StatusProxyAuthRequired && e.signedIn:
		return fmt.Sprintf("the proxy %s did not accept the user name and password it was given (HTTP %d)", e.proxy, status)
	case status == http.StatusProxyAuthRequired:
		return fmt.Sprintf("the proxy %s asks for a user name and password (HTTP %d)", e.proxy, status)
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return fmt.Sprintf("the proxy %s could not reach %s (HTTP %d)", e.proxy, e.target, status)
	}
	return fmt.Sprintf("the proxy %s does not let the request through to %s (HTTP %d)", e.proxy, e.target, status)
}

// final says that the proxy would say the same again.
func (e *proxyError) final() bool {
	var status proxyStatus
	var record tls.RecordHeaderError
	if errors.As(e.cause, &status) {
		return status < 500
	}
	return errors.As(e.cause, &record) || strings.Contains(e.cause.Error(), "malformed") || badCertificate(e.cause) != "" || isTLS(e.cause)
}

// next says what to do about it.
func (e *proxyError) next() string {
	var status proxyStatus
	switch {
	case errors.As(e.cause, &status) && status == http.StatusProxyAuthRequired:
		return "They belong into " + e.variable + ", as http://user:password@host:port."
	case errors.As(e.cause, &status):
		return "Ask whoever runs the proxy; NO_PROXY names the hosts that are reached without it."
	}
	return "Check " + e.variable + ", and that the proxy is running; NO_PROXY names the hosts that are reached without it."
}
