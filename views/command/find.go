package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/views/person"
)

// mostFound is how many people are asked for where one is meant, and
// mostSuggested how many are shown where nobody was found.
const mostFound, mostSuggested = 50, 10

// find is the one person that USER names, read just now. It asks the server's
// exact filters and holds every answer against what was named: a filter that a
// server does not know gives everybody.
func (r *run) find(ctx context.Context) (*api.User, error) {
	named := strings.TrimSpace(r.who)
	c := r.session.Client
	if strings.HasPrefix(named, "user_") {
		u, err := c.GetUser(ctx, api.NewText(named))
		var e *api.Error
		if err == nil || !errors.As(err, &e) || e.Kind != api.KindNotFound {
			return u, err
		}
	}
	found, err := exact(ctx, c, named)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, nobody(ctx, c, named)
	case len(found) > 1:
		return nil, Exit{CodeFailed, &severalPeople{"more than one person has “" + plain(named) + "”; give the id of the one you mean", found}}
	}
	return c.GetUser(ctx, found[0].ID)
}

func exact(ctx context.Context, c *api.Client, named string) ([]api.User, error) {
	var found []api.User
	for _, want := range readings(named) {
		users, err := c.ListUsers(ctx, want.query)
		if err != nil {
			return nil, err
		}
		for _, u := range users {
			known := slices.ContainsFunc(found, func(f api.User) bool { return f.ID == u.ID })
			if !known && want.is(&u) {
				found = append(found, u)
			}
		}
	}
	return found, nil
}

// reading is one way to understand a name.
type reading struct {
	query api.Query
	is    func(*api.User) bool
}

func readings(named string) []reading {
	if strings.LastIndex(named, "@") > 0 { // at the start it is how people write a username
		return []reading{{api.Query{Email: either(named, strings.ToLower(named)), Limit: mostFound}, func(u *api.User) bool {
			return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool { return strings.EqualFold(e.EmailAddress.Raw(), named) })
		}}}
	}
	var all []reading
	if numbers := phones(named); len(numbers) > 0 {
		all = append(all, reading{api.Query{Phone: numbers, Limit: mostFound}, func(u *api.User) bool {
			return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return slices.Contains(numbers, p.PhoneNumber.Raw()) })
		}})
	}
	if !strings.ContainsAny(named, " +") {
		username := strings.TrimPrefix(named, "@")
		all = append(all, reading{api.Query{Username: either(username, strings.ToLower(username)), Limit: mostFound}, func(u *api.User) bool {
			return strings.EqualFold(u.Username.Raw(), username)
		}})
	}
	return all
}

func either(a, b string) []string { return slices.Compact([]string{a, b}) }

// phones are the numbers that people may mean by a row of digits with any
// punctuation: 00 is +, and ten digits without a country are North American, too.
func phones(named string) []string {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" +-().\u00a0/\u2010\u2011\u2013", r):
			return -1
		}
		return 'x'
	}, named)
	if strings.Contains(digits, "x") || len(digits) < 7 || len(digits) > 17 {
		return nil
	}
	if strings.HasPrefix(digits, "00") {
		return []string{"+" + digits[2:]}
	}
	numbers := []string{"+" + digits}
	if len(digits) == 10 && !strings.Contains(named, "+") {
		numbers = append(numbers, "+1"+digits)
	}
	return numbers
}

// nobody says so, and who may be meant: a name does not do, but finds.
func nobody(ctx context.Context, c *api.Client, named string) error {
	says := "nobody has the id, e-mail address, phone number or username “" + plain(named) + "”"
	near, err := c.ListUsers(ctx, api.Query{Search: named, Limit: mostSuggested})
	if err != nil || len(near) == 0 {
		return failed(says)
	}
	return Exit{CodeFailed, &severalPeople{says + "; a search finds", near}}
}

// severalPeople is an error that lists people: the sentence, then a line each.
type severalPeople struct {
	says   string
	people []api.User
}

func (e *severalPeople) Error() string {
	lines := []string{e.says + ":"}
	for i := range e.people {
		u := &e.people[i]
		lines = append(lines, "  "+strings.Join(told(u), "   "))
	}
	return strings.Join(lines, "\n")
}

// told tells one person from another: name, e-mail or phone, whole id.
func told(u *api.User) []string {
	reach := u.Email().Display()
	if reach == "" {
		reach = person.Phone(u.Phone())
	}
	return slices.DeleteFunc([]string{person.Name(u), reach, u.ID.Display()}, func(s string) bool { return s == "" })
}

func (e *severalPeople) brief() []*personJSON {
	var all []*personJSON
	for i := range e.people {
		all = append(all, brief(&e.people[i]))
	}
	return all
}

func spokenName(u *api.User) string { return person.Name(u) }
