package ops

import (
	"context"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// bulk is what is asked of several users at once.
func bulk() []Operation { return []Operation{banUsers(), unbanUsers()} }

func banUsers() Operation {
	return Operation{
		ID: "users_ban", Title: "Ban users", Verb: "Ban", Doing: "Banning", Done: "Banned",
		Group: GroupSeveral, Scope: ScopeUsers, SingleOp: "ban_user", Tier: T2, Destructive: true,
		Effects: func(Subject) []string {
			return []string{"ends every session of each of them now", "none of them can sign in again until unbanned"}
		},
		WayBack: "Unban users, of those whom this bans", Inverse: "users_unban",
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.Banned, "already banned", "") },
		CallAll: byIDs((*api.Client).BanUsers), MaxUsers: api.MaxBulk,
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return after.Banned },
		State:   bannedState,
	}
}

func unbanUsers() Operation {
	return Operation{
		ID: "users_unban", Title: "Unban users", Verb: "Unban", Doing: "Unbanning", Done: "Unbanned",
		Group: GroupSeveral, Scope: ScopeUsers, SingleOp: "unban_user", Tier: T2,
		Effects: func(Subject) []string {
			return []string{"lifts the ban of each of them, so that signing in is possible again",
				"sessions that the ban ended do not come back, and who is locked stays locked"}
		},
		WayBack: "Ban users, of those whom this unbans", Inverse: "users_ban",
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.Banned, "", "not banned") },
		CallAll: byIDs((*api.Client).UnbanUsers), MaxUsers: api.MaxBulk,
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return !after.Banned },
		State:   bannedState,
	}
}

// byIDs is the CallAll of an operation that needs nothing but the users' ids.
func byIDs(send func(*api.Client, context.Context, []clean.Text) ([]api.User, error)) func(context.Context, *api.Client, Request) ([]api.User, error) {
	return func(ctx context.Context, c *api.Client, r Request) ([]api.User, error) {
		return send(c, ctx, r.UserIDs)
	}
}

// bulkT4From is from how many users on an operation is one of many.
const bulkT4From = 10

// BulkTier is TierFor of an operation of n users: T4 from ten on, whatever it
// is, else one up at most where anything about the place or the people is
// unusual (production, an organization's admin, people who are out of sight).
func (o Operation) BulkTier(n int, unusual bool) Tier {
	if n >= bulkT4From {
		return T4
	}
	return o.TierFor(unusual, false)
}

// BulkPhrase is what is typed to agree to an operation of n users: "ban 37".
func (o Operation) BulkPhrase(n int) string { return strings.ToLower(o.Verb) + " " + strconv.Itoa(n) }

// BulkTitle and DoneAll are the operation with a number of users: "Ban 37 users"
// is its title, "Banned 37 users" what was done.
func (o Operation) BulkTitle(n int) string { return o.Verb + " " + count(n, "user") }

// BulkDone is described at TitleFor.
func (o Operation) BulkDone(n int) string { return o.joinName(o.Done, count(n, "user")) }

// BulkUndo is Undo for an operation of several users: the request names those
// whom it changed, and so never those who had been like that before.
func (o Operation) BulkUndo(c *Catalogue, changed []clean.Text) (Operation, Request, bool) {
	inverse, known := c.Get(o.Inverse)
	return inverse, Request{UserIDs: changed}, known && len(changed) > 0
}
