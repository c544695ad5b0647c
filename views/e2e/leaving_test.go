package e2e

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// gate is a proxy in front of a served directory. A ban waits at it until the test
// decides; after kill it does not answer any more.
type gate struct {
	*httptest.Server
	key     string
	arrived chan struct{}
	open    chan http.HandlerFunc
	dead    atomic.Bool
}

func newGate(t *testing.T) *gate {
	base, key := served(t)
	to, err := url.Parse(strings.TrimSuffix(base, "/v1"))
	require.NoError(t, err)
	g := &gate{key: key, arrived: make(chan struct{}, 1), open: make(chan http.HandlerFunc, 1)}
	proxy := httputil.NewSingleHostReverseProxy(to)
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.dead.Load() {
			panic(http.ErrAbortHandler)
		}
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/ban") {
			g.arrived <- struct{}{}
			if answer := <-g.open; answer != nil {
				answer(w, r)
				return
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		close(g.open) // release waiting requests
		g.Close()
	})
	return g
}

// kill closes the server with a request in it.
func (g *gate) kill() {
	g.dead.Store(true)
	g.open <- func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
}

// banning returns a console with a ban at the gate.
func (g *gate) banning(t *testing.T, env ...string) term {
	tm := start(t, 120, 40, append(env, "CLERK_API_URL="+g.URL+"/v1", "CLERK_SECRET_KEY="+g.key)...)
	tm.open("m.lindqvist", "Maya Lindqvist")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("fraud")
	tm.Send("enter")
	for range 20 { // the spinner never stops, so the screen is never quiet
		tm.Quiet(400 * time.Millisecond)
		tm.Send("y")
		select {
		case <-g.arrived:
			return tm
		case <-time.After(time.Second):
		}
	}
	require.FailNow(t, "y does not confirm", "%s", tm.Screen())
	return tm
}

func TestQuit_ReportsTheOutcomeOfAWrite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		how  func(*gate)
		code int
		says string
	}{
		"unknown": {(*gate).kill, 3, `frontdesk: It is unclear whether Maya Lindqvist was banned \(user_\w{27}\): check before you try again\.`},
		"refused": {func(g *gate) {
			g.open <- func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"errors":[{"code":"nope","message":"nope","long_message":"Not on a \u001b[31mSunday"}]}`))
			}
		}, 1, `frontdesk: .*Not on a ␛\[31mSunday.*Nothing was done to Maya Lindqvist.* \(user_\w{27}\)\.`},
		"done": {func(g *gate) { g.open <- nil }, 0, `frontdesk: Banned Maya Lindqvist.* \(user_\w{27}\)\.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			tm := g.banning(t)
			syscall.Kill(tm.PID(), syscall.SIGTERM) //nolint:errcheck // it runs
			tm.WaitFor("finishing: Banning Maya Lindqvist")
			c.how(g)
			require.Equal(t, c.code, tm.WaitExit())
			tm.Restored()
			require.Regexp(t, regexp.MustCompile(c.says), string(tm.Output()))
		})
	}
}

// The terminal is gone, so only the exit code can tell.
func TestQuit_HangupDuringALostWriteExitsWithThree(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	tm := g.banning(t)
	tm.Hangup()
	g.kill()
	require.Equal(t, 3, tm.WaitExit())
}

// editing returns a console with an editor on its terminal; temp is the directory of
// the editor's file.
func editing(t *testing.T, script string) (tm term, temp string) {
	temp = t.TempDir()
	editor := filepath.Join(t.TempDir(), "editor")
	require.NoError(t, os.WriteFile(editor, []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	tm = start(t, 120, 40, "EDITOR="+editor, "TMPDIR="+temp)
	toEditor(tm)
	return tm, temp
}

func toEditor(tm term) {
	tm.open("lindqvist", "Maya Lindqvist")
	tm.choose("Merge metadata")
	tm.WaitFor("No changes yet")
	tm.Send("ctrl+e")
	tm.WaitFor("the editor is ")
}

// process returns the process id that the script has printed.
func process(tm term) int {
	found := regexp.MustCompile(`the editor is (\d+)`).FindStringSubmatch(tm.Screen())
	require.NotNil(tm.t, found, tm.Screen())
	pid, err := strconv.Atoi(found[1])
	require.NoError(tm.t, err)
	return pid
}

func TestQuit_EndsTheEditorAndRemovesItsFile(t *testing.T) {
	t.Parallel()
	const sleeps = `stty raw -echo; printf 'the editor is %d' $$; `
	for name, c := range map[string]struct {
		script string
		how    func(term)
	}{
		"SIGTERM":  {sleeps + "sleep 300; exit 0", func(tm term) { syscall.Kill(tm.PID(), syscall.SIGTERM) }},                //nolint:errcheck
		"SIGHUP":   {sleeps + "sleep 300; exit 0", func(tm term) { syscall.Kill(tm.PID(), syscall.SIGHUP) }},                 //nolint:errcheck
		"stubborn": {"trap '' TERM HUP; " + sleeps + "sleep 300", func(tm term) { syscall.Kill(tm.PID(), syscall.SIGTERM) }}, //nolint:errcheck
		"hangup":   {sleeps + "while printf .; do sleep 1; done", func(tm term) { tm.Hangup() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tm, temp := editing(t, c.script)
			left, err := os.ReadDir(temp)
			require.NoError(t, err)
			require.Len(t, left, 1, "the text is in its file")
			pid := process(tm)
			c.how(tm)
			code := tm.WaitExit()
			left, err = os.ReadDir(temp)
			require.NoError(t, err)
			require.Empty(t, left, "private metadata stays on no disk")
			gone := func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
			require.Eventually(t, gone, tuitest.Limit, 10*time.Millisecond, "the editor is gone")
			if name != "hangup" {
				require.Zero(t, code)
				tm.Restored()
			}
		})
	}
}
