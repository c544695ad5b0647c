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
	// ErrNotFound is a record that is not there.
	ErrNotFound = errors.New("not found")
	// ErrForeignFile is a file that is not a frontdesk directory.
	ErrForeignFile = errors.New("not a frontdesk directory file")
	// ErrInvalidPath is a path at which there can be no directory file: a folder, a device,
	// or one whose folder is missing.
	ErrInvalidPath = errors.New("not a place for a directory file")
	// ErrDamaged is a record that cannot be read any more.
	ErrDamaged = errors.New("damaged")
	// ErrReplaced is a file that was deleted or replaced while it was open: what is
	// written to it reaches nobody.
	ErrReplaced = errors.New("deleted or replaced while it was open")
	// ErrNewerSchema is a directory written by a later frontdesk.
	ErrNewerSchema = errors.New("directory was written by a newer frontdesk")
)

// TakenError says that an identification belongs to somebody else.
type TakenError struct{ Kind, Value string } // Kind: email_address, phone_number, username, web3_wallet, external_id

func (e *TakenError) Error() string { return fmt.Sprintf("%s %q is taken", e.Kind, e.Value) }

// readers is how many snapshots can be read at once: a page, its count and a
// detail view, and one to spare.
const readers = 4

// Store is an open directory file. It is safe for concurrent use, and by two
// processes at once (WAL, busy timeout).
type Store struct {
	path   string
	file   os.FileInfo // as it was opened; nil in a file that is being built
	mode   mode
	writer chan *conn // one token
	reader *pool
	temp   string // folder to remove on Close
	few    int    // see few
	counts counts
	text   *textBuilding // in a file that is being built
}

// Open opens path, creating the file and its schema where there is none.
// A file that is not ours gives ErrNotOurs, a newer schema ErrNewerSchema;
// nothing is changed in either case.
func Open(ctx context.Context, path string) (*Store, error) {
	fresh, err := recognise(path)
	if err != nil {
		return nil, sentence(path, err)
	}
	if fresh {
		if err := initialise(ctx, path); err != nil {
			return nil, sentence(path, err)
		}
	}
	s, err := open(ctx, path, shared)
	if err != nil {
		return nil, sentence(path, err)
	}
	return s, nil
}

// OpenTemp opens a new directory in a folder of its own that Close removes.
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

// open connects the writer, so that what is wrong with the file is said now.
func open(ctx context.Context, path string, m mode) (*Store, error) {
	s := &Store{path: path, mode: m, writer: make(chan *conn, 1), reader: newPool(readers), few: few,
		counts: counts{known: map[string]int{}}}
	w, err := dial(ctx, path, m)
	if err != nil {
		return nil, err
	}
	version, err := w.schemaIsOurs(ctx)
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

// Path is the file's path.
func (s *Store) Path() string { return s.path }

// Close waits for the transactions under way and closes the file.
func (s *Store) Close() error {
	errs := []error{}
	for _, c := range s.reader.drain() {
		errs = append(errs, c.close())
	}
	// The writer goes last: the last connection to leave folds the WAL in.
	errs = append(errs, (<-s.writer).close())
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	return errors.Join(errs...)
}

// Read runs f on one consistent snapshot. Cancelling ctx interrupts a search.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	if s.mode == building {
		return s.Write(ctx, f) // a file that is being built has one connection
	}
	c, err := s.reader.take(ctx)
	if err != nil {
		return err
	}
	defer func() { s.reader.give(c) }()
	if c == nil {
		if c, err = dial(ctx, s.path, reading); err != nil {
			return sentence(s.path, err)
		}
	}
	seen, err := s.begin(ctx, c)
	if err != nil {
		return sentence(s.path, err)
	}
	defer c.exec(context.WithoutCancel(ctx), "ROLLBACK")
	return s.explain(f(&Tx{ctx: ctx, c: c, outer: ctx, few: s.few, snapshot: seen}))
}

// begin takes a reader's snapshot.
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
	return snapshot{&s.counts, s.counts.seen(c, version)}, nil
}

// Write runs f in one transaction (BEGIN IMMEDIATE); an error rolls it back.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	var c *conn
	select {
	case c = <-s.writer:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.writer <- c }()
	if err := c.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return sentence(s.path, err)
	}
	// Statements of a write run to their end: each is short, and a watcher
	// for every one would cost more than it does. ctx is looked at between them.
	t := &Tx{ctx: context.WithoutCancel(ctx), c: c, outer: ctx, few: s.few}
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
	if err := t.settle(); err != nil {
		return s.explain(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.inPlace(); err != nil {
		return err
	}
	if err := c.exec(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return s.explain(err)
	}
	done = true
	return nil
}

// inPlace says that the file at the path still is the one that was opened. It is
// looked at just before a write is made to last.
func (s *Store) inPlace() error {
	if s.file == nil {
		return nil
	}
	now, err := os.Stat(s.path)
	if err == nil && os.SameFile(s.file, now) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return sentence(s.path, err)
	}
	return sentence(s.path, ErrReplaced)
}

// Check reads all of the file and its indexes; the error says that it is damaged.
func (s *Store) Check(ctx context.Context) error {
	return s.Read(ctx, func(tx *Tx) error {
		var found string
		if err := tx.c.row(ctx, "PRAGMA integrity_check(1)", nil, &found); err != nil {
			return err
		}
		if found != "ok" {
			return sentence(s.path, ErrDamaged)
		}
		return nil
	})
}

// SetAside gives the file at path another name, and what SQLite keeps beside it, and
// says which. back undoes that.
func SetAside(path string) (kept string, back func() error, err error) {
	for n := 1; ; n++ {
		kept = path + ".damaged"
		if n > 1 {
			kept += "-" + strconv.Itoa(n)
		}
		if _, err := os.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", nil, sentence(path, err)
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
		return "", nil, sentence(path, errors.Join(err, move(kept, path)))
	}
	return kept, func() error { return move(kept, path) }, nil
}

// explain adds the file to what SQLite says and leaves everything else alone.
func (s *Store) explain(err error) error {
	if code(err) == 0 || s.mode == building { // whose path is nobody's; Create says it
		return err
	}
	return sentence(s.path, err)
}
