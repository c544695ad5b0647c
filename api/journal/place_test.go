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

// refuses says that nothing is written, and why.
func (b *book) refuses(says ...string) {
	b.Helper()
	for _, err := range []error{b.Check(), func() error { _, err := b.Append(journal.Record{Kind: journal.Intent}); return err }()} {
		require.Error(b, err)
		for _, words := range says {
			require.ErrorContains(b, err, words)
		}
		require.Equal(b, err, b.Err())
	}
}

func TestJournal_RefusesAPlaceThatIsNotTheUsersAlone(t *testing.T) {
	asRoot := os.Geteuid() == 0
	for name, c := range map[string]struct {
		damage func(*testing.T, *book)
		says   []string
	}{
		"symlinked file": {func(t *testing.T, b *book) {
			require.NoError(t, os.Rename(b.Path(), b.Path()+".real"))
			require.NoError(t, os.Symlink(b.Path()+".real", b.Path()))
		}, []string{"its file ", "journal.jsonl is a symbolic link"}},
		"symlinked folder": {func(t *testing.T, b *book) {
			require.NoError(t, os.Rename(b.dir, b.dir+".real"))
			require.NoError(t, os.Symlink(b.dir+".real", b.dir))
		}, []string{"its folder ", "is a symbolic link"}},
		"symlinked lock": {func(t *testing.T, b *book) {
			lock := filepath.Join(b.dir, "journal.lock")
			require.NoError(t, os.Remove(lock))
			require.NoError(t, os.Symlink("/dev/null", lock))
		}, []string{"its lock ", "is a symbolic link"}},
		"file writable by others":   {chmod("journal.jsonl", 0o622), []string{"can be written by other users (mode 0622); chmod 600"}},
		"file readable by others":   {chmod("journal.jsonl", 0o644), []string{"can be read by other users (mode 0644); chmod 600"}},
		"folder writable by others": {chmod("", 0o777), []string{"its folder ", "can be written by other users (mode 0777); chmod 700"}},
		"file of another user":      {chown("journal.jsonl"), []string{"its file ", "belongs to another user (uid 12345)"}},
		"folder of another user":    {chown(""), []string{"its folder ", "belongs to another user (uid 12345)"}},
		"a pipe": {func(t *testing.T, b *book) {
			require.NoError(t, os.Remove(b.Path()))
			require.NoError(t, syscall.Mkfifo(b.Path(), 0o600))
		}, []string{"is not a regular file"}},
		"a folder": {func(t *testing.T, b *book) {
			require.NoError(t, os.Remove(b.Path()))
			require.NoError(t, os.Mkdir(b.Path(), 0o700))
		}, []string{"its file ", "is a directory"}},
		"a second name": {func(t *testing.T, b *book) {
			require.NoError(t, os.Link(b.Path(), b.Path()+".copy"))
		}, []string{"has more than one name (hard links)"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.ban("user_1", "Ada")
			if !asRoot && (name == "file of another user" || name == "folder of another user") {
				t.Skip("needs root")
			}
			c.damage(t, b)
			b.refuses(c.says...)
		})
	}
}

func TestJournal_NamesAFolderThatIsAFile(t *testing.T) {
	b := newBook(t)
	require.NoError(t, os.WriteFile(filepath.Dir(b.dir), nil, 0o600))
	for _, err := range b.Records(t.Context()) {
		require.EqualError(t, err, "its folder "+b.dir+": not a directory")
	}
	b.refuses("its folder "+b.dir, "not a directory")
}

func chmod(name string, mode os.FileMode) func(*testing.T, *book) {
	return func(t *testing.T, b *book) { require.NoError(t, os.Chmod(filepath.Join(b.dir, name), mode)) }
}

func chown(name string) func(*testing.T, *book) {
	return func(t *testing.T, b *book) { require.NoError(t, os.Lchown(filepath.Join(b.dir, name), 12345, 12345)) }
}

func TestJournal_SaysThatTheFolderCannotBeMade(t *testing.T) {
	b := newBook(t)
	require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Dir(b.dir)), 0o700))
	require.NoError(t, os.WriteFile(filepath.Dir(b.dir), nil, 0o600))
	b.refuses("its folder "+b.dir, "not a directory")
	b = newBook(t, func(o *journal.Options) { o.Dir = "here" })
	b.refuses(`its folder "here" is not an absolute path`)
	b = newBook(t, func(o *journal.Options) { o.DirErr = errors.New("there is no place for it: HOME is not set") })
	b.refuses("HOME is not set")
	_, err := b.Read(t.Context(), journal.Filter{})
	require.EqualError(t, err, "there is no place for it: HOME is not set")
}

// A disk that fills up in the middle of a record leaves a torn tail; once there is
// space, the chain goes on.
func TestAppend_GoesOnAfterAFullDisk(t *testing.T) {
	full := false
	b := newBook(t, func(o *journal.Options) {
		o.Write = func(f *os.File, p []byte) (int, error) {
			if full {
				n, err := f.Write(p[:len(p)/2])
				require.NoError(t, err)
				return n, &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
			}
			return f.Write(p)
		}
	})
	b.ban("user_1", "Ada")
	full = true
	_, err := b.Append(journal.Record{Kind: journal.Intent})
	require.EqualError(t, err, "its file "+b.Path()+": no space left on device")
	require.ErrorIs(t, b.Err(), syscall.ENOSPC)
	full = false
	b.ban("user_2", "Bo")
	require.NoError(t, b.Err())
	b.isSound(5)
}

func TestAppend_FailsWhereTheDiskDoesNotTakeIt(t *testing.T) {
	b := newBook(t, func(o *journal.Options) { o.Sync = func(*os.File) error { return syscall.EIO } })
	_, err := b.Append(journal.Record{Kind: journal.Intent})
	require.ErrorIs(t, err, syscall.EIO)
}

func TestAppend_WaitsForTheLockOnlySoLong(t *testing.T) {
	holding, release := make(chan bool), make(chan bool)
	b := newBook(t, func(o *journal.Options) {
		o.Write = func(f *os.File, p []byte) (int, error) { holding <- true; <-release; return f.Write(p) }
	})
	done := make(chan error)
	go func() { _, err := b.Append(journal.Record{Kind: journal.Intent}); done <- err }()
	<-holding
	o := b.o
	o.LockWait, o.Write = 20*time.Millisecond, nil
	_, err := journal.Open(o).Append(journal.Record{Kind: journal.Intent})
	require.ErrorContains(t, err, "another process has kept it locked for 20ms")
	release <- true
	require.NoError(t, <-done)
	_, err = journal.Open(o).Append(journal.Record{Kind: journal.Intent})
	require.NoError(t, err)
	b.isSound(2)
}
