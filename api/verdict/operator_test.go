package verdict_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/verdict"
	"frontdesk/api/wire"
)

func TestOf_OffersToUndoWhatTheOperatorJustDid(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	attempts := int64(10)
	banned := &api.User{Banned: true, UpdatedAt: wire.Time{Time: now.Add(-time.Minute)}}
	locked := &api.User{Locked: true, VerificationAttemptsRemaining: &attempts, UpdatedAt: banned.UpdatedAt}
	for operation, u := range map[string]*api.User{"unban_user": banned, "unlock_user": locked} {
		v := verdict.Of(verdict.Facts{User: u}, now)
		require.Contains(t, v.Helps, "ask who did it", operation)
		require.NotContains(t, v.Remedies, verdict.Remedy{Operation: operation})

		v = verdict.Of(verdict.Facts{User: u, ChangedByOperator: true}, now)
		require.NotContains(t, v.Helps, "ask who did it", operation)
		require.Contains(t, v.Remedies, verdict.Remedy{Operation: operation})
	}
}
