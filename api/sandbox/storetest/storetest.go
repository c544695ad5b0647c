// Package storetest gives tests a directory file of their own without making
// each from its schema on: what many tests begin with is made once, and copied.
//
// What may live here: that, and nothing of who is in the directory.
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

// A Mould is a directory from which others are copied. It is safe for tests that
// run beside each other.
type Template struct {
	file func() ([]byte, error)
}

// NewTemplate is a mould of the directory that fill makes of an empty one; nil
// leaves it empty. It is filled when the first copy is wanted.
func NewTemplate(fill func(context.Context, *store.Store) error) *Template {
	return &Template{sync.OnceValues(func() ([]byte, error) { return cast(fill) })}
}

// Open is a copy, which the test may write into. It is closed when the test ends.
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

// cast makes the file and gives its bytes: SQLite folds the log into it when the
// last connection leaves.
func cast(fill func(context.Context, *store.Store) error) (file []byte, err error) {
	dir, err := os.MkdirTemp("", "frontdesk-mould-")
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
		return nil, errors.New("the directory is not whole without its log")
	}
	return os.ReadFile(path)
}
