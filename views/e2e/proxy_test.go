package e2e

import (
	"bufio"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// connecting is a proxy on loopback that connects every request to the address to, or
// answers with answer if that is "".
func connecting(t *testing.T, to, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				req, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil || to == "" || req.Method != http.MethodConnect {
					_, _ = io.WriteString(conn, answer)
					return
				}
				far, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer far.Close()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
				go func() { _, _ = io.Copy(far, conn); far.Close() }()
				_, _ = io.Copy(conn, far)
			}()
		}
	}()
	return l.Addr().String()
}

// The program reaches its instance through a proxy, and names the proxy if that fails.
func TestProxy_FromTheEnvironment(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"object":"total_count","total_count":7}`)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	trusted := filepath.Join(t.TempDir(), "trusted.pem")
	require.NoError(t, os.WriteFile(trusted, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	open := connecting(t, server.Listener.Addr().String(), "")
	asking := connecting(t, "", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
	for _, c := range []struct {
		env  []string
		says string
		code int
	}{
		{[]string{"HTTPS_PROXY=http://" + open, "SSL_CERT_FILE=" + trusted}, "7", 0},
		{[]string{"ALL_PROXY=" + open, "SSL_CERT_FILE=" + trusted}, "7", 0},
		{[]string{"HTTPS_PROXY=" + open}, "The proxy " + open + " is in between", 1},
		{[]string{"HTTPS_PROXY=" + open, "SSL_CERT_FILE=/nowhere/x.pem"}, "SSL_CERT_FILE names (/nowhere/x.pem) cannot be read: it does not exist", 1},
		{[]string{"HTTPS_PROXY=http://jo:hunter2@" + asking}, "the proxy " + asking + " did not accept the user name and password it was given (HTTP 407)", 1},
		{[]string{"HTTPS_PROXY=http://user:p%zz@" + asking}, "HTTPS_PROXY cannot be read: ", 2},
		{[]string{"http_proxy=http://u:hunter#2@h:1"}, "http_proxy cannot be read: ", 2},
		{[]string{"ALL_PROXY=http://"}, "ALL_PROXY cannot be read: it has no host; write it like http:", 2},
	} {
		for _, args := range [][]string{{"do", "get_users_count"}} {
			cmd := exec.Command(bin, args...)
			cmd.Env = append([]string{"HOME=" + t.TempDir(), "CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=https://example.com/v1"}, c.env...)
			out, err := cmd.CombinedOutput()
			code := 0
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				code = exit.ExitCode()
			}
			require.Contains(t, string(out), c.says, "%v", c.env)
			require.NotContains(t, string(out), "hunter")
			require.Equal(t, c.code, code, "%s", out)
		}
	}
	tm := start(t, 100, 30, "CLERK_SECRET_KEY="+canary, "CLERK_API_URL=https://example.com/v1", "HTTPS_PROXY=http://jo:hunter#2@h:1")
	require.Equal(t, 2, tm.WaitExit())
	require.Contains(t, tm.Screen(), "HTTPS_PROXY cannot be read")
	require.NotContains(t, tm.Screen(), "hunter")
	tm.Restored()
	tm = start(t, 150, 40, "CLERK_SECRET_KEY="+canary, "CLERK_API_URL=https://example.com/v1", "HTTPS_PROXY=http://jo:hunter2@"+asking)
	tm.WaitFor(asking)
	require.Contains(t, tm.Screen(), "did not accept the user name and password")
	require.NotContains(t, string(tm.Output()), "hunter2")
}
