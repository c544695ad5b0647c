package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

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
	tm := term{tuitest.Start(t, "/bin/sh", []string{"-i"}, env, 160, 40), t} // wide, so that the shell's line about a stopped program is not wrapped
	tm.WaitFor(prompt)
	tm.Type("sh -c 'echo pid $$ here; sleep 0; exec " + bin + "'\r")
	c := console{term: tm}
	tm.WaitUntil("the list", func(screen string) bool { return total.MatchString(screen) })
	found := regexp.MustCompile(`pid (\d+) here`).FindStringSubmatch(string(tm.Output()))
	require.NotNil(t, found)
	c.pid, err = strconv.Atoi(found[1])
	require.NoError(t, err)
	t.Cleanup(func() { syscall.Kill(c.pid, syscall.SIGKILL) }) //nolint:errcheck // it may have ended
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

// cooked checks through the shell that the terminal is back in its normal mode.
func (c console) cooked() {
	c.t.Helper()
	c.shell()
	c.Type("clear; stty -a\r")
	c.WaitUntil("a cooked terminal", regexp.MustCompile(`(?m)(^|\s)isig icanon iexten echo\s`).MatchString)
}

// alive checks that keys arrive one by one and are drawn.
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

func TestSuspend_SIGTSTP(t *testing.T) {
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

func TestSuspend_SIGSTOPIsRepairedAfterwards(t *testing.T) {
	t.Parallel()
	c := underShell(t)
	for range 3 {
		c.signal(syscall.SIGSTOP)
		c.WaitFor("Stopped", prompt)
		c.Type("stty sane; fg\n") // sane, as many shells do by themselves
		c.alive()
	}
	c.out()
}

func TestSuspend_StopsTheEditorToo(t *testing.T) {
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

func TestSuspend_WithoutAShell(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.WaitFor("of 1,248")
	tm.Send("ctrl+z")
	tm.WaitFor("Cannot suspend: frontdesk was not started from a shell")
	tm.leave("q")
}

func TestSuspend_KeyTypedWhileStoppedConfirmsNothing(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.open("okafor", "Maya Okafor")
	tm.WaitFor("◐ locked")
	for range 6 {
		askedToUnlock(tm)
		tm.Kill(syscall.SIGSTOP)
		stopped(tm) // before that it may well read the y, as one typed before the stop
		tm.Type("y")
		tm.Quiet(300 * time.Millisecond)
		tm.Kill(syscall.SIGCONT)
		tm.WaitGone("Unlock Maya Okafor?")
		tm.WaitFor("closed while you were away", "◐ locked")
	}
	require.NotContains(t, string(tm.Output()), "Unlocked")
	tm.leave("ctrl+c")
}

// askedToUnlock opens the question. A y that was read as a key of the screen has
// opened another list, and an esc that closes that one late closes the question too;
// then it is opened again.
func askedToUnlock(tm term) {
	tm.t.Helper()
	const question, other = "Unlock Maya Okafor?", "─ Copy ─"
	for range 20 {
		tm.Send("l")
		tm.Quiet(400 * time.Millisecond)
		for strings.Contains(tm.Screen(), other) { // the first esc clears what was typed
			tm.Send("esc")
			tm.Quiet(400 * time.Millisecond)
		}
		if strings.Contains(tm.Screen(), question) {
			return
		}
	}
	require.FailNow(tm.t, "l does not ask", "%s", tm.Screen())
}

// stopped waits until the program is stopped.
func stopped(tm term) {
	tm.t.Helper()
	require.Eventually(tm.t, func() bool {
		state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(tm.PID())).Output()
		return err == nil && strings.HasPrefix(string(state), "T")
	}, tuitest.Limit, 5*time.Millisecond)
}
