package ops_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// subjects are the users that an effect text must handle: one with everything, one with
// nothing, and none (the help page).
func now() time.Time { return time.Unix(1_790_000_000, 0) }

func subjects() map[string]ops.Subject {
	now := time.Unix(1_790_000_000, 0)
	left := int64(600)
	full := &api.User{
		ID: clean.NewText("user_full"), FirstName: clean.NewText("Sam"), Banned: true, Locked: true, ReadAt: now,
		LockoutExpiresInSeconds: &left, HasImage: true, PasswordEnabled: true, TOTPEnabled: true,
		BackupCodeEnabled: true, TwoFactorEnabled: true,
		EmailAddresses:   []api.EmailAddress{{ID: clean.NewText("idn_mail"), EmailAddress: clean.NewText("sam@pine.example")}},
		PhoneNumbers:     []api.PhoneNumber{{ID: clean.NewText("idn_phone"), ReservedForSecondFactor: true}, {ReservedForSecondFactor: true}},
		Web3Wallets:      []api.Web3Wallet{{ID: clean.NewText("idn_wallet")}},
		Passkeys:         []api.Passkey{{ID: clean.NewText("idn_key")}, {}},
		ExternalAccounts: []api.ExternalAccount{{ID: clean.NewText("eac_1"), Provider: clean.NewText("oauth_google")}},
	}
	return map[string]ops.Subject{
		"full":    {User: full, Sessions: 2, Now: now},
		"bare":    {User: &api.User{ID: clean.NewText("user_bare"), ReadAt: now}, Sessions: 0, Now: now},
		"unknown": {User: full, Sessions: -1, Now: now},
		"nobody":  {Now: now},
	}
}

// forbidden matches promises that the API does not make.
var forbidden = regexp.MustCompile(`(?i)\ball data\b|guarantee|forever|certainly|safely|immediately|cannot fail|always|never again|for good|no risk`)

func TestCatalogue_EveryOperationIsComplete(t *testing.T) {
	for _, o := range ops.Users().All() {
		t.Run(o.ID, func(t *testing.T) {
			require.Regexp(t, `^[a-z][a-z0-9_]+$`, o.ID)
			for field, text := range map[string]string{"Title": o.Title, "Verb": o.Verb, "Doing": o.Doing, "Done": o.Done} {
				require.NotEmpty(t, text, field)
				require.Regexp(t, `^[A-Z]`, text, field)
				require.NotRegexp(t, `[.!?]$`, text, field)
				require.NotContains(t, []string{"Yes", "OK", "Ok", "Confirm"}, text, field)
			}
			require.Contains(t, o.Doing, "ing")
			require.Contains(t, []string{"", "for", "of", "from", "to"}, o.Preposition)
			require.NotNil(t, o.WhyNot)
			calls := 0
			for _, there := range []bool{o.Call != nil, o.CallResult != nil, o.CallAll != nil} {
				if there {
					calls++
				}
			}
			require.Equal(t, 1, calls, "exactly one of Call, Tell and CallAll")
			require.Equal(t, o.Scope == ops.ScopeUsers, o.CallAll != nil)
			require.Equal(t, o.Scope == ops.ScopeUsers, o.MaxUsers > 0)
			require.False(t, o.Scope == ops.ScopeUsers && (o.State == nil || o.Applied == nil), "who changed meanwhile is told by State")
			if o.SingleOp != "" {
				one, ok := ops.Users().Get(o.SingleOp)
				require.True(t, ok)
				require.Equal(t, ops.ScopeUser, one.Scope)
				require.Equal(t, one.Verb, o.Verb)
			}
			require.LessOrEqual(t, o.Tier, ops.T4)
			require.NotRegexp(t, forbidden, o.WayBack)
			if o.ConfirmsRead {
				require.Equal(t, ops.T0, o.Tier)
				require.NotNil(t, o.CallResult)
			}
			if o.Tier >= ops.T3 {
				require.NotEmpty(t, o.Checklist, "a caller-verified checklist")
				require.True(t, o.Destructive || o.GivesAccess, "T3 destroys something or gives access")
			}
			for _, question := range o.Checklist {
				requireFragment(t, question)
			}
			if !o.IsRead() && o.Retry != ops.RetryNever {
				require.True(t, o.DeletesUser || o.Applied != nil || o.ReadBack != nil, "a read-back")
			}
			require.False(t, o.Part == ops.PartNone && o.WhyNotPart != nil, "WhenPart without a Part")
			if o.Alternative != "" {
				gentler, ok := ops.Users().Get(o.Alternative)
				require.True(t, ok)
				require.LessOrEqual(t, gentler.Tier, o.Tier, "the other way is no harder")
			}
			requireFields(t, o)
		})
	}
}

func requireFields(t *testing.T, o ops.Operation) {
	t.Helper()
	names := map[string]bool{}
	for _, f := range o.Fields {
		require.False(t, names[f.Name], "two fields are called %s", f.Name)
		names[f.Name] = true
		require.Regexp(t, `^[a-z][a-z0-9_]*$`, f.Name)
		require.Regexp(t, `^[A-Z]`, f.Label)
		require.Equal(t, f.Kind == ops.FieldChoice, len(f.Choices) > 0, f.Name)
		hasher := f.Name == "password_hasher" // a hasher's name grants nothing
		if strings.Contains(f.Name, "password") && f.Kind != ops.FieldChoice && !hasher || strings.Contains(f.Name, "code") || strings.Contains(f.Name, "secret") {
			require.Equal(t, ops.FieldSecret, f.Kind, "%s is typed unseen", f.Name)
		}
		if strings.Contains(f.Name, "private") {
			require.True(t, f.IsUnrecorded, "%s is recorded nowhere", f.Name)
		}
		require.NotEqual(t, "reason", f.Name, "the reason is asked of every operation")
	}
}

func TestEffects_StateWhatHappens(t *testing.T) {
	for _, o := range ops.Users().All() {
		for who, s := range subjects() {
			t.Run(o.ID+"/"+who, func(t *testing.T) {
				effects := o.Effects(s)
				require.NotEmpty(t, effects)
				for _, line := range effects {
					requireFragment(t, line)
					require.NotRegexp(t, forbidden, line)
				}
			})
		}
	}
}

// requireFragment checks the style of an effect: one line that begins in lower case, has
// no full stop and fits a dialog.
func requireFragment(t *testing.T, line string) {
	t.Helper()
	require.Equal(t, strings.TrimSpace(line), line)
	require.Regexp(t, `^[a-z]`, line)
	require.NotRegexp(t, `[.!?,;:]$|\n|  `, line)
	require.LessOrEqual(t, len(line), 110, line)
}

func TestInverse_ExistsAndIsSymmetric(t *testing.T) {
	c := ops.Users()
	for _, o := range c.All() {
		if o.Inverse == "" {
			continue
		}
		inverse, ok := c.Get(o.Inverse)
		require.True(t, ok, "%s names %s", o.ID, o.Inverse)
		require.Equal(t, o.ID, inverse.Inverse, "%s and %s undo each other", o.ID, o.Inverse)
		require.NotEmpty(t, o.WayBack, o.ID)
		require.Equal(t, o.Scope, inverse.Scope, o.ID)
		require.Less(t, o.Tier, ops.T4, "%s: what can be undone is not the last resort", o.ID)
	}
}

func TestWhen_GivesAReason(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	bare, full := subjects()["bare"].User, subjects()["full"].User
	reasons := map[string]int{}
	for _, o := range ops.Users().All() {
		if o.Scope == ops.ScopeDirectory {
			require.Empty(t, o.WhyNot(nil, now), o.ID)
			continue
		}
		for _, u := range []*api.User{bare, full} {
			reason := o.WhyNot(u, now)
			if reason == "" {
				continue
			}
			reasons[o.ID]++
			requireFragment(t, reason)
		}
	}
	for _, id := range []string{"ban_user", "unban_user", "lock_user", "unlock_user", "disable_mfa", "delete_user_profile_image"} {
		require.Equal(t, 1, reasons[id], "%s applies to one of the two and says why not to the other", id)
	}
}

func TestCatalogue_Tiers(t *testing.T) {
	want := map[string]ops.Tier{
		"ban_user": ops.T2, "unban_user": ops.T1, "lock_user": ops.T2, "unlock_user": ops.T1,
		"disable_mfa": ops.T3, "set_user_profile_image": ops.T2, "delete_user_profile_image": ops.T2,
		"get_user_list": ops.T0, "get_users_count": ops.T0, "get_user": ops.T0, "users_get_organization_memberships": ops.T0,
		"verify_password": ops.T0, "verify_totp": ops.T0, "get_o_auth_access_token": ops.T0,
		"create_user": ops.T2, "update_user": ops.T2, "update_user_metadata": ops.T2, "create_user_totp": ops.T3,
		"set_user_totp": ops.T3, "set_user_password": ops.T3, "create_email_address": ops.T2, "create_phone_number": ops.T2,
		"verify_email_address": ops.T3, "verify_phone_number": ops.T3, "set_primary_email_address": ops.T3, "set_primary_phone_number": ops.T3,
		"delete_totp": ops.T3, "delete_backup_code": ops.T3, "user_passkey_delete": ops.T3, "user_web3_wallet_delete": ops.T3,
		"remove_user_password": ops.T3, "replace_user_metadata": ops.T3, "delete_user": ops.T4,
	}
	c := ops.Users()
	for id, tier := range want {
		o, ok := c.Get(id)
		require.True(t, ok, id)
		require.Equal(t, tier, o.Tier, id)
	}
	for _, id := range []string{"verify_password", "verify_totp", "get_o_auth_access_token"} {
		o, _ := c.Get(id)
		require.True(t, o.ConfirmsRead, "%s needs one y", id)
		require.False(t, o.IsRead(), "%s is journaled", id)
	}
}

// The operations of the Users API, by Clerk's names.
func TestCatalogue_CoversTheUsersAPI(t *testing.T) {
	c := ops.Users()
	for _, id := range strings.Fields(`get_user_list get_users_count get_user create_user update_user update_user_metadata
		delete_user ban_user unban_user lock_user unlock_user set_user_profile_image delete_user_profile_image disable_mfa
		create_user_totp delete_totp delete_backup_code verify_password verify_totp user_passkey_delete
		user_web3_wallet_delete get_o_auth_access_token users_get_organization_memberships`) {
		_, ok := c.Get(id)
		require.True(t, ok, id)
	}
}

func TestWithValues_RaisesTheTierWhereAccessIsGiven(t *testing.T) {
	for name, want := range map[string]struct {
		op     string
		values map[string]string
		tier   ops.Tier
		back   bool // there is a way back
	}{
		"an unverified address":    {"create_email_address", map[string]string{"email_address": "a@b.example", "verified": "no", "primary": "no"}, ops.T2, true},
		"a verified address":       {"create_email_address", map[string]string{"email_address": "a@b.example", "verified": "yes"}, ops.T3, true},
		"a primary number":         {"create_phone_number", map[string]string{"phone_number": "+14155550142", "primary": "yes"}, ops.T3, true},
		"a name":                   {"update_user", map[string]string{"first_name": "Sam"}, ops.T2, true},
		"a password":               {"update_user", map[string]string{"password": "long enough"}, ops.T3, false},
		"another primary address":  {"update_user", map[string]string{"primary_email_address_id": "idn_2"}, ops.T3, true},
		"another, with a password": {"update_user", map[string]string{"primary_email_address_id": "idn_2", "password": "long enough"}, ops.T3, false},
		"a new user":               {"create_user", map[string]string{"password": "long enough"}, ops.T2, true},
	} {
		o := get(t, want.op).WithValues(want.values)
		require.Equal(t, want.tier, o.Tier, name)
		require.Equal(t, want.tier == ops.T3, o.GivesAccess && len(o.Checklist) > 2, name)
		require.Equal(t, want.back, o.WayBack != "", name)
	}
}

func TestWithIdentityChecks_ReplacesWhatIdentifiesTheCaller(t *testing.T) {
	supplied := get(t, "disable_mfa").Checklist
	c := ops.Users().WithIdentityChecks([]string{" The caller named their last order. ", "I called them back"})
	for _, o := range c.All() {
		for _, e := range o.Escalations {
			require.Equal(t, []string{"The caller named their last order", "I called them back"}, e.Checklist[:2], o.ID)
		}
		require.NotContains(t, o.Checklist, supplied[0], o.ID)
	}
	o, _ := c.Get("disable_mfa")
	require.Equal(t, []string{"The caller named their last order", "I called them back", "they know they must set up MFA again"}, o.Checklist)
	o, _ = c.Get("replace_user_metadata")
	require.Equal(t, get(t, "replace_user_metadata").Checklist, o.Checklist, "it asks nothing of a caller")
	require.Equal(t, supplied, get(t, "disable_mfa").Checklist, "the table stays")
	require.Same(t, c, c.WithIdentityChecks(nil))
}

func TestTier_BulkIsOneTierHigher(t *testing.T) {
	for tier, up := range map[ops.Tier]ops.Tier{ops.T0: ops.T0, ops.T1: ops.T2, ops.T2: ops.T3, ops.T3: ops.T4, ops.T4: ops.T4} {
		o := ops.Operation{Tier: tier}
		require.Equal(t, tier, o.TierFor(false, false))
		require.Equal(t, up, o.TierFor(true, false))
		require.Equal(t, up, o.TierFor(false, true))
		require.Equal(t, up, o.TierFor(true, true))
	}
}

func TestNewCatalogue_RejectsDuplicateIDs(t *testing.T) {
	require.PanicsWithValue(t, "ops: two operations are called x", func() {
		ops.New([]ops.Operation{{ID: "x"}, {ID: "y"}, {ID: "x"}})
	})
	c := ops.New([]ops.Operation{{ID: "x"}})
	_, ok := c.Get("y")
	require.False(t, ok)
	c.All()[0].ID = "changed"
	require.Equal(t, "x", c.All()[0].ID, "nobody changes the table")
}

// Operations on a whole user are listed by group.
func TestCatalogue_GroupsAreContiguous(t *testing.T) {
	var order []ops.Group
	for _, o := range ops.Users().All() {
		if o.Scope != ops.ScopeUser || o.Part != ops.PartNone || o.IsRead() {
			continue
		}
		if len(order) == 0 || order[len(order)-1] != o.Group {
			order = append(order, o.Group)
		}
	}
	seen := map[ops.Group]bool{}
	for _, g := range order {
		require.False(t, seen[g], "group %s is torn apart: %v", g, order)
		seen[g] = true
	}
}
