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

// gate is a proxy before a served directory. A ban that comes by waits at it until
// the test says how it goes on; a dead gate answers nothing any more.
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
		close(g.open) // whoever still waits goes on
		g.Close()
	})
	return g
}

// kill ends the server with a request in it.
func (g *gate) kill() {
	g.dead.Store(true)
	g.open <- func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
}

// banning is a console with a ban at the gate.
func (g *gate) banning(t *testing.T) term {
	tm := start(t, 120, 40, "CLERK_API_URL="+g.URL+"/v1", "CLERK_SECRET_KEY="+g.key)
	tm.open("m.lindqvist", "Maya Lindqvist")
	tm.Send("b")
	tm.WaitFor("Ban user")
	tm.Type("fraud")
	tm.Send("enter")
	for range 20 { // the spinner never rests, so nothing can be waited for on the screen
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

func TestWhatBecameOfAWriteIsSaidOnTheWayOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		how  func(*gate)
		code int
		says string
	}{
		"unknown": {(*gate).kill, 3, `frontdesk: It is not known whether Maya Lindqvist was banned \(user_\w{27}\): look before doing it again\.`},
		"refused": {func(g *gate) {
			g.open <- func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"errors":[{"code":"nope","message":"nope","long_message":"Not on a \u001b[31mSunday"}]}`))
			}
		}, 1, `frontdesk: .*Not on a ␛\[31mSunday.*Nothing was done to Maya Lindqvist \(user_\w{27}\)\.`},
		"done": {func(g *gate) { g.open <- nil }, 0, `frontdesk: Banned Maya Lindqvist \(user_\w{27}\)\.`},
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

// The terminal is gone, and so is where it could be said; the code is left.
func TestAHangupDuringAWriteThatGetsLostIsExitCodeThree(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	tm := g.banning(t)
	tm.Hangup()
	g.kill()
	require.Equal(t, 3, tm.WaitExit())
}

// editing is a console on whose terminal an editor sits; temp is where its file is.
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
	tm.WaitFor("Nothing is changed yet")
	tm.Send("ctrl+e")
	tm.WaitFor("the editor is ")
}

// process is the number that the script has put on the screen.
func process(tm term) int {
	found := regexp.MustCompile(`the editor is (\d+)`).FindStringSubmatch(tm.Screen())
	require.NotNil(tm.t, found, tm.Screen())
	pid, err := strconv.Atoi(found[1])
	require.NoError(tm.t, err)
	return pid
}

func TestLeavingEndsTheEditorAndRemovesItsFile(t *testing.T) {
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

// console is the program under a shell with job control.
type console struct {
	term
	pid int
}

const prompt = "ready>"

func underShell(t *testing.T, env ...string) console {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("there is no shell")
	}
	env = append([]string{"COLORTERM=truecolor", "TZ=UTC", "PS1=" + prompt + " "}, env...)
	tm := term{tuitest.Start(t, "/bin/sh", []string{"-i"}, env, 120, 40), t}
	tm.WaitFor(prompt)
	tm.Type("sh -c 'echo pid $$ here; sleep 0; exec " + bin + "'\r")
	c := console{term: tm}
	tm.WaitUntil("the list", func(screen string) bool { return total.MatchString(screen) })
	found := regexp.MustCompile(`pid (\d+) here`).FindStringSubmatch(string(tm.Output()))
	require.NotNil(t, found)
	c.pid, err = strconv.Atoi(found[1])
	require.NoError(t, err)
	t.Cleanup(func() { syscall.Kill(c.pid, syscall.SIGKILL) }) //nolint:errcheck // it may be gone
	return c
}

func (c console) signal(s syscall.Signal) { require.NoError(c.t, syscall.Kill(c.pid, s)) }

// shell waits until the shell has the terminal.
func (c console) shell() {
	c.t.Helper()
	c.WaitUntil("the shell", func(screen string) bool {
		return strings.HasSuffix(strings.TrimRight(screen, " \n"), prompt)
	})
}

// cooked checks by the shell's own eyes that the terminal is as a shell needs it.
func (c console) cooked() {
	c.t.Helper()
	c.shell()
	c.Type("clear; stty -a\r")
	c.WaitUntil("a cooked terminal", regexp.MustCompile(`(?m)(^|\s)isig icanon iexten echo\s`).MatchString)
}

// alive checks that keys come one by one and are drawn.
func (c console) alive() {
	c.t.Helper()
	c.WaitUntil("the list", func(screen string) bool { return total.MatchString(screen) && !strings.Contains(screen, prompt) })
	c.Send("?")
	c.WaitFor("Help · Users")
	c.Send("esc")
	c.WaitGone("Help · Users")
	require.Contains(c.t, c.Modes(), "alternate screen (1049)")
}

func (c console) out() {
	c.t.Helper()
	c.Send("q")
	c.WaitRestored()
	c.cooked()
}

func TestAStopFromOutsideIsAsItsOwn(t *testing.T) {
	t.Parallel()
	c := underShell(t)
	for range 3 {
		c.signal(syscall.SIGTSTP)
		c.WaitRestored()
		c.cooked()
		c.Type("fg\r")
		c.alive()
	}
	c.Send("ctrl+z")
	c.WaitRestored()
	c.cooked()
	c.Type("fg\r")
	c.alive()
	c.out()
}

func TestAStopThatCannotBeCaughtIsMendedAfterwards(t *testing.T) {
	t.Parallel()
	c := underShell(t)
	for range 3 {
		c.signal(syscall.SIGSTOP)
		c.shell()
		c.Type("stty sane\n") // as many shells do by themselves
		c.shell()
		c.Type("fg\n")
		c.alive()
	}
	c.out()
}

func TestTheEditorsStopStopsAll(t *testing.T) {
	t.Parallel()
	editor := filepath.Join(t.TempDir(), "editor")
	require.NoError(t, os.WriteFile(editor, []byte(`#!/bin/sh
printf 'the editor is %d\n' $$
kill -TSTP 0
printf 'back again\n'
read line
printf '{"plan":"%s"}\n' "$line" > "$1"
`), 0o700))
	c := underShell(t, "EDITOR="+editor)
	toEditor(c.term)
	c.cooked()
	c.Type("fg\r")
	c.WaitFor("back again")
	c.Type("gold\r")
	c.WaitFor(`{"plan":"gold"}`, "Valid")
	c.Send("ctrl+c")
	c.WaitRestored()
	c.cooked()
}

func TestThereIsNoShellToGoBackTo(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.WaitFor("of 1,248")
	tm.Send("ctrl+z")
	tm.WaitFor("there is no shell here")
	tm.leave("q")
}

// A y that was typed while the program was stopped saw no question.
func TestAYTypedWhileStoppedConfirmsNothing(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("okafor", "Maya Okafor")
	tm.WaitFor("◐ locked")
	for range 6 {
		askedToUnlock(tm)
		tm.Quiet(400 * time.Millisecond)
		tm.Kill(syscall.SIGSTOP)
		tm.Type("y")
		tm.Quiet(300 * time.Millisecond)
		tm.Kill(syscall.SIGCONT)
		tm.WaitGone("Unlock Maya Okafor?")
		tm.WaitFor("closed while you were away", "◐ locked")
	}
	require.NotContains(t, string(tm.Output()), "Unlocked")
	tm.leave("ctrl+c")
}

// askedToUnlock opens the question; a y that found none has opened another list.
func askedToUnlock(tm term) {
	const question, other = "Unlock Maya Okafor?", "─ Copy ─"
	for {
		tm.Send("l")
		tm.WaitUntil("the question", func(screen string) bool {
			return strings.Contains(screen, question) || strings.Contains(screen, other)
		})
		if !strings.Contains(tm.Screen(), other) {
			return
		}
		for strings.Contains(tm.Screen(), other) { // the first esc clears what was typed
			tm.Send("esc")
			tm.Quiet(100 * time.Millisecond)
		}
	}
}
