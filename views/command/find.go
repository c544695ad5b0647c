package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/views/userfmt"
)

// maxFound bounds the users read to find one, and maxSuggested those that are listed
// if none was found.
const maxFound, maxSuggested = 50, 10

// find reads the user that the argument USER names. It uses the server's exact filters
// and checks every result, because a server ignores a filter that it does not know.
func (r *run) find(ctx context.Context) (*api.User, error) {
	who := input.ParsePerson(r.who)
	c := r.session.Client
	if who.ID != "" {
		u, err := c.GetUser(ctx, clean.NewText(who.ID))
		var e *api.Error
		if err == nil || !errors.As(err, &e) || e.Kind != api.KindNotFound {
			return u, err
		}
	}
	if why := ambiguity(who); why != "" {
		return nil, failed(why + noteIf(who.Phone == nil, "; give the id of the one you mean"))
	}
	found, err := findExact(ctx, c, who)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, notFound(ctx, c, who)
	case len(found) > 1:
		return nil, Exit{CodeFailed, &ambiguousError{"more than one person has “" + plain(who.Text) + "”; give the id of the one you mean", found}}
	}
	return c.GetUser(ctx, found[0].ID)
}

// ambiguity says why a text does not name a single user, "" if it may.
func ambiguity(who input.Person) string {
	const maxListed = 4
	if who.Phone != nil && who.Phone.NeedsCountry() && who.Username == "" {
		return "“" + plain(who.Text) + "”: " + input.AskCountry
	}
	names := slices.Concat(who.Found.IDs, who.Found.Emails, who.Found.Phones)
	if len(names) == 0 {
		return ""
	}
	if len(names) > maxListed {
		names = append(names[:maxListed:maxListed], "others")
	}
	if who.Found.Ambiguous && len(who.Found.Phones) == len(names) && !strings.HasPrefix(names[0], "+") {
		return "“" + plain(who.Text) + "”: " + input.AskCountry
	}
	if who.Found.Ambiguous {
		return "“" + plain(who.Text) + "” can be read as " + plain(strings.Join(names, " or "))
	}
	return "“" + plain(who.Text) + "” names more than one user: " + plain(strings.Join(names, ", "))
}

func findExact(ctx context.Context, c *api.Client, who input.Person) ([]api.User, error) {
	var found []api.User
	for _, want := range interpretations(who) {
		users, err := c.ListUsers(ctx, want.query)
		if err != nil {
			return nil, err
		}
		for _, u := range users {
			known := slices.ContainsFunc(found, func(f api.User) bool { return f.ID == u.ID })
			if !known && want.matches(&u) {
				found = append(found, u)
			}
		}
	}
	return found, nil
}

// interpretation is one way to read a name, and matches checks a result of query.
type interpretation struct {
	query   api.Query
	matches func(*api.User) bool
}

func interpretations(who input.Person) []interpretation {
	if who.Email.Address != "" {
		forms := who.Email.Candidates()
		return []interpretation{{api.Query{Email: forms, Limit: maxFound}, func(u *api.User) bool { return hasEmail(u, forms) }}}
	}
	var all []interpretation
	if who.Phone != nil {
		numbers := who.Phone.Candidates()
		all = append(all, interpretation{api.Query{Phone: numbers, Limit: maxFound}, func(u *api.User) bool {
			return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return slices.Contains(numbers, p.PhoneNumber.Raw()) })
		}})
	}
	username := who.Username
	if who.ID != "" {
		username = who.Text // a username may look like an id
	}
	if username != "" && !strings.Contains(username, " ") {
		all = append(all, interpretation{api.Query{Username: distinct(username, strings.ToLower(username)), Limit: maxFound}, func(u *api.User) bool {
			return strings.EqualFold(u.Username.Raw(), username)
		}})
	}
	return all
}

func hasEmail(u *api.User, forms []string) bool {
	return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool {
		return slices.ContainsFunc(forms, func(form string) bool { return strings.EqualFold(e.EmailAddress.Raw(), form) })
	})
}

func distinct(a, b string) []string { return slices.Compact([]string{a, b}) }

// notFound returns an error that suggests users found by a search: USER must be exact,
// but may have been meant as a name.
func notFound(ctx context.Context, c *api.Client, who input.Person) error {
	message := "nobody has the id, e-mail address, phone number or username “" + plain(namedText(who)) + "”"
	if who.Phone != nil && who.Phone.NeedsCountry() {
		message = "nobody has the username “" + plain(who.Text) + "”; if it is a phone number, " + input.AskCountry
	}
	similar, err := c.ListUsers(ctx, api.Query{Search: namedText(who), Limit: maxSuggested})
	if err != nil || len(similar) == 0 {
		return failed(message)
	}
	return Exit{CodeFailed, &ambiguousError{message + "; a search finds", similar}}
}

// namedText returns the part of the argument that names the user.
func namedText(who input.Person) string {
	switch {
	case who.ID != "":
		return who.ID
	case who.Email.Address != "":
		return who.Email.Address
	}
	return who.Text
}

// ambiguousError is an error with a list of users.
type ambiguousError struct {
	message string
	users   []api.User
}

func (e *ambiguousError) Error() string {
	lines := []string{e.message + ":"}
	for i := range e.users {
		u := &e.users[i]
		lines = append(lines, "  "+strings.Join(describeUser(u), "   "))
	}
	return strings.Join(lines, "\n")
}

// describeUser identifies a user by name, e-mail address or phone number, and id.
func describeUser(u *api.User) []string {
	return slices.DeleteFunc([]string{userfmt.Name(u), contact(u), u.ID.Display()}, func(s string) bool { return s == "" })
}

func (e *ambiguousError) usersJSON(env Env) []*userJSON {
	var all []*userJSON
	for i := range e.users {
		all = append(all, env.userJSON(&e.users[i]))
	}
	return all
}
