package api_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/contract"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
)

const rawKey = "sk_test_0123456789abcdefghijklmnop"

// began is the time at which every test starts.
var began = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// watch is a clock that only moves when it is set or slept on.
type watch struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newWatch() *watch { return &watch{now: began} }

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.slept = append(w.slept, d)
	w.now = w.now.Add(d)
	return nil
}

func (w *watch) naps() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.slept...)
}

// key returns the key that every test server accepts.
func key(t testing.TB) api.Key {
	t.Helper()
	k, err := api.NewKey(rawKey)
	require.NoError(t, err)
	return k
}

// newClient returns a client with the test's clock and no jitter.
func newClient(t testing.TB, c api.Config, w *watch) *api.Client {
	t.Helper()
	c.Key, c.Clock, c.Sleep = key(t), w.Now, w.Sleep
	c.Jitter = func() float64 { return 0 }
	client, err := api.New(c)
	require.NoError(t, err)
	return client
}

// desk is a client with an in-process server on an embedded directory. Every exchange is
// checked against the contract.
type desk struct {
	*api.Client
	*watch
	t      testing.TB
	server *sandbox.Server
	store  *store.Store
	// version is the API version that the client uses.
	version api.Version
}

func newDesk(t testing.TB) *desk { return newDeskAt(t, api.NewestVersion) }

// onEveryVersion runs a test under the oldest and the newest version of the API, which
// differ in everything that changed for users.
func onEveryVersion(t *testing.T, test func(*testing.T, *desk)) {
	for _, version := range []api.Version{api.NewestVersion, api.OldestVersion} {
		t.Run(string(version), func(t *testing.T) { test(t, newDeskAt(t, version)) })
	}
}

// empty is the directory that every desk starts with.
var empty = storetest.NewTemplate(nil)

func newDeskAt(t testing.TB, version api.Version) *desk {
	t.Helper()
	opened := empty.Open(t)
	d := &desk{watch: newWatch(), t: t, store: opened, version: version}
	d.server = sandbox.New(sandbox.Options{
		Store: opened, Key: rawKey, Now: d.Now, Rand: rand.NewChaCha8([32]byte{7}),
		Log: func(line string) { t.Log(line) },
	})
	d.Client = newClient(t, api.Config{
		BaseURL: sandbox.InProcessURL, Version: version,
		Transport: sandbox.NewTransport(contract.Wrap(t, d.server)),
	}, d.watch)
	d.settings(func(*store.Settings) {})
	return d
}

func (d *desk) settings(change func(*store.Settings)) {
	d.t.Helper()
	s := store.Settings{
		InstanceID: "ins_2xkTestInstance000000000000A", Environment: "development", Name: "Test",
		LockoutMillis: time.Hour.Milliseconds(), MaxAttempts: 10,
	}
	change(&s)
	require.NoError(d.t, d.store.Write(context.Background(), func(tx *store.Tx) error { return tx.PutSettings(s) }))
}

// id returns a readable id in the form of the wire's.
func id(prefix, name string) string { return prefix + "_" + (name + strings.Repeat("x", 27))[:27] }

// person adds a user with one verified address to the directory, created n minutes after
// the first.
func (d *desk) person(name string, n int, change ...func(*store.User)) clean.Text {
	d.t.Helper()
	at := began.Add(-24*time.Hour + time.Duration(n)*time.Minute).UnixMilli()
	mail := id("idn", name+"Mail")
	u := &store.User{
		ID: id("user", name), FirstName: name, LastName: "Example", Username: strings.ToLower(name) + "_x",
		PrimaryEmailID: mail, CreatedAt: at, UpdatedAt: at,
		Emails: []store.Email{{
			ID: mail, Address: strings.ToLower(name) + "@mail.example", CreatedAt: at, UpdatedAt: at, Verification: admin(),
		}},
	}
	for _, f := range change {
		f(u)
	}
	d.put(func(tx *store.Tx) error { return tx.PutUser(u) })
	return clean.NewText(u.ID)
}

func (d *desk) put(write func(*store.Tx) error) {
	d.t.Helper()
	require.NoError(d.t, d.store.Write(context.Background(), write))
}

func (d *desk) session(userID clean.Text, name string) clean.Text {
	d.t.Helper()
	now := d.Now().UnixMilli()
	s := &store.Session{
		ID: id("sess", name), UserID: userID.Raw(), ClientID: id("client", name), Status: "active",
		LastActiveAt: now, ExpireAt: now + time.Hour.Milliseconds(), AbandonAt: now + 2*time.Hour.Milliseconds(),
		CreatedAt: now, UpdatedAt: now, BrowserName: "Firefox", City: "Lisbon", Country: "PT", IPAddress: "203.0.113.7",
	}
	d.put(func(tx *store.Tx) error { return tx.PutSession(s) })
	return clean.NewText(s.ID)
}

func admin() *store.Verification {
	return &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
}

// serve returns a client for a handler behind a real socket.
func serve(t testing.TB, h http.HandlerFunc) (*api.Client, *watch) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	w := newWatch()
	return newClient(t, api.Config{BaseURL: server.URL}, w), w
}

// reply responds to every request with that status and body.
func reply(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// failed requires an *api.Error of that kind.
func failed(t testing.TB, err error, kind api.Kind) *api.Error {
	t.Helper()
	var e *api.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, kind, e.Kind, "%v", err)
	return e
}

var ctx = context.Background()

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(r *http.Request, status int, body string, headers ...string) *http.Response {
	w := httptest.NewRecorder()
	reply(status, body, headers...)(w, r)
	res := w.Result()
	res.Request = r
	return res
}
