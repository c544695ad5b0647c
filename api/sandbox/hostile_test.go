package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// Many concurrent writes to one user. Each is one transaction: nothing is lost, and an
// address goes to only one of them.
func TestUpdateUser_ConcurrentWritersLoseNothing(t *testing.T) {
	d := newTestServer(t).overTCP()
	u := d.person("Ann", 1)
	const writers = 16
	taken := make([]int, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			d.do("PATCH", "/users/"+u.ID+"/metadata", fields{"public_metadata": fields{fmt.Sprint("key", i): i}})
			taken[i] = d.do("POST", "/email_addresses", fields{"user_id": u.ID, "email_address": "same@mail.example"}).status
		})
	}
	all.Wait()
	after := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Len(t, after["public_metadata"], writers)
	require.Len(t, after["email_addresses"], 2)
	got := 0
	for _, status := range taken {
		if status == http.StatusOK {
			got++
		} else {
			require.Equal(t, http.StatusUnprocessableEntity, status)
		}
	}
	require.Equal(t, 1, got)
}

// A query ends when its client disconnects.
func TestListUsers_StopsWhenTheClientGoes(t *testing.T) {
	d := newTestServer(t).unchecked()
	for name, over := range map[string]*testServer{"in process": d, "over TCP": newTestServer(t).overTCP()} {
		t.Run(name, func(t *testing.T) {
			began, ended := make(chan struct{}), make(chan error, 1)
			over.Server.routes = append(over.Server.routes, compileRoutes([]route{{method: "GET", pattern: "/endless", handle: func(c *call) (any, error) {
				close(began)
				err := c.read(func(tx *store.Tx) error {
					for { // one search after the other; only disconnecting ends it
						if _, err := tx.Users(store.Query{AnyLike: "nobody"}); err != nil {
							return err
						}
					}
				})
				ended <- err
				return nil, err
			}}})...)
			ctx, cancel := context.WithCancel(context.Background())
			go func() {
				<-began
				cancel()
			}()
			_, err := over.transport.RoundTrip(over.request("GET", "/v1/endless", nil).WithContext(ctx))
			require.ErrorIs(t, err, context.Canceled)
			require.ErrorIs(t, <-ended, context.Canceled)
		})
	}
}

// Malicious bodies are rejected, or stored as plain data.
func TestServer_HostileBodies(t *testing.T) {
	d := newTestServer(t).unchecked()
	u := d.person("Ann", 1)
	nested := func(depth int) string {
		return `{"public_metadata":` + strings.Repeat(`{"a":`, depth) + `1` + strings.Repeat(`}`, depth) + `}`
	}
	many := `{` + strings.TrimSuffix(strings.Repeat(`"first_name":"x",`, 50_000), ",") + `}`
	var unknown strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&unknown, `"k%d":1,`, i)
	}
	user := "/users/" + u.ID
	for name, c := range map[string]struct {
		method, path, body string
		status             int
	}{
		"as deep as fits":     {"PATCH", user + "/metadata", nested(1000), 200},
		"deeper than fits":    {"PATCH", user + "/metadata", nested(5000), 422},
		"deeper than JSON":    {"PATCH", user + "/metadata", nested(50_000), 400},
		"one field, often":    {"PATCH", user, many, 200},
		"many unknown fields": {"PATCH", user, `{` + unknown.String() + `"z":1}`, 422},
		"a number too long":   {"PATCH", user + "/metadata", `{"public_metadata":{"n":` + strings.Repeat("9", 9000) + `}}`, 422},
		"a long number":       {"PATCH", user + "/metadata", `{"public_metadata":{"n":12345678901234567890123}}`, 200},
		"half a surrogate":    {"PATCH", user, `{"first_name":"\ud800"}`, 200},
		"NUL in a name":       {"PATCH", user, `{"first_name":"a\u0000b"}`, 200},
		"escapes in a name":   {"PATCH", user, `{"first_name":"\u001b[2J\u009b2J\r\nSet-Cookie: x=y"}`, 200},
		"bad UTF-8":           {"PATCH", user, "{\"first_name\":\"\xff\"}", 400},
		"UTF-16":              {"PATCH", user, "\xff\xfe{\x00}\x00", 400},
		"two documents":       {"PATCH", user, `{}{}`, 400},
		"not an object":       {"PATCH", user, `"x"`, 400},
		"a megabyte and one":  {"PATCH", user, `{"first_name":"` + strings.Repeat("x", maxJSONBody) + `"}`, 413},
		"a number for a text": {"PATCH", user, `{"first_name":1e999}`, 422},
		"a limit that wraps":  {"PATCH", user, `{"create_organizations_limit":99999999999999999999}`, 422},
	} {
		got := d.do(c.method, c.path, c.body)
		require.Equal(t, c.status, got.status, "%s: %.300s", name, got.body)
		require.Equal(t, "application/json", got.header.Get("Content-Type"), name)
		require.Len(t, got.header.Values("Set-Cookie"), 0, name)
	}
	d.do("GET", user, nil).ok()
}

// Malicious paths and queries find nobody, with an error in JSON.
func TestServer_HostileURLs(t *testing.T) {
	d := newTestServer(t).unchecked()
	u := d.person("Ann", 1)
	for _, id := range []string{"%00", "..", "%2e%2e%2f", "user_%25", "user_'%20OR%201=1--", "user_%0d%0aX-Evil:%201", strings.Repeat("x", 5000), "%ff%fe", "*", "user_*"} {
		d.do("GET", "/v1/users/"+id, nil).fails(404, "resource_not_found")
		d.do("DELETE", "/v1/users/"+id, nil).fails(404, "resource_not_found")
	}
	for query, status := range map[string]int{
		"query=%25": 200, "query=_": 200, "query=%00": 200, "query=%ff": 200, "query=" + strings.Repeat("%27", 3000): 200,
		"email_address=%25": 200, "email_address[]=a%27--": 200, "user_id=%2B": 200, "user_id=-": 200,
		"order_by=created_at;DROP+TABLE": 400, "order_by=created_at%20DESC": 422, "order_by=%2B%2Bcreated_at": 422, "limit=1e3": 422,
		"limit=-1": 422, "offset=9223372036854775807": 200, "offset=9223372036854775808": 422, "created_at_after=-9223372036854775808": 200,
		"created_at_after=1.5": 422, "banned=maybe": 422, "starting_after=%27": 422, "query=%zz": 400,
	} {
		got := d.do("GET", "/users?"+query, nil)
		require.Equal(t, status, got.status, "%s: %.300s", query, got.body)
		require.Equal(t, "application/json", got.header.Get("Content-Type"))
	}
	require.Equal(t, "Ann", d.do("GET", "/users/"+u.ID, nil).ok()["first_name"])
}

// An error of the store is a response too, and the next request is served.
func TestServer_BrokenStoreIsAnInternalError(t *testing.T) {
	var logged []string
	d := newTestServer(t, func(o *Options) { o.Log = func(line string) { logged = append(logged, line) } })
	d.Server.routes = append(d.Server.routes, compileRoutes([]route{{method: "POST", pattern: "/full", handle: func(c *call) (any, error) {
		return nil, c.write(func(*store.Tx) error { return errors.New("the disk is full") })
	}}})...)
	d.do("POST", "/v1/full", nil).fails(500, "internal_clerk_error")
	require.Equal(t, []string{"sandbox: the disk is full"}, logged)
	d.do("GET", "/users", nil).list()
}
