package desk_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
)

const testKey = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"

// clock is the only time of server, client and desk. Sleeping advances it.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	timers []timer
}

// timer is a function to call at a time.
type timer struct {
	at time.Time
	do func()
}

// After calls do once d has passed.
func (c *clock) After(d time.Duration, do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers = append(c.timers, timer{c.now.Add(d), do})
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	c.now = c.now.Add(d)
	var due []timer
	c.timers = slices.DeleteFunc(c.timers, func(t timer) bool {
		if t.at.After(c.now) {
			return false
		}
		due = append(due, t)
		return true
	})
	c.mu.Unlock()
	for _, t := range due {
		t.do()
	}
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.pass(d)
	return nil
}

// recordingTransport records the writes sent to the server, and can alter requests and
// responses.
type recordingTransport struct {
	next http.RoundTripper
	mu   sync.Mutex
	sent []string // "POST /v1/users/user_…/ban"
	// arrived is called with every request before the server, alter with every response.
	arrived func(*http.Request)
	alter   func(*http.Request, *http.Response, error) (*http.Response, error)
}

func (w *recordingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	if r.Method != http.MethodGet {
		w.sent = append(w.sent, r.Method+" "+r.URL.Path)
	}
	arrived, alter := w.arrived, w.alter
	w.mu.Unlock()
	if arrived != nil {
		arrived(r)
	}
	answer, err := w.next.RoundTrip(r)
	if alter != nil {
		return alter(r, answer, err)
	}
	return answer, err
}

// writes returns the requests so far other than GET.
func (w *recordingTransport) writes() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.sent...)
}

// peer is a real client with a real server and one user.
type peer struct {
	*testing.T
	server *sandbox.Server
	store  *store.Store
	wire   *recordingTransport
	clock  *clock
	client *api.Client
	ops    *ops.Catalogue
}

// empty is the directory that every peer starts with.
var empty = storetest.NewTemplate(nil)

func newPeer(t *testing.T) *peer {
	t.Helper()
	dir := empty.Open(t)
	p := &peer{T: t, store: dir, clock: &clock{now: time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC)}, ops: ops.Users()}
	p.server = sandbox.New(sandbox.Options{Store: dir, Key: testKey, BaseURL: sandbox.InProcessURL, Now: p.clock.Now, After: p.clock.After})
	p.wire = &recordingTransport{next: p.server.Transport()}
	key, err := api.NewKey(testKey)
	require.NoError(t, err)
	p.client, err = api.New(api.Config{
		BaseURL: "https://api.clerk.test/v1", Key: key, Transport: p.wire, UserAgent: "frontdesk/test",
		Clock: p.clock.Now, Sleep: p.clock.Sleep, Jitter: func() float64 { return 0 },
	})
	require.NoError(t, err)
	require.NoError(t, dir.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutSettings(store.Settings{InstanceID: "ins_test", Environment: "development",
			LockoutMillis: time.Hour.Milliseconds(), MaxAttempts: 10}); err != nil {
			return err
		}
		return tx.PutUser(daniel(p.clock.Now().Add(-time.Hour).UnixMilli()))
	}))
	return p
}

const danielID = "user_2aaaaaaaaaaaaaaaaaaaaaaaaaa"

// daniel returns a user with one part of every kind.
func daniel(at int64) *store.User {
	verified := &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
	return &store.User{
		ID: danielID, Username: "daniel.r", FirstName: "Daniel", LastName: "Reyes",
		PrimaryEmailID: "idn_email", PrimaryPhoneID: "idn_phone",
		Emails: []store.Email{{ID: "idn_email", Address: "daniel@harborpine.example", Verification: verified, CreatedAt: at, UpdatedAt: at},
			{ID: "idn_email2", Address: "d.reyes@pine.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		Phones: []store.Phone{{ID: "idn_phone", Number: "+14155550142", ReservedForSecondFactor: true, Verification: verified, CreatedAt: at, UpdatedAt: at},
			{ID: "idn_phone2", Number: "+14155550143", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		Wallets:        []store.Wallet{{ID: "idn_wallet", Address: "0x52908400098527886E0F7030069857D2E4169EE7", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		Passkeys:       []store.Passkey{{ID: "idn_passkey", Name: "MacBook", LastUsedAt: at, Verification: verified, CreatedAt: at}},
		External:       []store.ExternalAccount{{ID: "eac_google", IdentificationID: "idn_google", Provider: "oauth_google", ProviderUserID: "g-1", EmailAddress: "daniel@harborpine.example", Verification: verified, CreatedAt: at, UpdatedAt: at}},
		TOTP:           &store.TOTP{ID: "totp_1", Secret: "JBSWY3DPEHPK3PXP", Verified: true, CreatedAt: at, UpdatedAt: at},
		BackupCodes:    []string{"11111111", "22222222", "33333333"},
		PasswordDigest: "x", PasswordHasher: "argon2id",
		Public: []byte(`{"plan":"gold"}`), CreatedAt: at, UpdatedAt: at, LastSignInAt: at, LastActiveAt: at,
	}
}

func (p *peer) desk(change ...func(*desk.Config)) *desk.Desk {
	p.Helper()
	c := desk.Config{Client: p.client, Catalogue: p.ops, Clock: p.clock.Now, Sleep: p.clock.Sleep}
	for _, f := range change {
		f(&c)
	}
	d, err := desk.New(c)
	require.NoError(p, err)
	return d
}

// user reads the user as an operator would.
func (p *peer) user() *api.User {
	p.Helper()
	u, err := p.client.GetUser(p.Context(), clean.NewText(danielID))
	require.NoError(p, err)
	return u
}

// change edits the user in the directory, as another operator would.
func (p *peer) change(f func(*store.User)) {
	p.Helper()
	require.NoError(p, p.store.Write(p.Context(), func(tx *store.Tx) error {
		u, err := tx.User(danielID)
		if err != nil {
			return err
		}
		f(u)
		return tx.PutUser(u)
	}))
}

// intent returns an intent for the operation on the user as seen now.
func (p *peer) intent(id string) desk.Intent {
	p.Helper()
	o, ok := p.ops.Get(id)
	require.True(p, ok, id)
	return desk.Intent{Op: o, Seen: p.user(), Request: p.request(id)}
}

func (p *peer) request(id string) ops.Request {
	o, _ := p.ops.Get(id)
	r := ops.Request{UserID: clean.NewText(danielID), PartID: part(o.Part), Values: values(p.clock.Now())[id]}
	if id == "set_user_profile_image" {
		r.Image = dot(p.T)
	}
	return r
}

// loseAnswers drops the connection of every write after the server has carried it out.
func (p *peer) loseAnswers() {
	p.wire.alter = func(r *http.Request, answer *http.Response, err error) (*http.Response, error) {
		if r.Method == http.MethodGet || err != nil {
			return answer, err
		}
		answer.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}
}

// loseRequests drops every write before it reaches the server.
func (p *peer) loseRequests() {
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE"} {
		p.wire.next = dropping{method, p.wire.next}
	}
}

// failAfter lets n writes through and makes the others fail.
func (p *peer) failAfter(n int) {
	p.wire.arrived = func(r *http.Request) {
		if r.Method != http.MethodGet {
			if n--; n < 0 {
				p.server.SetFaults(faults.Switches{Method: r.Method, ErrorRate: 1, ErrorStatus: 403})
			}
		}
	}
}

// dropping drops the requests with one method.
type dropping struct {
	method string
	next   http.RoundTripper
}

func (d dropping) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != d.method {
		return d.next.RoundTrip(r)
	}
	if r.Body != nil {
		r.Body.Close()
	}
	return nil, io.ErrUnexpectedEOF
}

// dot is an image of one pixel.
func dot(t *testing.T) *api.ImageFile {
	var raw bytes.Buffer
	require.NoError(t, png.Encode(&raw, image.NewNRGBA(image.Rect(0, 0, 1, 1))))
	return &api.ImageFile{Name: "dot.png", Size: int64(raw.Len()), Type: "image/png",
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw.Bytes())), nil }}
}

// writesTo returns how many writes had a path with this suffix.
func (p *peer) writesTo(end string) int {
	n := 0
	for _, line := range p.wire.writes() {
		if strings.HasSuffix(line, end) {
			n++
		}
	}
	return n
}

// spoilWrites applies the faults to every write from now on.
func (p *peer) spoilWrites(f faults.Switches) {
	p.wire.arrived = func(r *http.Request) {
		if r.Method != http.MethodGet {
			f.Method = r.Method
			p.server.SetFaults(f)
		}
	}
}

// clearFaults removes all faults.
func (p *peer) clearFaults() {
	p.wire.arrived, p.wire.alter = nil, nil
	p.server.SetFaults(faults.Switches{})
}
