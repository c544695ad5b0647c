// Package policy says what the person at the desk may do, by the roles of the
// configuration.
//
// What may live here: who has which role where, what a role allows, and the sentence
// that says no. What may not: greying (views), refusing (api/desk): both ask the
// ops.Policy that is made here.
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

// Reads is what Role.Allow and Role.Deny call the operations that change nothing and
// reveal no secret.
const Reads = "reads"

// Rules are the roles of the configuration as they are for one person.
type Rules struct {
	config    *config.Config
	person    Person
	catalogue *ops.Catalogue
	readOnly  bool
}

// Grant is what a person may do on one instance.
type Grant struct {
	Role     string // "" where no roles are configured
	Line     int    // of the role in the file
	ReadOnly bool
	Policy   ops.Policy // nil allows everything
}

// New returns the rules for the person. readOnly holds on every instance. The error is
// a mistake in the configuration: a role that names what does not exist.
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

// isKnown reports whether a name means any operation.
func isKnown(catalogue *ops.Catalogue, name string) bool {
	return slices.Contains(config.Tiers(), name) || slices.ContainsFunc(catalogue.All(), func(op ops.Operation) bool { return names(name, op) })
}

// names reports whether a name of Role.Allow or Role.Deny means the operation.
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

// On returns what the person may do on an instance; readOnly is the instance's own. The
// error is a sentence for somebody who has no role there.
func (r *Rules) On(instance string, readOnly bool) (Grant, error) {
	grant := Grant{ReadOnly: readOnly || r.readOnly}
	at := r.roleOn(instance)
	found := at >= 0
	if len(r.config.Roles) > 0 && !found {
		return Grant{}, fmt.Errorf("%s gives %s no role on %s; ask whoever keeps that file", clean.NewText(r.config.Path()).Display(), clean.NewText(r.person.User).Display(), place(instance))
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

func place(instance string) string {
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

// roleOn is the place of the first role on the instance that names the person, or else
// of the first for everybody, -1 for none.
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

// allows reports whether the role may do the operation.
func (r *Rules) allows(role config.Role, op ops.Operation) bool {
	allow, deny := r.lists(role)
	means := func(name string) bool { return names(name, op) }
	return !slices.ContainsFunc(deny, means) && slices.ContainsFunc(allow, means)
}

// lists are what a role allows and denies with those that it is like; config has made
// sure that this ends. A role of a supplied name that allows nothing itself allows what
// that name does.
func (r *Rules) lists(role config.Role) (allow, deny []string) {
	allow, deny = role.Allow, role.Deny
	if role.Like != "" {
		like, _ := r.config.RoleNamed(role.Like)
		alsoAllow, alsoDeny := r.lists(like)
		return slices.Concat(allow, alsoAllow), slices.Concat(deny, alsoDeny)
	}
	if len(allow) == 0 {
		allow = supplied(role.Name)
	}
	return allow, deny
}

func supplied(name string) []string {
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

// reason is why the role may not do the operation, and who may.
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

// describe is the operation as what somebody may not do: "ban users", "reset MFA
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
		says += " with what is filled in here"
	}
	return says
}

func article(noun string) string {
	if strings.ContainsRune("aeiouAEIOU", rune(noun[0])) {
		return "an"
	}
	return "a"
}
