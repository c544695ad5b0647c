// Package policy decides which operations a person may perform, based on the roles in
// the configuration.
//
// What may live here: which role a person has on an instance, what each role allows, and
// the sentence that explains a refusal. What may not: disabling actions on screen (views)
// or refusing requests (api/desk). Both consult the ops.Policy built here.
package policy

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/config"
	"frontdesk/api/ops"
)

// Reads names, in Role.Allow and Role.Deny, all operations that change nothing and reveal
// no secret.
const Reads = "reads"

// Rules applies the configured roles to one person.
type Rules struct {
	config    *config.Config
	person    Person
	catalogue *ops.Catalogue
	readOnly  bool
}

// Grant describes what a person may do on one instance.
type Grant struct {
	Role     string // "" if no roles are configured
	Line     int    // line of the role in the configuration file
	ReadOnly bool
	Policy   ops.Policy // nil allows everything
}

// New returns the rules for a person. If readOnly is set, every instance is read-only. New
// returns an error if a role names an operation, tier or group that does not exist.
func New(c *config.Config, person Person, catalogue *ops.Catalogue, readOnly bool) (*Rules, error) {
	for i, role := range c.Roles {
		for _, list := range []struct {
			setting string
			names   []string
		}{{"allow", role.Allow}, {"deny", role.Deny}} {
			for _, name := range list.names {
				if !isKnown(catalogue, name) {
					return nil, c.ErrorAt(fmt.Sprintf("role[%d].%s", i, list.setting), fmt.Sprintf(
						"role %s: there is no operation, tier or group “%s”; `frontdesk do --help` lists the operations", role.Name, clean.NewText(name).Display()))
				}
			}
		}
	}
	return &Rules{c, person, catalogue, readOnly}, nil
}

// isKnown reports whether a name matches any operation.
func isKnown(catalogue *ops.Catalogue, name string) bool {
	return slices.Contains(config.Tiers(), name) || slices.ContainsFunc(catalogue.All(), func(op ops.Operation) bool { return names(name, op) })
}

// names reports whether a name in Role.Allow or Role.Deny matches the operation.
func names(name string, op ops.Operation) bool {
	group, isGroup := strings.CutPrefix(name, config.GroupPrefix)
	switch {
	case name == config.Everybody, name == op.ID:
		return true
	case name == Reads:
		return op.IsRead()
	case isGroup:
		return strings.EqualFold(group, string(op.Group))
	}
	tier := slices.Index(config.Tiers(), name)
	return tier >= 0 && ops.Tier(tier) == op.Tier
}

// On returns what the person may do on an instance. readOnly is the setting of that
// instance. On returns an error if the person has no role there.
func (r *Rules) On(instance string, readOnly bool) (Grant, error) {
	grant := Grant{ReadOnly: readOnly || r.readOnly}
	at := r.roleOn(instance)
	found := at >= 0
	if len(r.config.Roles) > 0 && !found {
		return Grant{}, fmt.Errorf("%s gives %s no role on %s; ask the person who maintains that file", clean.NewText(r.config.Path()).Display(), clean.NewText(r.person.User).Display(), describeInstance(instance))
	}
	if !grant.ReadOnly && !found {
		return grant, nil
	}
	var role config.Role
	if found {
		role = r.config.Roles[at]
		grant.Role, grant.Line = role.Name, r.config.LineOf(fmt.Sprintf("role[%d]", at))
	}
	grant.Policy = func(op ops.Operation, _ *api.User) string {
		if grant.ReadOnly && !op.IsRead() {
			return r.readOnlyReason(readOnly)
		}
		if found && !r.allows(role, op) {
			return r.reason(instance, role, op)
		}
		return ""
	}
	return grant, nil
}

// describeInstance names an instance in a sentence.
func describeInstance(instance string) string {
	if instance == "" || instance == config.EnvironmentName {
		return "the instance of CLERK_SECRET_KEY"
	}
	return clean.NewText(instance).Display()
}

func (r *Rules) readOnlyReason(byInstance bool) string {
	if byInstance {
		return "this instance is read-only here"
	}
	return "read-only (--read-only)"
}

// roleOn returns the index of the first role on the instance that lists the person, or
// else of the first one for everybody. It returns -1 if there is none.
func (r *Rules) roleOn(instance string) int {
	if instance == "" {
		instance = config.EnvironmentName
	}
	for _, matches := range []func(string) bool{r.person.is, func(who string) bool { return who == config.Everybody }} {
		for i, role := range r.config.Roles {
			if holdsOn(role, instance) && slices.ContainsFunc(role.Who, matches) {
				return i
			}
		}
	}
	return -1
}

func holdsOn(role config.Role, instance string) bool {
	return len(role.Instances) == 0 || slices.Contains(role.Instances, instance)
}

// allows reports whether the role allows the operation.
func (r *Rules) allows(role config.Role, op ops.Operation) bool {
	allow, deny := r.lists(role)
	means := func(name string) bool { return names(name, op) }
	return !slices.ContainsFunc(deny, means) && slices.ContainsFunc(allow, means)
}

// lists returns what a role allows and denies, including everything from the roles it
// refers to with Like; package config has ruled out cycles. A role with a built-in name
// and no Allow of its own has the built-in permissions.
func (r *Rules) lists(role config.Role) (allow, deny []string) {
	allow, deny = role.Allow, role.Deny
	if role.Like != "" {
		like, _ := r.config.RoleNamed(role.Like)
		alsoAllow, alsoDeny := r.lists(like)
		return slices.Concat(allow, alsoAllow), slices.Concat(deny, alsoDeny)
	}
	if len(allow) == 0 {
		allow = builtIn(role.Name)
	}
	return allow, deny
}

func builtIn(name string) []string {
	switch name {
	case config.RoleViewer:
		return []string{Reads}
	case config.RoleAgent:
		return []string{"T0", "T1", "T2"}
	case config.RoleManager:
		return []string{config.Everybody}
	}
	return nil
}

// reason explains why the role may not perform the operation, and which role may.
func (r *Rules) reason(instance string, role config.Role, op ops.Operation) string {
	says := fmt.Sprintf("your role (%s) may not %s", role.Name, describe(op, r.catalogue))
	if instance == "" {
		instance = config.EnvironmentName
	}
	for _, other := range r.config.Roles {
		if other.Name != role.Name && holdsOn(other, instance) && r.allows(other, op) {
			return says + "; ask " + article(other.Name) + " " + other.Name
		}
	}
	return says
}

// describe returns the operation as a verb phrase in the plural: "ban users", "reset MFA
// enrollments".
func describe(op ops.Operation, catalogue *ops.Catalogue) string {
	plural := map[string]string{
		"user": "users", "passkey": "passkeys", "session": "sessions", "account": "accounts", "wallet": "wallets", "image": "images",
		"password": "passwords", "address": "addresses", "number": "numbers", "app": "apps", "secret": "secrets", "token": "tokens",
	}
	words := strings.Fields(strings.ToLower(op.Title[:1]) + op.Title[1:])
	for i, word := range words {
		if many, isOne := plural[word]; isOne && words[i-1] != "a" {
			words[i] = many
		}
	}
	says := strings.Join(words, " ")
	if base, ok := catalogue.Get(op.ID); ok && op.Tier > base.Tier {
		says += " with the values entered here"
	}
	return says
}

func article(noun string) string {
	if strings.ContainsRune("aeiouAEIOU", rune(noun[0])) {
		return "an"
	}
	return "a"
}
