package terminal_test

import (
	"bytes"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

func TestTerminal_QuitsOnASignalThoughNobodyReadsTheTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("waits until the terminal counts as blocked")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	outside, inside, err := pty.Open()
	require.NoError(t, err)
	defer outside.Close()
	defer inside.Close()
	cols := uint16(100)
	require.NoError(t, pty.Setsize(outside, &pty.Winsize{Cols: cols, Rows: 24}))
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), child+"=1", "TERM=xterm-256color")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = inside, inside, inside
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, cmd.Start())
	defer func() { _ = cmd.Process.Kill() }()
	var seen []byte
	for some := make([]byte, 4096); !bytes.Contains(seen, []byte("typed:")); {
		n, err := outside.Read(some)
		require.NoError(t, err)
		seen = append(seen, some[:n]...)
	}

	// From here on nobody reads, until there is no room for what is drawn: then keys stay
	// unread too.
	require.Eventually(t, func() bool {
		cols = 160 - cols
		require.NoError(t, pty.Setsize(outside, &pty.Winsize{Cols: cols, Rows: 24}))
		_, err := outside.Write([]byte("a"))
		require.NoError(t, err)
		unread, err := unix.IoctlGetInt(int(inside.Fd()), unix.TIOCINQ)
		require.NoError(t, err)
		return unread >= 64
	}, 30*time.Second, time.Millisecond)

	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		require.NoError(t, err)
	case <-time.After(20 * time.Second):
		t.Fatal("still running")
	}
}
