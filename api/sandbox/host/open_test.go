package host

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// testStart is the time of every test.
var testStart = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

func testOptions(path string) OpenOptions {
	return OpenOptions{Path: path, Users: 60, Now: func() time.Time { return testStart }}
}

func countUsers(t *testing.T, st *store.Store) (n int) {
	t.Helper()
	require.NoError(t, st.Read(context.Background(), func(tx *store.Tx) (err error) {
		n, err = tx.CountUsers(store.Query{})
		return err
	}))
	return n
}

func TestOpen_KeepsUsersAndRefreshesTimes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	o := testOptions(path)
	st, err := Open(context.Background(), o)
	require.NoError(t, err)
	require.Equal(t, 60, countUsers(t, st))
	newest := func(st *store.Store) int64 {
		var list []*store.User
		require.NoError(t, st.Read(context.Background(), func(tx *store.Tx) (err error) {
			list, err = tx.Users(store.Query{Limit: 1})
			return err
		}))
		return list[0].CreatedAt
	}
	born := newest(st)
	require.NoError(t, st.Close())

	o.Now = func() time.Time { return testStart.Add(72 * time.Hour) }
	o.Users = 7
	st, err = Open(context.Background(), o)
	require.NoError(t, err)
	require.Equal(t, 60, countUsers(t, st), "what is there stays")
	require.Equal(t, born+(72*time.Hour).Milliseconds(), newest(st), "and moves along")
	require.NoError(t, st.Close())
}

func TestOpen_ConcurrentCallsMakeOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			st, err := Open(context.Background(), testOptions(path))
			if err != nil {
				t.Error(err)
				return
			}
			if n := countUsers(t, st); n != 60 {
				t.Errorf("%d users", n)
			}
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	for _, entry := range left {
		require.True(t, strings.HasPrefix(entry.Name(), "demo.db") && !strings.Contains(entry.Name(), ".new-"), entry.Name())
	}
}

func TestOpen_FillsAnEmptyDirectory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	st, err := store.Open(context.Background(), path)
	require.NoError(t, err)
	require.NoError(t, st.Close())
	st, err = Open(context.Background(), testOptions(path))
	require.NoError(t, err)
	require.Equal(t, 60, countUsers(t, st))
	require.NoError(t, st.Close())
}

func TestOpen_LeavesForeignFilesAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "letters.txt")
	require.NoError(t, os.WriteFile(path, []byte("dear diary, this is no database at all but it is long enough to look like one"), 0o600))
	_, err := Open(context.Background(), testOptions(path))
	require.ErrorIs(t, err, store.ErrForeignFile)
	require.ErrorIs(t, Reset(context.Background(), OpenOptions{Path: path}), store.ErrForeignFile)
	err = Serve(context.Background(), ServeOptions{DB: path})
	require.ErrorIs(t, err, store.ErrForeignFile)
	require.NotContains(t, err.Error(), "\n")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(content), "dear diary"))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1)
}

func TestReset_IsSeenByOpenStores(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	o := testOptions(path)
	require.NoError(t, Reset(context.Background(), o), "makes one where there is none")
	st, err := Open(context.Background(), o)
	require.NoError(t, err)
	defer st.Close()
	key, err := secretKey(context.Background(), st, strings.NewReader(strings.Repeat("x", 30)), false)
	require.NoError(t, err)
	require.NoError(t, st.Write(context.Background(), func(tx *store.Tx) error {
		list, err := tx.Users(store.Query{Limit: 20})
		for _, u := range list {
			err = errors.Join(err, tx.DeleteUser(u.ID))
		}
		return err
	}))
	require.Equal(t, 40, countUsers(t, st))
	require.NoError(t, Reset(context.Background(), OpenOptions{Path: path}))
	require.Equal(t, 60, countUsers(t, st), "seen by who had it open")
	again, err := secretKey(context.Background(), st, nil, false)
	require.NoError(t, err)
	require.Equal(t, key, again)
}

// startServer runs Serve and returns what its two lines say.
func startServer(t *testing.T, o ServeOptions) (base, key string, stop func() error) {
	t.Helper()
	reader, writer := io.Pipe()
	o.Out = writer
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		err := Serve(ctx, o)
		writer.CloseWithError(err)
		done <- err
	}()
	lines := bufio.NewScanner(reader)
	require.True(t, lines.Scan(), "%v", lines.Err())
	base = strings.TrimPrefix(lines.Text(), "base url ")
	require.True(t, lines.Scan())
	key = strings.TrimPrefix(lines.Text(), "secret key ")
	stop = sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { require.NoError(t, stop()) })
	return base, key, stop
}

func get(t *testing.T, url, key string) (int, string) {
	t.Helper()
	request, err := http.NewRequest("GET", url, nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+key)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(body)
}

func TestServe_AnswersUntilStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	base, key, stop := startServer(t, ServeOptions{DB: path, Users: 30})
	require.Regexp(t, `^http://127\.0\.0\.1:\d+/v1$`, base)
	require.Regexp(t, `^sk_test_[A-Za-z0-9_-]{40}$`, key)
	status, body := get(t, base+"/users/count", key)
	require.Equal(t, 200, status)
	require.Equal(t, `{"object":"total_count","total_count":30}`, body)
	status, _ = get(t, base+"/users", "sk_test_other")
	require.Equal(t, 401, status)
	_, body = get(t, base+"/instance", key)
	require.Contains(t, body, `"environment_type":"development"`)
	require.NoError(t, stop())

	_, again, stop := startServer(t, ServeOptions{DB: path})
	require.Equal(t, key, again, "a key that was put into a configuration stays good")
	require.NoError(t, stop())

	base, live, _ := startServer(t, ServeOptions{DB: path, Production: true, Faults: faults.Switches{ErrorRate: 1, ErrorStatus: 503, Count: 1}})
	require.True(t, strings.HasPrefix(live, "sk_live_"))
	status, _ = get(t, base+"/users", live)
	require.Equal(t, 503, status)
	_, body = get(t, base+"/instance", live)
	require.Contains(t, body, `"environment_type":"production"`)
}

func TestServe_ReadsAPrivateKeyFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key")
	require.NoError(t, os.WriteFile(file, []byte("sk_test_given\n"), 0o600))
	_, key, _ := startServer(t, ServeOptions{DB: filepath.Join(dir, "demo.db"), Users: 10, SecretKeyFile: file})
	require.Equal(t, "sk_test_given", key)

	// A key file that other users can read or change is rejected.
	link := filepath.Join(dir, "link")
	require.NoError(t, os.Symlink(file, link))
	_, key, _ = startServer(t, ServeOptions{DB: filepath.Join(dir, "demo.db"), SecretKeyFile: link})
	require.Equal(t, "sk_test_given", key, "what a link leads to is what counts")
	for _, mode := range []os.FileMode{0o640, 0o620, 0o604, 0o602, 0o644, 0o666} {
		require.NoError(t, os.Chmod(file, mode))
		for _, path := range []string{file, link} {
			err := Serve(t.Context(), ServeOptions{DB: filepath.Join(dir, "demo.db"), SecretKeyFile: path})
			require.ErrorContains(t, err, "is accessible to other users; chmod 600 fixes that", "%v", mode)
		}
	}
	pipe := filepath.Join(dir, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for _, path := range []string{dir, pipe} {
		require.ErrorContains(t, Serve(t.Context(), ServeOptions{DB: filepath.Join(dir, "demo.db"), SecretKeyFile: path}), "is not a regular file")
	}
}

func TestServe_RejectsWrongOptions(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "key")
	require.NoError(t, os.WriteFile(file, []byte("hunter2"), 0o600))
	db := filepath.Join(dir, "demo.db")
	for want, o := range map[string]ServeOptions{
		"is reachable":           {DB: db, Listen: "0.0.0.0:0"},
		"from other machines":    {DB: db, Listen: ":0"},
		"not an address":         {DB: db, Listen: "8080"},
		"does not contain a key": {DB: db, SecretKeyFile: file},
		"cannot read the secret": {DB: db, SecretKeyFile: filepath.Join(dir, "none")},
		"error_rate":             {DB: db, Faults: faults.Switches{ErrorRate: 3}},
		"cannot be negative":     {DB: db, Users: -1},
		"cannot listen on":       {DB: db, Listen: "127.0.0.1:1"},
		"its folder is missing":  {DB: filepath.Join(dir, "no", "demo.db")},
	} {
		if want == "cannot listen on" && os.Getuid() == 0 {
			o.Listen = "localhost.invalid:0"
			o.AnyHost = true
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		err := Serve(ctx, o)
		cancel()
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "hunter2")
		require.NotContains(t, err.Error(), "\n")
	}
	_, err := os.Stat(db)
	require.ErrorIs(t, err, os.ErrNotExist, "nothing was made")
}
