package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
)

// namesPerRequest is how many ids or addresses one request asks for; the API's
// filters take a hundred values.
const namesPerRequest = 50

// findAll reads the users that are named, each once and in the order of the names.
// It fails unless it finds all of them.
func (r *bulkRun) findAll(ctx context.Context) ([]*api.User, error) {
	s := &lookup{run: r.run, persons: map[string]input.Person{}, found: map[string][]api.User{}}
	names := slices.Clone(r.names)
	slices.Sort(names)
	names = slices.Compact(names)
	for _, name := range names {
		s.persons[name] = input.ParsePerson(name)
	}
	ids := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return s.persons[n].ID == "" })
	mails := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return s.persons[n].Email.Address == "" })
	if err := errors.Join(s.byID(ctx, ids), s.byEmail(ctx, mails)); err != nil {
		return nil, err
	}
	for _, name := range names {
		if len(s.found[name]) == 0 && !slices.Contains(mails, name) {
			if err := s.byOther(ctx, name); err != nil {
				return nil, err
			}
		}
	}
	return s.resolved(r.names)
}

// lookup finds users by name at a pace that leaves most of the instance's rate limit
// to others.
type lookup struct {
	*run
	persons map[string]input.Person // by argument
	found   map[string][]api.User   // by argument
	asked   bool                    // a request has been sent
}

func (s *lookup) list(ctx context.Context, q api.Query) ([]api.User, error) {
	if s.asked {
		if err := s.screens(s.session).Pause(ctx, s.session.Instance.Kind.RequestInterval()); err != nil {
			return nil, errStopped
		}
	}
	s.asked = true
	return s.session.Client.ListUsers(ctx, q)
}

func (s *lookup) byID(ctx context.Context, names []string) error {
	for chunk := range slices.Chunk(names, namesPerRequest) {
		var ids []string
		for _, name := range chunk {
			ids = append(ids, s.persons[name].ID)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		users, err := s.list(ctx, api.Query{UserID: ids, Limit: len(ids)})
		if err != nil {
			return err
		}
		for _, name := range chunk {
			for _, u := range users {
				if u.ID.Raw() == s.persons[name].ID {
					s.found[name] = []api.User{u}
				}
			}
		}
	}
	return nil
}

func (s *lookup) byEmail(ctx context.Context, mails []string) error {
	for len(mails) > 0 {
		var spellings []string
		taken := 0
		for _, mail := range mails {
			forms := s.persons[mail].Email.Candidates()
			if taken == namesPerRequest || len(spellings)+len(forms) > 2*namesPerRequest {
				break
			}
			spellings = append(spellings, forms...)
			taken++
		}
		users, err := s.list(ctx, api.Query{Email: spellings, Limit: 2 * len(spellings)})
		if err != nil {
			return err
		}
		for _, mail := range mails[:taken] {
			forms := s.persons[mail].Email.Candidates()
			s.found[mail] = slices.DeleteFunc(slices.Clone(users), func(u api.User) bool { return !hasEmail(&u, forms) })
		}
		mails = mails[taken:]
	}
	return nil
}

func (s *lookup) byOther(ctx context.Context, name string) error {
	for _, want := range interpretations(s.persons[name]) {
		users, err := s.list(ctx, want.query)
		if err != nil {
			return err
		}
		for _, u := range users {
			known := slices.ContainsFunc(s.found[name], func(f api.User) bool { return f.ID == u.ID })
			if !known && want.matches(&u) {
				s.found[name] = append(s.found[name], u)
			}
		}
	}
	return nil
}

// resolved returns the users in the order of the names, each once, or an error that
// lists the names that do not mean one user.
func (s *lookup) resolved(names []string) ([]*api.User, error) {
	var resolved []*api.User
	var unresolved []string
	seen := map[clean.Text]bool{}
	for _, name := range names {
		switch users := s.found[name]; {
		case ambiguity(s.persons[name]) != "":
			unresolved = append(unresolved, "  "+ambiguity(s.persons[name]))
		case len(users) == 0:
			unresolved = append(unresolved, "  “"+plain(name)+"”   matches no id, e-mail address, phone number or username")
		case len(users) > 1:
			unresolved = append(unresolved, "  “"+plain(name)+"”   matches more than one user; give the id of the one you mean")
		case !seen[users[0].ID]:
			seen[users[0].ID] = true
			resolved = append(resolved, &users[0])
		}
	}
	if len(unresolved) > 0 {
		return nil, failed("Nothing was sent, because some users could not be found:\n" + strings.Join(unresolved, "\n"))
	}
	return resolved, nil
}
