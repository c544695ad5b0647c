package policy

import (
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"

	"frontdesk/api/config"
)

// Person is the operating system user at the desk. It comes from the kernel, because the
// user can set the environment to anything.
type Person struct {
	User   string   // "jo"
	Groups []string // "support"
}

// is reports whether an entry of Role.Who refers to the person.
func (p Person) is(who string) bool {
	if group, isGroup := strings.CutPrefix(who, config.GroupPrefix); isGroup {
		return slices.Contains(p.Groups, group)
	}
	return who != config.Everybody && who == p.User
}

// noLogin is the kernel's login uid for a process that was not started from a login.
const noLogin = 1<<32 - 1

// CurrentPerson returns the person who runs this process: the user who logged in, which
// sudo and su do not change, or else the user of the process. loginUIDFile is the kernel's
// file with the login uid ("/proc/self/loginuid"); it need not exist.
func CurrentPerson(loginUIDFile string) Person {
	if text, err := os.ReadFile(loginUIDFile); err == nil {
		id, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 32)
		if err == nil && id != noLogin && int(id) != os.Getuid() {
			return personOf(strconv.FormatUint(id, 10), nil)
		}
	}
	groups, _ := os.Getgroups()
	ids := []string{strconv.Itoa(os.Getgid())}
	for _, id := range groups {
		ids = append(ids, strconv.Itoa(id))
	}
	return personOf(strconv.Itoa(os.Getuid()), ids)
}

// personOf looks up the user with that id. If groupIDs is nil, it looks up the user's groups
// as well. A user without a name is called by their id, so that no role applies to them by
// accident.
func personOf(uid string, groupIDs []string) Person {
	p := Person{User: uid}
	u, err := user.LookupId(uid)
	if err == nil {
		p.User = u.Username
	}
	if groupIDs == nil && err == nil {
		groupIDs, _ = u.GroupIds()
	}
	for _, id := range groupIDs {
		if group, err := user.LookupGroupId(id); err == nil && !slices.Contains(p.Groups, group.Name) {
			p.Groups = append(p.Groups, group.Name)
		}
	}
	return p
}
