package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestAuthorization_IsCheckedBeforeTheRoute(t *testing.T) {
	d := newTestServer(t)
	for _, path := range []string{"/v1/users", "/v1/nothing", "/elsewhere", "/"} {
		for header, code := range map[string]string{
			"":                      "authorization_header_format_invalid",
			"Basic dXNlcjpwYXNz":    "authorization_header_format_invalid",
			testKey:                 "authorization_header_format_invalid",
			"Bearer ":               "authorization_header_format_invalid",
			"Bearer sk_test_wrong":  "clerk_key_invalid",
			"Bearer " + testKey[1:]: "clerk_key_invalid",
		} {
			d.do("GET", path, nil, "Authorization", header).fails(401, code)
		}
	}
	d.do("GET", "/users", nil, "Authorization", "bearer "+testKey).list()
}

func TestAuthorization_WithoutAKeyAcceptsNone(t *testing.T) {
	d := newTestServer(t, func(o *Options) { o.Key = "" })
	d.do("GET", "/users", nil, "Authorization", "Bearer ").fails(401, "authorization_header_format_invalid")
	d.do("GET", "/users", nil, "Authorization", "Bearer x").fails(401, "clerk_key_invalid")
}

func TestRoutes_UnknownAreNotFound(t *testing.T) {
	d := newTestServer(t)
	for _, path := range []string{"/v1/nothing", "/v1", "/v1/", "/users2", "/v1/users/a/b/c/d", "/v1/users//ban", "/v2/users", "/v1/users/%zz"} {
		if strings.Contains(path, "%zz") {
			continue // no client can send it
		}
		d.do("GET", path, nil).fails(404, "resource_not_found")
	}
	r := d.do("PUT", "/users/count", nil)
	r.fails(405, "method_not_allowed")
	require.Contains(t, r.header.Get("Allow"), "GET")
	d.do("GET", "/users/", nil).list()
}

func TestVersion_IsReadAndAnswered(t *testing.T) {
	d := newTestServer(t)
	for _, v := range []string{"2021-02-05", "2024-10-01", "2025-04-10", "2025-11-10", "2026-05-12"} {
		r := d.do("GET", "/users", nil, "Clerk-API-Version", v)
		require.Equal(t, 200, r.status)
		require.Equal(t, v, r.header.Get("Clerk-Api-Version"))
		r = d.do("GET", "/users?__clerk_api_version="+v, nil, "Clerk-API-Version", "")
		require.Equal(t, 200, r.status)
		require.Equal(t, v, r.header.Get("Clerk-Api-Version"))
	}
	require.Equal(t, "2021-02-05", d.do("GET", "/users", nil, "Clerk-API-Version", "").header.Get("Clerk-Api-Version"))
	d.do("GET", "/users", nil, "Clerk-API-Version", "2030-01-01").fails(400, "api_version_invalid")
	d.do("GET", "/users?__clerk_api_version=2026-05-12", nil).fails(400, "api_version_invalid")
	d.do("GET", "/users?__clerk_api_version=2026-05-12&__clerk_api_version=2021-02-05", nil, "Clerk-API-Version", "").fails(400, "api_version_invalid")
}

// What differs between the versions, in one table.
func TestVersion_ChangesRoutes(t *testing.T) {
	const old, sessions, compromised, newest = "2024-10-01", "2025-04-10", "2025-11-10", "2026-05-12"
	d := newTestServer(t).unchecked()
	u := d.person("Ann", 1, func(u *store.User) { u.PasswordDigest, u.PasswordHasher = "x", "md5" })
	pending := d.session(u, "Pending", func(s *store.Session) { s.Status = "pending" })
	active := d.session(u, "Active")
	user, session := "/users/"+u.ID, "/sessions/"+active.ID
	for _, c := range []struct {
		method, path string
		body         any
		since        string // from this version on …
		before, then int    // … the status changes from one to the other
	}{
		{"PATCH", user, fields{"public_metadata": fields{"a": 1}}, newest, 200, 422},
		{"PATCH", user, fields{"private_metadata": fields{"a": 1}}, newest, 200, 422},
		{"PATCH", user, fields{"unsafe_metadata": fields{"a": 1}}, newest, 200, 422},
		{"PATCH", user + "/metadata", fields{"public_metadata": fields{"a": 1}}, newest, 200, 200},
		{"PUT", user + "/metadata", fields{"public_metadata": fields{"a": 1}}, newest, 200, 200},
		{"POST", user + "/password/set_compromised", nil, compromised, 404, 200},
		{"POST", user + "/password/unset_compromised", nil, compromised, 404, 200},
		{"GET", user + "/billing/subscription", nil, sessions, 404, 403},
		{"POST", session + "/verify", fields{"token": "x"}, sessions, 410, 404},
		{"GET", "/sessions/" + pending.ID, nil, sessions, 404, 200},
	} {
		for _, v := range []string{"", "2021-02-05", old, sessions, compromised, newest} {
			want := c.before
			if v >= c.since {
				want = c.then
			}
			got := d.do(c.method, c.path, c.body, versionHeader, v)
			require.Equal(t, want, got.status, "%s %s in %q: %s", c.method, c.path, v, got.body)
		}
	}
	for v, there := range map[string]bool{"": false, "2021-02-05": false, old: false, sessions: true, compromised: true, newest: true} {
		shown := d.do("GET", session, nil, versionHeader, v).ok()
		_, tasks := shown["tasks"]
		require.Equal(t, there, tasks, "tasks in %q", v)
		count := 1
		if there {
			count = 2
		}
		require.Len(t, d.do("GET", "/sessions?user_id="+u.ID, nil, versionHeader, v).list(), count, v)
	}
}

func TestAnswer_Headers(t *testing.T) {
	d := newTestServer(t).overTCP()
	r := d.do("GET", "/users", nil)
	require.Equal(t, "application/json", r.header.Get("Content-Type"))
	require.Regexp(t, "^[0-9a-f]{32}$", r.header.Get("X-Clerk-Trace-Id"))
	require.Equal(t, r.header.Get("X-Clerk-Trace-Id"), r.header.Get("X-Cloud-Trace-Context"))
	require.Equal(t, "[]", string(r.body))
	require.NotEqual(t, r.header.Get("X-Clerk-Trace-Id"), d.do("GET", "/users", nil).header.Get("X-Clerk-Trace-Id"))
}

func TestBody_Forms(t *testing.T) {
	d := newTestServer(t).unchecked()
	u := d.person("Ann", 1)
	for _, body := range []any{nil, "", "null", " null\n", "{}"} {
		require.Equal(t, 200, d.do("POST", "/users/"+u.ID+"/ban", body).status, "%q", body)
		require.Equal(t, 200, d.do("DELETE", "/users/"+u.ID+"/mfa", body).status, "%q", body)
	}
	require.Equal(t, 200, d.do("POST", "/users/"+u.ID+"/unban", nil, "Content-Type", "").status)
	const bulk = "/users/ban"
	d.do("POST", bulk, `{"user_ids":`).fails(400, "request_body_invalid")
	d.do("POST", bulk, "\"\xff\"").fails(400, "request_body_invalid")
	d.do("POST", bulk, `[]`).fails(400, "request_body_invalid")
	d.do("POST", bulk, "user_ids=a", "Content-Type", "application/x-www-form-urlencoded").fails(415, "unsupported_content_type")
	d.do("POST", bulk, `{"user_ids":["`+strings.Repeat("x", maxJSONBody)+`"]}`).fails(413, "request_body_too_large")
	d.do("POST", bulk, strings.Repeat("[", 100_000)).fails(400, "request_body_invalid")
}

func TestRateLimit_OfTheInstance(t *testing.T) {
	d := newTestServer(t, func(o *Options) { o.RateLimit = 5 })
	for range 5 {
		require.Equal(t, 200, d.do("GET", "/users", nil).status)
	}
	d.pass(3500 * time.Millisecond)
	r := d.do("GET", "/users", nil)
	p := r.fails(429, "too_many_requests")
	require.Equal(t, "7", r.header.Get("Retry-After"))
	require.EqualValues(t, 7, p.Meta["resets_in"])
	d.do("GET", "/users", nil, "Authorization", "Bearer x").fails(401, "clerk_key_invalid")
	d.pass(7 * time.Second)
	require.Equal(t, 200, d.do("GET", "/users", nil).status)
}

func TestRateLimit_ForgetsOldWindows(t *testing.T) {
	l := newLimiter(1)
	for i := range maxWindows + 10 {
		require.Nil(t, l.allowUser("PATCH", fmt.Sprint(i), testStart))
	}
	require.Nil(t, l.allowUser("PATCH", "later", testStart.Add(time.Hour)))
	require.Less(t, len(l.windows), 10)
	l.allowUser("PATCH", "x", testStart.Add(2*time.Hour))
	require.Nil(t, l.allowUser("PATCH", "x", testStart), "a clock set back must not block for hours")
}

func TestPanic_IsAnsweredAsInternalError(t *testing.T) {
	d := newTestServer(t)
	d.routes = compileRoutes([]route{{method: "GET", pattern: "/users", handle: func(*call) (any, error) { panic("defect") }}})
	d.do("GET", "/users", nil).fails(500, "internal_clerk_error")
}

func TestRoutes_AreAllReachable(t *testing.T) {
	for _, r := range compileRoutes(operations()) {
		path := make([]string, len(r.segments))
		for i, segment := range r.segments {
			if path[i] = segment; strings.HasPrefix(segment, "{") {
				path[i] = "x"
			}
		}
		v := versionMetadataMoved
		if r.until != "" {
			v = versionDefault
		}
		found, _, _ := find(compileRoutes(operations()), r.method, path, v)
		require.NotNil(t, found, r.pattern)
		require.Equal(t, r.pattern, found.pattern)
		require.Contains(t, []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, r.method)
	}
}
