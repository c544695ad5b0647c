package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/api/ops"
	"frontdesk/api/policy"
)

const instances = `
[instance.staging]
kind = "development"
key_env = "K"
[instance.live]
kind = "production"
key_env = "L"
`

func rules(t *testing.T, text string, person policy.Person) *policy.Rules {
	t.Helper()
	c, err := config.Parse("/etc/frontdesk.toml", []byte(text+instances))
	require.NoError(t, err)
	r, err := policy.New(c, person, ops.Users(), false)
	require.NoError(t, err)
	return r
}

// judge is the reason against an operation, with these values filled in.
func judge(t *testing.T, r *policy.Rules, instance, id string, values map[string]string) string {
	t.Helper()
	grant, err := r.On(instance, false)
	require.NoError(t, err)
	op, known := ops.Users().Get(id)
	require.True(t, known, id)
	if grant.Policy == nil {
		return ""
	}
	return grant.Policy(op.WithValues(values), nil)
}

func role(name, more string) string {
	return "[[role]]\nname = \"" + name + "\"\nwho = [\"jo\"]\n" + more + "\n"
}

var jo = policy.Person{User: "jo", Groups: []string{"support"}}

func TestRules_WithoutRolesEverybodyMayDoEverything(t *testing.T) {
	grant, err := rules(t, "", jo).On("live", false)
	require.NoError(t, err)
	require.Equal(t, policy.Grant{}, grant)
}

// What the supplied roles may do is a matter of the tier and of secrets alone.
func TestRules_SuppliedRoles(t *testing.T) {
	for _, op := range ops.Users().All() {
		reads := op.Tier == ops.T0 && !op.ConfirmsRead
		for name, may := range map[string]bool{"viewer": reads, "agent": op.Tier <= ops.T2, "manager": true} {
			reason := judge(t, rules(t, role(name, ""), jo), "live", op.ID, nil)
			require.Equal(t, may, reason == "", "%s %s: %s", name, op.ID, reason)
		}
	}
}

func TestRules_AllowAndDeny(t *testing.T) {
	for _, c := range []struct {
		more     string
		may, not []string
	}{
		{`allow = ["ban_user", "T1"]`, []string{"ban_user", "unban_user", "unlock_user"}, []string{"lock_user", "get_user"}},
		{`allow = ["*"]` + "\n" + `deny = ["delete_user", "T3", "group:data"]`, []string{"ban_user", "get_user"}, []string{"delete_user", "disable_mfa", "update_user_metadata"}},
		{`allow = ["reads"]`, []string{"get_user", "get_user_list"}, []string{"verify_password", "get_o_auth_access_token", "unban_user"}},
		{`like = "agent"` + "\n" + `allow = ["delete_user"]` + "\n" + `deny = ["ban_user"]`, []string{"delete_user", "lock_user"}, []string{"ban_user", "disable_mfa"}},
		{`like = "viewer"`, []string{"get_user"}, []string{"unban_user"}},
	} {
		r := rules(t, role("desk", c.more), jo)
		for _, id := range c.may {
			require.Empty(t, judge(t, r, "live", id, nil), c.more)
		}
		for _, id := range c.not {
			require.NotEmpty(t, judge(t, r, "live", id, nil), "%s: %s", c.more, id)
		}
	}
}

// A field can make an operation weigh more than its tier says.
func TestRules_InputsRaiseTheTier(t *testing.T) {
	r := rules(t, role("agent", "")+"[[role]]\nname = \"manager\"\nwho = [\"ann\"]\n", jo)
	require.Empty(t, judge(t, r, "live", "update_user", map[string]string{"first_name": "Sam"}))
	require.Equal(t, "your role (agent) may not edit users with the values entered here; ask a manager",
		judge(t, r, "live", "update_user", map[string]string{"password": "correct horse"}))
	byName := rules(t, role("desk", `allow = ["update_user"]`), jo)
	require.Empty(t, judge(t, byName, "live", "update_user", map[string]string{"password": "correct horse"}), "who may do it by name may do all of it")
}

func TestRules_WhoHasWhichRoleWhere(t *testing.T) {
	const text = `
[[role]]
name = "agent"
who = ["*"]
[[role]]
name = "manager"
who = ["group:support"]
instances = ["staging", "demo", "environment"]
[[role]]
name = "viewer"
who = ["jo"]
instances = ["live"]
`
	for _, c := range []struct {
		person         policy.Person
		instance, want string
	}{
		{jo, "staging", "manager"}, {jo, "demo", "manager"}, {jo, "", "manager"}, {jo, config.EnvironmentName, "manager"},
		{jo, "live", "viewer"},
		{policy.Person{User: "ann"}, "live", "agent"},
		{policy.Person{User: "ann"}, "staging", "agent"},
		{policy.Person{User: "support"}, "staging", "agent"},
		{policy.Person{User: "*"}, "staging", "agent"},
		{policy.Person{User: "group:support"}, "staging", "agent"},
	} {
		grant, err := rules(t, text, c.person).On(c.instance, false)
		require.NoError(t, err)
		require.Equal(t, c.want, grant.Role, "%v on %q", c.person, c.instance)
	}
}

func TestRules_NobodyWithoutARoleGetsIn(t *testing.T) {
	r := rules(t, "[[role]]\nname = \"manager\"\nwho = [\"ann\"]\ninstances = [\"staging\"]\n", jo)
	for instance, where := range map[string]string{"staging": "staging", "live": "live", "": "the instance of CLERK_SECRET_KEY"} {
		_, err := r.On(instance, false)
		require.EqualError(t, err, "/etc/frontdesk.toml gives jo no role on "+where+"; ask the person who maintains that file")
	}
}

// The reason says who to ask: the first role there that may.
func TestRules_TheReasonNamesWhoMay(t *testing.T) {
	const others = "[[role]]\nname = \"auditor\"\nlike = \"viewer\"\nwho = [\"eve\"]\n[[role]]\nname = \"owner\"\nallow = [\"*\"]\nwho = [\"ann\"]\ninstances = [\"staging\"]\n"
	r := rules(t, role("agent", "")+others, jo)
	require.Equal(t, "your role (agent) may not delete users; ask an owner", judge(t, r, "staging", "delete_user", nil))
	require.Equal(t, "your role (agent) may not delete users", judge(t, r, "live", "delete_user", nil))
	for id, says := range map[string]string{
		"disable_mfa": "reset MFA enrollments", "user_passkey_delete": "remove passkeys", "delete_totp": "remove authenticator apps",
		"delete_email_address": "remove e-mail addresses", "get_o_auth_access_token": "reveal OAuth access tokens", "verify_password": "check a password",
		"users_ban": "ban users", "set_user_password": "set passwords",
	} {
		viewer := rules(t, role("viewer", ""), jo)
		require.Equal(t, "your role (viewer) may not "+says, judge(t, viewer, "live", id, nil))
	}
}

func TestRules_ReadOnlyHoldsForEverybody(t *testing.T) {
	c, err := config.Parse("c", []byte(role("manager", "")+instances))
	require.NoError(t, err)
	for _, conf := range []*config.Config{c, {}} {
		byFlag, err := policy.New(conf, jo, ops.Users(), true)
		require.NoError(t, err)
		unset, err := policy.New(conf, jo, ops.Users(), false)
		require.NoError(t, err)
		for _, op := range ops.Users().All() {
			flagged, err := byFlag.On("live", false)
			require.NoError(t, err)
			require.True(t, flagged.ReadOnly)
			require.Equal(t, op.IsRead(), flagged.Policy(op, nil) == "", op.ID)
			own, err := unset.On("live", true)
			require.NoError(t, err)
			require.Equal(t, op.IsRead(), own.Policy(op, nil) == "", op.ID)
		}
	}
}

func TestNew_KnowsEveryNameOfARole(t *testing.T) {
	for more, says := range map[string]string{
		`allow = ["T5"]`: "/etc/c line 4: role desk: there is no operation, tier or group “T5”; `frontdesk do --help` lists the operations",
		"allow = [\"*\"]\n" + `deny = ["ban-user"]`: "/etc/c line 5: role desk: there is no operation, tier or group “ban-user”; `frontdesk do --help` lists the operations",
		`allow = ["group:Nothing"]`:                 "/etc/c line 4: role desk: there is no operation, tier or group “group:Nothing”; `frontdesk do --help` lists the operations",
	} {
		c, err := config.Parse("/etc/c", []byte(role("desk", more)))
		require.NoError(t, err)
		_, err = policy.New(c, jo, ops.Users(), false)
		require.EqualError(t, err, says)
	}
}
