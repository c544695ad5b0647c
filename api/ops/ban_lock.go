package ops

import (
	"context"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// access lists the operations that control a user's access.
func access() []Operation {
	return []Operation{banUser(), unbanUser(), lockUser(), unlockUser()}
}

func banUser() Operation {
	return Operation{
		ID: "ban_user", Title: "Ban user", Verb: "Ban", Doing: "Banning", Done: "Banned",
		Keywords: []string{"suspend", "block", "disable account", "deactivate"},
		Group:    GroupAccess, Tier: T2, Destructive: true,
		Effects: func(s Subject) []string {
			return []string{endsSessions(s), "they cannot sign in until you unban them"}
		},
		WayBack: "Unban user", Inverse: "unban_user",
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.Banned, "already banned", "") },
		Call:    byID((*api.Client).BanUser),
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return after.Banned },
		State:   bannedState,
	}
}

func unbanUser() Operation {
	return Operation{
		ID: "unban_user", Title: "Unban user", Verb: "Unban", Doing: "Unbanning", Done: "Unbanned",
		Keywords: []string{"unsuspend", "unblock", "enable account", "reactivate"},
		Group:    GroupAccess, Tier: T1,
		Effects: func(s Subject) []string {
			return nonEmpty("lets them try to sign in again",
				"does not restore the sessions that the ban ended",
				choose(s.User != nil && isLocked(s.userOrEmpty(), s.Now), "they stay locked until you unlock them too", ""))
		},
		WayBack: "Ban user", Inverse: "ban_user",
		WhyNot:  func(u *api.User, _ time.Time) string { return choose(u.Banned, "", "not banned") },
		Call:    byID((*api.Client).UnbanUser),
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return !after.Banned },
		State:   bannedState,
	}
}

func lockUser() Operation {
	return Operation{
		ID: "lock_user", Title: "Lock user", Verb: "Lock", Doing: "Locking", Done: "Locked",
		Keywords: []string{"freeze"},
		Group:    GroupAccess, Tier: T2, Destructive: true,
		Effects: func(Subject) []string {
			return []string{"they cannot sign in until you unlock them or the instance's lockout period ends",
				"existing sessions may stay active: Clerk does not document this"}
		},
		WayBack: "Unlock user", Inverse: "unlock_user",
		WhyNot: func(u *api.User, now time.Time) string { return choose(isLocked(u, now), "already locked", "") },
		Call:   byID((*api.Client).LockUser),
		// A second lock may restart the lockout period.
		Retry:   RetryLookFirst,
		Applied: func(_, after *api.User, _ Request) bool { return isLocked(after, after.ReadAt) },
		State:   lockedState,
	}
}

func unlockUser() Operation {
	return Operation{
		ID: "unlock_user", Title: "Unlock user", Verb: "Unlock", Doing: "Unlocking", Done: "Unlocked",
		Keywords: []string{"failed attempts", "unfreeze"},
		Group:    GroupAccess, Tier: T1,
		Effects: func(s Subject) []string {
			return nonEmpty("lets them try to sign in again",
				choose(s.userOrEmpty().Banned, "they stay banned until you unban them too", ""))
		},
		WayBack: "Lock user", Inverse: "lock_user",
		UndoCaveat: "starts a new lockout period; the rest of the old one is not restored",
		WhyNot:     func(u *api.User, now time.Time) string { return choose(isLocked(u, now), "", "not locked") },
		Call:       byID((*api.Client).UnlockUser),
		Retry:      RetryReadBack,
		Applied:    func(_, after *api.User, _ Request) bool { return !isLocked(after, after.ReadAt) },
		State:      lockedState,
	}
}

func bannedState(u *api.User, _ time.Time) string { return choose(u.Banned, "banned", "not banned") }

// lockedState leaves out the remaining time, which passes by itself.
func lockedState(u *api.User, now time.Time) string {
	return choose(isLocked(u, now), "locked", "not locked")
}

// endsSessions returns the effect of ending all sessions, with their number if known.
func endsSessions(s Subject) string {
	switch {
	case s.User == nil || s.Sessions < 0:
		return "ends all sessions now"
	case s.Sessions == 0:
		return "ends all sessions now; none is active"
	}
	return "signs out " + count(s.Sessions, "session") + " now"
}

// byID adapts a client method that takes only the user's id to Operation.Call.
func byID(send func(*api.Client, context.Context, clean.Text) (*api.User, error)) func(context.Context, *api.Client, Request) (*api.User, error) {
	return func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
		return send(c, ctx, r.UserID)
	}
}
