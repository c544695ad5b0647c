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
	// Dir is the directory of the journal; it is created if it is missing. Name is the
	// file name without extension.
	Dir, Name string
	// DirErr, if not nil, says why Dir is unknown. All operations return it.
	DirErr error
	Now    func() time.Time
	Rand   io.Reader
	// Who returns the user who runs the program; it is called once, before the first record.
	Who func() Who
	// MaxSize is the size at which the file is rotated; 0 means 32 MB.
	MaxSize int64
	// Keep is how long Prune keeps records; 0 is forever.
	Keep time.Duration
	// LockWait is how long to wait for another process to release the lock; 0 means 10
	// seconds.
	LockWait time.Duration
	// Write and Sync replace the methods of os.File if not nil.
	Write func(*os.File, []byte) (int, error)
	Sync  func(*os.File) error
}

// Journal is one chain of records. It is safe for concurrent use, also by several
// processes.
type Journal struct {
	o   Options
	who func() Who

	mu      sync.Mutex  // held while writing
	written atomic.Bool // whether a record was written by this Journal
	err     struct {
		sync.Mutex
		last error // result of the last write or check
	}
}

const (
	defaultMaxSize  = 32 << 20
	defaultLockWait = 10 * time.Second
	// lockPoll is the time between two attempts to take the lock.
	lockPoll = time.Millisecond
)

// Open returns a Journal. It does not access the disk, so that it does not delay the start
// of the program.
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

// Path returns the path of the current file.
func (j *Journal) Path() string { return filepath.Join(j.o.Dir, j.o.Name+".jsonl") }

// Dir returns the directory of the journal.
func (j *Journal) Dir() string { return j.o.Dir }

// HasWritten reports whether a record was written through j.
func (j *Journal) HasWritten() bool { return j.written.Load() }

// Err returns the error of the last write or check, or nil if it succeeded.
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

// Check reports whether the journal can be written, without writing a record. It does not
// detect a full disk; see Probe.
func (j *Journal) Check() error {
	return j.note(j.locked(func(f *os.File) error { return nil }))
}

// locked calls use with the file open for appending while holding the lock.
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

// checkDir creates the directory if it is missing. It refuses one that other users can
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

// syncDir flushes the directory, so that a new file survives a power failure.
func (j *Journal) syncDir() error {
	d, err := os.Open(j.o.Dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return j.o.Sync(d)
}

// checkOwn refuses a file or directory that other users can access. It checks the open
// descriptor, so that the path cannot be swapped in between.
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
		return fmt.Errorf("%s %s can be written by other users (mode %#o); chmod %s restricts it to you", what, f.Name(), info.Mode().Perm(), mode)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%s %s can be read by other users (mode %#o); chmod %s restricts it to you", what, f.Name(), info.Mode().Perm(), mode)
	case !info.IsDir() && ok && stat.Nlink > 1:
		return fmt.Errorf("%s %s has more than one name (hard links)", what, f.Name())
	}
	return nil
}

// describe returns a short description of a file system error.
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
