package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

var benchNow = time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)

// directory returns a directory of that many users. FRONTDESK_BENCH_DIR keeps them between
// runs.
func directory(b *testing.B, users int) *store.Store {
	b.Helper()
	dir := os.Getenv("FRONTDESK_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, fmt.Sprintf("directory-%d.db", users))
	err := store.Create(context.Background(), path, func(st *store.Store) error {
		return world.Fill(context.Background(), st, world.Options{Users: users, Now: benchNow})
	})
	if err != nil {
		require.ErrorIs(b, err, fs.ErrExist)
	}
	st, err := store.Open(context.Background(), path)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, st.Close()) })
	return st
}

// sizes are 1k and 100k, or FRONTDESK_BENCH_USERS.
func sizes(b *testing.B) []int {
	if n, err := strconv.Atoi(os.Getenv("FRONTDESK_BENCH_USERS")); err == nil {
		return []int{n}
	}
	if testing.Short() {
		return []int{1000}
	}
	return []int{1000, 100000}
}

func ms(at time.Time) *int64 { v := at.UnixMilli(); return &v }

var yes = true

// queries are the classes of queries, fifty rows each.
var queries = map[string]store.Query{
	"newest":            {},
	"oldest":            {OrderBy: "created_at"},
	"last_name":         {OrderBy: "last_name"},
	"last_name desc":    {OrderBy: "last_name", Desc: true},
	"wallet asc":        {OrderBy: "web3wallet"},
	"offset half":       {Offset: -1},
	"any 1":             {AnyLike: "m"},
	"any 2":             {AnyLike: "ma"},
	"any 3":             {AnyLike: "may"},
	"any name":          {AnyLike: "maya okafor"},
	"any 8 letters":     {AnyLike: "lindqvis"},
	"any common":        {AnyLike: "example"},
	"any email":         {AnyLike: "maya@harborpine.example"},
	"any digits":        {AnyLike: "0142"},
	"any phone":         {AnyLike: "(415) 555-0142"},
	"any id":            {AnyLike: "user_3IDX"},
	"any nothing":       {AnyLike: "qqqzzzqq"},
	"any by last_name":  {AnyLike: "lindqvist", OrderBy: "last_name"},
	"common by active":  {AnyLike: "mail", OrderBy: "last_active_at", Desc: true},
	"name like":         {NameLike: "a okaf"},
	"email exact":       {Emails: []string{"maya@harborpine.example"}},
	"banned":            {Banned: &yes},
	"banned by name":    {Banned: &yes, OrderBy: "last_name"},
	"active today":      {ActiveAfter: ms(benchNow.Add(-10 * time.Hour))},
	"active long ago":   {ActiveBefore: ms(benchNow.Add(-3 * 365 * 24 * time.Hour))},
	"created years ago": {CreatedBefore: ms(benchNow.Add(-3 * 365 * 24 * time.Hour))},
	"common and banned": {AnyLike: "pine.example", Banned: &yes},
	"name and active":   {AnyLike: "solheim", ActiveAfter: ms(benchNow.Add(-48 * time.Hour))},
	"ring":              {EmailLike: "mail-drop"},
}

func BenchmarkUsers(b *testing.B) {
	for _, users := range sizes(b) {
		st := directory(b, users)
		for _, name := range slices.Sorted(maps.Keys(queries)) {
			q := queries[name]
			q.Limit = 50
			if q.Offset < 0 {
				q.Offset = users / 2
			}
			b.Run(fmt.Sprintf("%d/%s", users, name), func(b *testing.B) {
				for b.Loop() {
					require.NoError(b, st.Read(context.Background(), func(tx *store.Tx) error {
						_, err := tx.Users(q)
						return err
					}))
				}
			})
		}
	}
}

func BenchmarkCount(b *testing.B) {
	for _, users := range sizes(b) {
		st := directory(b, users)
		for _, name := range slices.Sorted(maps.Keys(queries)) {
			q := queries[name]
			q.Offset = 0
			b.Run(fmt.Sprintf("%d/%s", users, name), func(b *testing.B) {
				for b.Loop() {
					require.NoError(b, st.Read(context.Background(), func(tx *store.Tx) error {
						_, err := tx.CountUsers(q)
						return err
					}))
				}
			})
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := directory(b, 1248).Path()
	for b.Loop() {
		st, err := store.Open(context.Background(), path)
		require.NoError(b, err)
		require.NoError(b, st.Read(context.Background(), func(tx *store.Tx) error {
			_, err := tx.Users(store.Query{Limit: 50})
			return err
		}))
		require.NoError(b, st.Close())
	}
}

func BenchmarkChangeOne(b *testing.B) {
	for _, users := range sizes(b) {
		st := directory(b, users)
		b.Run(strconv.Itoa(users), func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, st.Write(context.Background(), func(tx *store.Tx) error {
					page, err := tx.Users(store.Query{Limit: 1, AnyLike: "okafor"})
					if err != nil {
						return err
					}
					page[0].Banned = !page[0].Banned
					return tx.PutUser(page[0])
				}))
			}
		})
	}
}
