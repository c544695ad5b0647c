package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	reader "frontdesk/api/input"
	"frontdesk/views/userfmt"
)

// maxFound is how many people are asked for where one is meant, and
// mostSuggested how many are shown where nobody was found.
const maxFound, maxSuggested = 50, 10

// find is the one person that USER names, read just now. It asks the server's
// exact filters and holds every answer against what was named: a filter that a
// server does not know gives everybody.
func (r *run) find(ctx context.Context) (*api.User, error) {
	who := reader.ParsePerson(r.who)
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

// ambiguity is why a text that names more than one person names nobody; "" where it
// does not.
func ambiguity(who reader.Person) string {
	const most = 4
	if who.Phone != nil && who.Phone.NeedsCountry() && who.Username == "" {
		return "“" + plain(who.Text) + "”: " + reader.AskCountry
	}
	names := slices.Concat(who.Found.IDs, who.Found.Emails, who.Found.Phones)
	if len(names) == 0 {
		return ""
	}
	if len(names) > most {
		names = append(names[:most:most], "others")
	}
	if who.Found.Ambiguous && len(who.Found.Phones) == len(names) && !strings.HasPrefix(names[0], "+") {
		return "“" + plain(who.Text) + "”: " + reader.AskCountry
	}
	if who.Found.Ambiguous {
		return "“" + plain(who.Text) + "” can be read as " + plain(strings.Join(names, " or "))
	}
	return "“" + plain(who.Text) + "” names more than one: " + plain(strings.Join(names, ", "))
}

func findExact(ctx context.Context, c *api.Client, who reader.Person) ([]api.User, error) {
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

// interpretation is one way to understand a name.
type interpretation struct {
	query   api.Query
	matches func(*api.User) bool
}

func interpretations(who reader.Person) []interpretation {
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
		username = who.Text // what looks like an id may be one's username
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

// notFound says so, and who may be meant: a name does not do, but finds.
func notFound(ctx context.Context, c *api.Client, who reader.Person) error {
	says := "nobody has the id, e-mail address, phone number or username “" + plain(namedText(who)) + "”"
	if who.Phone != nil && who.Phone.NeedsCountry() {
		says = "nobody has the username “" + plain(who.Text) + "”; if it is a phone number, " + reader.AskCountry
	}
	near, err := c.ListUsers(ctx, api.Query{Search: namedText(who), Limit: maxSuggested})
	if err != nil || len(near) == 0 {
		return failed(says)
	}
	return Exit{CodeFailed, &ambiguousError{says + "; a search finds", near}}
}

// namedText is what was looked for, where it was found in a longer text.
func namedText(who reader.Person) string {
	switch {
	case who.ID != "":
		return who.ID
	case who.Email.Address != "":
		return who.Email.Address
	}
	return who.Text
}

// ambiguousError is an error that lists people: the sentence, then a line each.
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

// describeUser tells one person from another: name, e-mail or phone, whole id.
func describeUser(u *api.User) []string {
	reach := u.Email().Display()
	if reach == "" {
		reach = userfmt.Phone(u.Phone())
	}
	return slices.DeleteFunc([]string{userfmt.Name(u), reach, u.ID.Display()}, func(s string) bool { return s == "" })
}

func (e *ambiguousError) usersJSON(env Env) []*userJSON {
	var all []*userJSON
	for i := range e.users {
		all = append(all, env.userJSON(&e.users[i]))
	}
	return all
}

func userName(u *api.User) string { return userfmt.Name(u) }
