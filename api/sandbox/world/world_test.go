package world

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

var testNow = time.Date(2026, 8, 21, 9, 30, 0, 0, time.UTC)

func openNew(t testing.TB) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "directory.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	return st
}

func fillNew(t testing.TB, o Options) *store.Store {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = testNow
	}
	st := openNew(t)
	require.NoError(t, Fill(context.Background(), st, o))
	return st
}

func readStore(t testing.TB, st *store.Store, f func(tx *store.Tx)) {
	t.Helper()
	require.NoError(t, st.Read(context.Background(), func(tx *store.Tx) error { f(tx); return nil }))
}

// allUsers returns the users, newest first.
func allUsers(t testing.TB, st *store.Store) (users []*store.User) {
	t.Helper()
	readStore(t, st, func(tx *store.Tx) {
		var err error
		users, err = tx.Users(store.Query{})
		require.NoError(t, err)
	})
	return users
}

func findUsers(t testing.TB, st *store.Store, q store.Query) (users []*store.User) {
	t.Helper()
	readStore(t, st, func(tx *store.Tx) {
		var err error
		users, err = tx.Users(q)
		require.NoError(t, err)
	})
	return users
}

func countUsers(users []*store.User, is func(*store.User) bool) (n int) {
	for _, u := range users {
		if is(u) {
			n++
		}
	}
	return n
}

func hasMFA(u *store.User) bool {
	return u.TOTP != nil && u.TOTP.Verified || slices.ContainsFunc(u.Phones, func(p store.Phone) bool { return p.ReservedForSecondFactor })
}

func isUnverified(u *store.User) bool {
	return len(u.Emails) > 0 && u.Emails[0].Verification.Status != "verified"
}

func uses(provider string) func(*store.User) bool {
	return func(u *store.User) bool {
		return slices.ContainsFunc(u.External, func(x store.ExternalAccount) bool { return x.Provider == provider })
	}
}

// TestFill_Demo checks one world from all sides; the subtests do not change it.
func TestFill_Demo(t *testing.T) {
	st := fillNew(t, Options{})
	for name, look := range map[string]func(*testing.T, *store.Store){
		"references lead somewhere":              testReferences,
		"only reserved values":                   testReservedValues,
		"the first screen is alive and varied":   testFirstScreen,
		"maya is locked out at an airport":       testMaya,
		"daniel lost his phone":                  testDaniel,
		"priya was taken over":                   testPriya,
		"sam carter is three people":             testSamCarters,
		"elin tomasz and the hostile name":       testElinTomaszAndHostile,
		"the ring signed up within nine minutes": testRing,
		"refused tokens and expired ones":        testTokens,
	} {
		t.Run(name, func(t *testing.T) { look(t, st) })
	}
}

// generateUsers returns the users that Fill would write, without writing them.
func generateUsers(o Options) (users []*store.User) {
	w := newWriter(nil, o)
	w.createInstance()
	for p := range people(o) {
		users = append(users, w.makeRecord(p).user)
	}
	return users
}

func TestFill_SpreadIsExact(t *testing.T) {
	for _, users := range []int{DefaultUsers, 5000} {
		t.Run(fmt.Sprint(users), func(t *testing.T) {
			people := generateUsers(Options{Users: users, Now: testNow})
			require.Len(t, people, users)
			for name, want := range map[string]struct {
				share float64
				is    func(*store.User) bool
			}{
				"MFA":        {0.41, hasMFA},
				"Google":     {0.30, uses("oauth_google")},
				"passkeys":   {0.12, func(u *store.User) bool { return len(u.Passkeys) > 0 }},
				"SSO":        {0.05, func(u *store.User) bool { return len(u.Enterprise) > 0 }},
				"unverified": {0.04, isUnverified},
				"never":      {0.06, func(u *store.User) bool { return u.LastSignInAt == 0 }},
				"banned":     {0.03, func(u *store.User) bool { return u.Banned }},
				"locked":     {0.02, func(u *store.User) bool { return u.Locked }},
			} {
				// The hostile name has a passkey of its own.
				require.InDelta(t, math.Round(want.share*float64(users)), countUsers(people, want.is), 1, name)
			}
			require.Equal(t, 1, countUsers(people, func(u *store.User) bool { return u.Locked && u.LockedUntil == 0 }), "locked for good")
			require.Equal(t, 1, countUsers(people, func(u *store.User) bool { return u.Deprovisioned }))
			require.Zero(t, countUsers(people, func(u *store.User) bool { return u.Banned && u.Locked }))
			require.Greater(t, countUsers(people, func(u *store.User) bool { return u.ImageID != "" }), users/6)
			require.Greater(t, countUsers(people, func(u *store.User) bool { return len(u.Phones) > 0 }), users/4)
			require.Greater(t, countUsers(people, func(u *store.User) bool {
				return len(u.Phones) > 0 && len(u.Emails) == 0 && u.FirstName+u.LastName == ""
			}), 8, "phone only")
			require.Positive(t, countUsers(people, func(u *store.User) bool { return u.RequiresPasswordReset }))
			require.Positive(t, countUsers(people, func(u *store.User) bool { return len(u.Wallets) > 0 }))
			require.Positive(t, countUsers(people, func(u *store.User) bool { return len(u.External) > 0 && u.External[0].LegacyID }))
		})
	}
}

func testReferences(t *testing.T, st *store.Store) {
	now := testNow.UnixMilli()
	readStore(t, st, func(tx *store.Tx) {
		users, err := tx.Users(store.Query{})
		require.NoError(t, err)
		for _, u := range users {
			require.Regexp(t, `^user_[0-9A-Za-z]{27}$`, u.ID)
			require.Positive(t, u.CreatedAt)
			for what, at := range map[string]int64{"created": u.CreatedAt, "updated": u.UpdatedAt, "signed in": u.LastSignInAt, "active": u.LastActiveAt, "password": u.PasswordUpdatedAt, "mfa": u.MFAEnabledAt} {
				require.LessOrEqual(t, at, now, "%s %s", u.ID, what)
				require.True(t, at == 0 || at >= u.CreatedAt, "%s %s", u.ID, what)
			}
			require.LessOrEqual(t, u.LastSignInAt, max(u.LastActiveAt, u.LastSignInAt))
			require.Equal(t, u.LastSignInAt == 0, u.LastActiveAt == 0)
			requireSignInWays(t, u)
			sessions, _, err := tx.Sessions(u.ID, "", "", 0, 0)
			require.NoError(t, err)
			for _, s := range sessions {
				require.LessOrEqual(t, s.LastActiveAt, min(now, s.ExpireAt))
				require.GreaterOrEqual(t, s.CreatedAt, u.CreatedAt)
				if u.Banned || u.Deprovisioned {
					require.NotEqual(t, "active", s.Status, "a banned user is signed in")
				}
				if s.Status == "active" {
					require.Greater(t, s.ExpireAt, now)
				}
			}
			tokens, err := tx.Tokens(u.ID, "")
			require.NoError(t, err)
			require.LessOrEqual(t, len(tokens), len(u.External))
		}
		orgs, err := tx.Organizations()
		require.NoError(t, err)
		require.Len(t, orgs, 6)
		for _, o := range orgs {
			n, err := tx.CountMembers(o.ID)
			require.NoError(t, err)
			require.Greater(t, n, 3, o.Name)
			require.LessOrEqual(t, n, o.MaxMembers, o.Name)
			_, err = tx.User(o.CreatedBy)
			require.NoError(t, err, o.Name)
		}
		invitations, err := tx.AllInvitations()
		require.NoError(t, err)
		states := map[string]bool{}
		for _, i := range invitations {
			states[i.Status] = true
			_, err := tx.Organization(i.OrganizationID)
			require.NoError(t, err)
			require.LessOrEqual(t, i.CreatedAt, i.UpdatedAt)
		}
		require.Len(t, states, 3)
		settings, err := tx.Settings()
		require.NoError(t, err)
		require.Equal(t, "Harbor & Pine", settings.Name)
		require.Equal(t, "development", settings.Environment)
		_, active, err := tx.Sessions("", "", "active", 1, 0)
		require.NoError(t, err)
		require.Greater(t, active, 150)
	})
}

// requireSignInWays checks that a user who has signed in has a way to sign in, and that
// references are valid.
func requireSignInWays(t *testing.T, u *store.User) {
	t.Helper()
	require.NotZero(t, len(u.Emails)+len(u.Phones), u.ID)
	if u.LastSignInAt != 0 {
		require.True(t, u.PasswordDigest != "" || len(u.External)+len(u.Enterprise)+len(u.Passkeys)+len(u.Phones) > 0, u.ID)
	}
	if u.Locked {
		require.NotEmpty(t, u.PasswordDigest, "a lock follows wrong passwords")
		require.Equal(t, 10, u.FailedAttempts)
	}
	require.Equal(t, len(u.Emails) > 0, u.PrimaryEmailID != "")
	require.Equal(t, len(u.Phones) > 0, u.PrimaryPhoneID != "")
	if len(u.Emails) > 0 {
		require.Equal(t, u.Emails[0].ID, u.PrimaryEmailID)
	}
	for _, e := range u.Emails {
		for _, l := range e.LinkedTo {
			require.True(t, slices.ContainsFunc(u.External, func(x store.ExternalAccount) bool { return x.IdentificationID == l.ID && x.Provider == l.Type }))
		}
	}
	for _, raw := range []json.RawMessage{u.Public, u.Private, u.Unsafe} {
		object := map[string]any{}
		require.True(t, raw == nil || json.Unmarshal(raw, &object) == nil, "%s: %s", u.ID, raw)
	}
}

var (
	mailAddress = regexp.MustCompile(`[^\s"@<>\\]+@([^\s"@<>\\]+)`)
	dotted      = regexp.MustCompile(`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`)
	linked      = regexp.MustCompile(`https?://([^/"\\\s]+)`)
)

// No value may belong to a real person.
func testReservedValues(t *testing.T, st *store.Store) {
	readStore(t, st, func(tx *store.Tx) {
		users, err := tx.Users(store.Query{})
		require.NoError(t, err)
		sessions, _, err := tx.Sessions("", "", "", 0, 0)
		require.NoError(t, err)
		tokens, err := tx.Tokens("", "")
		require.NoError(t, err)
		orgs, err := tx.Organizations()
		require.NoError(t, err)
		text, err := json.Marshal([]any{users, sessions, tokens, orgs})
		require.NoError(t, err)
		for _, m := range mailAddress.FindAllSubmatch(text, -1) {
			require.True(t, strings.HasSuffix(string(m[1]), ".example"), "%s", m[0])
		}
		for _, m := range dotted.FindAll(text, -1) {
			require.True(t, strings.HasPrefix(string(m), "203.0.113."), "%s", m)
		}
		for _, m := range linked.FindAllSubmatch(text, -1) {
			require.True(t, strings.HasSuffix(string(m[1]), ".example"), "%s", m[0])
		}
		for _, u := range users {
			for _, p := range u.Phones {
				require.Regexp(t, `^\+1[2-9]\d\d55501\d\d$`, p.Number)
			}
		}
		for _, s := range sessions {
			require.NotEmpty(t, s.IPAddress)
		}
	})
}

func testFirstScreen(t *testing.T, st *store.Store) {
	people := allUsers(t, st)[:40]
	require.Zero(t, countUsers(people, func(u *store.User) bool { return strings.ContainsFunc(u.FirstName+u.LastName, unicode.IsControl) }), "the hostile name")
	require.Zero(t, countUsers(people, inRing))
	require.GreaterOrEqual(t, countUsers(people, hasMFA), 14)
	require.LessOrEqual(t, countUsers(people, hasMFA), 26)
	require.GreaterOrEqual(t, countUsers(people, func(u *store.User) bool { return u.Locked }), 2)
	require.GreaterOrEqual(t, countUsers(people, func(u *store.User) bool { return u.Banned }), 2)
	require.GreaterOrEqual(t, countUsers(people, func(u *store.User) bool { return u.LastSignInAt == 0 }), 2)
	require.GreaterOrEqual(t, countUsers(people, func(u *store.User) bool { return len(u.Passkeys) > 0 }), 4)
	require.GreaterOrEqual(t, countUsers(people, func(u *store.User) bool { return u.ImageID != "" }), 6)
	scripts := map[string]bool{}
	for _, u := range people {
		for name, table := range map[string]*unicode.RangeTable{"Han": unicode.Han, "Arabic": unicode.Arabic, "Cyrillic": unicode.Cyrillic,
			"Greek": unicode.Greek, "Hebrew": unicode.Hebrew, "Latin": unicode.Latin} {
			if strings.ContainsFunc(u.FirstName, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts[name] = true
			}
		}
	}
	require.Len(t, scripts, 6)
	names := []string{}
	for _, u := range people {
		names = append(names, strings.TrimSpace(u.FirstName+" "+u.LastName))
	}
	for _, n := range []string{"Maya Okafor", "José Núñez", "Łukasz Żak", "王小明", "محمد علي", "Siobhán O'Brien", "Elin Berg", "Sam Carter", ""} {
		require.Contains(t, names, n)
	}
	require.True(t, slices.ContainsFunc(names, func(n string) bool {
		letters := 0
		for _, r := range n {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		return letters == 60
	}), "the sixty letters")
	require.True(t, slices.IndexFunc(names, func(n string) bool { return n == "Maya Okafor" }) < 12)
	for _, n := range names {
		require.True(t, utf8.ValidString(n))
	}
}
