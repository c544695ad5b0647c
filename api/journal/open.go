package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// Options configure a journal. Dir, Name, Now, Rand and Who are required.
type Options struct {
	// Dir is the folder of the journals; it is made where it is missing. Name is the
	// file's name without its ending.
	Dir, Name string
	// DirErr is why there is no Dir: nothing can be read or written then.
	DirErr error
	Now    func() time.Time
	Rand   io.Reader
	// Who says who writes; it is called once, before the first record.
	Who func() Who
	// MaxSize is the size from which a file is renamed and a new one begun; 0 is 32 MB.
	MaxSize int64
	// Keep is how long Prune keeps records; 0 is forever.
	Keep time.Duration
	// LockWait is how long another process may hold the journal; 0 is 10 seconds.
	LockWait time.Duration
	// Write and Sync write to the file and flush it to the disk; nil is os.File's own.
	Write func(*os.File, []byte) (int, error)
	Sync  func(*os.File) error
}

// Journal is one chain of records. It is safe for concurrent use, and so are
// several processes that write to the same one.
type Journal struct {
	o   Options
	who func() Who

	mu      sync.Mutex  // one writer of this process at a time
	written atomic.Bool // a record, by this process
	err     struct {
		sync.Mutex
		last error // of the last write or check
	}
}

const (
	defaultMaxSize  = 32 << 20
	defaultLockWait = 10 * time.Second
	// lockPoll is the time between two tries for the lock.
	lockPoll = time.Millisecond
)

// Open returns the journal. It touches no file, so that it costs nothing at the
// start of the program; Check does.
func Open(o Options) *Journal {
	if o.MaxSize == 0 {
		o.MaxSize = defaultMaxSize
	}
	if o.LockWait == 0 {
		o.LockWait = defaultLockWait
	}
	if o.Write == nil {
		o.Write = (*os.File).Write
	}
	if o.Sync == nil {
		o.Sync = (*os.File).Sync
	}
	return &Journal{o: o, who: sync.OnceValue(o.Who)}
}

// Path returns the path of the file that is being written.
func (j *Journal) Path() string { return filepath.Join(j.o.Dir, j.o.Name+".jsonl") }

// Dir returns the folder of the journal.
func (j *Journal) Dir() string { return j.o.Dir }

// HasWritten says that this Journal wrote a record.
func (j *Journal) HasWritten() bool { return j.written.Load() }

// Err returns why the last write or check failed, nil where it did not. It is a
// sentence without a capital and a full stop.
func (j *Journal) Err() error {
	j.err.Lock()
	defer j.err.Unlock()
	return j.err.last
}

func (j *Journal) note(err error) error {
	j.err.Lock()
	defer j.err.Unlock()
	j.err.last = err
	return err
}

// Check says why the journal could not be written, as far as that shows without
// writing a record: a full disk does not.
func (j *Journal) Check() error {
	return j.note(j.locked(func(f *os.File) error { return nil }))
}

// locked calls use with the file open for appending, while no other process writes.
func (j *Journal) locked(use func(*os.File) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.checkDir(); err != nil {
		return err
	}
	unlock, err := j.lock()
	if err != nil {
		return err
	}
	defer unlock()
	f, err := j.openForAppend()
	if err != nil {
		return err
	}
	defer f.Close()
	return use(f)
}

func (j *Journal) lock() (unlock func(), err error) {
	path := filepath.Join(j.o.Dir, j.o.Name+".lock")
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), j.o.LockWait)
	defer cancel()
	switch held, err := lock.TryLockContext(ctx, lockPoll); {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("another process has kept it locked for %v (%s)", j.o.LockWait, path)
	case err != nil:
		return nil, describe("its lock", path, err)
	case !held:
		return nil, fmt.Errorf("it cannot be locked (%s)", path)
	}
	return func() { _ = lock.Unlock() }, nil
}

// checkDir makes the folder where it is missing and refuses one that others can
// read or write.
func (j *Journal) checkDir() error {
	if j.o.DirErr != nil {
		return j.o.DirErr
	}
	if !filepath.IsAbs(j.o.Dir) {
		return fmt.Errorf("its folder %q is not an absolute path", j.o.Dir)
	}
	return j.checkFolder("its folder", j.o.Dir)
}

func (j *Journal) checkFolder(what, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return describe(what, dir, err)
	}
	d, err := os.OpenFile(dir, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
	if err != nil {
		return describe(what, dir, err)
	}
	defer d.Close()
	return checkOwn(what, "700", d)
}

func (j *Journal) openForAppend() (*os.File, error) {
	const flags = os.O_RDWR | os.O_APPEND | syscall.O_NOFOLLOW | syscall.O_CLOEXEC | syscall.O_NONBLOCK
	f, err := os.OpenFile(j.Path(), flags, 0)
	if errors.Is(err, fs.ErrNotExist) {
		if f, err = os.OpenFile(j.Path(), flags|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			err = j.syncDir()
		}
	}
	if err != nil {
		return nil, describe("its file", j.Path(), err)
	}
	if err := checkOwn("its file", "600", f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// syncDir flushes the folder, so that a new file in it survives a power cut.
func (j *Journal) syncDir() error {
	d, err := os.Open(j.o.Dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return j.o.Sync(d)
}

// checkOwn refuses, on the descriptor, what is not a file or folder of the user
// alone.
func checkOwn(what, mode string, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return describe(what, f.Name(), err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.IsDir() && !info.Mode().IsRegular():
		return fmt.Errorf("%s %s is not a regular file", what, f.Name())
	case ok && int(stat.Uid) != os.Geteuid():
		return fmt.Errorf("%s %s belongs to another user (uid %d)", what, f.Name(), stat.Uid)
	case info.Mode().Perm()&0o022 != 0:
		return fmt.Errorf("%s %s can be written by others (mode %#o); chmod %s makes it yours alone", what, f.Name(), info.Mode().Perm(), mode)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s %s can be read by others (mode %#o); chmod %s makes it yours alone", what, f.Name(), info.Mode().Perm(), mode)
	case !info.IsDir() && ok && stat.Nlink > 1:
		return fmt.Errorf("%s %s has another name too (a hard link)", what, f.Name())
	}
	return nil
}

// describe puts an error of the file system into a few words.
func describe(what, path string, err error) error {
	var inner *fs.PathError
	switch {
	case errors.Is(err, syscall.ELOOP), errors.Is(err, syscall.ENOTDIR) && isSymlink(path):
		return fmt.Errorf("%s %s is a symbolic link", what, path)
	case errors.As(err, &inner):
		if inner.Path != path {
			return fmt.Errorf("%s %s: %s: %w", what, path, inner.Path, inner.Err)
		}
		return fmt.Errorf("%s %s: %w", what, path, inner.Err)
	}
	return fmt.Errorf("%s %s: %w", what, path, err)
}

func isSymlink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}
