package forward_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/api/journal/forward"
)

// book is a journal whose records are forwarded.
type book struct {
	*testing.T
	*journal.Journal
	dir string

	mu    sync.Mutex
	slept time.Duration
	naps  []func() // called at a sleep, one by one
}

func newBook(t *testing.T) *book {
	b := &book{T: t, dir: filepath.Join(t.TempDir(), "journal")}
	b.Journal = journal.Open(journal.Options{Dir: b.dir, Name: "journal", Now: time.Now, Rand: rand.Reader, MaxSize: 64 << 10,
		Who:  func() journal.Who { return journal.Who{Kernel: journal.Kernel{User: "jo", Host: "ops-2"}} },
		Sync: func(*os.File) error { return nil }})
	return b
}

func (b *book) write(n int) {
	b.Helper()
	for i := range n {
		_, err := b.Append(journal.Record{Kind: journal.Intent, Operation: "ban_user", Title: "Ban user", Reason: fmt.Sprint(i),
			Targets: []journal.Target{{ID: "user_1", Name: "李小龍"}}})
		require.NoError(b, err)
	}
}

// last is the Seq of the last record: rotation adds some of its own.
func (b *book) last() uint64 {
	b.Helper()
	r, _, err := b.Last(b.Context())
	require.NoError(b, err)
	return r.Seq
}

// sleep passes no time but counts it. It calls what is due at this sleep, and ends
// the forwarding where nothing is.
func (b *book) sleep(_ context.Context, d time.Duration) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.slept += d
	if len(b.naps) == 0 {
		return context.Canceled
	}
	b.naps[0]()
	b.naps = b.naps[1:]
	return nil
}

func (b *book) forwarder(o forward.Options) *forward.Forwarder {
	b.Helper()
	o.Journal, o.Sleep = b.Journal, b.sleep
	f, err := forward.New(o)
	require.NoError(b, err)
	return f
}

// arrived are records that came somewhere, by Seq.
type arrived struct {
	mu  sync.Mutex
	all map[uint64]int
	raw strings.Builder
}

func (a *arrived) add(t *testing.T, body string) {
	var r journal.Record
	require.NoError(t, json.Unmarshal([]byte(body), &r))
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.all == nil {
		a.all = map[uint64]int{}
	}
	a.all[r.Seq]++
	a.raw.WriteString(body)
}

// complete says that every record up to last came once or more.
func (a *arrived) complete(t *testing.T, last uint64) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	for seq := uint64(1); seq <= last; seq++ {
		require.GreaterOrEqual(t, a.all[seq], 1, "record %d of %d", seq, last)
	}
	require.Len(t, a.all, int(last))
}

// otlp is a collector, which may be out of order.
type otlp struct {
	arrived
	status int
	paths  map[string]int
}

func (c *otlp) serve(t *testing.T) *httptest.Server {
	c.paths = map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.paths[r.URL.Path]++
		status := c.status
		c.mu.Unlock()
		if status != 0 {
			w.WriteHeader(status)
			return
		}
		for _, l := range decodeLogs(t, r).ResourceLogs[0].ScopeLogs[0].LogRecords {
			c.add(t, l.Body.StringValue)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func (c *otlp) set(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
}

// A collector that is down for a minute gets everything once it is back, also what was
// written meanwhile, and no write waited for it.
func TestForwarder_OTLPGoesOnAfterAnOutage(t *testing.T) {
	b, c := newBook(t), &otlp{}
	server := c.serve(t)
	b.write(30)
	f := b.forwarder(forward.Options{OTLP: server.URL, Version: "0.1.0"})
	var behind []uint64
	look := func() {
		n, err := f.Behind(t.Context())
		require.NoError(t, err)
		behind = append(behind, n)
	}
	b.naps = append(b.naps, func() { look(); c.set(http.StatusServiceUnavailable); b.slept = 0; b.write(500) })
	for range 6 {
		b.naps = append(b.naps, func() { look(); b.write(1) })
	}
	b.naps = append(b.naps, func() { look(); require.Greater(t, b.slept, time.Minute); c.set(0) })
	b.naps = append(b.naps, look)
	f.Run(t.Context())
	require.Zero(t, behind[0])
	require.Greater(t, behind[1], uint64(499))
	require.Greater(t, behind[7], behind[1])
	require.Zero(t, behind[8])
	c.complete(t, b.last())
	require.Equal(t, []string{"/v1/logs"}, keys(c.paths))
	status, err := f.Status(t.Context())
	require.NoError(t, err)
	require.NoError(t, status[0].Err)
	require.Equal(t, "OTLP", status[0].Destination)
}

func keys(m map[string]int) (all []string) {
	for k := range m {
		all = append(all, k)
	}
	return all
}

// Nothing listens at first, the program ends meanwhile, and another goes on.
func TestForwarder_GoesOnAfterARestart(t *testing.T) {
	b, c := newBook(t), &otlp{}
	nobody := httptest.NewServer(nil)
	nobody.Close()
	b.write(20)
	gone := b.forwarder(forward.Options{OTLP: nobody.URL})
	require.Error(t, gone.Flush(t.Context()))
	status, err := gone.Status(t.Context())
	require.NoError(t, err)
	require.Error(t, status[0].Err)
	require.Equal(t, uint64(20), status[0].Behind)

	server := c.serve(t)
	require.NoError(t, b.forwarder(forward.Options{OTLP: server.URL}).Flush(t.Context()))
	first := len(c.all)
	b.write(5)
	require.NoError(t, b.forwarder(forward.Options{OTLP: server.URL}).Flush(t.Context()))
	require.Equal(t, 20, first)
	c.complete(t, b.last())
	for seq, times := range c.all {
		require.Equal(t, 1, times, "record %d came once, because nothing failed", seq)
	}

	other := &otlp{}
	require.NoError(t, b.forwarder(forward.Options{OTLP: other.serve(t).URL}).Flush(t.Context()))
	other.complete(t, b.last())
}

// Many records are read in order from the files that hold them.
func TestForwarder_SendsALongJournalInOrder(t *testing.T) {
	b, c := newBook(t), &otlp{}
	b.write(1500)
	require.NoError(t, b.forwarder(forward.Options{OTLP: c.serve(t).URL}).Flush(t.Context()))
	c.complete(t, b.last())
	require.Less(t, strings.Index(c.raw.String(), `"seq":1,`), strings.Index(c.raw.String(), `"seq":900,`))
}

// syslogd is a syslog server on a socket of datagrams.
type syslogd struct {
	arrived
	conn net.PacketConn
	done chan bool
}

func startSyslog(t *testing.T, path string) *syslogd {
	conn, err := net.ListenPacket("unixgram", path)
	require.NoError(t, err)
	s := &syslogd{conn: conn, done: make(chan bool)}
	go func() {
		defer close(s.done)
		buf := make([]byte, 64<<10)
		for {
			n, _, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			text := string(buf[:n])
			s.add(t, text[strings.Index(text, "{"):])
		}
	}()
	t.Cleanup(s.stop)
	return s
}

func (s *syslogd) stop() {
	_ = s.conn.Close()
	<-s.done
}

// wait returns once so many records came.
func (s *syslogd) wait(t *testing.T, n int) {
	require.Eventually(t, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.all) >= n
	}, 10*time.Second, time.Millisecond)
}

func TestForwarder_SyslogGoesOnAfterAnOutage(t *testing.T) {
	b := newBook(t)
	path := filepath.Join(t.TempDir(), "log")
	server := startSyslog(t, path)
	b.write(30)
	f := b.forwarder(forward.Options{Syslog: "unix://" + path})
	require.NoError(t, f.Flush(t.Context()))
	server.wait(t, 30)
	server.stop()
	require.NoError(t, os.Remove(path))
	b.write(40)
	require.Error(t, f.Flush(t.Context()))
	again := startSyslog(t, path)
	require.NoError(t, f.Flush(t.Context()))
	again.wait(t, int(b.last())-30)
	server.mu.Lock()
	for seq := range server.all {
		again.all[seq]++
	}
	server.mu.Unlock()
	again.complete(t, b.last())
	behind, err := f.Behind(t.Context())
	require.NoError(t, err)
	require.Zero(t, behind)
}

func TestForwarder_SyslogGetsTheHashOfWhatIsTooLong(t *testing.T) {
	b := newBook(t)
	path := filepath.Join(t.TempDir(), "log")
	server := startSyslog(t, path)
	var targets []journal.Target
	for i := range 50 {
		targets = append(targets, journal.Target{ID: fmt.Sprintf("user_%d", i), Name: strings.Repeat("長", 60)})
	}
	r, err := b.Append(journal.Record{Kind: journal.Intent, Operation: "users_ban", Targets: targets})
	require.NoError(t, err)
	require.NoError(t, b.forwarder(forward.Options{Syslog: "unixgram://" + path}).Flush(t.Context()))
	server.wait(t, 1)
	require.Contains(t, server.raw.String(), r.Hash)
	require.Contains(t, server.raw.String(), "too long for syslog: 50 users")
	require.Less(t, server.raw.Len(), 8<<10)
}

// While one process forwards, another leaves it to that one.
func TestForwarder_OneProcessAtATime(t *testing.T) {
	b := newBook(t)
	b.write(3)
	inside, release := make(chan bool), make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside <- true; <-release }))
	t.Cleanup(server.Close)
	done := make(chan error)
	go func() { done <- b.forwarder(forward.Options{OTLP: server.URL}).Flush(t.Context()) }()
	<-inside
	require.NoError(t, b.forwarder(forward.Options{OTLP: server.URL}).Flush(t.Context()))
	b.write(1)
	release <- true
	for { // the record written meanwhile goes on in the same run
		select {
		case <-inside:
			release <- true
			continue
		case err := <-done:
			require.NoError(t, err)
		}
		break
	}
}

// A collector that never answers holds nobody longer than they wait.
func TestForwarder_FlushEndsWithItsContext(t *testing.T) {
	b := newBook(t)
	b.write(1)
	hang := make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hang }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(hang) })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	require.Error(t, b.forwarder(forward.Options{OTLP: server.URL}).Flush(ctx))
	require.Less(t, time.Since(began), 5*time.Second)
	b.write(1)
}

func TestNew_RefusesAddresses(t *testing.T) {
	for _, o := range []forward.Options{{Syslog: "logs:514"}, {Syslog: "udp://logs"}, {Syslog: "unix://log"}, {Syslog: "x://y"},
		{OTLP: "otel:4318"}, {OTLP: "https://jo:secret@otel"}, {OTLP: "https://otel/v1/logs?key=1"}, {OTLP: "ftp://otel"}} {
		_, err := forward.New(o)
		require.Error(t, err, "%+v", o)
		require.NotContains(t, err.Error(), "secret")
	}
	f, err := forward.New(forward.Options{})
	require.NoError(t, err)
	require.Nil(t, f, "there is nowhere to forward to")
	f.Run(t.Context())
	require.NoError(t, f.Flush(t.Context()))
	behind, err := f.Behind(t.Context())
	require.NoError(t, err)
	require.Zero(t, behind)
}
