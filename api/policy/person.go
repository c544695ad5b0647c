package policy

import (
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"

	"frontdesk/api/config"
)

// Person is who sits at the desk as the system knows them, not as the environment
// says.
type Person struct {
	User   string   // "jo"
	Groups []string // "support"
}

// is reports whether an entry of Role.Who names the person.
func (p Person) is(who string) bool {
	if group, isGroup := strings.CutPrefix(who, config.GroupPrefix); isGroup {
		return slices.Contains(p.Groups, group)
	}
	return who != config.Everybody && who == p.User
}

// noLogin is the login user id of a process that nobody's login started.
const noLogin = 1<<32 - 1

// CurrentPerson is the person of this process: who logged in, which stays through sudo
// and su, or else the user of the process. loginUIDFile is where the kernel says who
// logged in ("/proc/self/loginuid"); it need not exist.
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

// personOf names the user of that id, and their groups where those of the process are
// not theirs. A user without a name is their id, so that nobody else's role is theirs.
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
