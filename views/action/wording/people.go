package wording

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// A question names at most maxNamed users, namedFirst of them on the first line,
// and counts the others.
const namedFirst, maxNamed = 3, 6

// Users returns lines with the number of users and the first names. Users of the
// same name are shown with their address.
func Users(users []*api.User) []string {
	lines := []string{userfmt.Count(len(users), "user")}
	same := map[string]int{}
	for _, u := range users {
		same[userfmt.Name(u)]++
	}
	var names []string
	for _, u := range users[:min(len(users), maxNamed)] {
		parts := userfmt.Identify(u)
		name := parts[0]
		if same[name] > 1 && len(parts) > 1 {
			name += " (" + parts[1] + ")"
		}
		names = append(names, name)
	}
	lines = append(lines, strings.Join(names[:min(len(names), namedFirst)], ", "))
	switch {
	case len(users) > maxNamed:
		return append(lines, fmt.Sprintf("and %d more", len(users)-namedFirst))
	case len(users) == namedFirst+1: // a line with a single name would look like a title
		lines[1] += " and " + names[namedFirst]
	case len(users) > namedFirst:
		lines[1] += ","
		return append(lines, strings.Join(names[namedFirst:len(names)-1], ", ")+" and "+names[len(names)-1])
	}
	return lines
}

// SharedDomain names the e-mail domain that all users share, nil if there is none.
func SharedDomain(users []*api.User) []string {
	if len(users) < 2 {
		return nil
	}
	domain := ""
	for i, u := range users {
		mail := u.Email().Display()
		at := strings.LastIndex(mail, "@")
		if at < 0 || i > 0 && mail[at+1:] != domain {
			return nil
		}
		domain = mail[at+1:]
	}
	return []string{fmt.Sprintf("all %d have an address at %s", len(users), domain)}
}

// NotListed says that n of the users are missing from the list on the screen.
func NotListed(n int) string {
	return fmt.Sprintf("%d of them %s not in the list on screen", n, verb(n, "is", "are"))
}

// MaxOrganizations is the number of organizations that are named.
const MaxOrganizations = 2

// Organizations returns the names of the first organizations of a user, and how
// many more of the total there are.
func Organizations(memberships []api.OrganizationMembership, total int) []string {
	var out []string
	for _, in := range memberships[:min(len(memberships), MaxOrganizations)] {
		name := in.Organization.Name
		if name.Empty() {
			name = in.Organization.Slug
		}
		if name.Empty() {
			name = in.Organization.ID
		}
		out = append(out, name.Display())
	}
	if more := total - len(out); more > 0 && len(out) > 0 {
		out[len(out)-1] += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// Background returns what tells users of the same name apart: the organizations,
// when they joined and when they were last active, and how a misleading e-mail
// address really reads.
func Background(u *api.User, organizations []string, now time.Time) []string {
	parts := organizations
	if reads := userfmt.ReadsAs(u.Email()); reads != "" {
		parts = append([]string{reads}, parts...)
	}
	if label, when := userfmt.JoinedAt(u, now); label != "" {
		parts = append(parts, label+" "+when)
	}
	parts = append(parts, "last active "+userfmt.LastActive(u, now))
	return []string{strings.Join(parts, " · ")}
}

// Warnings returns what an operation uses up. If it could help someone who has taken
// over the account, it also returns what was found about the user.
func Warnings(op ops.Operation, found []userfmt.Finding, tier tui.Tier) []string {
	var out []string
	if op.Consumes != "" {
		out = append(out, op.Consumes)
	}
	opens := op.Group == ops.GroupSignIn || op.Group == ops.GroupContact
	if op.IsHarmless() || tier < tui.T3 && !opens {
		return out
	}
	const most = 2
	for i, f := range found {
		if i == most-1 && len(found) > most {
			return append(out, fmt.Sprintf("and %d more things worth a look", len(found)-i))
		}
		line := f.Text
		if f.Value != "" {
			line += ": " + f.Value
		}
		out = append(out, line)
	}
	return out
}
