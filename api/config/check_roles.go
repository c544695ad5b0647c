package config

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// Supplied roles, which bring what they allow.
const (
	RoleViewer  = "viewer"  // T0 without secrets
	RoleAgent   = "agent"   // T0 to T2
	RoleManager = "manager" // everything
)

// Everybody names, in Role.Who, whom no other role names and, in Role.Allow and
// Role.Deny, every operation.
const Everybody = "*"

// GroupPrefix begins the name of a group: of the system in Role.Who, of operations in
// Role.Allow and Role.Deny.
const GroupPrefix = "group:"

// checkRoles checks everything about roles but the operations that they name, which
// api/policy knows.
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
			return c.ErrorAt(at+".who", "role "+name+` has nobody: who = ["jo", "group:support", "*"]`)
		case len(r.Allow) == 0 && r.Like == "" && !slices.Contains(supplied, r.Name):
			return c.ErrorAt(at, "role "+name+` allows nothing: it needs allow = ["T0", "T1"] or like = "agent"`)
		}
		for _, who := range r.Who {
			if strings.TrimSpace(strings.TrimPrefix(who, GroupPrefix)) == "" {
				return c.ErrorAt(at+".who", "role "+name+" names somebody without a name")
			}
		}
		for _, place := range r.Instances {
			if !c.isPlace(place) {
				return c.ErrorAt(at+".instances", "role "+name+": there is no instance “"+clean.NewText(place).Display()+"”"+c.nearestPlace(place))
			}
		}
		if err := c.checkLike(i, at); err != nil {
			return err
		}
	}
	return nil
}

// checkLike follows a role's Like to its end.
func (c *Config) checkLike(from int, at string) error {
	path := []string{c.Roles[from].Name}
	for like := c.Roles[from].Like; like != ""; {
		if slices.Contains(path, like) {
			return c.ErrorAt(at+".like", "roles are like each other in a circle: "+clean.NewText(strings.Join(append(path, like), " → ")).Display())
		}
		path = append(path, like)
		next, known := c.RoleNamed(like)
		if !known {
			return c.ErrorAt(at+".like", "there is no role “"+clean.NewText(like).Display()+"” to be like; viewer, agent and manager are supplied")
		}
		like = next.Like
	}
	return nil
}

// RoleNamed is the first role of that name, or the supplied one.
func (c *Config) RoleNamed(name string) (Role, bool) {
	if i := slices.IndexFunc(c.Roles, func(r Role) bool { return r.Name == name }); i >= 0 {
		return c.Roles[i], true
	}
	return Role{Name: name}, slices.Contains([]string{RoleViewer, RoleAgent, RoleManager}, name)
}
