package sandbox

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestSessions(t *testing.T) {
	d := newTestServer(t)
	u, other := d.person("Ann", 1), d.person("Bob", 2)
	for i := range 12 {
		d.session(u, fmt.Sprintf("S%02d", i), func(s *store.Session) { s.CreatedAt += int64(i) })
	}
	d.session(other, "Other")
	require.Len(t, d.do("GET", "/sessions?user_id="+u.ID, nil).list(), 10)
	require.Equal(t, testID("sess", "S11"), d.do("GET", "/sessions?user_id="+u.ID, nil).list()[0]["id"], "newest first")
	require.Len(t, d.do("GET", "/sessions?limit=500&user_id="+u.ID, nil).list(), 12)
	require.Len(t, d.do("GET", "/sessions?client_id="+testID("client", "Other"), nil).list(), 1)
	page := d.do("GET", "/sessions?paginated=true&limit=5&offset=10&user_id="+u.ID, nil).ok()
	require.EqualValues(t, 12, page["total_count"])
	require.Len(t, page["data"], 2)

	path := "/sessions/" + testID("sess", "S03")
	before := d.do("GET", path, nil).ok()
	require.Equal(t, "Lisbon", before["latest_activity"].(map[string]any)["city"])
	require.Nil(t, before["actor"])
	require.Equal(t, "revoked", d.do("POST", path+"/revoke", "null").ok()["status"])
	require.Equal(t, "revoked", d.do("POST", path+"/revoke", nil).ok()["status"])
	require.Len(t, d.do("GET", "/sessions?limit=500&status=active&user_id="+u.ID, nil).list(), 11)
	require.Len(t, d.do("GET", "/sessions?status=revoked&user_id="+u.ID, nil).list(), 1)

	d.do("GET", "/sessions", nil).fails(400, "missing_query_parameter")
	d.do("GET", "/sessions?user_id=x&status=asleep", nil).fails(422, "form_param_value_invalid")
	d.do("GET", "/sessions?user_id=x&limit=0", nil).fails(422, "form_param_value_invalid")
	p := d.do("GET", "/sessions/sess_x", nil).fails(404, "resource_not_found")
	require.Equal(t, "No session was found with id sess_x", p.LongMessage)
	d.do("POST", "/sessions/sess_x/revoke", nil).fails(404, "resource_not_found")
	require.Equal(t, "[]", string(d.do("GET", "/sessions?user_id=user_nobody", nil).body))
}

func TestSessions_ExpireByTime(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.session(u, "One")
	d.pass(61 * time.Minute)
	require.Equal(t, "expired", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	require.Empty(t, d.do("GET", "/sessions?status=active&user_id="+u.ID, nil).list())
	require.Len(t, d.do("GET", "/sessions?status=expired&user_id="+u.ID, nil).list(), 1)
	require.Equal(t, "expired", d.do("POST", "/sessions/"+testID("sess", "One")+"/revoke", nil).ok()["status"])
}

func TestSessions_PendingDependsOnVersion(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.person("Ann", 1)
	d.session(u, "One", func(s *store.Session) { s.Status, s.ActorSub = "pending", "user_support" })
	path := "/sessions/" + testID("sess", "One")
	now := d.do("GET", path, nil).ok()
	require.Equal(t, "pending", now["status"])
	require.Len(t, now["tasks"], 1)
	require.Equal(t, "user_support", now["actor"].(map[string]any)["sub"])
	d.do("GET", path, nil, "Clerk-API-Version", "2024-10-01").fails(404, "resource_not_found")
	require.Empty(t, d.do("GET", "/sessions?user_id="+u.ID, nil, "Clerk-API-Version", "2024-10-01").list())
}

func TestCreateSession(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	s := d.do("POST", "/sessions", map[string]any{"user_id": u.ID}).ok()
	require.Equal(t, "active", s["status"])
	require.Regexp(t, `^sess_\w{27}$`, s["id"])
	require.EqualValues(t, d.ms(), d.do("GET", "/users/"+u.ID, nil).ok()["last_sign_in_at"])
	d.do("POST", "/sessions", map[string]any{}).fails(422, "form_param_missing")
	d.do("POST", "/sessions", map[string]any{"user_id": ""}).fails(422, "form_param_nil")
	d.do("POST", "/sessions", map[string]any{"user_id": "user_x"}).fails(404, "resource_not_found")
	d.do("POST", "/users/"+u.ID+"/ban", nil).ok()
	d.do("POST", "/sessions", map[string]any{"user_id": u.ID}).fails(403, "user_banned")
	gone := d.person("Sky", 2, func(u *store.User) { u.Deprovisioned = true })
	d.do("POST", "/sessions", map[string]any{"user_id": gone.ID}).fails(400, "deprovisioned")
	d.settings(func(s *store.Settings) { s.Environment = "production" })
	d.do("POST", "/sessions", map[string]any{"user_id": u.ID}).fails(400, "request_invalid_for_environment")
}
