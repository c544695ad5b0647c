package sandbox

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/world"
)

// benchNow is the time at which the large directories are read.
var benchNow = time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)

// benchSizes are a thousand, a hundred thousand and a million users, only the first with
// -short, or those of FRONTDESK_BENCH_USERS, separated by commas.
func benchSizes(b *testing.B) []int {
	if named := os.Getenv("FRONTDESK_BENCH_USERS"); named != "" {
		var sizes []int
		for _, text := range strings.Split(named, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			require.NoError(b, err)
			sizes = append(sizes, n)
		}
		return sizes
	}
	if testing.Short() {
		return []int{1000}
	}
	return []int{1000, 100_000, 1_000_000}
}

// benchServer is a server on a directory of that many users. It is created once per run,
// or once for all if FRONTDESK_BENCH_DIR names a folder.
func benchServer(b *testing.B, users int) *Server {
	b.Helper()
	dir := os.Getenv("FRONTDESK_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, fmt.Sprintf("directory-%d.db", users))
	now := func() time.Time { return benchNow }
	err := store.Builder{}.Create(context.Background(), path, func(st *store.Store) error {
		return world.Fill(context.Background(), st, world.Options{Users: users, Now: benchNow})
	})
	if err != nil {
		require.ErrorIs(b, err, fs.ErrExist)
	}
	st, err := store.Open(context.Background(), path)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, st.Close()) })
	return New(Options{Store: st, Key: testKey, Now: now})
}

func daysAgo(days int) string {
	return strconv.FormatInt(benchNow.Add(-time.Duration(days)*24*time.Hour).UnixMilli(), 10)
}

// queryClasses are the filters that a list and a count share.
var queryClasses = map[string]string{
	"all":                      "",
	"one letter":               "query=m",
	"two letters":              "query=ma",
	"two letters of nobody":    "query=%7C%7C",
	"three letters":            "query=may",
	"eight letters":            "query=lindqvis",
	"a word of everybody":      "query=example",
	"a domain of many":         "query=%40mail.example",
	"full name":                "query=maya+okafor",
	"address":                  "query=maya%40harborpine.example",
	"last four digits":         "query=0142",
	"two digits":               "query=42",
	"whole phone":              "query=%28415%29+555-0142",
	"beginning of an id":       "query=user_3IDX",
	"nobody":                   "query=qqqzzzqq",
	"piece of an id of nobody": "query=9zZ9zZ9z",
	"name_query":               "name_query=a+okaf",
	"email_address_query":      "email_address_query=mail-drop",
	"phone_number_query":       "phone_number_query=555",
	"username_query":           "username_query=an",
	"exact address":            "email_address=maya%40harborpine.example",
	"exact of nobody":          "email_address=nobody%40nowhere.example",
	"banned":                   "banned=true",
	"not banned":               "banned=false",
	"active today":             "last_active_at_after=" + daysAgo(1),
	"active since a month":     "last_active_at_after=" + daysAgo(30),
	"not active for a year":    "last_active_at_before=" + daysAgo(365),
	"created this week":        "created_at_after=" + daysAgo(7),
	"created years ago":        "created_at_before=" + daysAgo(3*365),
	"signed in this year":      "last_sign_in_at_after=" + daysAgo(200),
	"banned and active":        "banned=true&last_active_at_after=" + daysAgo(30),
	"banned and a word":        "banned=true&query=pine.example",
	"name and active":          "query=solheim&last_active_at_after=" + daysAgo(2),
	"two letters and banned":   "query=zz&banned=true",
}

// orderClasses are walks without a filter.
var orderClasses = map[string]string{
	"last page, reversed":       "order_by=created_at",
	"by last name":              "order_by=last_name",
	"by last name, reversed":    "order_by=-last_name",
	"by username, with nulls":   "order_by=username",
	"by username, nulls first":  "order_by=-username",
	"by wallet, mostly nulls":   "order_by=web3wallet",
	"by phone, reversed":        "order_by=-phone_number",
	"by last active":            "order_by=-last_active_at",
	"by last sign-in, nulls":    "order_by=last_sign_in_at",
	"banned by last name":       "order_by=last_name&banned=true",
	"not banned by last name":   "order_by=last_name&banned=false",
	"active today by name":      "order_by=first_name&last_active_at_after=" + daysAgo(1),
	"created this week by mail": "order_by=email_address&created_at_after=" + daysAgo(7),
	"eight letters by name":     "order_by=last_name&query=lindqvis",
	"a word of all by active":   "order_by=-last_active_at&query=example",
	"three letters by name":     "order_by=-first_name&query=may",
	"one letter by username":    "order_by=username&query=m",
}

// BenchmarkUsers measures fifty rows and the total of every class of query, from the
// request to the last byte, in process.
func BenchmarkUsers(b *testing.B) {
	for _, users := range benchSizes(b) {
		s := benchServer(b, users)
		benchPages(b, s, users)
		benchCounts(b, s, users)
	}
}

func benchPages(b *testing.B, s *Server, users int) {
	classes := map[string]string{
		"deep offset": fmt.Sprint("offset=", users/2), "deep offset by name": fmt.Sprint("order_by=last_name&offset=", users/2),
		"last page": fmt.Sprint("offset=", max(0, users-50)), "last page by name": fmt.Sprint("order_by=last_name&offset=", max(0, users-50)),
		"cursor": "starting_after=" + benchID(b, s, users/2),
	}
	maps.Copy(classes, queryClasses)
	maps.Copy(classes, orderClasses)
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		b.Run(fmt.Sprintf("%d/page/%s", users, name), func(b *testing.B) { benchGet(b, s, "/users?limit=50&"+classes[name]) })
	}
}

// benchCounts counts again each time, because of a write in between; "again" is a cached
// count.
func benchCounts(b *testing.B, s *Server, users int) {
	written := 0
	write := func(b *testing.B) {
		b.StopTimer()
		defer b.StartTimer()
		written++
		require.NoError(b, s.store.Write(context.Background(), func(tx *store.Tx) error {
			return tx.SetNote("bench", strconv.Itoa(written))
		}))
	}
	for _, name := range slices.Sorted(maps.Keys(queryClasses)) {
		b.Run(fmt.Sprintf("%d/count/%s", users, name), func(b *testing.B) { benchGet(b, s, "/users/count?"+queryClasses[name], write) })
	}
	b.Run(fmt.Sprintf("%d/count/again", users), func(b *testing.B) { benchGet(b, s, "/users/count?query=example") })
}

// benchGet requests path repeatedly, each time after before.
func benchGet(b *testing.B, s *Server, path string, before ...func(*testing.B)) {
	over := s.Transport()
	b.ReportAllocs()
	benchOnce(b, over, path) // statements are prepared the first time
	for b.Loop() {
		for _, f := range before {
			f(b)
		}
		b.SetBytes(benchOnce(b, over, path))
	}
}

func benchOnce(b *testing.B, over http.RoundTripper, path string) int64 {
	response, err := over.RoundTrip(benchRequest(b, path))
	require.NoError(b, err)
	n, err := io.Copy(io.Discard, response.Body)
	require.NoError(b, err)
	require.NoError(b, response.Body.Close())
	require.Equal(b, http.StatusOK, response.StatusCode)
	return n
}

func benchRequest(b *testing.B, path string) *http.Request {
	r, err := http.NewRequest(http.MethodGet, InProcessURL+"/v1"+path, nil)
	require.NoError(b, err)
	r.Header.Set("Authorization", "Bearer "+testKey)
	r.Header.Set(versionHeader, testVersion)
	return r
}

// benchID is the id of the user at that position, newest first.
func benchID(b *testing.B, s *Server, at int) string {
	var id string
	require.NoError(b, s.store.Read(context.Background(), func(tx *store.Tx) error {
		some, err := tx.Users(store.Query{Limit: 1, Offset: at})
		if err == nil {
			id = some[0].ID
		}
		return err
	}))
	return url.QueryEscape(id)
}
