package world

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// BenchmarkFill measures the first start: a new file with all users.
func BenchmarkFill(b *testing.B) {
	for _, users := range []int{DefaultUsers, 20000} {
		b.Run(fmt.Sprint(users), func(b *testing.B) {
			for b.Loop() {
				st, err := store.Open(context.Background(), filepath.Join(b.TempDir(), "directory.db"))
				require.NoError(b, err)
				require.NoError(b, Fill(context.Background(), st, Options{Users: users, Now: time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)}))
				require.NoError(b, st.Close())
			}
		})
	}
}

func BenchmarkCreate(b *testing.B) {
	for b.Loop() {
		require.NoError(b, store.Create(context.Background(), filepath.Join(b.TempDir(), "directory.db"), func(st *store.Store) error {
			return Fill(context.Background(), st, Options{Now: time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)})
		}))
	}
}

// BenchmarkRefresh measures the first start after a day.
func BenchmarkRefresh(b *testing.B) {
	now := time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)
	st := fillNew(b, Options{Now: now})
	for b.Loop() {
		now = now.Add(25 * time.Hour)
		require.NoError(b, Refresh(context.Background(), st, now))
	}
}
