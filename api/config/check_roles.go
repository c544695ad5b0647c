package config

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// Names of the roles with built-in permissions.
const (
	RoleViewer  = "viewer"  // T0 without secrets
	RoleAgent   = "agent"   // T0 to T2
	RoleManager = "manager" // everything
)

// Everybody is the wildcard. In Role.Who it stands for everybody not listed in another
// role, in Role.Allow and Role.Deny for every operation.
const Everybody = "*"

// GroupPrefix marks the name of a group: an operating system group in Role.Who, a group
// of operations in Role.Allow and Role.Deny.
const GroupPrefix = "group:"

// checkRoles validates the roles, except for the operations they name, which api/policy
// checks.
func (c *Config) checkRoles() error {
	supplied := []string{RoleViewer, RoleAgent, RoleManager}
	for i, r := range c.Roles {
		at := fmt.Sprintf("role[%d]", i)
		name := clean.NewText(r.Name).Display()
		switch says := checkName(r.Name); {
		case r.Name == "":
			return c.ErrorAt(at, "a role has no name")
		case says != "":
			return c.ErrorAt(at+".name", "the name of role “"+name+"” "+says)
		case len(r.Who) == 0:
			return c.ErrorAt(at+".who", "role "+name+` lists nobody: set who = ["jo", "group:support", "*"]`)
		case len(r.Allow) == 0 && r.Like == "" && !slices.Contains(supplied, r.Name):
			return c.ErrorAt(at, "role "+name+` allows nothing: set allow = ["T0", "T1"] or like = "agent"`)
		}
		for _, who := range r.Who {
			if strings.TrimSpace(strings.TrimPrefix(who, GroupPrefix)) == "" {
				return c.ErrorAt(at+".who", "role "+name+" has an empty name in who")
			}
		}
		for _, instance := range r.Instances {
			if !c.isInstance(instance) {
				return c.ErrorAt(at+".instances", "role "+name+": there is no instance “"+clean.NewText(instance).Display()+"”"+c.suggestInstance(instance))
			}
		}
		if err := c.checkLike(i, at); err != nil {
			return err
		}
	}
	return nil
}

// checkLike checks that the role's chain of Like ends at an existing role.
func (c *Config) checkLike(from int, at string) error {
	path := []string{c.Roles[from].Name}
	for like := c.Roles[from].Like; like != ""; {
		if slices.Contains(path, like) {
			return c.ErrorAt(at+".like", "like refers back to the same role: "+clean.NewText(strings.Join(append(path, like), " → ")).Display())
		}
		path = append(path, like)
		next, known := c.RoleNamed(like)
		if !known {
			return c.ErrorAt(at+".like", "there is no role “"+clean.NewText(like).Display()+"”; viewer, agent and manager are built in")
		}
		like = next.Like
	}
	return nil
}

// RoleNamed returns the first configured role of that name, or else the built-in one.
func (c *Config) RoleNamed(name string) (Role, bool) {
	if i := slices.IndexFunc(c.Roles, func(r Role) bool { return r.Name == name }); i >= 0 {
		return c.Roles[i], true
	}
	return Role{Name: name}, slices.Contains([]string{RoleViewer, RoleAgent, RoleManager}, name)
}
