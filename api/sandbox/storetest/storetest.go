// Package storetest gives each test a directory file of its own, copied from a template
// that is created once.
package storetest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// A Template is a directory to copy. It is safe for parallel tests.
type Template struct {
	file func() ([]byte, error)
}

// NewTemplate returns a template of the directory that fill creates from an empty one; nil
// leaves it empty. It is created when the first copy is opened.
func NewTemplate(fill func(context.Context, *store.Store) error) *Template {
	return &Template{sync.OnceValues(func() ([]byte, error) { return makeFile(fill) })}
}

// Open opens a copy for the test to change. It is closed when the test ends.
func (m *Template) Open(t testing.TB) *store.Store {
	t.Helper()
	file, err := m.file()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "directory.db")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	s, err := store.Open(context.Background(), path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// makeFile creates the file and returns its content. SQLite merges the write-ahead log
// into it when the last connection closes.
func makeFile(fill func(context.Context, *store.Store) error) (file []byte, err error) {
	dir, err := os.MkdirTemp("", "frontdesk-template-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "directory.db")
	s, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if fill != nil {
		err = fill(context.Background(), s)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the file is not complete without its write-ahead log")
	}
	return os.ReadFile(path)
}
