// Package viewtest gives tests of the screens a desk to sit at: the real shell,
// client, desk and directory, in one process, on one clock that stands still.
//
// What may live here: setting that up, looking at the directory behind the
// screens' back, spoiling the wire. What may not: what a screen should show.
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
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
	"frontdesk/api/sandbox/world"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
)

const key = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"

// Harness is a desk: the environment of the screens and what is behind it.
type Harness struct {
	testing.TB
	Env       *action.Env
	Client    *api.Client // a second one, to look without being seen
	Server    *sandbox.Server
	Store     *store.Store
	Transport *Transport
	Clock     *tuitest.Clock
	Home      string
	// ClientSleep passes the time of the client's own waits; nil passes none. It is to be
	// set before anything makes the client wait.
	ClientSleep func(context.Context, time.Duration) error
}

// New opens a directory with the cast of the demo and a small crowd.
func New(t testing.TB) *Harness { return NewWithUsers(t, 60) }

// NewWithUsers is New with a crowd of that many.
func NewWithUsers(t testing.TB, users int) *Harness {
	t.Helper()
	b := &Harness{TB: t, Clock: tuitest.NewClock(), Home: t.TempDir()}
	b.Store = moulds.of(users, b.Clock.Now()).Open(t)
	b.Server = sandbox.New(sandbox.Options{Store: b.Store, Key: key, BaseURL: sandbox.InProcessURL, Now: b.Clock.Now, After: b.Clock.AfterFunc, Rand: rand.Reader})
	b.Transport = &Transport{next: b.Server.Transport()}
	b.Client = b.client(b.Server.Transport())
	client, catalogue := b.client(b.Transport), ops.Users()
	d, err := desk.New(desk.Config{Client: client, Catalogue: catalogue, Clock: b.Clock.Now, Sleep: noSleep})
	require.NoError(t, err)
	b.Env = &action.Env{
		Client: client, Desk: d, Catalogue: catalogue, Now: b.Clock.Now, Home: b.Home, Sleep: noSleep,
		Instance: profile.Instance{Kind: profile.Demo, Name: "Harbor & Pine", Operator: "jo@ops-2"},
	}
	return b
}

// crowds are the directories that tests begin with, by the number of people and
// the time on the clock: inventing one takes longer than most tests do.
type crowds struct {
	mu   sync.Mutex
	made map[crowd]*storetest.Template
}

type crowd struct {
	users int
	now   time.Time
}

// moulds is kept for as long as the tests of a package run; nothing in it changes.
var moulds = crowds{made: map[crowd]*storetest.Template{}}

func (c *crowds) of(users int, now time.Time) *storetest.Template {
	c.mu.Lock()
	defer c.mu.Unlock()
	wanted := crowd{users, now}
	if c.made[wanted] == nil {
		c.made[wanted] = storetest.NewTemplate(func(ctx context.Context, dir *store.Store) error {
			return world.Fill(ctx, dir, world.Options{Users: users, Now: now})
		})
	}
	return c.made[wanted]
}

func (b *Harness) client(transport http.RoundTripper) *api.Client {
	b.Helper()
	k, err := api.NewKey(key)
	require.NoError(b, err)
	c, err := api.New(api.Config{BaseURL: sandbox.InProcessURL + "/v1", Key: k, Transport: transport, UserAgent: "frontdesk/test",
		Clock: b.Clock.Now, Sleep: b.wait, Jitter: func() float64 { return 0 }})
	require.NoError(b, err)
	return c
}

func (b *Harness) wait(ctx context.Context, d time.Duration) error {
	if b.ClientSleep == nil || d <= 0 {
		return noSleep(ctx, d)
	}
	return b.ClientSleep(ctx, d)
}

// noSleep passes no time: nothing here waits for the wall clock.
func noSleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// FindUser is the one user that a search for text finds first.
func (b *Harness) FindUser(text string) *api.User {
	b.Helper()
	found, err := b.Client.ListUsers(b.Context(), api.Query{Search: text, Limit: 10})
	require.NoError(b, err)
	require.NotEmpty(b, found, text)
	return b.ReloadUser(&found[0])
}

// ReloadUser is the user as the directory has them now.
func (b *Harness) ReloadUser(u *api.User) *api.User {
	b.Helper()
	now, err := b.Client.GetUser(b.Context(), u.ID)
	require.NoError(b, err)
	return now
}

// EditUser edits a user behind everybody's back, as another desk would.
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

// WriteFile writes a file into the operator's home.
func (b *Harness) WriteFile(name string, content []byte) string {
	b.Helper()
	path := filepath.Join(b.Home, name)
	require.NoError(b, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(b, os.WriteFile(path, content, 0o600))
	return path
}

// Keys is the product's key map, and a key for one operation that has none in it.
func Keys(t testing.TB) *tui.KeyMap {
	t.Helper()
	return tuitest.ProductKeys(t, tuitest.Bind("delete_user_profile_image", "X"))
}

// Drive runs the shell over a root screen until it is idle.
func (b *Harness) Drive(root tui.View, cols, rows int) *tuitest.Driver {
	b.Helper()
	everywhere := func() []tui.Action { return []tui.Action{action.UndoAction(b.Env)} }
	d := tuitest.Drive(b, shell.Config{Root: root, Keys: Keys(b), Clock: b.Clock.Now, After: b.Clock.After, GlobalActions: everywhere}, cols, rows)
	d.Clock = b.Clock
	return d
}

// Transport is the way to the server. It counts the requests, and can spoil them.
type Transport struct {
	next http.RoundTripper
	mu   sync.Mutex
	sent []string
	// spoil may answer in the server's place; nil lets the request through.
	spoil func(*http.Request) (*http.Response, error)
}

// Intercept asks f about every request from now on; f answers with nils to let it through.
func (w *Transport) Intercept(f func(*http.Request) (*http.Response, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoil = f
}

// Requests are the requests so far, "POST /v1/users/user_2x/ban".
func (w *Transport) Requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.sent...)
}

// RoundTrip implements http.RoundTripper.
func (w *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.sent = append(w.sent, r.Method+" "+r.URL.Path)
	spoil := w.spoil
	w.mu.Unlock()
	if spoil != nil {
		if answer, err := spoil(r); answer != nil || err != nil {
			return answer, err
		}
	}
	return w.next.RoundTrip(r)
}

// SleepUntil is a sleep that lasts until open is closed, or ctx ends.
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
