package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

var (
	// ErrNotFound is returned for a record that does not exist.
	ErrNotFound = errors.New("not found")
	// ErrForeignFile is returned for a file that is not a frontdesk directory.
	ErrForeignFile = errors.New("not a frontdesk directory file")
	// ErrInvalidPath is returned for a path that cannot be a directory file: a folder, a
	// device, or a file whose folder is missing.
	ErrInvalidPath = errors.New("not a valid path for a directory file")
	// ErrDamaged is returned for a record that cannot be read.
	ErrDamaged = errors.New("damaged")
	// ErrReplaced is returned for a file that was deleted or replaced while it was open:
	// nobody would see what is written to it.
	ErrReplaced = errors.New("deleted or replaced while it was open")
	// ErrNewerSchema is returned for a directory written by a later frontdesk.
	ErrNewerSchema = errors.New("directory was written by a newer frontdesk")
)

// TakenError reports that another user has this identification.
type TakenError struct{ Kind, Value string } // Kind: email_address, phone_number, username, web3_wallet, external_id

func (e *TakenError) Error() string { return fmt.Sprintf("%s %q is taken", e.Kind, e.Value) }

// readers is how many snapshots can be read at once: a page, its count and a user's
// details, and one more.
const readers = 4

// Store is an open directory file. It is safe for concurrent use, also by two processes
// (WAL, busy timeout).
type Store struct {
	path          string
	file          os.FileInfo // as it was opened; nil while the file is being built
	mode          connMode
	writer        chan *conn // one token
	reader        *pool
	temp          string // folder to remove on Close
	maxCandidates int    // see the constant
	counts        countCache
	text          *textBuilder // only while the file is being built
}

// Open opens path, creating the file and its schema if it does not exist. A file that is
// not a directory is ErrForeignFile, a newer schema ErrNewerSchema; the file is then
// unchanged.
func Open(ctx context.Context, path string) (*Store, error) {
	fresh, err := recognise(path)
	if err != nil {
		return nil, describeError(path, err)
	}
	if fresh {
		if err := initialise(ctx, path); err != nil {
			return nil, describeError(path, err)
		}
	}
	s, err := open(ctx, path, shared)
	if err != nil {
		return nil, describeError(path, err)
	}
	return s, nil
}

// OpenTemp opens a new directory in a temporary folder that Close removes.
func OpenTemp(ctx context.Context) (*Store, error) {
	dir, err := os.MkdirTemp("", "frontdesk-")
	if err != nil {
		return nil, fmt.Errorf("no temporary folder for a directory: %w", err)
	}
	s, err := Open(ctx, filepath.Join(dir, "directory.db"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	s.temp = dir
	return s, nil
}

// open connects the writer, so that errors of the file are found now.
func open(ctx context.Context, path string, m connMode) (*Store, error) {
	s := &Store{path: path, mode: m, writer: make(chan *conn, 1), reader: newPool(readers), maxCandidates: maxCandidates,
		counts: countCache{known: map[string]int{}}}
	w, err := dial(ctx, path, m)
	if err != nil {
		return nil, err
	}
	version, err := w.checkSchema(ctx)
	if err == nil && version < schemaVersion {
		err = w.upgrade(ctx)
	}
	if err != nil {
		w.close()
		return nil, err
	}
	if m != building {
		if s.file, err = os.Stat(path); err != nil {
			w.close()
			return nil, err
		}
	}
	s.writer <- w
	return s, nil
}

// Path returns the file's path.
func (s *Store) Path() string { return s.path }

// Close waits for running transactions and closes the file.
func (s *Store) Close() error {
	errs := []error{}
	for _, c := range s.reader.drain() {
		errs = append(errs, c.close())
	}
	// The writer goes last: the last connection to close merges the WAL.
	errs = append(errs, (<-s.writer).close())
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	return errors.Join(errs...)
}

// Read runs f on a consistent snapshot. Cancelling ctx interrupts a search.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	if s.mode == building {
		return s.Write(ctx, f) // a file that is being built has one connection
	}
	c, err := s.reader.take(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if c != nil && ctx.Err() != nil {
			// SQLite's interrupt may come late, and would end the next read of the connection.
			c.close()
			c = nil
		}
		s.reader.release(c)
	}()
	if c == nil {
		if c, err = dial(ctx, s.path, reading); err != nil {
			return describeError(s.path, err)
		}
	}
	seen, err := s.begin(ctx, c)
	if err != nil {
		return describeError(s.path, err)
	}
	defer c.exec(context.WithoutCancel(ctx), "ROLLBACK")
	return s.explain(f(&Tx{ctx: ctx, c: c, outer: ctx, maxCandidates: s.maxCandidates, snapshot: seen}))
}

// begin starts a reader's snapshot.
func (s *Store) begin(ctx context.Context, c *conn) (snapshot, error) {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	if err := c.exec(ctx, "BEGIN"); err != nil {
		return snapshot{}, err
	}
	var version int
	if err := c.row(ctx, "PRAGMA data_version", nil, &version); err != nil {
		c.exec(context.WithoutCancel(ctx), "ROLLBACK")
		return snapshot{}, err
	}
	return snapshot{&s.counts, s.counts.observe(c, version)}, nil
}

// Write runs f in one transaction (BEGIN IMMEDIATE), which an error rolls back.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	var c *conn
	select {
	case c = <-s.writer:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.writer <- c }()
	if err := c.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return describeError(s.path, err)
	}
	// Statements of a write are not interrupted: each is short, and a watcher for each would
	// cost more. ctx is checked between them.
	t := &Tx{ctx: context.WithoutCancel(ctx), c: c, outer: ctx, maxCandidates: s.maxCandidates}
	if s.mode == building {
		t.bulk = newBatches(s.text)
	}
	done := false
	defer func() {
		if !done {
			c.exec(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if err := f(t); err != nil {
		return s.explain(err)
	}
	if err := t.flush(); err != nil {
		return s.explain(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.checkInPlace(); err != nil {
		return err
	}
	if err := c.exec(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return s.explain(err)
	}
	done = true
	return nil
}

// checkInPlace returns an error unless the file at the path is still the one that was
// opened. It is called just before a commit.
func (s *Store) checkInPlace() error {
	if s.file == nil {
		return nil
	}
	now, err := os.Stat(s.path)
	if err == nil && os.SameFile(s.file, now) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return describeError(s.path, err)
	}
	return describeError(s.path, ErrReplaced)
}

// Check reads the whole file and its indexes and returns an error if they are damaged.
func (s *Store) Check(ctx context.Context) error {
	return s.Read(ctx, func(tx *Tx) error {
		var found string
		if err := tx.c.row(ctx, "PRAGMA integrity_check(1)", nil, &found); err != nil {
			return err
		}
		if found != "ok" {
			return describeError(s.path, ErrDamaged)
		}
		return nil
	})
}

// SetAside renames the file at path and the files that SQLite keeps beside it. It returns
// the new path, and a function that undoes it.
func SetAside(path string) (kept string, back func() error, err error) {
	for n := 1; ; n++ {
		kept = path + ".damaged"
		if n > 1 {
			kept += "-" + strconv.Itoa(n)
		}
		if _, err := os.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", nil, describeError(path, err)
		}
	}
	move := func(from, to string) error {
		err := os.Rename(from, to)
		for _, beside := range []string{"-wal", "-shm"} {
			if wrong := os.Rename(from+beside, to+beside); wrong != nil && !errors.Is(wrong, fs.ErrNotExist) {
				err = errors.Join(err, wrong)
			}
		}
		return err
	}
	if err := move(path, kept); err != nil {
		return "", nil, describeError(path, errors.Join(err, move(kept, path)))
	}
	return kept, func() error { return move(kept, path) }, nil
}

// explain adds the file to an error of SQLite and returns others unchanged.
func (s *Store) explain(err error) error {
	if sqliteCode(err) == 0 || s.mode == building { // Create names the file that is being built
		return err
	}
	return describeError(s.path, err)
}
