package sandbox

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestBan_EndsSessions(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.session(u, "One")
	d.session(u, "Two", func(s *store.Session) { s.Status = "ended" })
	banned := d.do("POST", "/users/"+u.ID+"/ban", "null").ok()
	require.Equal(t, true, banned["banned"])
	require.EqualValues(t, d.ms(), banned["updated_at"])
	require.Equal(t, "revoked", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	require.Equal(t, "ended", d.do("GET", "/sessions/"+testID("sess", "Two"), nil).ok()["status"])

	d.pass(time.Minute)
	again := d.do("POST", "/users/"+u.ID+"/ban", nil).ok()
	require.Equal(t, banned["updated_at"], again["updated_at"], "banning the banned changes nothing")

	freed := d.do("POST", "/users/"+u.ID+"/unban", nil).ok()
	require.Equal(t, false, freed["banned"])
	require.Equal(t, "revoked", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"], "sessions do not come back")
	d.do("POST", "/users/user_nobody/ban", nil).fails(404, "resource_not_found")
}

func TestBan_IsAPlanFeature(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.settings(func(s *store.Settings) { s.BanOff = true })
	for _, path := range []string{"/users/" + u.ID + "/ban", "/users/" + u.ID + "/unban"} {
		p := d.do("POST", path, nil).fails(402, "unsupported_subscription_plan_features")
		require.Contains(t, p.Meta, "unsupported_features")
	}
	d.do("POST", "/users/ban", map[string]any{"user_ids": []string{u.ID}}).fails(402, "unsupported_subscription_plan_features")
	require.False(t, d.stored(u.ID).Banned)
}

func TestLock_CountsDownAndEnds(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.FailedAttempts = 4 })
	d.session(u, "One")
	lock := d.do("POST", "/users/"+u.ID+"/lock", nil).ok()
	require.Equal(t, true, lock["locked"])
	require.EqualValues(t, 3600, lock["lockout_expires_in_seconds"])
	require.EqualValues(t, 6, lock["verification_attempts_remaining"])
	require.Equal(t, "active", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])

	d.pass(13*time.Minute + 200*time.Millisecond)
	require.EqualValues(t, 47*60, d.do("GET", "/users/"+u.ID, nil).ok()["lockout_expires_in_seconds"])
	d.pass(47 * time.Minute)
	open := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Equal(t, false, open["locked"])
	require.Nil(t, open["lockout_expires_in_seconds"])
	require.EqualValues(t, 10, open["verification_attempts_remaining"])

	d.do("POST", "/users/"+u.ID+"/lock", nil).ok()
	freed := d.do("POST", "/users/"+u.ID+"/unlock", nil).ok()
	require.Equal(t, false, freed["locked"])
	require.EqualValues(t, 10, freed["verification_attempts_remaining"], "unlocking forgets the failures")
	require.Zero(t, d.stored(u.ID).LockedUntil)
}

func TestLock_FollowsTheInstance(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.settings(func(s *store.Settings) { s.LockoutPermanent = true })
	lock := d.do("POST", "/users/"+u.ID+"/lock", nil).ok()
	require.Equal(t, true, lock["locked"])
	require.Nil(t, lock["lockout_expires_in_seconds"], "null while locked is never")

	d.settings(func(s *store.Settings) { s.LockoutOff = true })
	d.do("POST", "/users/"+u.ID+"/lock", nil).fails(403, "feature_not_enabled")
	d.do("POST", "/users/"+u.ID+"/unlock", nil).fails(403, "feature_not_enabled")
	require.Nil(t, d.do("GET", "/users/"+u.ID, nil).ok()["verification_attempts_remaining"])
}

func TestBan_Bulk(t *testing.T) {
	d := newTestServer(t)
	var ids []string
	for i := range 50 {
		ids = append(ids, d.person(fmt.Sprint("P", i), i).ID)
	}
	banned := d.do("POST", "/users/ban", map[string]any{"user_ids": ids}).list()
	require.Len(t, banned, 50)
	require.Equal(t, ids[0], banned[0]["id"])
	require.Equal(t, true, banned[49]["banned"])
	require.Len(t, d.do("POST", "/users/unban", map[string]any{"user_ids": ids[:3]}).list(), 3)

	d.do("POST", "/users/ban", map[string]any{"user_ids": append(ids, "user_x")}).fails(400, "bulk_size_exceeded")
	d.do("POST", "/users/ban", map[string]any{}).fails(422, "form_param_missing")
	d.do("POST", "/users/ban", map[string]any{"user_ids": []string{}}).fails(422, "form_param_missing")
	d.do("POST", "/users/ban", map[string]any{"user_ids": "user_x"}).fails(422, "form_param_type_invalid")
	d.do("POST", "/users/ban", map[string]any{"user_ids": []string{ids[0], "user_x"}}).fails(404, "resource_not_found")
	require.False(t, d.stored(ids[0]).Banned, "all or none")
}

func TestDisableMFA(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Dan", 1, func(u *store.User) {
		u.TOTP = &store.TOTP{ID: testID("totp", "Dan"), Secret: "JBSWY3DPEHPK3PXP", Verified: true}
		u.BackupCodes, u.MFAEnabledAt = []string{"one", "two"}, 1000
		u.Phones = []store.Phone{{ID: testID("idn", "DanPhone"), Number: "+14155550142", ReservedForSecondFactor: true, DefaultSecondFactor: true}}
	})
	before := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Equal(t, true, before["two_factor_enabled"])
	require.Equal(t, true, before["backup_code_enabled"])
	require.Equal(t, map[string]any{"user_id": u.ID}, d.do("DELETE", "/users/"+u.ID+"/mfa", nil).ok())
	after := d.do("GET", "/users/"+u.ID, nil).ok()
	for _, flag := range []string{"two_factor_enabled", "totp_enabled", "backup_code_enabled"} {
		require.Equal(t, false, after[flag], flag)
	}
	require.EqualValues(t, 1000, after["mfa_enabled_at"])
	require.EqualValues(t, d.ms(), after["mfa_disabled_at"])
	d.pass(time.Minute)
	d.do("DELETE", "/users/"+u.ID+"/mfa", nil).ok()
	require.Equal(t, after["mfa_disabled_at"], d.do("GET", "/users/"+u.ID, nil).ok()["mfa_disabled_at"])
	d.do("DELETE", "/users/user_nobody/mfa", nil).fails(404, "resource_not_found")
}
