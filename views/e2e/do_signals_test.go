package e2e

import (
	"bytes"
	"encoding/json"
	"errors"

	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// doing is a running `frontdesk do` against a directory whose bans wait at a gate.
type doing struct {
	*exec.Cmd
	t      *testing.T
	gate   *gate
	id     string
	stderr *notes
	out    bytes.Buffer
}

// notes collects the output of a program while it runs.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	select {
	case n.more <- struct{}{}:
	default:
	}
	return n.text.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// waitFor waits until a text was written.
func (n *notes) waitFor(t *testing.T, text string) {
	t.Helper()
	limit := time.NewTimer(tuitest.Limit)
	defer limit.Stop()
	for !strings.Contains(n.String(), text) {
		select {
		case <-n.more:
		case <-limit.C:
			require.FailNow(t, "not written: "+text, n.String())
		}
	}
}

// bans starts a ban of the first user and waits until it is at the gate; stdout is
// where it prints, nil for doing.out.
func bans(t *testing.T, g *gate, stdout *os.File, args ...string) *doing {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	var one []struct{ ID string }
	require.Equal(t, http.StatusOK, ask(t, g.URL+"/v1", g.key, "/users?limit=1", &one))
	d := &doing{t: t, gate: g, id: one[0].ID, stderr: &notes{more: make(chan struct{}, 1)}}
	if len(args) == 0 {
		args = []string{"ban_user"}
	}
	args = append([]string{"do", args[0], d.id, "--yes", "--reason", "fraud"}, args[1:]...)
	d.Cmd = exec.Command(bin, args...)
	d.Env = []string{"HOME=" + t.TempDir(), "CLERK_API_URL=" + g.URL + "/v1", "CLERK_SECRET_KEY=" + g.key}
	d.Stderr, d.Stdout = d.stderr, &d.out
	if stdout != nil {
		d.Stdout = stdout
	}
	require.NoError(t, d.Start())
	t.Cleanup(func() { _ = d.Process.Kill() })
	<-g.arrived
	return d
}

// code waits for the exit code.
func (d *doing) code() int {
	d.t.Helper()
	err := d.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		require.True(d.t, exit.Exited(), "it ended by itself and not by a signal: %v\n%s", err, d.stderr)
		return exit.ExitCode()
	}
	require.NoError(d.t, err)
	return 0
}

func (d *doing) banned() bool {
	d.t.Helper()
	var u struct{ Banned bool }
	require.Equal(d.t, http.StatusOK, ask(d.t, d.gate.URL+"/v1", d.gate.key, "/users/"+d.id, &u))
	return u.Banned
}

// refuse is an answer that rejects the request.
func refuse(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusForbidden)
	_, _ = w.Write([]byte(`{"errors":[{"code":"nope","message":"nope","long_message":"Not on a Sunday"}]}`))
}

// What was sent is waited for whatever the signal, and the exit code is the outcome's.
func TestDo_SignalWaitsForTheAnswer(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "QUIT": syscall.SIGQUIT} {
		for _, op := range []string{"ban_user", "users_ban"} {
			t.Run(name+" "+op, func(t *testing.T) {
				t.Parallel()
				g := newGate(t)
				d := bans(t, g, nil, op)
				require.NoError(t, d.Process.Signal(s))
				d.stderr.waitFor(t, "waiting for the answer to the request already sent; ctrl-c again quits at once")
				g.open <- nil
				require.Zero(t, d.code(), d.stderr)
				require.Contains(t, d.out.String(), "Banned")
				require.NotContains(t, d.stderr.String(), "goroutine")
				require.True(t, d.banned())
			})
		}
	}
}

func TestDo_SignalAndRefusalExitsWithOne(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	d := bans(t, g, nil)
	require.NoError(t, d.Process.Signal(syscall.SIGQUIT))
	d.stderr.waitFor(t, "waiting for the answer")
	g.open <- refuse
	require.Equal(t, 1, d.code())
	require.Contains(t, d.stderr.String(), "Not on a Sunday")
	require.Contains(t, d.stderr.String(), "Nothing was done")
	require.False(t, d.banned())
}

// The answer is lost and no change is visible: the outcome is unknown.
func TestDo_SignalAndLostAnswerExitsWithThree(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	d := bans(t, g, nil, "ban_user", "--json")
	require.NoError(t, d.Process.Signal(os.Interrupt))
	d.stderr.waitFor(t, "waiting for the answer")
	g.open <- func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	require.Equal(t, 3, d.code())
	require.Contains(t, d.stderr.String(), "It is unclear whether")
	require.Contains(t, d.stderr.String(), "It may still happen. Check in a minute with frontdesk do get_user "+d.id)
	var told struct{ State string }
	require.NoError(t, json.Unmarshal(d.out.Bytes(), &told))
	require.Equal(t, "unknown", told.State)
}

func TestDo_SecondSignalExitsAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		op, says string
		second   syscall.Signal
	}{
		"one":     {"ban_user", "was banned (user_", syscall.SIGINT},
		"several": {"users_ban", "It is unclear how far “Ban 1 user” got", syscall.SIGINT},
		"by QUIT": {"ban_user", "was banned (user_", syscall.SIGQUIT},
		"by TERM": {"ban_user", "was banned (user_", syscall.SIGTERM},
		"as JSON": {"ban_user --json", "was banned (user_", syscall.SIGINT},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			d := bans(t, g, nil, strings.Fields(c.op)...)
			require.NoError(t, d.Process.Signal(os.Interrupt))
			d.stderr.waitFor(t, "waiting for the answer")
			require.NoError(t, d.Process.Signal(c.second))
			require.Equal(t, 3, d.code())
			require.Contains(t, d.stderr.String(), c.says)
			require.Contains(t, d.stderr.String(), "check before you try again.\n")
			require.Empty(t, d.out.String())
		})
	}
}

// If the answer cannot be printed, the write is done all the same and reported on
// stderr; a refusal and an unknown outcome keep their codes.
func TestDo_ReportsAFailedPrintOnStderr(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full")
	}
	full := func(t *testing.T) *os.File {
		f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	closed := func(t *testing.T) *os.File {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		r.Close()
		t.Cleanup(func() { w.Close() })
		return w
	}
	for name, stdout := range map[string]func(*testing.T) *os.File{"no space left on device": full, "broken pipe": closed} {
		for _, op := range []string{"ban_user", "ban_user --json", "users_ban", "users_ban --json"} {
			t.Run(name+" "+op, func(t *testing.T) {
				t.Parallel()
				g := newGate(t)
				d := bans(t, g, stdout(t), strings.Fields(op)...)
				g.open <- nil
				require.Zero(t, d.code(), d.stderr)
				require.Contains(t, d.stderr.String(), "frontdesk: Banned ")
				require.Contains(t, d.stderr.String(), "This could not be printed: "+name+".")
				require.True(t, d.banned())
			})
			t.Run(name+" "+op+" refused", func(t *testing.T) {
				t.Parallel()
				g := newGate(t)
				d := bans(t, g, stdout(t), strings.Fields(op)...)
				g.open <- refuse
				require.Equal(t, 1, d.code())
				require.Contains(t, strings.ToLower(d.stderr.String()), "not on a sunday")
			})
		}
	}
	t.Run("nothing can be said at all", func(t *testing.T) {
		t.Parallel()
		g := newGate(t)
		bin, err := built()
		require.NoError(t, err)
		var one []struct{ ID string }
		require.Equal(t, http.StatusOK, ask(t, g.URL+"/v1", g.key, "/users?limit=1", &one))
		cmd := exec.Command(bin, "do", "ban_user", one[0].ID, "--yes", "--reason", "asked to")
		cmd.Env = []string{"HOME=" + t.TempDir(), "CLERK_API_URL=" + g.URL + "/v1", "CLERK_SECRET_KEY=" + g.key}
		cmd.Stdout, cmd.Stderr = closed(t), closed(t)
		require.NoError(t, cmd.Start())
		<-g.arrived
		g.open <- nil
		require.NoError(t, cmd.Wait(), "done is exit 0")
	})
	t.Run("a read has failed", func(t *testing.T) {
		t.Parallel()
		base, key := served(t)
		bin, err := built()
		require.NoError(t, err)
		var one []struct{ ID string }
		require.Equal(t, http.StatusOK, ask(t, base, key, "/users?limit=1", &one))
		cmd := exec.Command(bin, "do", "get_user", one[0].ID)
		cmd.Env = []string{"HOME=" + t.TempDir(), "CLERK_API_URL=" + base, "CLERK_SECRET_KEY=" + key}
		cmd.Stdout = full(t)
		var says bytes.Buffer
		cmd.Stderr = &says
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Run(), &exit)
		require.Equal(t, 1, exit.ExitCode())
		require.Contains(t, says.String(), "the answer could not be printed: no space left on device")
	})
}
