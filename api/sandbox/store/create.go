package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// A Builder creates new directory files. The zero value replaces nothing and reports
// nothing.
type Builder struct {
	// Replace allows the new directory to replace an existing one once it is complete. A file
	// that is not a directory is never replaced.
	Replace bool
	// IndexProgress receives how many indexes exist after fill, and the share of that work
	// that is done, 0 to 1.
	IndexProgress func(done, total int, share float64)
}

// Create creates a directory with the zero [Builder].
func Create(ctx context.Context, path string, fill func(*Store) error) error {
	return Builder{}.Create(ctx, path, fill)
}

// Create creates a new directory of any size at path. fill works on a temporary file next
// to it, without journal and indexes, which gets the name only when it is complete. If
// path exists the error is fs.ErrExist; after any error nothing is left behind. fill must
// not put an id or identification twice, which is only detected at the end.
func (b Builder) Create(ctx context.Context, path string, fill func(*Store) error) error {
	fresh, err := recognise(path)
	if err != nil {
		return describeError(path, err)
	}
	if !fresh && !b.Replace {
		return fmt.Errorf("directory file %s: %w", path, fs.ErrExist)
	}
	removeLeftovers(path)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+partInfix+"*")
	if err != nil {
		return describeError(path, err)
	}
	part := f.Name()
	f.Close()
	defer os.Remove(part)
	if err := b.build(ctx, part, fill); err != nil {
		return describeError(path, err)
	}
	if err := syncFile(part); err != nil {
		return describeError(path, err)
	}
	if !fresh {
		if err := removeWAL(ctx, path); err != nil {
			return describeError(path, err)
		}
		return describeError(path, os.Rename(part, path))
	}
	return describeError(path, publish(part, path))
}

// removeWAL removes the write-ahead log of a directory that is about to be replaced and
// that nobody else may have open: SQLite would take it for the new file's.
func removeWAL(ctx context.Context, path string) error {
	c, err := dial(ctx, path, creating)
	if err != nil {
		return err
	}
	return errors.Join(c.exec(ctx, "PRAGMA journal_mode=DELETE"), c.close())
}

// partInfix is in the name of a file that is being built.
const partInfix = ".new-"

// removeLeftovers removes files that a killed program was building. A build never goes an
// hour without writing; a file that cannot be removed does no harm.
func removeLeftovers(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasPrefix(e.Name(), filepath.Base(path)+partInfix) && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// build fills the file. The schema is created first, without indexes: created at the end,
// each is one sorted pass.
func (b Builder) build(ctx context.Context, part string, fill func(*Store) error) error {
	c, err := dial(ctx, part, building)
	if err != nil {
		return err
	}
	err = c.execAll(ctx, tables, searchTable, stamp, setTempDir(part))
	if err = errors.Join(err, c.close()); err != nil {
		return err
	}
	s, err := open(ctx, part, building)
	if err != nil {
		return err
	}
	if s.text, err = newTextBuilder(part); err != nil {
		return errors.Join(err, s.Close())
	}
	defer s.text.remove()
	err = fill(s)
	if err == nil {
		err = s.finish(ctx, b.IndexProgress)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if c, err = dial(ctx, part, creating); err != nil {
		return err
	}
	return errors.Join(c.switchToWAL(ctx), c.close())
}

// setTempDir keeps SQLite's temporary files on the disk of the directory, because /tmp may
// be small or read-only. They have no name once they are open. The setting is global, but
// no other connection makes such files, and of two builds at once either folder will do.
func setTempDir(part string) string {
	return "PRAGMA temp_store_directory = '" + strings.ReplaceAll(filepath.Dir(part), "'", "''") + "'"
}

// finish creates the indexes, with the text index in parallel, and checks what fill has
// promised.
func (s *Store) finish(ctx context.Context, indexed func(done, total int, share float64)) error {
	steps := strings.Split(strings.Trim(indexes, ";\n"), ";")
	all, spent := textEffort, 0
	for _, step := range steps {
		all += indexEffort(step)
	}
	told := func(done, effort int) {
		if spent += effort; indexed != nil {
			indexed(done, len(steps)+1, float64(spent)/float64(all))
		}
	}
	group, both := errgroup.WithContext(ctx)
	group.Go(func() error { return s.text.index(both) })
	group.Go(func() error {
		return s.Write(both, func(t *Tx) error {
			for i, step := range steps {
				if err := t.c.execAll(both, step); sqliteCode(err) == codeConstraint {
					return t.nameDuplicate(err)
				} else if err != nil {
					return err
				}
				told(i+1, indexEffort(step))
			}
			return t.checkUniqueIDs(both)
		})
	})
	if err := group.Wait(); err != nil {
		return err
	}
	c := <-s.writer
	defer func() { s.writer <- c }()
	if err := s.text.copyInto(ctx, c); err != nil {
		return err
	}
	told(len(steps)+1, textEffort)
	return ctx.Err()
}

// indexEffort returns how long an index takes relative to one of a table with few rows,
// measured with a million users. textEffort is what the text index needs after the others.
func indexEffort(index string) int {
	switch {
	case strings.Contains(index, " ON users("):
		return 5
	case strings.Contains(index, " ON identifications("):
		return 7
	}
	return 1
}

const textEffort = 6

// checkUniqueIDs finds two users with the same id.
func (t *Tx) checkUniqueIDs(ctx context.Context) error {
	var twice string
	err := t.c.row(ctx, "SELECT min(id) FROM users GROUP BY id COLLATE NOCASE, id HAVING count(*) > 1 LIMIT 1", nil, &twice)
	if err == nil {
		return fmt.Errorf("two users share the id %s", twice)
	}
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// nameDuplicate names the identification that the unique index rejects.
func (t *Tx) nameDuplicate(err error) error {
	var kind int
	taken := &TakenError{}
	if e := t.c.row(t.ctx, "SELECT kind, value FROM identifications WHERE kind < 6 GROUP BY kind, value HAVING count(*) > 1 LIMIT 1", nil, &kind, &taken.Value); e != nil {
		return err
	}
	taken.Kind = kindNames[kind]
	return fmt.Errorf("two users share an identification: %w", taken)
}

// syncFile flushes the file to the disk, since it was written without waiting.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// publish gives the finished file its name, unless another file has it by now. An empty
// file may be replaced.
func publish(part, path string) error {
	err := os.Link(part, path)
	if err == nil {
		return nil
	}
	info, missing := os.Stat(path)
	if missing == nil && info.Size() > 0 {
		return fs.ErrExist
	}
	return os.Rename(part, path) // no hard links on this file system, or an empty file
}
