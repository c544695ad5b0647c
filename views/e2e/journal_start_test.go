package e2e

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// A ban whose program was killed is found out by the next console, and told.
func TestJournal_NextStartTellsWhatBecameOfAKilledBan(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "--users", "50", "--latency", "300ms")
	o := newOffice(t, c)
	cmd := o.command("do", "ban_user", c.users(t, 1)[0], "--yes", "--reason", "fraud")
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return c.total() == 1 }, tuitest.Limit, time.Millisecond)
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	c.busy.Wait() // the server goes on with what it was sent
	tm := start(t, 120, 40, o.env...)
	tm.WaitFor("1 change from ", "was not confirmed: Ban user", "it was done")
	tm.leave("ctrl+c")
	all := o.shown()
	require.Len(t, all, 1)
	require.Equal(t, "ok", all[0].State)
	require.Contains(t, all[0].Outcome.Message, "the program ended before the answer was written down")
}

// A console that cannot write its journal says so at once, and shows the users.
func TestJournal_ConsoleSaysThatNothingCanBeChanged(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	folder := filepath.Join(home, ".local", "state", "frontdesk", "journal")
	require.NoError(t, os.MkdirAll(folder, 0o700))
	require.NoError(t, os.Symlink("/dev/null", filepath.Join(folder, "demo.jsonl")))
	tm := start(t, 120, 40, "HOME="+home)
	tm.WaitFor("of 1,248", "Changes are off, reading goes on: the journal cannot be written", "symbolic link")
	tm.leave("ctrl+c")
}
