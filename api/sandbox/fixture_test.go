package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/contract"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/sandbox/storetest"
)

const (
	testKey     = "sk_test_0123456789abcdefghijklmnop"
	testVersion = "2026-05-12"
)

// testServer is a server on a small directory, with a clock that the test sets.
type testServer struct {
	*Server
	t         *testing.T
	store     *store.Store
	transport http.RoundTripper
	base      string

	version string // that requests ask for

	mu  sync.Mutex
	now time.Time
}

// testStart is the time at which every test starts.
var testStart = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// suiteVersion is the API version of the tests: FRONTDESK_API_VERSION, or the newest.
func suiteVersion() string { return cmp.Or(os.Getenv("FRONTDESK_API_VERSION"), testVersion) }

// newest uses the newest version, whatever the version of the tests.
func (d *testServer) newest() *testServer {
	d.version = testVersion
	return d
}

// emptyDirectory is what every test server starts with.
var emptyDirectory = storetest.NewTemplate(nil)

// newTestServer opens its own empty directory, to which the test adds users. Requests go
// through the in-process transport and are checked against the contract.
func newTestServer(t *testing.T, change ...func(*Options)) *testServer {
	t.Helper()
	opened := emptyDirectory.Open(t)
	d := &testServer{t: t, store: opened, now: testStart, base: InProcessURL, version: suiteVersion()}
	o := Options{
		Store: opened, Key: testKey, Now: d.clock, Rand: rand.NewChaCha8([32]byte{7}),
		Log: func(line string) { t.Log(line) },
	}
	for _, f := range change {
		f(&o)
	}
	d.Server = New(o)
	d.transport = NewTransport(contract.Wrap(t, d.Server))
	d.settings(func(s *store.Settings) {})
	return d
}

// overTCP makes requests go through a real socket.
func (d *testServer) overTCP() *testServer {
	server := httptest.NewServer(contract.Wrap(d.t, d.Server))
	d.t.Cleanup(server.Close)
	d.transport, d.base = server.Client().Transport, server.URL
	return d
}

// unchecked allows requests that the document forbids.
func (d *testServer) unchecked() *testServer {
	d.transport = d.Transport()
	return d
}

func (d *testServer) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *testServer) pass(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

func (d *testServer) ms() int64 { return d.clock().UnixMilli() }

// settings changes the instance. Attempts and lockout have Clerk's defaults.
func (d *testServer) settings(change func(*store.Settings)) {
	d.t.Helper()
	s := store.Settings{
		InstanceID: "ins_2xkTestInstance000000000000A", Environment: "development", Name: "Test",
		LockoutMillis: time.Hour.Milliseconds(), MaxAttempts: 10,
	}
	change(&s)
	require.NoError(d.t, d.store.Write(context.Background(), func(tx *store.Tx) error { return tx.PutSettings(s) }))
}

// put stores records unchanged.
func (d *testServer) put(records ...any) {
	d.t.Helper()
	require.NoError(d.t, d.store.Write(context.Background(), func(tx *store.Tx) error {
		for _, record := range records {
			if err := putRecord(tx, record); err != nil {
				return err
			}
		}
		return nil
	}))
}

func putRecord(tx *store.Tx, record any) error {
	switch r := record.(type) {
	case *store.User:
		return tx.PutUser(r)
	case *store.Session:
		return tx.PutSession(r)
	case *store.Organization:
		return tx.PutOrganization(r)
	case *store.Membership:
		return tx.PutMembership(r)
	case *store.Invitation:
		return tx.PutInvitation(r)
	case *store.Token:
		return tx.PutToken(r)
	}
	return fmt.Errorf("no place for a %T", record)
}

// testID returns a readable id in the form of the wire's.
func testID(prefix, name string) string {
	return prefix + "_" + (name + strings.Repeat("x", 27))[:27]
}

// person adds a user with one verified e-mail address, created n minutes after the day
// before testStart.
func (d *testServer) person(name string, n int, change ...func(*store.User)) *store.User {
	d.t.Helper()
	made := testStart.Add(-24*time.Hour + time.Duration(n)*time.Minute).UnixMilli()
	mail := testID("idn", name+"Mail")
	u := &store.User{
		ID: testID("user", name), FirstName: name, LastName: "Example", Username: strings.ToLower(name) + "_x",
		PrimaryEmailID: mail, CreatedAt: made, UpdatedAt: made, DeleteSelfEnabled: true, CreateOrganizationEnabled: true,
		Emails: []store.Email{{
			ID: mail, Address: strings.ToLower(name) + "@mail.example", CreatedAt: made, UpdatedAt: made,
			Verification: &store.Verification{Object: "verification_admin", Status: statusVerified, Strategy: "admin"},
		}},
	}
	for _, f := range change {
		f(u)
	}
	d.put(u)
	return u
}

func (d *testServer) session(u *store.User, name string, change ...func(*store.Session)) *store.Session {
	d.t.Helper()
	s := &store.Session{
		ID: testID("sess", name), UserID: u.ID, ClientID: testID("client", name), Status: sessionActive,
		LastActiveAt: d.ms(), ExpireAt: d.ms() + time.Hour.Milliseconds(), AbandonAt: d.ms() + 2*time.Hour.Milliseconds(),
		CreatedAt: d.ms(), UpdatedAt: d.ms(), BrowserName: "Firefox", IPAddress: "203.0.113.7", City: "Lisbon", Country: "PT",
	}
	for _, f := range change {
		f(s)
	}
	d.put(s)
	return s
}

// stored returns the user that the directory holds now.
func (d *testServer) stored(id string) *store.User {
	d.t.Helper()
	var u *store.User
	require.NoError(d.t, d.store.Read(context.Background(), func(tx *store.Tx) (err error) {
		u, err = tx.User(id)
		return err
	}))
	return u
}

// reply is a complete response.
type reply struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
}

// do sends one request, with the key and the suite's version unless a header says
// otherwise.
func (d *testServer) do(method, path string, body any, headers ...string) reply {
	d.t.Helper()
	request := d.request(method, path, body, headers...)
	response, err := d.transport.RoundTrip(request)
	require.NoError(d.t, err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	require.NoError(d.t, err)
	return reply{t: d.t, status: response.StatusCode, header: response.Header, body: content}
}

func (d *testServer) request(method, path string, body any, headers ...string) *http.Request {
	d.t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case []byte:
		content = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		require.NoError(d.t, err)
		content = bytes.NewReader(raw)
	}
	if strings.HasPrefix(path, "/users") || strings.HasPrefix(path, "/sessions") || strings.HasPrefix(path, "/email") ||
		strings.HasPrefix(path, "/phone") || strings.HasPrefix(path, "/instance") {
		path = "/v1" + path
	}
	request, err := http.NewRequest(method, d.base+path, content)
	require.NoError(d.t, err)
	request.Header.Set("Authorization", "Bearer "+testKey)
	request.Header.Set("Clerk-API-Version", d.version)
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			request.Header.Del(headers[i])
			continue
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	return request
}

// ok requires 200 and returns the object.
func (r reply) ok() map[string]any {
	r.t.Helper()
	require.Equal(r.t, 200, r.status, "%s", r.body)
	var object map[string]any
	require.NoError(r.t, json.Unmarshal(r.body, &object), "%s", r.body)
	return object
}

// list requires 200 and returns the bare array.
func (r reply) list() []map[string]any {
	r.t.Helper()
	require.Equal(r.t, 200, r.status, "%s", r.body)
	var list []map[string]any
	require.NoError(r.t, json.Unmarshal(r.body, &list), "%s", r.body)
	return list
}

// names requires 200 and returns the first names in order.
func (r reply) names() string {
	r.t.Helper()
	var names []string
	for _, object := range r.list() {
		name, _ := object["first_name"].(string)
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

// fails requires that status and code in a valid error body.
func (r reply) fails(status int, code string) problem {
	r.t.Helper()
	var body errorBody
	require.NoError(r.t, json.Unmarshal(r.body, &body), "%s", r.body)
	require.NotEmpty(r.t, body.Errors, "%s", r.body)
	require.Equal(r.t, fmt.Sprint(status, " ", code), fmt.Sprint(r.status, " ", body.Errors[0].Code), "%s", r.body)
	require.Regexp(r.t, "^[0-9a-f]{32}$", body.TraceID)
	require.Equal(r.t, body.TraceID, r.header.Get("X-Clerk-Trace-Id"))
	require.Equal(r.t, "application/json", r.header.Get("Content-Type"))
	require.NotEmpty(r.t, body.Errors[0].Message)
	require.NotEmpty(r.t, body.Errors[0].LongMessage)
	return body.Errors[0]
}
