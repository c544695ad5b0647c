package ops

import (
	"context"
	"time"

	"frontdesk/api"
)

// deletion is the one operation after which there is nobody to read.
func deletion() []Operation { return []Operation{deleteUser()} }

func deleteUser() Operation {
	return Operation{
		ID: "delete_user", Title: "Delete user", Verb: "Delete", Doing: "Deleting", Done: "Deleted",
		Group: GroupDelete, Tier: T4, Destructive: true, DeletesUser: true, Alternative: "ban_user",
		Effects: func(s Subject) []string {
			return nonEmpty("deletes this user; the API has no way to bring a user back",
				organizationsLeft(s.userOrEmpty()))
		},
		WhyNot:    always,
		Checklist: callerChecks("they asked for the account to be deleted, not only closed for now"),
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			_, err := c.DeleteUser(ctx, r.UserID)
			return nil, err
		},
		Retry: RetryGone,
		State: deletableState,
	}
}

func organizationsLeft(u *api.User) string {
	if n := len(u.OrganizationMemberships); n > 0 {
		return "is a member of " + count(n, "organization") + " now"
	}
	return ""
}

// deletableState is what one looks at before deleting somebody: who they are.
func deletableState(u *api.User, now time.Time) string {
	return profileState(u, now) + ", " + partState(PartEmail)(u, now)
}
