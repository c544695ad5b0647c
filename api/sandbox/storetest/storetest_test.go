package storetest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
)

func TestOpen_CopiesAreIndependent(t *testing.T) {
	put := func(id string) func(*store.Tx) error {
		return func(tx *store.Tx) error { return tx.PutUser(&store.User{ID: id, CreatedAt: 1}) }
	}
	count := func(s *store.Store) (n int) {
		require.NoError(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			n, err = tx.CountUsers(store.Query{})
			return err
		}))
		return n
	}
	filled := 0
	mould := storetest.NewTemplate(func(ctx context.Context, s *store.Store) error {
		filled++
		return s.Write(ctx, put("user_first"))
	})
	one := mould.Open(t)
	require.NoError(t, one.Write(t.Context(), put("user_second")))
	other := mould.Open(t)
	require.Equal(t, 2, count(one))
	require.Equal(t, 1, count(other))
	require.Equal(t, 1, filled)
	require.Zero(t, count(storetest.NewTemplate(nil).Open(t)))
}
