package viewtest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/api/ops"
	"frontdesk/api/policy"
	"frontdesk/api/profile"
)

// Role is what somebody may do on an instance: the policy that the configuration makes,
// and beside it what is expected of it, in the plainest words there are.
type Role struct {
	Name   string // of the person
	Kind   profile.Kind
	Policy ops.Policy // nil allows everything
	May    func(ops.Operation) bool
}

const rolesFile = `
[instance.staging]
kind = "development"
key_env = "STAGING"
[instance.live]
kind = "production"
key_env = "LIVE"

[[role]]
name = "viewer"
who = ["vic"]
[[role]]
name = "agent"
who = ["ann"]
[[role]]
name = "manager"
who = ["max"]
[[role]]
name = "senior"
who = ["sue"]
like = "agent"
allow = ["disable_mfa", "group:Contact"]
deny = ["users_ban", "unlock_user"]
[[role]]
name = "nobody"
who = ["ned"]
allow = ["get_user"]
[[role]]
name = "viewer"
who = ["lou"]
instances = ["live"]
[[role]]
name = "manager"
who = ["lou"]
`

// Roles returns roles of every sort on every kind of instance.
func Roles(t testing.TB) []Role {
	t.Helper()
	c, err := config.Parse("config.toml", []byte(rolesFile))
	require.NoError(t, err)
	isRead := func(o ops.Operation) bool { return o.Tier == ops.T0 && !o.ConfirmsRead }
	everything := func(ops.Operation) bool { return true }
	people := []struct {
		name     string
		readOnly bool
		may      func(ops.Operation, profile.Kind) bool
	}{
		{"vic", false, func(o ops.Operation, _ profile.Kind) bool { return isRead(o) }},
		{"ann", false, func(o ops.Operation, _ profile.Kind) bool { return o.Tier <= ops.T2 }},
		{"max", false, func(o ops.Operation, _ profile.Kind) bool { return true }},
		{"max", true, func(o ops.Operation, _ profile.Kind) bool { return isRead(o) }},
		{"sue", false, func(o ops.Operation, _ profile.Kind) bool {
			denied := slices.Contains([]string{"users_ban", "unlock_user"}, o.ID)
			return !denied && (o.Tier <= ops.T2 || o.ID == "disable_mfa" || o.Group == ops.GroupContact)
		}},
		{"ned", false, func(o ops.Operation, _ profile.Kind) bool { return o.ID == "get_user" }},
		{"lou", false, func(o ops.Operation, k profile.Kind) bool { return k != profile.Production || isRead(o) }},
	}
	var all []Role
	for kind, instance := range map[profile.Kind]string{profile.Demo: "demo", profile.Development: "staging", profile.Production: "live"} {
		all = append(all, Role{Name: "anybody without roles", Kind: kind, May: everything})
		for _, p := range people {
			rules, err := policy.New(c, policy.Person{User: p.name}, ops.Users(), p.readOnly)
			require.NoError(t, err)
			grant, err := rules.On(instance, false)
			require.NoError(t, err)
			all = append(all, Role{Name: p.name, Kind: kind, Policy: grant.Policy, May: func(o ops.Operation) bool { return p.may(o, kind) }})
		}
	}
	slices.SortFunc(all, func(a, b Role) int { return int(a.Kind) - int(b.Kind) })
	return all
}
