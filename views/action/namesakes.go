package action

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

const (
	// namesakePage is the number of users read to find namesakes. If there are more, only
	// a minimum count is shown.
	namesakePage = 50
	// namesakeAge is how long a cached result is used.
	namesakeAge = 5 * time.Minute
)

// namesakes holds the users with the same name, and the organizations of the first few.
type namesakes struct {
	users    []*api.User
	of       map[clean.Text]membership
	hasMore  bool
	isFailed bool
	readAt   time.Time
}

// namesakeCache keeps namesakes by name. Tasks write it, Update reads it.
type namesakeCache struct {
	mu     sync.Mutex
	byName map[string]namesakes
}

func (c *namesakeCache) get(name string, now time.Time) (namesakes, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, known := c.byName[name]
	return found, known && now.Sub(found.readAt) < namesakeAge
}

func (c *namesakeCache) put(name string, found namesakes) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byName == nil {
		c.byName = map[string]namesakes{}
	}
	c.byName[name] = found
}

// look finds and describes the namesakes of u. Only tasks may call it.
func (c *namesakeCache) look(ctx context.Context, env *Env, u *api.User) *tui.Namesakes {
	found := readNamesakes(ctx, env.Client, u, env.Now())
	if !found.isFailed {
		c.put(nameKey(u), found)
	}
	return found.describe(env, u)
}

// nameKey returns a user's name normalized for comparison, or "" if they have none.
func nameKey(u *api.User) string {
	return strings.Join(strings.Fields(search.Fold(u.FirstName.Raw()+" "+u.LastName.Raw()).Text), " ")
}

// readNamesakes reads the users with the same name as u. Only tasks may call it.
func readNamesakes(ctx context.Context, client *api.Client, u *api.User, now time.Time) namesakes {
	out := namesakes{of: map[clean.Text]membership{}, readAt: now}
	key := nameKey(u)
	typed := strings.Join(strings.Fields(u.FirstName.Raw()+" "+u.LastName.Raw()), " ")
	queries := []string{typed}
	if !strings.EqualFold(typed, key) { // the search may not match both spellings
		queries = append(queries, key)
	}
	seen := map[clean.Text]bool{}
	for _, name := range queries {
		page, err := client.ListUsers(ctx, api.Query{NameLike: name, Limit: namesakePage})
		out.isFailed = out.isFailed || err != nil
		out.hasMore = out.hasMore || len(page) == namesakePage
		for i := range page {
			if one := &page[i]; nameKey(one) == key && !seen[one.ID] {
				seen[one.ID] = true
				out.users = append(out.users, one)
			}
		}
	}
	out.readMemberships(ctx, client, u)
	return out
}

// readMemberships reads the organizations of the users named in a dialog about u or about
// one of the namesakes.
func (n namesakes) readMemberships(ctx context.Context, client *api.Client, u *api.User) {
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, one := range n.users[:min(len(n.users), wording.MaxNamesakes+1)] {
		if one.ID == u.ID {
			continue
		}
		all.Go(func() {
			found := readMembership(ctx, client, one)
			mu.Lock()
			defer mu.Unlock()
			n.of[one.ID] = found
		})
	}
	all.Wait()
}

// describe describes the namesakes of u.
func (n namesakes) describe(env *Env, u *api.User) *tui.Namesakes {
	others := slices.DeleteFunc(slices.Clone(n.users), func(one *api.User) bool { return one.ID == u.ID })
	var lines []string
	for _, one := range others[:min(len(others), wording.MaxNamesakes)] {
		env.Mask.Note(one)
		orgs := n.of[one.ID].shown(env).names()
		lines = append(lines, wording.Namesake(env.Shown(one), orgs, env.Now()))
	}
	name := userfmt.FullName(env.Shown(u))
	if n.isFailed && len(others) == 0 {
		return wording.NamesakesUnknown(name)
	}
	return wording.Namesakes(name, len(others), n.hasMore || n.isFailed, lines)
}

// namesakesSoFar returns what is known without a request: a cached result, or else the
// namesakes among the users seen in this session. isComplete reports whether nothing needs
// to be read.
func namesakesSoFar(env *Env, u *api.User) (said *tui.Namesakes, isComplete bool) {
	if u == nil || nameKey(u) == "" {
		return nil, true
	}
	if found, known := env.remembered().namesakes.get(nameKey(u), env.Now()); known {
		return found.describe(env, u), true
	}
	seen := namesakes{hasMore: true}
	env.UserCache().Each(func(one *api.User) {
		if nameKey(one) == nameKey(u) {
			seen.users = append(seen.users, one)
			if m := knownMembership(env, one); m.known {
				if seen.of == nil {
					seen.of = map[clean.Text]membership{}
				}
				seen.of[one.ID] = m
			}
		}
	})
	if len(seen.users) > 1 || len(seen.users) == 1 && seen.users[0].ID != u.ID {
		return seen.describe(env, u), false
	}
	return wording.NamesakesSought(userfmt.FullName(env.Shown(u))), false
}
