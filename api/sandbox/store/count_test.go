package store

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func countOf(t *testing.T, s *Store, q Query) (n int) {
	t.Helper()
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) (err error) {
		n, err = tx.CountUsers(q)
		return err
	}))
	return n
}

// A cached count equals a new one, whoever wrote in between: this program or another one.
func TestCountUsers_CachedCountsAreExact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	one, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer one.Close()
	other, err := Open(context.Background(), path)
	require.NoError(t, err)
	defer other.Close()
	no := false
	for i := range 12 {
		writer, reader := one, other
		if i%2 == 0 {
			writer, reader = other, one
		}
		u := person(i, "Maya", fmt.Sprint("Okafor", i))
		u.Banned = i%3 == 0
		put(t, writer, u)
		for range readers + 1 { // every connection, and one of them twice
			require.Equal(t, i+1, countOf(t, reader, Query{}))
			require.Equal(t, i+1, countOf(t, writer, Query{AnyLike: "maya", OrderBy: "last_name", Limit: 3}))
			require.Equal(t, i+1-(i/3+1), countOf(t, reader, Query{Banned: &no}))
		}
	}
	hits := 0
	require.NoError(t, other.Read(context.Background(), func(tx *Tx) error {
		_, err := tx.snapshot.number(Query{}, func() (int, error) { hits++; return 0, nil })
		return err
	}))
	require.Zero(t, hits, "the number is there and was not counted again")
}

// Many readers and one writer: nobody gets a count from before a write that has completed.
func TestCountUsers_NeverGoesBack(t *testing.T) {
	s := openNew(t)
	const people = 60
	var readersDone sync.WaitGroup
	stop := make(chan struct{})
	for range readers * 2 {
		readersDone.Go(func() {
			last := 0
			for {
				select {
				case <-stop:
					return
				default:
				}
				n := countOf(t, s, Query{AnyLike: "okafor"})
				if n < last {
					t.Errorf("%d after %d", n, last)
					return
				}
				last = n
			}
		})
	}
	for i := range people {
		put(t, s, person(i, "Maya", "Okafor"))
		require.Equal(t, i+1, countOf(t, s, Query{AnyLike: "okafor"}))
	}
	close(stop)
	readersDone.Wait()
}
