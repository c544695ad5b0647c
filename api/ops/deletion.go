package ops

import (
	"context"
	"time"

	"frontdesk/api"
)

// deletion lists the operation that deletes a user.
func deletion() []Operation { return []Operation{deleteUser()} }

func deleteUser() Operation {
	return Operation{
		ID: "delete_user", Title: "Delete user", Verb: "Delete", Doing: "Deleting", Done: "Deleted",
		Keywords: []string{"delete account", "remove account", "erase", "forget", "everything", "gdpr"},
		Group:    GroupDelete, Tier: T4, Destructive: true, DeletesUser: true, Alternative: "ban_user",
		Effects: func(s Subject) []string {
			return nonEmpty("deletes this user permanently, with their sessions, memberships, metadata and connected accounts",
				organizationsLeft(s.userOrEmpty()))
		},
		WhyNot:    always,
		Checklist: callerChecks("they want the account deleted, not just closed for now"),
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

// deletableState describes who the user is.
func deletableState(u *api.User, now time.Time) string {
	return profileState(u, now) + ", " + partState(PartEmail)(u, now)
}
