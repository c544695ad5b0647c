package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A write to a file that nobody can reach any more is not reported as done.
func TestWrite_ToAFileThatWasReplacedIsRefused(t *testing.T) {
	for name, replace := range map[string]func(path string) error{
		"deleted":      os.Remove,
		"moved":        func(path string) error { return os.Rename(path, path+".old") },
		"another file": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, []byte("x"), 0o600)) },
		"another directory file": func(path string) error {
			other, err := Open(context.Background(), path+".other")
			if err != nil {
				return err
			}
			return errors.Join(other.Close(), os.Rename(path+".other", path))
		},
		"a copy of it": func(path string) error {
			raw, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".copy", raw, 0o600), os.Rename(path+".copy", path))
		},
		"its folder moved": func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+".old") },
		"its folder is a file": func(path string) error {
			folder := filepath.Dir(path)
			return errors.Join(os.Rename(folder, folder+".old"), os.WriteFile(folder, nil, 0o600))
		},
		"a link to nothing": func(path string) error { return errors.Join(os.Remove(path), os.Symlink("nowhere", path)) },
	} {
		path := filepath.Join(t.TempDir(), "folder", "directory.db")
		require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
		s, err := Open(context.Background(), path)
		require.NoError(t, err)
		put(t, s, person(1, "Maya", "Okafor"))
		require.NoError(t, s.Read(context.Background(), func(*Tx) error { return nil }), "a reader is there")
		require.NoError(t, replace(path), name)
		err = s.Write(context.Background(), func(tx *Tx) error { return tx.PutUser(person(2, "Sam", "Carter")) })
		require.ErrorIs(t, err, ErrReplaced, name)
		require.EqualError(t, err, "directory file "+path+" was deleted or replaced while it was in use, so nothing was written; restart to continue with the current file")
		require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
			_, err := tx.User(person(2, "", "").ID)
			require.ErrorIs(t, err, ErrNotFound, name)
			return nil
		}))
		_ = s.Close() // SQLite's error about a deleted file does not matter here
	}

	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	require.NoError(t, os.Rename(path, path+".old"))
	require.NoError(t, os.Rename(path+".old", path))
	put(t, s, person(1, "Maya", "Okafor")) // the same file, restored
	require.NoError(t, s.Close())
}

func TestWrite_ExplainsDiskErrors(t *testing.T) {
	for pragma, says := range map[string]string{
		"PRAGMA query_only=on":     "or its folder is read-only",
		"PRAGMA max_page_count=10": "cannot be written, the disk is full",
	} {
		s := openNew(t)
		c := <-s.writer
		require.NoError(t, c.exec(context.Background(), pragma))
		s.writer <- c
		err := s.Write(context.Background(), func(tx *Tx) error {
			for i := range 400 {
				if err := tx.PutUser(person(i, "Maya", "Okafor")); err != nil {
					return err
				}
			}
			return nil
		})
		require.EqualError(t, err, "directory file "+s.Path()+" "+says)
		require.Equal(t, says, DescribeFileError(err))
		require.Equal(t, says == "or its folder is read-only", IsReadOnly(err))
	}
}

func TestDescribeFileError_InWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	for says, err := range map[string]error{
		"or its folder is read-only":          &fs.PathError{Op: "open", Path: path, Err: syscall.EROFS},
		"cannot be written, the disk is full": fmt.Errorf("x: %w", &fs.PathError{Op: "write", Path: path, Err: syscall.EDQUOT}),
		"is damaged":                          ErrDamaged,
	} {
		require.Equal(t, says, DescribeFileError(err))
		require.EqualError(t, describeError(path, err), "directory file "+path+" "+says)
		require.ErrorIs(t, describeError(path, err), firstCause(err))
	}
}

func firstCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func TestIsDamaged_ByContentOrName(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"directory.db", "letters.txt"} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte("dear diary"), 0o600))
		_, err := Open(context.Background(), path)
		require.ErrorIs(t, err, ErrForeignFile)
		require.Equal(t, name == "directory.db", IsDamaged(path, err))
	}
	require.False(t, IsDamaged("directory.db", nil))
	require.False(t, IsDamaged("directory.db", ErrNewerSchema))
	require.False(t, IsDamaged("directory.db", ErrForeignFile), "another program's database")
	require.True(t, IsDamaged("anything", ErrDamaged))
}
