package journal

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"syscall"
)

// openForRead opens a file of the journal. It refuses symbolic links and irregular files.
func openForRead(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, describe("its file", path, err)
	}
	if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() {
		f.Close()
		return nil, describe("its file", path, errors.New("it is not a regular file"))
	}
	return f, nil
}

// openAll opens all files of the journal, oldest first. If the journal does not exist, it
// returns none. It opens the current file first and skips it under its new name, so that a
// concurrent rotation does no harm.
func (j *Journal) openAll() (files []*os.File, err error) {
	defer func() {
		if err != nil {
			closeAll(files)
			files = nil
		}
	}()
	if j.o.DirErr != nil {
		return nil, j.o.DirErr
	}
	current, err := openForRead(j.Path())
	if errors.Is(err, syscall.ENOTDIR) {
		return nil, describe("its folder", j.o.Dir, syscall.ENOTDIR)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if current != nil {
		defer func() { files = append(files, current) }()
	}
	names, err := j.rotated()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		f, err := openForRead(name)
		if err != nil {
			return files, err
		}
		if current != nil && isSameFile(f, current) {
			f.Close()
			continue
		}
		files = append(files, f)
	}
	return files, nil
}

func isSameFile(a, b *os.File) bool {
	one, err := a.Stat()
	if err != nil {
		return false
	}
	other, err := b.Stat()
	return err == nil && os.SameFile(one, other)
}

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close()
	}
}

// Records yields the intact records, newest first. It reads from the end, so the first
// records are available at once however long the journal is.
func (j *Journal) Records(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		files, err := j.openAll()
		if err != nil {
			yield(Record{}, err)
			return
		}
		defer closeAll(files)
		for _, f := range slices.Backward(files) {
			info, err := f.Stat()
			if err != nil {
				yield(Record{}, describe("its file", f.Name(), err))
				return
			}
			for l, err := range linesBackward(f, info.Size()) {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					yield(Record{}, err)
					return
				}
				r, bad := decode(l.text)
				if bad == nil && !yield(r, nil) {
					return
				}
			}
		}
	}
}

// Entry is an intent with its outcome, or a record of another kind.
type Entry struct {
	Record
	// Ending is the last outcome of the intent, or nil if none was recorded.
	Ending *Record
}

// IsOpen reports whether the entry is an intent without an outcome.
func (e Entry) IsOpen() bool { return e.Kind == Intent && e.Ending == nil }

// State returns the Outcome of the entry, or "open" for an intent without one.
func (e Entry) State() string {
	switch {
	case e.Kind == Intent && e.Ending != nil:
		return e.Ending.Outcome
	case e.Kind == Intent:
		return "open"
	case e.Kind == Refused:
		return Denied
	}
	return string(e.Kind)
}

// Entries yields the entries selected by the filter, newest first.
func (j *Journal) Entries(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		endings := map[string]*Record{} // by the ID of their intent, which comes earlier in the file
		left, old := f.Limit, 0
		for r, err := range j.Records(ctx) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if r.Kind == Outcome {
				if endings[r.Intent] == nil {
					endings[r.Intent] = &r
				}
				continue
			}
			e := Entry{Record: r, Ending: endings[r.ID]}
			delete(endings, r.ID)
			if old++; !f.isOlder(r) {
				old = 0
			} else if old > maxOld {
				return
			}
			if !f.Match(e) {
				continue
			}
			if !yield(e, nil) {
				return
			}
			if left--; left == 0 {
				return
			}
		}
	}
}

// Read returns the entries selected by the filter as a slice.
func (j *Journal) Read(ctx context.Context, f Filter) ([]Entry, error) {
	var all []Entry
	for e, err := range j.Entries(ctx, f) {
		if err != nil {
			return all, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Find returns the intent with this ID. If there is none, ok is false.
func (j *Journal) Find(ctx context.Context, id string) (e Entry, ok bool, err error) {
	for e, err := range j.Entries(ctx, Filter{}) {
		if err != nil || e.ID == id {
			return e, err == nil, err
		}
	}
	return Entry{}, false, nil
}

// Export writes the whole journal as stored, oldest record first.
func (j *Journal) Export(ctx context.Context, w io.Writer) error {
	files, err := j.openAll()
	if err != nil {
		return err
	}
	defer closeAll(files)
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
	}
	return nil
}
