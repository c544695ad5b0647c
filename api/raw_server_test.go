package api_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// rawServer is a TCP server that passes each accepted connection to the script with its
// number, so that a test controls every byte.
type rawServer struct {
	net.Listener
	mu      sync.Mutex
	conns   int
	methods []string
}

func listen(t *testing.T, script func(w *rawServer, n int, c net.Conn, in *bufio.Reader)) *rawServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &rawServer{Listener: l}
	var wait sync.WaitGroup
	t.Cleanup(func() {
		l.Close()
		wait.Wait()
	})
	wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.mu.Lock()
			w.conns++
			n := w.conns
			w.mu.Unlock()
			wait.Go(func() {
				defer c.Close()
				script(w, n, c, bufio.NewReader(c))
			})
		}
	})
	return w
}

// request reads one whole request, after which the server counts as having it.
func (w *rawServer) request(in *bufio.Reader) bool {
	r, err := http.ReadRequest(in)
	if err != nil {
		return false
	}
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.methods = append(w.methods, r.Method)
	return true
}

func (w *rawServer) acted(method string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.methods {
		if m == method {
			n++
		}
	}
	return n
}

func (w *rawServer) accepted() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.conns
}

func (w *rawServer) client(t *testing.T) *api.Client {
	return newClient(t, api.Config{BaseURL: "http://" + w.Addr().String()}, newWatch())
}

const (
	annJSON  = `{"id":"user_a","object":"user","first_name":"Ann"}`
	okHeader = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"
)

var ann = clean.NewText("user_a")

func TestAnnJSON_FitsItsContentLength(t *testing.T) { require.Len(t, annJSON, 50) }

// writes are calls that must never be carried out twice.
func writes(c *api.Client) map[string]func() error {
	return map[string]func() error{
		"POST":   func() error { _, err := c.BanUser(ctx, ann); return err },
		"DELETE": func() error { return c.DisableMFA(ctx, ann) },
		"PATCH": func() error {
			_, err := c.UpdateUser(ctx, ann, api.UserChange{FirstName: wire.Set("Ann")})
			return err
		},
		"PUT": func() error {
			_, err := c.ReplaceMetadata(ctx, ann, api.Metadata{Public: wire.Set(api.RawObject(`{}`))})
			return err
		},
	}
}

// The server answers a read, keeps the connection, and drops it after it has carried out
// the write that arrives on it. net/http must not send that write again, and the client
// must call it unknown.
func TestClient_SendsAWriteOnceOverADyingConnection(t *testing.T) {
	for _, method := range []string{"POST", "DELETE", "PATCH", "PUT"} {
		t.Run(method, func(t *testing.T) {
			w := listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
				if w.request(in) && n == 1 {
					io.WriteString(c, okHeader+annJSON)
					w.request(in)
				}
			})
			client := w.client(t)
			_, err := client.GetUser(ctx, ann)
			require.NoError(t, err)
			err = writes(client)[method]()
			e := failed(t, err, api.KindNetwork)
			require.True(t, e.Sent)
			require.True(t, api.IsOutcomeUnknown(err))
			require.Equal(t, 1, w.acted(method))
			require.Equal(t, 1, w.accepted())
			require.Contains(t, err.Error(), "It is unclear whether the attempt to")
			require.Contains(t, err.Error(), "Check the user")
		})
	}
}

// The server closes an idle connection at any time. However the race ends, a write is
// carried out at most once, and never reported as refused after it was.
func TestClient_SurvivesIdleConnectionsThatClose(t *testing.T) {
	for range 50 {
		w := listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
			if w.request(in) {
				io.WriteString(c, okHeader+annJSON)
			}
		})
		client := w.client(t)
		_, err := client.GetUser(ctx, ann)
		require.NoError(t, err)
		_, err = client.BanUser(ctx, ann)
		require.LessOrEqual(t, w.acted("POST"), 1)
		if err != nil {
			require.Equal(t, 0, w.acted("POST"))
			require.True(t, api.IsOutcomeUnknown(err))
		}
		w.Close()
	}
}

func TestClient_RepeatsReadsOverAFreshConnection(t *testing.T) {
	w := listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
		if w.request(in) && n == 3 {
			io.WriteString(c, okHeader+annJSON)
		}
	})
	u, err := w.client(t).GetUser(ctx, ann)
	require.NoError(t, err)
	require.Equal(t, "Ann", u.FirstName.Raw())
	require.Equal(t, 3, w.accepted())
}

// If the response is truncated, a read is tried four times, a write once.
func TestClient_ReportsTruncatedResponses(t *testing.T) {
	for name, answer := range map[string]string{
		"nothing":        "",
		"in the status":  "HTTP/1.1 2",
		"in the header":  "HTTP/1.1 200 OK\r\nContent-Ty",
		"before a body":  okHeader,
		"in the body":    okHeader + annJSON[:20],
		"in a chunk":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n32\r\n" + annJSON[:20],
		"between chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + annJSON[:20] + "\r\n",
		"no HTTP":        "SSH-2.0-OpenSSH_9.9\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
				if w.request(in) {
					io.WriteString(c, answer)
				}
			})
			client := w.client(t)
			_, err := client.GetUser(ctx, ann)
			require.Equal(t, 4, w.acted("GET"))
			require.True(t, failed(t, err, api.KindNetwork).Sent)
			require.Equal(t, "Could not read the user: the connection was lost before the whole answer arrived. Try again in a moment.", err.Error())
			require.Equal(t, "Could not read the user: connection lost.", failed(t, err, api.KindNetwork).BriefSummary())
			_, err = client.LockUser(ctx, ann)
			require.True(t, api.IsOutcomeUnknown(err))
			require.Equal(t, 1, w.acted("POST"))
		})
	}
}

// The connection is reset instead of closed, before and after the request was read.
func TestClient_ReportsConnectionResets(t *testing.T) {
	for _, readFirst := range []bool{true, false} {
		w := listen(t, func(w *rawServer, n int, c net.Conn, in *bufio.Reader) {
			if readFirst {
				w.request(in)
			}
			_ = c.(*net.TCPConn).SetLinger(0)
		})
		_, err := w.client(t).UnbanUser(ctx, ann)
		e := failed(t, err, api.KindNetwork)
		require.Equal(t, 1, w.accepted())
		if readFirst {
			require.True(t, e.Sent)
			require.True(t, api.IsOutcomeUnknown(err))
		}
	}
}
