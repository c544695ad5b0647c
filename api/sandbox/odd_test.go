package sandbox

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// newOddServer returns a server, and a function that returns the paths for a route's
// pattern with existing and unknown ids.
func newOddServer(t *testing.T) (d *testServer, fill func(pattern string) []string) {
	d = newOrganizationServer(t).newest().unchecked()
	ann := testID("user", "Ann")
	s := d.session(&store.User{ID: ann}, "Now", func(s *store.Session) { s.OrganizationID = testID("org", "Acme") })
	there := map[string]string{
		"{user_id}": ann, "{session_id}": s.ID, "{client_id}": s.ClientID, "{organization_id}": testID("org", "Acme"),
		"{email_address_id}": testID("idn", "AnnMail"), "{phone_number_id}": testID("idn", "CidPhone"), "{provider}": "oauth_google",
		"{invitation_id}": d.do("POST", "/v1/invitations", fields{"email_address": "i@mail.example"}).ok()["id"].(string),
	}
	return d, func(pattern string) []string {
		real, odd := pattern, pattern
		for strings.Contains(real, "{") {
			from, to := strings.Index(real, "{"), strings.Index(real, "}")
			place := real[from : to+1]
			value := there[place]
			if value == "" {
				value = "idn_nothing"
			}
			real = strings.Replace(real, place, value, 1)
			odd = strings.Replace(odd, place, "%00%E2%80%AE..", 1)
		}
		if real == odd {
			return []string{"/v1" + real}
		}
		return []string{"/v1" + real, "/v1" + odd}
	}
}

// requireClerkAnswer requires a success or an error in Clerk's shape, and never a server
// error.
func requireClerkAnswer(t *testing.T, got reply, what string) {
	t.Helper()
	require.Less(t, got.status, 500, "%s: %s", what, got.body)
	if got.status >= 400 {
		require.Contains(t, string(got.body), `"errors":[{`, what)
		require.Contains(t, string(got.body), `"clerk_trace_id"`, what)
	}
}

func TestRoutes_GetsAnswerOddQueries(t *testing.T) {
	d, fill := newOddServer(t)
	params := []string{"limit", "offset", "order_by", "query", "status", "paginated", "user_id", "role", "email_address", "phone_number", "username", "web3_wallet",
		"external_id", "organization_id", "banned", "last_active_at_since", "last_active_at_before", "created_at_after", "provider", "provider_user_id",
		"starting_after", "client_id", "email_address_query", "phone_number_query", "name_query", "include_members_count", "color"}
	values := []string{"", "abc", "-1", "501", "99999999999999999999", "1.5", "bogus", "--", "+", " ", "\x00", "\xff", "‮", "true,false", "null", "[]", "{}", "%", "'", `"`, "*", "a OR b", strings.Repeat("x", 400)}
	for _, r := range operations() {
		if r.method != "GET" {
			continue
		}
		for n, path := range fill(r.pattern) {
			for _, param := range params[:len(params)-20*n] { // an unknown object is refused before it is listed
				for _, value := range values {
					query := url.Values{param: {value}}.Encode()
					requireClerkAnswer(t, d.do("GET", path+"?"+query, nil), r.pattern+" "+query)
				}
				for _, query := range []string{param, param + "=1&" + param + "=2", param + "[]=1&" + param + "[]=2", param + "[0]=1", param + "[a]=b", strings.Repeat(param+"=a&", 101), param + "=%zz", "%zz=1", ";;", "&&&", "=" + param} {
					requireClerkAnswer(t, d.do("GET", path+"?"+query, nil), r.pattern+" "+query)
				}
			}
		}
	}
}

// Every list is paged with the same two parameters, and names the invalid one.
func TestRoutes_ListsRefuseInvalidPages(t *testing.T) {
	d, fill := newOddServer(t)
	for _, pattern := range []string{"/users", "/sessions", "/organizations", "/organizations/{organization_id}/memberships", "/invitations",
		"/users/{user_id}/organization_memberships", "/users/{user_id}/organization_invitations", "/users/{user_id}/oauth_access_tokens/{provider}"} {
		for query, param := range map[string]string{
			"limit=abc": "limit", "limit=-1": "limit", "limit=0": "limit", "limit=1.5": "limit", "limit[]=x": "limit", "limit=1e3": "limit",
			"offset=-1": "offset", "offset=x": "offset", "offset=1&offset=2&limit=x": "limit", "limit=99999999999999999999": "limit",
		} {
			requireParam(t, d.do("GET", fill(pattern)[0]+"?user_id="+testID("user", "Ann")+"&"+query, nil), param)
		}
	}
	for pattern, bad := range map[string]string{
		"/users": "order_by=bogus", "/organizations": "order_by=bogus", "/organizations/{organization_id}/memberships": "order_by=bogus",
		"/invitations": "order_by=bogus", "/sessions": "status=bogus", "/users/{user_id}/organization_invitations": "status=bogus",
		"/users/count": "banned=perhaps",
	} {
		param, _, _ := strings.Cut(bad, "=")
		requireParam(t, d.do("GET", fill(pattern)[0]+"?user_id="+testID("user", "Ann")+"&"+bad, nil), param)
	}
}

func TestRoutes_WritesAnswerOddBodies(t *testing.T) {
	whole := []string{"[]", `"x"`, "1", "true", "{", `{"a"`, `{"a":}`, "{}{}", "\xff", "\x00", `{"color":"red"}`, strings.Repeat("[", 9000), strings.Repeat(`{"a":`, 9000), "[null]", "[1]", `[{}]`, `[{"color":1}]`}
	names := append([]string{"user_id", "user_ids", "actor", "expires_in_seconds", "session_max_duration_in_seconds", "org_id", "active_organization_id",
		"verified", "primary", "reserved_for_second_factor", "identification_status", "verification_id", "code", "password", "sign_out_of_other_sessions",
		"revoke_all_sessions", "notify", "ignore_existing", "expires_in_days", "template_slug", "redirect_url", "token"}, append(createFields, updateFields...)...)
	slices.Sort(names)
	names = slices.Compact(names)
	values := []string{"null", "1", "-1", "1e400", "1e18", "true", `""`, `"x"`, `"\u0000"`, `"\ud800"`, "[]", "[1]", `["x","x"]`, "[null]", "{}", `{"a":{"b":null}}`}
	for _, r := range operations() {
		if r.method == "GET" || r.multipart {
			continue
		}
		t.Run(r.method+" "+r.pattern, func(t *testing.T) {
			d, fill := newOddServer(t)
			paths := fill(r.pattern)
			for _, path := range paths {
				for _, body := range whole {
					requireClerkAnswer(t, d.do(r.method, path, body), fmt.Sprintf("%.60q", body))
				}
			}
			for _, name := range names {
				for _, value := range values {
					body := fmt.Sprintf(`{"%s":%s}`, name, value)
					requireClerkAnswer(t, d.do(r.method, paths[0], body), body)
				}
			}
		})
	}
}

// A write to a read-only file is refused: the outcome is certain, and the client does not
// try again.
func TestServer_RefusesToWriteAReadOnlyFile(t *testing.T) {
	s := &Server{store: newTestServer(t).store, log: func(string) {}}
	for err, status := range map[error]int{
		&fs.PathError{Op: "open", Path: "x.db", Err: syscall.EROFS}:   http.StatusForbidden,
		&fs.PathError{Op: "write", Path: "x.db", Err: syscall.ENOSPC}: http.StatusInternalServerError,
	} {
		require.Equal(t, status, s.asAPIError(err).status)
	}
}
