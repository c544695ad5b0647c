package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
)

// zeros are random enough for a journal that nobody writes to.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestProbe_FindsAFullDiskAndLeavesNothingBehind(t *testing.T) {
	var failure error
	dir := filepath.Join(t.TempDir(), "journal")
	j := journal.Open(journal.Options{Dir: dir, Name: "demo", Now: time.Now, Rand: zeros{}, Who: func() journal.Who { return journal.Who{} },
		Write: func(f *os.File, line []byte) (int, error) {
			if failure != nil {
				return 0, &os.PathError{Op: "write", Path: f.Name(), Err: failure}
			}
			return f.Write(line)
		}})
	require.NoError(t, j.Probe())
	failure = syscall.ENOSPC
	require.ErrorIs(t, j.Probe(), syscall.ENOSPC)
	require.ErrorIs(t, j.Err(), syscall.ENOSPC)
	require.Equal(t, "the disk is full", j.ShortReason(j.Err()))
	failure = nil
	require.NoError(t, j.Probe())
	require.NoError(t, j.Err())
	require.NoFileExists(t, filepath.Join(dir, "demo.probe"))
	require.NoError(t, os.Chmod(dir, 0o755))
	require.Equal(t, "its folder journal can be read by other users (mode 0755); chmod 700 restricts it to you", j.ShortReason(j.Probe()))
	require.Equal(t, "something else", j.ShortReason(errors.New("something else")))
}
