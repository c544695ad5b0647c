package e2e

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// counter is a directory that counts the writes that reach it, by path.
type counter struct {
	*httptest.Server
	key    string
	mu     sync.Mutex
	writes map[string]int
	busy   sync.WaitGroup
}

func newCounter(t *testing.T, args ...string) *counter {
	base, key := served(t, append([]string{"--no-rate-limit"}, args...)...)
	to, err := url.Parse(strings.TrimSuffix(base, "/v1"))
	require.NoError(t, err)
	c := &counter{key: key, writes: map[string]int{}}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.busy.Add(1)
		defer c.busy.Done()
		if r.Method != http.MethodGet {
			c.mu.Lock()
			c.writes[r.URL.Path]++
			c.mu.Unlock()
		}
		// What arrived is carried out, whoever waits for the answer.
		proxy.ServeHTTP(w, r.WithContext(t.Context()))
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *counter) total() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, times := range c.writes {
		n += times
	}
	return n
}

// office is a home folder from which the program is run.
type office struct {
	t    *testing.T
	home string
	env  []string
}

func newOffice(t *testing.T, c *counter) *office {
	home := t.TempDir()
	return &office{t, home, []string{"HOME=" + home, "TZ=UTC", "CLERK_API_URL=" + c.URL + "/v1", "CLERK_SECRET_KEY=" + c.key}}
}

func (d *office) command(args ...string) *exec.Cmd {
	d.t.Helper()
	bin, err := built()
	require.NoError(d.t, err)
	cmd := exec.Command(bin, args...)
	cmd.Env = d.env
	return cmd
}

// run returns what the program prints and its exit code.
func (d *office) run(args ...string) (stdout, stderr string, code int) {
	d.t.Helper()
	var out, errs bytes.Buffer
	cmd := d.command(args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run()
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func (d *office) folder() string {
	return filepath.Join(d.home, ".local", "state", "frontdesk", "journal")
}

// shown is an entry as `journal show --json` prints it.
type shown struct {
	State  string
	Record struct {
		Operation, Reason string
		Kind              string
		Targets           []struct{ ID string }
	}
	Outcome *struct {
		Message string
		Status  int
	}
}

func (d *office) shown(args ...string) (all []shown) {
	d.t.Helper()
	out, stderr, code := d.run(append([]string{"journal", "show", "--json", "--limit", "0"}, args...)...)
	require.Zero(d.t, code, stderr)
	for line := range strings.Lines(out) {
		var e shown
		require.NoError(d.t, json.Unmarshal([]byte(line), &e), line)
		all = append(all, e)
	}
	return all
}

// users returns n users who are not banned.
func (c *counter) users(t *testing.T, n int) (ids []string) {
	for offset := 0; len(ids) < n; offset += 500 {
		var page []struct {
			ID     string
			Banned bool
		}
		require.Equal(t, http.StatusOK, ask(t, c.URL+"/v1", c.key, "/users?limit=500&offset="+strconv.Itoa(offset), &page))
		require.NotEmpty(t, page)
		for _, u := range page {
			if !u.Banned && len(ids) < n {
				ids = append(ids, u.ID)
			}
		}
	}
	return ids
}

// killTimes sets how often the program is killed.
const killTimes = "FRONTDESK_TEST_KILLS"

// The program is killed at any moment of a ban: no ban is sent twice or without being
// written down before, the chain is whole, and what is open is found out afterwards.
func TestJournal_SurvivesKillsAtRandomMoments(t *testing.T) {
	t.Parallel()
	times := 15
	if n, err := strconv.Atoi(os.Getenv(killTimes)); err == nil {
		times = n
	}
	c := newCounter(t, "--users", strconv.Itoa(2*times+10), "--latency", "5ms")
	d := newOffice(t, c)
	ids := c.users(t, times+5)
	began := time.Now()
	const samples = 5
	for _, id := range ids[:samples] {
		_, stderr, code := d.run("do", "ban_user", id, "--yes", "--reason", "sample")
		require.Zero(t, code, stderr)
	}
	usual := time.Since(began) / samples
	random := rand.New(rand.NewPCG(uint64(began.UnixNano()), 1))
	killed := 0
	for i, id := range ids[samples : samples+times] {
		cmd := d.command("do", "ban_user", id, "--yes", "--reason", "kill "+strconv.Itoa(i))
		require.NoError(t, cmd.Start())
		timer := time.AfterFunc(time.Duration(random.Float64()*1.1*float64(usual)), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			killed++
		}
	}
	c.busy.Wait()
	open := 0
	for _, e := range d.shown() {
		if e.State == "open" {
			open++
		}
	}
	out, stderr, code := d.run("journal", "resolve")
	require.Zero(t, code, stderr)
	if open > 0 {
		require.Equal(t, open, strings.Count(out, "Ban user, "), "what is open is named: %s", out)
	}
	out, stderr, code = d.run("journal", "verify")
	require.Zero(t, code, stderr)
	intents := map[string][]shown{}
	for _, e := range d.shown() {
		require.NotEqual(t, "open", e.State)
		if e.Record.Kind == "intent" {
			id := e.Record.Targets[0].ID
			intents[id] = append(intents[id], e)
		}
	}
	sent := 0
	for _, id := range ids[:samples+times] {
		n := c.writes["/v1/users/"+id+"/ban"]
		sent += n
		require.LessOrEqual(t, n, 1, "no intent is executed twice")
		require.LessOrEqual(t, len(intents[id]), 1)
		require.LessOrEqual(t, n, len(intents[id]), "%s was banned, and nobody wrote it down before", id)
		var u struct{ Banned bool }
		require.Equal(t, http.StatusOK, ask(t, c.URL+"/v1", c.key, "/users/"+id, &u))
		require.Equal(t, n == 1, u.Banned)
		if len(intents[id]) == 1 {
			require.Equal(t, u.Banned, intents[id][0].State == "ok", "%+v", intents[id][0])
		}
	}
	t.Logf("%d runs, %d killed (usual run %v): %d bans sent, %d intents, %d open and resolved; %s",
		times, killed, usual.Round(time.Millisecond), sent, len(intents), open, out)
}

// A journal that cannot be trusted stops writes, and nothing else.
func TestJournal_WithoutItNothingIsSentAndReadingGoesOn(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "--users", "50")
	id := c.users(t, 1)[0]
	file := func(d *office) string { return filepath.Join(d.folder(), "journal.jsonl") }
	for name, s := range map[string]struct {
		spoil func(*office) error
		says  string
	}{
		"symlink":        {func(d *office) error { return os.Symlink("/dev/null", file(d)) }, "journal.jsonl is a symbolic link"},
		"foreign":        {func(d *office) error { return errs(os.WriteFile(file(d), nil, 0o600), os.Chown(file(d), 12345, 12345)) }, "belongs to another user (uid 12345)"},
		"world-writable": {func(d *office) error { return os.Chmod(d.folder(), 0o777) }, "can be written by other users (mode 0777); chmod 700"},
		"read-only":      {func(d *office) error { return mount(d, syscall.MS_RDONLY, "") }, "read-only file system"},
		"full":           {fill, "no space left on device"},
		"no home":        {func(d *office) error { d.env[0] = "HOME="; return nil }, "HOME is not set"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newOffice(t, c)
			require.NoError(t, os.MkdirAll(d.folder(), 0o700))
			if err := s.spoil(d); err != nil {
				t.Skip(err)
			}
			for _, args := range [][]string{{"do", "ban_user", id}, {"do", "users_ban", id}} {
				_, stderr, code := d.run(append(args, "--yes", "--reason", "asked to")...)
				require.Equal(t, 1, code, stderr)
				require.Contains(t, stderr, "because the journal could not be written: ")
				require.Contains(t, stderr, s.says)
			}
			out, stderr, code := d.run("users", "--limit", "1")
			require.Zero(t, code, stderr)
			require.Contains(t, out, "user_")
			require.Zero(t, c.total(), "nothing was sent")
		})
	}
}

func errs(all ...error) error {
	i := slices.IndexFunc(all, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return all[i]
}

// mount puts a small disk of its own over the journal's folder; it needs root.
func mount(d *office, flags uintptr, options string) error {
	if err := syscall.Mount("tmpfs", d.folder(), "tmpfs", flags, "mode=0700"+options); err != nil {
		return err
	}
	d.t.Cleanup(func() { _ = syscall.Unmount(d.folder(), syscall.MNT_DETACH) })
	return nil
}

// fill leaves no space on the journal's disk.
func fill(d *office) error {
	if err := mount(d, 0, ",size=64k"); err != nil {
		return err
	}
	err := os.WriteFile(filepath.Join(d.folder(), "filler"), make([]byte, 128<<10), 0o600)
	if err == nil {
		d.t.Fatal("it is not full")
	}
	return nil
}

// The console is told to leave while a ban takes three seconds: it waits, the outcome is
// in the journal, and then it is gone.
func TestJournal_HasTheOutcomeAfterAHangup(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	home := t.TempDir()
	tm := g.banning(t, "HOME="+home)
	require.NoError(t, syscall.Kill(tm.PID(), syscall.SIGHUP))
	told := time.Now()
	<-time.After(3 * time.Second) // the server's latency
	g.open <- nil
	tm.WaitExit()
	require.Less(t, time.Since(told), 10*time.Second)
	d := &office{t, home, []string{"HOME=" + home, "CLERK_API_URL=" + g.URL + "/v1", "CLERK_SECRET_KEY=" + g.key}}
	all := d.shown()
	require.Len(t, all, 1)
	require.Equal(t, []string{"ban_user", "fraud", "ok"}, []string{all[0].Record.Operation, all[0].Record.Reason, all[0].State})
	_, stderr, code := d.run("journal", "verify")
	require.Zero(t, code, stderr)
}
