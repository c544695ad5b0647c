package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// peopled creates a directory of n users at path.
func peopled(t *testing.T, path string, n int) {
	t.Helper()
	require.NoError(t, Create(context.Background(), path, filling(n)))
}

func filling(n int) func(*Store) error {
	return func(s *Store) error {
		return s.Write(context.Background(), func(tx *Tx) error {
			for i := range n {
				if err := tx.PutUser(person(i, "Maya", "Okafor")); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// peopleIn returns how many users are in the directory at path.
func peopleIn(t *testing.T, path string) int {
	t.Helper()
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	return countOf(t, s, Query{})
}

func alone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is left beside it")
}

func TestBuilder_ReplacesAnOldDirectory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	peopled(t, path, 3)
	require.ErrorIs(t, Create(context.Background(), path, filling(5)), fs.ErrExist)
	require.Equal(t, 3, peopleIn(t, path))

	replace := Builder{Replace: true}
	broken := errors.New("broken")
	require.ErrorIs(t, replace.Create(context.Background(), path, func(*Store) error { return broken }), broken)
	require.Equal(t, 3, peopleIn(t, path), "the old one stays until the new one is whole")

	open, err := Open(context.Background(), path)
	require.NoError(t, err)
	require.Equal(t, 3, countOf(t, open, Query{}))
	err = replace.Create(context.Background(), path, filling(5))
	require.ErrorContains(t, err, "locked by another program", "whoever has it open would go on with a file that has no name")
	require.Equal(t, 3, countOf(t, open, Query{}))
	put(t, open, person(7, "Still", "Works"))
	require.NoError(t, open.Close())

	require.NoError(t, replace.Create(context.Background(), path, filling(5)))
	require.Equal(t, 5, peopleIn(t, path))
	alone(t, path)

	note := filepath.Join(t.TempDir(), "diary.txt")
	require.NoError(t, os.WriteFile(note, []byte("dear diary\n"), 0o600))
	untouched(t, note, func() {
		require.ErrorIs(t, replace.Create(context.Background(), note, filling(5)), ErrForeignFile)
	})
}

// Cancelling leaves nothing behind: while users are added, or while one of the indexes is
// built.
func TestBuilder_CancelledLeavesNothing(t *testing.T) {
	steps, last := 0, 0.0
	require.NoError(t, Builder{IndexProgress: func(done, total int, share float64) {
		require.Greater(t, share, last)
		steps, last = total, share
	}}.Create(context.Background(), filepath.Join(t.TempDir(), "directory.db"), filling(2)))
	require.Positive(t, steps)
	require.InDelta(t, 1, last, 1e-9, "all of it")
	for at := range steps {
		path := filepath.Join(t.TempDir(), "directory.db")
		ctx, cancel := context.WithCancel(context.Background())
		err := Builder{IndexProgress: func(done, total int, share float64) {
			if done == at {
				cancel()
			}
		}}.Create(ctx, path, func(s *Store) error {
			if at == 0 {
				cancel()
			}
			return s.Write(ctx, func(tx *Tx) error { return tx.PutUser(person(1, "Maya", "Okafor")) })
		})
		require.ErrorIs(t, err, context.Canceled, "step %d", at)
		entries, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Empty(t, entries)
		cancel()
	}
}

// An error in the text index ends the work at the other indexes too, and is returned.
func TestBuilder_FailedTextIndexLeavesNothing(t *testing.T) {
	for _, damage := range []func(*textBuilder) error{
		func(b *textBuilder) error { return b.list.Close() },
		func(b *textBuilder) error { return os.Mkdir(b.path, 0o700) },
	} {
		path := filepath.Join(t.TempDir(), "directory.db")
		err := Create(context.Background(), path, func(s *Store) error {
			if err := filling(5)(s); err != nil {
				return err
			}
			return damage(s.text)
		})
		require.ErrorContains(t, err, path)
		require.NotErrorIs(t, err, context.Canceled)
		entries, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Empty(t, entries)
	}
}

// The words of many users are written to the text index in several pieces and merged:
// everybody is found, and can be removed again.
func TestBuilder_IndexesEveryUser(t *testing.T) {
	const people = 2*bulkSearch + 5
	path := filepath.Join(t.TempDir(), "it's here", "directory.db")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
	peopled(t, path, people)
	alone(t, path)
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.Equal(t, people, countOf(t, s, Query{NameLike: "maya oka"}))
	for _, i := range []int{0, bulkSearch - 1, bulkSearch, 2*bulkSearch - 1, people - 1} {
		who := person(i, "Maya", "Okafor")
		require.Len(t, find(t, s, Query{EmailLike: who.Emails[0].Address}), 1, "person %d", i)
		put(t, s, person(i, "Nils", "Holgersson"))
	}
	require.Equal(t, people-5, countOf(t, s, Query{NameLike: "maya oka"}))
	require.Len(t, find(t, s, Query{NameLike: "holgersson"}), 5)
	c := <-s.writer
	defer func() { s.writer <- c }()
	require.NoError(t, c.exec(context.Background(), "INSERT INTO search(search) VALUES ('integrity-check')"))
	var found, kept string
	require.NoError(t, c.row(context.Background(), "PRAGMA integrity_check", nil, &found))
	require.Equal(t, "ok", found)
	require.NoError(t, c.row(context.Background(), "SELECT group_concat(k || '=' || v, ' ' ORDER BY k) FROM search_config", nil, &kept))
	require.Equal(t, "automerge=4 crisismerge=16 hashsize=1048576 version=4", kept, "as SQLite has it by itself")
}
