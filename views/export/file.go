package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a list on its way to a file. It is written beside its place under another
// name, which ends in .part, and takes the place when it is whole: what stops half way
// leaves neither half a list nor the old one damaged.
type File struct {
	path     string
	replaces bool
	part     *os.File
}

// Create begins a file that only the operator can read. If there is one already the
// error is fs.ErrExist, unless it is to be replaced.
func Create(path string, replace bool) (*File, error) {
	f := &File{path: path, replaces: replace}
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case info.IsDir() || !replace:
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	var err error
	f.part, err = os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part") // made with mode 0600
	return f, err
}

// Write implements [io.Writer].
func (f *File) Write(b []byte) (int, error) { return f.part.Write(b) }

// Drop ends the file without a trace.
func (f *File) Drop() {
	_ = f.part.Close()
	_ = os.Remove(f.part.Name())
}

// Finish puts the whole file in its place. After an error there is no trace of it.
func (f *File) Finish() error {
	if err := errors.Join(f.part.Sync(), f.part.Close()); err != nil {
		_ = os.Remove(f.part.Name())
		return err
	}
	if f.replaces {
		return f.undoIf(os.Rename(f.part.Name(), f.path))
	}
	// A link, unlike a renamed file, never takes the place of another.
	err := os.Link(f.part.Name(), f.path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		if _, gone := os.Lstat(f.path); errors.Is(gone, fs.ErrNotExist) {
			return f.undoIf(os.Rename(f.part.Name(), f.path))
		}
	}
	_ = os.Remove(f.part.Name())
	return err
}

func (f *File) undoIf(err error) error {
	if err != nil {
		_ = os.Remove(f.part.Name())
	}
	return err
}
