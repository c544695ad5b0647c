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

// A Building says how a new directory is made. The zero value takes no name
// that is in use, and says nothing while it works.
type Builder struct {
	// Replace lets the new directory take the place of one that is there, once
	// it is whole. A file that is no directory is never replaced.
	Replace bool
	// IndexProgress is told how many of the indexes there are after fill, and which
	// share of the work with them is done, 0 to 1.
	IndexProgress func(done, total int, share float64)
}

// Create is a [Building] of the plain kind.
func Create(ctx context.Context, path string, fill func(*Store) error) error {
	return Builder{}.Create(ctx, path, fill)
}

// Create makes a new directory of any size at path: fill works on a file
// beside it without journal and indexes, and only a whole directory takes the
// name. Where path exists already the error is fs.ErrExist; any error leaves
// nothing behind. fill must not put the same id or identification twice; that
// shows only at the end.
func (b Builder) Create(ctx context.Context, path string, fill func(*Store) error) error {
	fresh, err := recognise(path)
	if err != nil {
		return sentence(path, err)
	}
	if !fresh && !b.Replace {
		return fmt.Errorf("directory file %s: %w", path, fs.ErrExist)
	}
	sweep(path)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+partial+"*")
	if err != nil {
		return sentence(path, err)
	}
	part := f.Name()
	f.Close()
	defer os.Remove(part)
	if err := b.build(ctx, part, fill); err != nil {
		return sentence(path, err)
	}
	if err := syncFile(part); err != nil {
		return sentence(path, err)
	}
	if !fresh {
		if err := retire(ctx, path); err != nil {
			return sentence(path, err)
		}
		return sentence(path, os.Rename(part, path))
	}
	return sentence(path, takeName(part, path))
}

// retire takes the write-ahead log off a directory that is about to be
// replaced, which nobody else may have open: a log that stayed behind would be
// taken for the new file's.
func retire(ctx context.Context, path string) error {
	c, err := dial(ctx, path, creating)
	if err != nil {
		return err
	}
	return errors.Join(c.exec(ctx, "PRAGMA journal_mode=DELETE"), c.close())
}

// partial is in the name of a file that is being built.
const partial = ".new-"

// sweep removes what a killed program left of its building. No building goes
// without writing for an hour; what cannot be removed stands in nobody's way.
func sweep(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasPrefix(e.Name(), filepath.Base(path)+partial) && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// build fills the unnamed file. The schema comes first without indexes: made
// last, each is one sorted pass.
func (b Builder) build(ctx context.Context, part string, fill func(*Store) error) error {
	c, err := dial(ctx, part, building)
	if err != nil {
		return err
	}
	err = c.execAll(ctx, tables, searchTable, stamp, sortBeside(part))
	if err = errors.Join(err, c.close()); err != nil {
		return err
	}
	s, err := open(ctx, part, building)
	if err != nil {
		return err
	}
	if s.text, err = newTextBuilding(part); err != nil {
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

// sortBeside keeps SQLite's temporary files on the disk that the directory is
// for: /tmp may be small, or read-only. They have no name once they are open. The
// setting is the program's, but no other connection makes such files, and two
// buildings at once may sort in the folder of either.
func sortBeside(part string) string {
	return "PRAGMA temp_store_directory = '" + strings.ReplaceAll(filepath.Dir(part), "'", "''") + "'"
}

// finish makes the indexes, the text index beside the others, and holds the
// promise of fill against them.
func (s *Store) finish(ctx context.Context, indexed func(done, total int, share float64)) error {
	steps := strings.Split(strings.Trim(indexes, ";\n"), ";")
	all, spent := textEffort, 0
	for _, step := range steps {
		all += effort(step)
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
				if err := t.c.execAll(both, step); code(err) == codeConstraint {
					return t.whoIsTwice(err)
				} else if err != nil {
					return err
				}
				told(i+1, effort(step))
			}
			return t.idsAreOnce(both)
		})
	})
	if err := group.Wait(); err != nil {
		return err
	}
	c := <-s.writer
	defer func() { s.writer <- c }()
	if err := s.text.copied(ctx, c); err != nil {
		return err
	}
	told(len(steps)+1, textEffort)
	return ctx.Err()
}

// effort is how long an index takes next to one of a table that has few rows.
// Measured at a million people; what is left to do for the text index once the
// others are there is textEffort.
func effort(index string) int {
	switch {
	case strings.Contains(index, " ON users("):
		return 5
	case strings.Contains(index, " ON identifications("):
		return 7
	}
	return 1
}

const textEffort = 6

// idsAreOnce finds two users with one id.
func (t *Tx) idsAreOnce(ctx context.Context) error {
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

// whoIsTwice puts a name to what the unique index ran into.
func (t *Tx) whoIsTwice(err error) error {
	var kind int
	taken := &TakenError{}
	if e := t.c.row(t.ctx, "SELECT kind, value FROM identifications WHERE kind < 6 GROUP BY kind, value HAVING count(*) > 1 LIMIT 1", nil, &kind, &taken.Value); e != nil {
		return err
	}
	taken.Kind = kindNames[kind]
	return fmt.Errorf("two users share an identification: %w", taken)
}

// syncFile puts the file on the disk: it was written without waiting.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// takeName gives the finished file its name, unless somebody else has it by
// now. An empty file is nobody's.
func takeName(part, path string) error {
	err := os.Link(part, path)
	if err == nil {
		return nil
	}
	info, missing := os.Stat(path)
	if missing == nil && info.Size() > 0 {
		return fs.ErrExist
	}
	return os.Rename(part, path) // no hard links here, or the empty file
}
