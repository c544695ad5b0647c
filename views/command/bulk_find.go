package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	reader "frontdesk/api/input"
)

// namesAtOnce is how many ids or addresses are asked for in one request; the
// API's filters take a hundred values.
const namesAtOnce = 50

// findAll are the people whom the names mean, each once, read just now and in
// the order in which they were named. Everybody has to be found, or nobody is
// acted on.
func (r *manyRun) findAll(ctx context.Context) ([]*api.User, error) {
	s := &lookup{run: r.run, read: map[string]reader.Person{}, found: map[string][]api.User{}}
	names := slices.Clone(r.named)
	slices.Sort(names)
	names = slices.Compact(names)
	for _, name := range names {
		s.read[name] = reader.ParsePerson(name)
	}
	ids := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return s.read[n].ID == "" })
	mails := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return s.read[n].Email.Address == "" })
	if err := errors.Join(s.byID(ctx, ids), s.byMail(ctx, mails)); err != nil {
		return nil, err
	}
	for _, name := range names {
		if len(s.found[name]) == 0 && !slices.Contains(mails, name) {
			if err := s.byOther(ctx, name); err != nil {
				return nil, err
			}
		}
	}
	return s.each(r.named)
}

// lookup asks for people by what they are called. It leaves most of the
// instance's rate limit to others.
type lookup struct {
	*run
	read  map[string]reader.Person // by name, as it was given
	found map[string][]api.User    // by name
	asked bool
}

func (s *lookup) list(ctx context.Context, q api.Query) ([]api.User, error) {
	if s.asked {
		if err := s.screens(s.session).Pause(ctx, s.session.Instance.Kind.RequestInterval()); err != nil {
			return nil, failed("Nothing was sent: it was stopped")
		}
	}
	s.asked = true
	return s.session.Client.ListUsers(ctx, q)
}

func (s *lookup) byID(ctx context.Context, names []string) error {
	for some := range slices.Chunk(names, namesAtOnce) {
		var ids []string
		for _, name := range some {
			ids = append(ids, s.read[name].ID)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		users, err := s.list(ctx, api.Query{UserID: ids, Limit: len(ids)})
		if err != nil {
			return err
		}
		for _, name := range some {
			for _, u := range users {
				if u.ID.Raw() == s.read[name].ID {
					s.found[name] = []api.User{u}
				}
			}
		}
	}
	return nil
}

func (s *lookup) byMail(ctx context.Context, mails []string) error {
	for len(mails) > 0 {
		var spellings []string
		taken := 0
		for _, mail := range mails {
			forms := s.read[mail].Email.Candidates()
			if taken == namesAtOnce || len(spellings)+len(forms) > 2*namesAtOnce {
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
			forms := s.read[mail].Email.Candidates()
			s.found[mail] = slices.DeleteFunc(slices.Clone(users), func(u api.User) bool { return !hasEmail(&u, forms) })
		}
		mails = mails[taken:]
	}
	return nil
}

func (s *lookup) byOther(ctx context.Context, name string) error {
	for _, want := range readings(s.read[name]) {
		users, err := s.list(ctx, want.query)
		if err != nil {
			return err
		}
		for _, u := range users {
			known := slices.ContainsFunc(s.found[name], func(f api.User) bool { return f.ID == u.ID })
			if !known && want.is(&u) {
				s.found[name] = append(s.found[name], u)
			}
		}
	}
	return nil
}

// each puts the people in order and once, or says who is not one person.
func (s *lookup) each(names []string) ([]*api.User, error) {
	var people []*api.User
	var wrong []string
	seen := map[clean.Text]bool{}
	for _, name := range names {
		switch users := s.found[name]; {
		case undecided(s.read[name]) != "":
			wrong = append(wrong, "  "+undecided(s.read[name]))
		case len(users) == 0:
			wrong = append(wrong, "  “"+plain(name)+"”   is nobody's id, e-mail address, phone number or username")
		case len(users) > 1:
			wrong = append(wrong, "  “"+plain(name)+"”   is more than one person; give the id of the one you mean")
		case !seen[users[0].ID]:
			seen[users[0].ID] = true
			people = append(people, &users[0])
		}
	}
	if len(wrong) > 0 {
		return nil, Exit{CodeFailed, errors.New("Nothing was sent, because not everybody could be found:\n" + strings.Join(wrong, "\n"))}
	}
	return people, nil
}
