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

// openForRead opens a file of the journal, which need not be there.
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

// openAll opens all files of the journal, the oldest first. A journal that is not
// there has none. A rotation in between is harmless: the file that is being written
// is opened first, and left out where it is met again under its new name.
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

// Records yields the intact records, the newest first. It reads from the end, so
// that the first of them come at once however long the journal is.
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

// Entry is an intent with its outcome, or a single record of another kind.
type Entry struct {
	Record
	// Ending is the last outcome of the intent, nil where none is written down.
	Ending *Record
}

// IsOpen says that nobody wrote down how the intent ended.
func (e Entry) IsOpen() bool { return e.Kind == Intent && e.Ending == nil }

// State returns how it ended, in the words of Record.Outcome; "open" where nobody
// wrote it down.
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

// Entries yields what the filter lets through, the newest first, at most
// Filter.Limit.
func (j *Journal) Entries(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		endings := map[string]*Record{} // by the ID of their intent, which is further up in the file
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

// Read returns Entries as a slice.
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

// Find returns the intent with this ID; ok is false where there is none.
func (j *Journal) Find(ctx context.Context, id string) (e Entry, ok bool, err error) {
	for e, err := range j.Entries(ctx, Filter{}) {
		if err != nil || e.ID == id {
			return e, err == nil, err
		}
	}
	return Entry{}, false, nil
}

// Export writes the whole journal as it is stored, the oldest record first.
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
