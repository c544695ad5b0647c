package user_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// bigList are users whose names and addresses have broken screens.
func bigList(now time.Time) map[string]*api.User {
	hostile := "a\x1b[2J\x1b]0;x\x07\u202egnp.exe\u2066\r\nforged row\u0000" + strings.Repeat("é\u0301", 40)
	names := map[string]string{
		"plain": "Maya Okafor", "none": "", "hostile": hostile, "long": strings.Repeat("Wolfeschlegelsteinhausen ", 20),
		"world":    strings.Repeat("王小明 محمد علي ", 8) + "בן־דוד हिन्दी น้ำ 👨‍👩‍👧‍👦 மொழி Pаypal",
		"one word": strings.Repeat("x", 300) + "Z" + strings.Repeat("\u0336\u0489", 60),
	}
	out := map[string]*api.User{}
	for who, name := range names {
		out[who] = everything(now, name)
	}
	bare := &api.User{ID: clean.NewText("user_bare"), ReadAt: now}
	out["bare"], out["nobody"] = bare, &api.User{}
	return out
}

// everything returns a user with the same text in every field.
func everything(now time.Time, words string) *api.User {
	t := clean.NewText(words)
	at := wire.Time{Time: now.Add(-time.Hour)}
	v := &api.Verification{Status: t, Strategy: t, Error: &api.ErrorItem{LongMessage: t}}
	left := int64(2820)
	body, _ := json.Marshal(map[string]any{"name": words, words: []any{words, 9007199254740993, true, nil, map[string]any{words: words}}})
	org := api.OrganizationMembership{Role: t, RoleName: t, Organization: api.Organization{Name: t}}
	return &api.User{
		ID: clean.NewText("user_2x" + words), ExternalID: t, Username: t, FirstName: t, LastName: t, Locale: t, ReadAt: now,
		EmailAddresses:     []api.EmailAddress{{ID: t, EmailAddress: t, Verification: v, LinkedTo: []api.Link{{Type: t}, {Type: t}}, CreatedAt: at, MatchesSSOConnection: true}},
		PhoneNumbers:       []api.PhoneNumber{{PhoneNumber: t, ReservedForSecondFactor: true, DefaultSecondFactor: true, Verification: v, CreatedAt: at}, {PhoneNumber: clean.NewText("+14155550142")}},
		Web3Wallets:        []api.Web3Wallet{{Web3Wallet: t, Verification: v}},
		Passkeys:           []api.Passkey{{Name: t, LastUsedAt: at}},
		ExternalAccounts:   []api.ExternalAccount{{Provider: t, EmailAddress: t, Username: t, Label: t, ApprovedScopes: t, Verification: v, CreatedAt: at}},
		EnterpriseAccounts: []api.EnterpriseAccount{{Provider: t, Protocol: t, EmailAddress: t, Connection: &api.EnterpriseConnection{Name: t, Domain: t, Domains: []clean.Text{t}}}},
		SAMLAccounts:       []api.SAMLAccount{{ID: clean.NewText("saml"), Provider: t}},

		OrganizationMemberships: []api.OrganizationMembership{org, org},
		PublicMetadata:          body, PrivateMetadata: json.RawMessage("{not json " + words), UnsafeMetadata: body, Body: body,
		PasswordEnabled: true, TwoFactorEnabled: true, TOTPEnabled: true, BackupCodeEnabled: true, RequiresPasswordReset: true,
		Locked: true, LockoutExpiresInSeconds: &left, LastSignInAt: at, LastActiveAt: at, LegalAcceptedAt: at,
		CreatedAt: wire.Time{Time: now.Add(-900 * 24 * time.Hour)}, UpdatedAt: at, MFAEnabledAt: at, PasswordLastUpdatedAt: at,
		Problems: []clean.Text{t},
	}
}

func env(now time.Time) *action.Env {
	env := &action.Env{Now: func() time.Time { return now }}
	env.Catalogue = ops.Users()
	return env
}

// screens calls f with the sizes and width rules that a drawing must fit.
func screens(t *testing.T, f func(t *testing.T, s tui.Screen)) {
	now := tuitest.NewClock().Now()
	keys := viewtest.Keys(t)
	for _, size := range [][2]int{{0, 0}, {9, 4}, {30, 6}, {31, 40}, {40, 8}, {60, 20}, {80, 21}, {100, 26}, {120, 37}, {200, 60}} {
		for ruler, theme := range map[text.CellWidth]tui.Theme{text.Clusters: tuitest.Theme("colour"), text.Runes: {Name: "none"}} {
			f(t, tui.Screen{Width: size[0], Height: size[1], Cells: uint8(ruler), Styles: tui.NewStyles(theme), Keys: keys, Now: now, Breadcrumb: []string{"Users", "someone"}})
		}
	}
}

// fits checks that a drawing fits its screen: no line too wide, none too many, no
// control characters but our colours.
func fits(t *testing.T, s tui.Screen, content, what string) {
	t.Helper()
	if content == "" {
		return
	}
	lines := strings.Split(content, "\n")
	require.LessOrEqual(t, len(lines), max(1, s.Height), "%s in %d×%d", what, s.Width, s.Height)
	for _, l := range lines {
		require.LessOrEqual(t, text.CellWidth(s.Cells).Width(l), s.Width, "%s in %d×%d: %q", what, s.Width, s.Height, l)
		for _, bad := range []string{"\x1b[2J", "\x1b]", "\r", "\x00", "\u202e", "\u2066", "\t"} {
			require.NotContains(t, l, bad, what)
		}
	}
}

func TestCard_FitsAnyUser(t *testing.T) {
	now := tuitest.NewClock().Now()
	for who, u := range bigList(now) {
		card := user.NewCard(env(now))
		card.Show(u)
		screens(t, func(t *testing.T, s tui.Screen) { fits(t, s, card.View(s), who) })
	}
}

// hang adds to a user one of everything, with the same text.
func hang(e *action.Env, u *api.User, words string) {
	t, now := clean.NewText(words), e.Now()
	at := wire.Time{Time: now.Add(-time.Hour)}
	org := api.Organization{ID: t, Name: t}
	who := e.UserCache().Update(u)
	who.Memberships.SetIfNewer(api.Page[api.OrganizationMembership]{Rows: []api.OrganizationMembership{{Role: t, Organization: org, CreatedAt: at}}, Total: 12}, now, now)
	who.Invitations.SetIfNewer(api.Page[api.OrganizationInvitation]{Rows: []api.OrganizationInvitation{
		{Status: t, EmailAddress: t, RoleName: t, Organization: org}, {Status: clean.NewText("pending"), ExpiresAt: at},
	}, Total: -1}, now, now)
	actor, _ := json.Marshal(map[string]string{"sub": words})
	who.Sessions.SetIfNewer(api.Page[api.Session]{Rows: []api.Session{
		{ID: t, Status: t, Actor: actor, Tasks: []api.SessionTask{{Key: t}}, ExpireAt: at,
			LatestActivity: &api.Activity{DeviceType: t, BrowserName: t, IPAddress: t, City: t, Country: t}},
		{ID: clean.NewText("sess_2"), Status: clean.NewText("pending"), Actor: json.RawMessage(`["` + "x" + `"]`), ExpireAt: at, LatestActivity: &api.Activity{IPAddress: clean.NewText("2001:db8:85a3:8d3:1319:8a2e:370:7348")}},
		{},
	}, Total: 3}, now, now)
}

func TestDetail_TabsFitAnyUser(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	now := tuitest.NewClock().Now()
	for who, u := range bigList(now) {
		e := env(now)
		hang(e, u, u.FirstName.Raw())
		d := user.NewDetail(e, u)
		d.Init()
		require.NotEmpty(t, d.Title())
		next := find(t, d, "user.tab.next")
		for range 8 {
			screens(t, func(t *testing.T, s tui.Screen) { fits(t, s, d.View(s).Content, fmt.Sprint(who)) })
			next.Do()
		}
	}
}

func find(t testing.TB, v tui.View, id string) tui.Action {
	t.Helper()
	for _, a := range v.Actions() {
		if a.ID == id {
			return a
		}
	}
	t.Fatalf("there is no action %q", id)
	return tui.Action{}
}
