package ops

import (
	"context"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// bulk lists the operations on several users at once.
func bulk() []Operation { return []Operation{banUsers(), unbanUsers()} }

func banUsers() Operation {
	return Operation{
		ID: "users_ban", Title: "Ban users", Verb: "Ban", Doing: "Banning", Done: "Banned",
		Keywords: []string{"suspend", "block", "disable accounts"},
		Group:    GroupSeveral, Scope: ScopeUsers, SingleOp: "ban_user", Tier: T2, Destructive: true,
		Effects: func(Subject) []string {
			return []string{"ends all their sessions now", "none of them can sign in until you unban them"}
		},
		WayBack: "Unban the same users", Inverse: "users_unban",
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
		Keywords: []string{"unsuspend", "unblock", "enable accounts"},
		Group:    GroupSeveral, Scope: ScopeUsers, SingleOp: "unban_user", Tier: T2,
		Effects: func(Subject) []string {
			return []string{"lets all of them sign in again",
				"does not restore the sessions that the ban ended; locked users stay locked"}
		},
		WayBack: "Ban the same users", Inverse: "users_ban",
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.Banned, "", "not banned") },
		CallAll: byIDs((*api.Client).UnbanUsers), MaxUsers: api.MaxBulk,
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return !after.Banned },
		State:   bannedState,
	}
}

// byIDs adapts a client method that takes only the users' ids to Operation.CallAll.
func byIDs(send func(*api.Client, context.Context, []clean.Text) ([]api.User, error)) func(context.Context, *api.Client, Request) ([]api.User, error) {
	return func(ctx context.Context, c *api.Client, r Request) ([]api.User, error) {
		return send(c, ctx, r.UserIDs)
	}
}

// bulkT4From is the number of users from which on a bulk is confirmed at T4.
const bulkT4From = 10

// BulkTier is TierFor for an operation on n users. unusual raises it by one: a production
// instance, an organization's admin, users who are not on the screen.
func (o Operation) BulkTier(n int, unusual bool) Tier {
	if n >= bulkT4From {
		return T4
	}
	return o.TierFor(unusual, false)
}

// BulkPhrase returns the text to type to confirm a bulk: "ban 37".
func (o Operation) BulkPhrase(n int) string { return strings.ToLower(o.Verb) + " " + strconv.Itoa(n) }

// BulkTitle returns the title of a bulk: "Ban 37 users".
func (o Operation) BulkTitle(n int) string { return o.Verb + " " + count(n, "user") }

// BulkDone returns what a bulk did: "Banned 37 users".
func (o Operation) BulkDone(n int) string { return o.joinName(o.Done, count(n, "user")) }

// BulkUndo is Undo for a bulk. Its request names only the users who were changed.
func (o Operation) BulkUndo(c *Catalogue, changed []clean.Text) (Operation, Request, bool) {
	inverse, known := c.Get(o.Inverse)
	return inverse, Request{UserIDs: changed}, known && len(changed) > 0
}
