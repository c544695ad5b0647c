package api

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// proxies decides which proxy a request uses. It reads the environment like curl. An
// invalid value is an error, whereas net/http would ignore it and bypass the proxy.
type proxies struct {
	variable string // the variable that names the proxy for https, or ""
	proxyFor func(*url.URL) (*url.URL, error)
}

// proxiesOf reads the proxy variables. The error is one sentence and quotes no value,
// because a value may hold a password.
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
	p.proxyFor = config.ProxyFunc()
	return p, nil
}

var (
	errProxyAddress = errors.New("it is not an address like http://proxy.example:3128 (in a user name or password %, #, / and ? are written %25, %23, %2F and %3F)")
	errProxyHost    = errors.New("it has no host; write it like http://proxy.example:3128")
	errProxyScheme  = errors.New("it must begin with http://, https:// or socks5://")
	errProxyPort    = errors.New("its port is not a number from 1 to 65535")
)

// readProxy parses the address of a proxy; the default scheme is http.
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

// defaultPort returns the port of a proxy that names none, or "" for an unsupported
// scheme.
func defaultPort(scheme string) string {
	return map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[scheme]
}
