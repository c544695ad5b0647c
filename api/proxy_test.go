package api_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

// loopbackProxy accepts connections on loopback and passes each to serve, with the first
// request if it could be read.
type loopbackProxy struct {
	address string
	tries   atomic.Int32
}

func newProxy(t *testing.T, serve func(net.Conn, *http.Request)) *loopbackProxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	p := &loopbackProxy{address: l.Addr().String()}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.tries.Add(1)
			go func() {
				defer conn.Close()
				in := bufio.NewReader(conn)
				var req *http.Request // nil if it is not HTTP
				if first, err := in.Peek(1); err == nil && first[0] >= 'A' {
					req, _ = http.ReadRequest(in)
				}
				serve(conn, req)
			}()
		}
	}()
	return p
}

// answers is a proxy that sends text in response to every CONNECT.
func answers(text string) func(net.Conn, *http.Request) {
	return func(conn net.Conn, _ *http.Request) { _, _ = io.WriteString(conn, text) }
}

// refusing returns a loopback address at which nothing listens. The port stays reserved.
func refusing(t *testing.T) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	require.NoError(t, err)
	t.Cleanup(func() { _ = syscall.Close(fd) })
	require.NoError(t, syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}))
	at, err := syscall.Getsockname(fd)
	require.NoError(t, err)
	return fmt.Sprintf("127.0.0.1:%d", at.(*syscall.SockaddrInet4).Port)
}

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

const behind = "https://api.harborpine.example/v1"

// A proxy that does not let a request through is named, with its response but never its
// password.
func TestProxy_FailureNamesTheProxy(t *testing.T) {
	nobody := refusing(t)
	const target = "api.harborpine.example"
	for _, c := range []struct {
		name, scheme, user string
		serve              func(net.Conn, *http.Request)
		says, next         string
		tries              int32
	}{
		{"407", "http://", "", answers("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"),
			"the proxy P asks for a user name and password (HTTP 407)", "Put them into HTTPS_PROXY, as http://user:password@host:port.", 1},
		{"407 signed in", "http://", "jo:hunter2@", answers("HTTP/1.1 407 No\r\n\r\n"),
			"the proxy P did not accept the user name and password it was given (HTTP 407)", "Put them into", 1},
		{"403", "http://", "jo:hunter2@", answers("HTTP/1.1 403 Forbidden\r\n\r\nhunter2"), "the proxy P does not let the request through to " + target + " (HTTP 403)", "Ask whoever runs the proxy", 1},
		{"405", "", "", answers("HTTP/1.0 405 hunter2\r\n\r\n"), "the proxy P does not let the request through to " + target + " (HTTP 405)", "Ask whoever", 1},
		{"302", "http://", "", answers("HTTP/1.1 302 Found\r\nLocation: http://login.example\r\n\r\n"), "the proxy P does not let the request through to " + target + " (HTTP 302)", "Ask whoever", 1},
		{"502", "http://", "", answers("HTTP/1.1 502 Bad Gateway\r\n\r\n"), "the proxy P could not reach " + target + " (HTTP 502)", "Ask whoever", 4},
		{"503", "http://", "jo@", answers("HTTP/1.1 503 Service Unavailable\r\n\r\n"), "the proxy P could not reach " + target + " (HTTP 503)", "Ask whoever", 4},
		{"closes", "http://", "", func(net.Conn, *http.Request) {}, "the proxy P closed the connection", "Check HTTPS_PROXY, and that the proxy is running", 4},
		{"cut", "http://", "", answers("HTTP/1.1 200 O"), "the proxy P closed the connection", "Check HTTPS_PROXY", 4},
		{"no HTTP", "http://", "", answers("220 mail.example ESMTP\r\n"), "the server at the proxy's address P is not an HTTP proxy", "Check HTTPS_PROXY", 1},
		{"no TLS", "https://", "", answers("HTTP/1.1 400 Bad Request\r\n\r\n"), "no secure connection to the proxy P could be made", "Check HTTPS_PROXY", 1},
		{"no SOCKS", "socks5://", "", answers("HTTP/1.1 400 Bad Request\r\n\r\n"), "the proxy P could not connect to " + target, "Check HTTPS_PROXY", 4},
		{"nobody", "http://", "jo:hunter2@", nil, "nothing answers at the proxy P (connection refused)", "Check HTTPS_PROXY", 0},
		{"nobody behind SOCKS", "socks5h://", "", nil, "", "Check HTTPS_PROXY", 0},
	} {
		address, tries := nobody, func() int32 { return 0 }
		if c.serve != nil {
			proxy := newProxy(t, c.serve)
			address, tries = proxy.address, proxy.tries.Load
		}
		client := newClient(t, api.Config{BaseURL: behind, Env: environment("HTTPS_PROXY", c.scheme+c.user+address)}, newWatch())
		_, err := client.GetUser(ctx, ann)
		e := failed(t, err, api.KindNetwork)
		if c.says != "" {
			require.Equal(t, replaceP(c.says, address), e.Reason(), c.name)
		}
		require.Contains(t, e.Error(), address, c.name)
		require.Contains(t, e.Advice(), c.next, c.name)
		require.NotContains(t, fmt.Sprintf("%v %+v %v", e, e, e.Err), "hunter2", c.name)
		require.Equal(t, c.tries, tries(), c.name)
		require.False(t, e.Sent)

		_, err = client.BanUser(ctx, ann)
		require.False(t, api.IsOutcomeUnknown(err), "%s: nothing was sent", c.name)
		require.ErrorContains(t, err, "Could not ban the user: ", c.name)
	}
}

func replaceP(says, address string) string {
	out := ""
	for i := range len(says) {
		if says[i] == 'P' && (i+1 == len(says) || says[i+1] == ' ' || says[i+1] == ':') && (i == 0 || says[i-1] == ' ') {
			out += address
		} else {
			out += says[i : i+1]
		}
	}
	return out
}

// If a proxy does not answer, the error names it and not the server.
func TestProxy_SilentProxyIsNamed(t *testing.T) {
	proxy := newProxy(t, func(conn net.Conn, _ *http.Request) { _, _ = io.Copy(io.Discard, conn) })
	client := newClient(t, api.Config{BaseURL: behind, Timeout: 100 * time.Millisecond, Env: environment("https_proxy", proxy.address)}, newWatch())
	_, err := client.GetUser(ctx, ann)
	require.Equal(t, "the proxy "+proxy.address+" did not answer in time", failed(t, err, api.KindNetwork).Reason())
	require.ErrorContains(t, err, "Check https_proxy")
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err = client.GetUser(stopped, ann)
	require.True(t, api.IsCancelled(err))
}

// An invalid variable is refused, because ignoring it would bypass the proxy.
func TestProxy_RefusesUnreadableValues(t *testing.T) {
	for value, says := range map[string]string{
		"http://user:p%zz@127.0.0.1:9":    "it is not an address like",
		"http://jo:hunter#2@h:1":          "it is not an address like",
		"http://jo:2#hunter2@h:1":         "it is not an address like",
		"http://jo:hunter?2@h:1":          "it is not an address like",
		"http://jo:hunter/2@h:1":          "it is not an address like",
		"http://user:pass@host:port":      "it is not an address like",
		"http://":                         "it has no host",
		"http://:3128":                    "it has no host",
		"http://jo:hunter2@":              "it has no host",
		"://proxy:3128":                   "it is not an address like",
		"htp://proxy:3128":                "it must begin with http://, https:// or socks5://",
		"socks4://proxy:1080":             "it must begin with",
		"file:///etc/proxy":               "it must begin with",
		"http:/proxy:3128":                "it is not an address like",
		"http//proxy:3128":                "it is not an address like",
		`"http://proxy:3128"`:             "it is not an address like",
		"'proxy:3128'":                    "it is not an address like",
		"proxy.example:3128;direct":       "it is not an address like",
		"proxy.example:99999":             "its port is not a number",
		"proxy.example:0":                 "its port is not a number",
		"proxy example:3128":              "it is not an address like",
		"http://proxy.example:3128/x.pac": "it is not an address like",
		"$PROXY_HOST":                     "it is not an address like",
		"http://[::1:3128":                "it is not an address like",
	} {
		for _, variable := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"} {
			_, err := api.New(api.Config{BaseURL: behind, Key: key(t), Env: environment(variable, value)})
			require.ErrorContains(t, err, variable+" cannot be read: "+says, "%s=%s", variable, value)
			require.NotContains(t, err.Error(), "hunter", value)
		}
	}
	_, err := api.New(api.Config{BaseURL: "http://frontdesk.local", Key: key(t), Transport: http.DefaultTransport, Env: environment("HTTPS_PROXY", "http://")})
	require.NoError(t, err, "what never leaves this process has no proxy")
}

// Which requests use the proxy, and how its address may be written.
func TestProxy_HonoursTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		env []string // P stands for the proxy
		by  bool
	}{
		{[]string{"HTTPS_PROXY", "P"}, true},
		{[]string{"HTTPS_PROXY", " http://P/ \n"}, true},
		{[]string{"https_proxy", "HTTP://P"}, true},
		{[]string{"HTTPS_PROXY", "http://jo:p@ss:w%23rd@P"}, true},
		{[]string{"ALL_PROXY", "http://P"}, true},
		{[]string{"all_proxy", "P"}, true},
		{[]string{"HTTPS_PROXY", "P", "ALL_PROXY", "socks5://127.0.0.1:1"}, true},
		{[]string{"HTTPS_PROXY", "  ", "https_proxy", "P"}, true},
		{[]string{"HTTPS_PROXY", "P", "NO_PROXY", "other.example"}, true},
		{[]string{"HTTPS_PROXY", "P", "NO_PROXY", "api.harborpine.example"}, false},
		{[]string{"HTTPS_PROXY", "P", "no_proxy", ".harborpine.example"}, false},
		{[]string{"ALL_PROXY", "P", "NO_PROXY", "*"}, false},
		{[]string{"HTTP_PROXY", "P"}, false},
		{nil, false},
	} {
		proxy := newProxy(t, answers("HTTP/1.1 403 No\r\n\r\n"))
		env := make([]string, len(c.env))
		for i, value := range c.env {
			env[i] = value
			if i%2 == 1 {
				env[i] = replaceLast(value, "P", proxy.address)
			}
		}
		short, stop := context.WithTimeout(ctx, 5*time.Second)
		client := newClient(t, api.Config{BaseURL: "https://api.harborpine.example:1/v1", Env: environment(env...)}, newWatch())
		_, err := client.GetUser(short, ann)
		stop()
		require.Error(t, err)
		require.Equal(t, c.by, proxy.tries.Load() > 0, "%v: %v", c.env, err)
	}
}

func replaceLast(s, old, with string) string {
	for i := len(s) - len(old); i >= 0; i-- {
		if s[i:i+len(old)] == old {
			return s[:i] + with + s[i+len(old):]
		}
	}
	return s
}

// tunnel is a proxy that connects everybody with to, as a real one does.
func tunnel(t *testing.T, to string, signedIn *atomic.Value) *loopbackProxy {
	return newProxy(t, func(conn net.Conn, req *http.Request) {
		if req == nil || req.Method != http.MethodConnect {
			return
		}
		signedIn.Store(req.Header.Get("Proxy-Authorization"))
		far, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		defer far.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(far, conn); far.Close() }()
		_, _ = io.Copy(conn, far)
	})
}

// Failures behind the proxy are not blamed on it. It is mentioned if it may be the cause.
func TestProxy_FailuresBehindIt(t *testing.T) {
	server := httptest.NewUnstartedServer(reply(200, "{}"))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	require.NoError(t, err)
	var signedIn atomic.Value
	proxy := tunnel(t, at.Host, &signedIn)
	client := newClient(t, api.Config{BaseURL: "https://example.com/v1", Env: environment("HTTPS_PROXY", "http://jo:p%23ss@"+proxy.address)}, newWatch())
	_, err = client.GetUser(ctx, ann)
	require.Equal(t, "Basic "+base64.StdEncoding.EncodeToString([]byte("jo:p#ss")), signedIn.Load())
	require.EqualError(t, err, "Could not read the user: the server's certificate is not signed by anyone this machine trusts. "+
		"The proxy "+proxy.address+" is in between. If it inspects connections, set SSL_CERT_FILE to its certificate; otherwise do not continue.")
	client = newClient(t, api.Config{BaseURL: behind, Env: environment("HTTPS_PROXY", proxy.address)}, newWatch())
	_, err = client.GetUser(ctx, ann)
	require.EqualError(t, err, "Could not read the user: the server's certificate is for another name. Check this machine's date and the address; do not continue if both are right.")
}

// crypto/x509 ignores certificate files that it cannot read. If that may be the cause, the
// error says so.
func TestTrustFiles_UnreadableOnesAreNamed(t *testing.T) {
	server := httptest.NewUnstartedServer(reply(200, "{}"))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, content, 0o600))
		return path
	}
	whole := write("whole.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	missing, text, empty := filepath.Join(dir, "no", "such.pem"), write("text.pem", []byte("dear diary")), write("empty.pem", nil)
	for _, c := range []struct {
		env  []string
		says string
	}{
		{nil, ""},
		{[]string{"SSL_CERT_FILE", whole}, ""},
		{[]string{"SSL_CERT_FILE", missing}, "the file that SSL_CERT_FILE names (" + missing + ") cannot be read: it does not exist"},
		{[]string{"SSL_CERT_FILE", dir}, "the file that SSL_CERT_FILE names (" + dir + ") cannot be read: it is a folder"},
		{[]string{"SSL_CERT_FILE", text}, "no certificate was found in the file that SSL_CERT_FILE names (" + text + ")"},
		{[]string{"SSL_CERT_FILE", empty}, "no certificate was found in the file that SSL_CERT_FILE names (" + empty + ")"},
		{[]string{"SSL_CERT_FILE", filepath.Join(text, "x")}, "cannot be read: not a directory"},
		{[]string{"SSL_CERT_DIR", dir}, ""},
		{[]string{"SSL_CERT_DIR", dir + ":" + missing}, "a folder that SSL_CERT_DIR names (" + missing + ") cannot be read: it does not exist"},
		{[]string{"SSL_CERT_DIR", text}, "a folder that SSL_CERT_DIR names (" + text + ") cannot be read: not a directory"},
	} {
		client := newClient(t, api.Config{BaseURL: server.URL, Env: environment(c.env...)}, newWatch())
		_, err := client.GetUser(ctx, ann)
		require.ErrorContains(t, err, "is not signed by anyone this machine trusts")
		if c.says == "" {
			require.NotContains(t, err.Error(), "SSL_CERT", c.env)
			continue
		}
		require.ErrorContains(t, err, "this machine trusts, and ")
		require.ErrorContains(t, err, c.says)
		require.ErrorContains(t, err, "Fix that")
	}
}
