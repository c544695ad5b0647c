package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/api"
)

// namesAtOnce is how many ids or addresses are asked for in one request; the
// API's filters take a hundred values.
const namesAtOnce = 50

// findAll are the people whom the names mean, each once, read just now and in
// the order in which they were named. Everybody has to be found, or nobody is
// acted on.
func (r *manyRun) findAll(ctx context.Context) ([]*api.User, error) {
	s := &lookup{run: r.run, found: map[string][]api.User{}}
	names := slices.Clone(r.named)
	slices.Sort(names)
	names = slices.Compact(names)
	ids := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !strings.HasPrefix(n, "user_") })
	mails := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return strings.LastIndex(n, "@") <= 0 })
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
	found map[string][]api.User // by name
	asked bool
}

func (s *lookup) list(ctx context.Context, q api.Query) ([]api.User, error) {
	if s.asked {
		if err := s.screens(s.session).Pause(ctx, s.session.Instance.Kind.Every()); err != nil {
			return nil, failed("Nothing was sent: it was stopped")
		}
	}
	s.asked = true
	return s.session.Client.ListUsers(ctx, q)
}

func (s *lookup) byID(ctx context.Context, ids []string) error {
	for some := range slices.Chunk(ids, namesAtOnce) {
		users, err := s.list(ctx, api.Query{UserID: some, Limit: len(some)})
		if err != nil {
			return err
		}
		for _, u := range users {
			if id := u.ID.Raw(); slices.Contains(some, id) {
				s.found[id] = []api.User{u}
			}
		}
	}
	return nil
}

func (s *lookup) byMail(ctx context.Context, mails []string) error {
	for some := range slices.Chunk(mails, namesAtOnce) {
		var spellings []string
		for _, mail := range some {
			spellings = append(spellings, either(mail, strings.ToLower(mail))...)
		}
		users, err := s.list(ctx, api.Query{Email: spellings, Limit: 2 * len(spellings)})
		if err != nil {
			return err
		}
		for _, mail := range some {
			for _, want := range readings(mail) {
				s.found[mail] = slices.DeleteFunc(slices.Clone(users), func(u api.User) bool { return !want.is(&u) })
			}
		}
	}
	return nil
}

func (s *lookup) byOther(ctx context.Context, name string) error {
	for _, want := range readings(name) {
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
	seen := map[api.Text]bool{}
	for _, name := range names {
		switch users := s.found[name]; {
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
