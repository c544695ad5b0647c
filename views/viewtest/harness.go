// Package viewtest sets up what tests of the screens need: the real shell, client,
// desk and directory, in one process, on a clock that the test moves.
//
// What may live here: setting that up, looking at the directory without the screens,
// changing requests and answers. What may not: what a screen should show.
package viewtest

import (
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/exchange"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
	"frontdesk/api/sandbox/world"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/mask"
)

const key = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"

// Harness is the environment of the screens, and what is behind it.
type Harness struct {
	testing.TB
	Env       *action.Env
	Client    *api.Client // a second client, whose requests Transport does not see
	Server    *sandbox.Server
	Store     *store.Store
	Transport *Transport
	Clock     *tuitest.Clock
	Home      string
	// ClientSleep passes the time of the client's own waits; nil passes none. Set it
	// before anything makes the client wait.
	ClientSleep func(context.Context, time.Duration) error
}

// New opens a directory with the people of the demo and 60 generated users.
func New(t testing.TB) *Harness { return NewWithUsers(t, 60) }

// NewWithUsers is New with another number of generated users.
func NewWithUsers(t testing.TB, users int) *Harness {
	t.Helper()
	b := &Harness{TB: t, Clock: tuitest.NewClock(), Home: t.TempDir()}
	b.Store = sharedTemplates.get(users, b.Clock.Now()).Open(t)
	b.Server = sandbox.New(sandbox.Options{Store: b.Store, Key: key, BaseURL: sandbox.InProcessURL, Now: b.Clock.Now, After: b.Clock.AfterFunc, Rand: rand.Reader})
	b.Transport = &Transport{next: b.Server.Transport()}
	b.Client = b.client(b.Server.Transport())
	sent := exchange.NewLog()
	client, catalogue := b.loggedClient(b.Transport, sent), ops.Users()
	d, err := desk.New(desk.Config{Client: client, Catalogue: catalogue, Clock: b.Clock.Now, Sleep: noSleep})
	require.NoError(t, err)
	b.Env = &action.Env{
		Session: session.Session{
			Client: client, Desk: d, Catalogue: catalogue, Exchanges: sent,
			Instance: profile.Instance{Kind: profile.Demo, Name: "Harbor & Pine", Operator: "jo@ops-2"},
		},
		Now: b.Clock.Now, Home: b.Home, Sleep: noSleep, Mask: mask.New(false),
	}
	return b
}

// templates are the directories that tests start with, by number of users and time:
// generating one takes longer than most tests.
type templates struct {
	mu   sync.Mutex
	made map[templateKey]*storetest.Template
}

type templateKey struct {
	users int
	now   time.Time
}

// sharedTemplates is kept while the tests of a package run; nothing in it changes.
var sharedTemplates = templates{made: map[templateKey]*storetest.Template{}}

func (c *templates) get(users int, now time.Time) *storetest.Template {
	c.mu.Lock()
	defer c.mu.Unlock()
	wanted := templateKey{users, now}
	if c.made[wanted] == nil {
		c.made[wanted] = storetest.NewTemplate(func(ctx context.Context, dir *store.Store) error {
			return world.Fill(ctx, dir, world.Options{Users: users, Now: now})
		})
	}
	return c.made[wanted]
}

func (b *Harness) client(transport http.RoundTripper) *api.Client {
	return b.loggedClient(transport, nil)
}

func (b *Harness) loggedClient(transport http.RoundTripper, sent *exchange.Log) *api.Client {
	b.Helper()
	k, err := api.NewKey(key)
	require.NoError(b, err)
	c, err := api.New(api.Config{BaseURL: sandbox.InProcessURL + "/v1", Key: k, Transport: transport, UserAgent: "frontdesk/test",
		Clock: b.Clock.Now, Sleep: b.wait, Jitter: func() float64 { return 0 }, Exchanges: sent})
	require.NoError(b, err)
	return c
}

func (b *Harness) wait(ctx context.Context, d time.Duration) error {
	if b.ClientSleep == nil || d <= 0 {
		return noSleep(ctx, d)
	}
	return b.ClientSleep(ctx, d)
}

// noSleep returns at once: tests do not wait for the wall clock.
func noSleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// FindUser returns the first user found by a search.
func (b *Harness) FindUser(text string) *api.User {
	b.Helper()
	found, err := b.Client.ListUsers(b.Context(), api.Query{Search: text, Limit: 10})
	require.NoError(b, err)
	require.NotEmpty(b, found, text)
	return b.ReloadUser(&found[0])
}

// ReloadUser returns the user as stored in the directory.
func (b *Harness) ReloadUser(u *api.User) *api.User {
	b.Helper()
	now, err := b.Client.GetUser(b.Context(), u.ID)
	require.NoError(b, err)
	return now
}

// EditUser changes a user in the directory without the client, as another program
// would.
func (b *Harness) EditUser(u *api.User, f func(*store.User)) {
	b.Helper()
	require.NoError(b, b.Store.Write(b.Context(), func(tx *store.Tx) error {
		record, err := tx.User(u.ID.Raw())
		if err != nil {
			return err
		}
		f(record)
		return tx.PutUser(record)
	}))
}

// WriteFile writes a file into the operator's home directory.
func (b *Harness) WriteFile(name string, content []byte) string {
	b.Helper()
	path := filepath.Join(b.Home, name)
	require.NoError(b, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(b, os.WriteFile(path, content, 0o600))
	return path
}

// Keys returns the product's key map, with a key for one operation that has none in
// it.
func Keys(t testing.TB) *tui.KeyMap {
	t.Helper()
	return tuitest.ProductKeys(t, tuitest.Bind("delete_user_profile_image", "X"))
}

// Drive runs the shell with a root screen until it is idle.
func (b *Harness) Drive(root tui.View, cols, rows int) *tuitest.Driver {
	b.Helper()
	everywhere := func() []tui.Action { return []tui.Action{action.UndoAction(b.Env)} }
	d := tuitest.Drive(b, shell.Config{Root: root, Keys: Keys(b), Clock: b.Clock.Now, After: b.Clock.After, GlobalActions: everywhere, Mask: b.Env.Mask}, cols, rows)
	d.Clock = b.Clock
	return d
}

// Transport is the connection to the server. It records requests and can replace
// answers.
type Transport struct {
	next http.RoundTripper
	mu   sync.Mutex
	sent []string
	// intercept may answer in place of the server; nil passes the request on.
	intercept func(*http.Request) (*http.Response, error)
}

// Intercept calls f with every request from now on; if f returns nils the request is
// passed on.
func (w *Transport) Intercept(f func(*http.Request) (*http.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.intercept = f
}

// Requests returns the requests so far: "POST /v1/users/user_2x/ban".
func (w *Transport) Requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.sent...)
}

// RoundTrip implements http.RoundTripper.
func (w *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent = append(w.sent, r.Method+" "+r.URL.Path)
	spoil := w.intercept
	w.mu.Unlock()
	if spoil != nil {
		if answer, err := spoil(r); answer != nil || err != nil {
			return answer, err
		}
	}
	return w.next.RoundTrip(r)
}

// SleepUntil returns a sleep that lasts until open is closed or ctx ends.
func SleepUntil(open <-chan struct{}) func(context.Context, time.Duration) error {
	return func(ctx context.Context, _ time.Duration) error {
		select {
		case <-open:
			return ctx.Err()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
