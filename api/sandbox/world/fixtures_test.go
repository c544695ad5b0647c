package world

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func inRing(u *store.User) bool {
	return len(u.Emails) > 0 && strings.HasSuffix(u.Emails[0].Address, "@mail-drop.example")
}

// findUser returns the only match of q.
func findUser(t *testing.T, st *store.Store, q store.Query) *store.User {
	t.Helper()
	users := findUsers(t, st, q)
	require.Len(t, users, 1, "%+v", q)
	return users[0]
}

func sessionsOf(t *testing.T, st *store.Store, u *store.User) (sessions []*store.Session) {
	t.Helper()
	readStore(t, st, func(tx *store.Tx) {
		var err error
		sessions, _, err = tx.Sessions(u.ID, "", "", 0, 0)
		require.NoError(t, err)
	})
	return sessions
}

func ago(ms int64) time.Duration { return testNow.Sub(time.UnixMilli(ms)) }

func testMaya(t *testing.T, st *store.Store) {
	u := findUser(t, st, store.Query{AnyLike: "0142"}) // what the caller reads out
	require.Equal(t, "Maya Okafor", u.FirstName+" "+u.LastName)
	require.Equal(t, "maya@harborpine.example", u.Emails[0].Address)
	require.Equal(t, "+14155550142", u.Phones[0].Number)
	require.Equal(t, u.Phones[0].ID, u.PrimaryPhoneID)
	require.True(t, u.Locked)
	require.Equal(t, -47*time.Minute, ago(u.LockedUntil))
	require.True(t, hasMFA(u))
	require.Contains(t, sessionsOf(t, st, u)[0].City, "Airport")
	require.Greater(t, len(findUsers(t, st, store.Query{AnyLike: "maya"})), 5)
	require.Equal(t, u.ID, findUsers(t, st, store.Query{AnyLike: "maya"})[0].ID)
}

func testDaniel(t *testing.T, st *store.Store) {
	u := findUser(t, st, store.Query{NameLike: "Daniel Reyes"})
	require.True(t, u.TOTP.Verified)
	require.Len(t, u.BackupCodes, 3)
	require.Len(t, u.Passkeys, 1)
	require.Greater(t, ago(u.Passkeys[0].LastUsedAt), 90*day)
	require.Contains(t, u.Passkeys[0].Name, "iPhone", "the phone he lost")
	require.NotEmpty(t, u.PasswordDigest)
}

func testPriya(t *testing.T, st *store.Store) {
	u := findUser(t, st, store.Query{NameLike: "priya raman"})
	newest := u.Passkeys[len(u.Passkeys)-1]
	require.Equal(t, 20*time.Minute, ago(newest.CreatedAt))
	require.Equal(t, 25*time.Minute, ago(u.PasswordUpdatedAt))
	require.Equal(t, 22*time.Minute, ago(u.MFADisabledAt))
	require.False(t, hasMFA(u))
	require.Equal(t, "priya.raman@mail-relay.example", u.Emails[0].Address)
	require.Equal(t, 21*time.Minute, ago(u.Emails[0].CreatedAt))
	require.Equal(t, "priya.raman@mail.example", u.Emails[1].Address, "her own is still there")
	require.Greater(t, ago(u.CreatedAt), 365*day)
	places, active := map[string]bool{}, map[string]bool{}
	for _, s := range sessionsOf(t, st, u) {
		places[s.City+", "+s.Country] = true
		if s.Status == "active" {
			active[s.Country] = true
		}
		if s.Country != "IN" {
			require.Less(t, ago(s.CreatedAt), time.Hour)
		}
	}
	require.Equal(t, map[string]bool{"Pune, IN": true, "Mumbai, IN": true, "Bucharest, RO": true}, places)
	require.Len(t, active, 2)
}

func testSamCarters(t *testing.T, st *store.Store) {
	sams := findUsers(t, st, store.Query{NameLike: "sam carter"})
	require.Len(t, sams, 3)
	addresses, orgs, signIns := map[string]bool{}, map[string]bool{}, map[int64]bool{}
	for _, u := range sams {
		addresses[u.Emails[0].Address], signIns[u.LastSignInAt] = true, true
		readStore(t, st, func(tx *store.Tx) {
			memberships, _, err := tx.Memberships(u.ID, 0, 0)
			require.NoError(t, err)
			org := ""
			for _, m := range memberships {
				org = m.OrganizationID
			}
			orgs[org] = true
		})
	}
	require.Len(t, addresses, 3)
	require.Len(t, orgs, 3)
	require.Len(t, signIns, 3)
	require.Len(t, sessionsOf(t, st, findUser(t, st, store.Query{Emails: []string{"sam.c@pine.example"}})), 2)
}

func testElinTomaszAndHostile(t *testing.T, st *store.Store) {
	elin := findUser(t, st, store.Query{NameLike: "Elin Berg"})
	require.False(t, elin.DeleteSelfEnabled)
	require.Contains(t, string(elin.Private), "erasure")
	tomasz := findUser(t, st, store.Query{NameLike: "Tomasz Wilk"})
	require.True(t, tomasz.Deprovisioned)
	require.True(t, tomasz.SCIMManaged)
	eve := findUser(t, st, store.Query{Emails: []string{"e.mallory@postbox.example"}})
	for _, piece := range []string{"\x1b[", "\x1b]0;", "\u202e", "\n", "\r", "\u200b", "\u009b", "\x7f"} {
		require.Contains(t, eve.FirstName+eve.LastName, piece)
	}
	hostile := countUsers(allUsers(t, st), func(u *store.User) bool { return strings.ContainsFunc(u.FirstName+u.LastName, unicode.IsControl) })
	require.Equal(t, 1, hostile)
}

func testRing(t *testing.T, st *store.Store) {
	ring := findUsers(t, st, store.Query{EmailLike: "mail-drop"})
	require.Len(t, ring, 37)
	newest, oldest := ring[0].CreatedAt, ring[len(ring)-1].CreatedAt
	require.LessOrEqual(t, newest-oldest, (9 * time.Minute).Milliseconds())
	require.Greater(t, newest-oldest, (7 * time.Minute).Milliseconds())
	require.Greater(t, ago(newest), 2*time.Hour)
	for _, u := range ring {
		require.False(t, u.Banned)
		for _, s := range sessionsOf(t, st, u) {
			require.Equal(t, "203.0.113.66", s.IPAddress)
		}
	}
}

func testTokens(t *testing.T, st *store.Store) {
	readStore(t, st, func(tx *store.Tx) {
		tokens, err := tx.Tokens("", "")
		require.NoError(t, err)
		expired, refusing, bare := 0, 0, 0
		for _, k := range tokens {
			if k.ExpiresAt != 0 && k.ExpiresAt < testNow.UnixMilli() {
				expired++
				if k.RefreshToken == "refuse" {
					refusing++
				}
				if k.RefreshToken == "" {
					bare++
				}
			}
		}
		require.Greater(t, expired, 100)
		require.Positive(t, refusing)
		require.Positive(t, bare)
		require.Greater(t, len(tokens), expired)
	})
}
