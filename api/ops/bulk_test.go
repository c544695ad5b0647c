package ops_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

func TestBulk_TypedConfirmationStartsAtTenUsers(t *testing.T) {
	ban := get(t, "users_ban")
	for _, c := range []struct {
		n       int
		unusual bool
		want    ops.Tier
	}{
		{1, false, ops.T2}, {9, false, ops.T2}, {9, true, ops.T3}, {10, false, ops.T4}, {10, true, ops.T4}, {1248, false, ops.T4},
	} {
		require.Equal(t, c.want, ban.BulkTier(c.n, c.unusual), "%d %v", c.n, c.unusual)
	}
	require.Equal(t, "ban 37", ban.BulkPhrase(37))
	require.Equal(t, "Ban 37 users", ban.BulkTitle(37))
	require.Equal(t, "Ban 1 user", ban.BulkTitle(1))
	require.Equal(t, "Unbanned 2 users", get(t, "users_unban").BulkDone(2))
}

// Only users who were changed are undone.
func TestBulk_UndoNamesOnlyChangedUsers(t *testing.T) {
	changed := []clean.Text{clean.NewText("user_1"), clean.NewText("user_3")}
	back, r, ok := get(t, "users_ban").BulkUndo(ops.Users(), changed)
	require.True(t, ok)
	require.Equal(t, "users_unban", back.ID)
	require.Equal(t, changed, r.UserIDs)
	require.NoError(t, back.Check(r))
	_, _, ok = get(t, "users_ban").BulkUndo(ops.Users(), nil)
	require.False(t, ok, "nobody was changed")
	require.EqualError(t, back.Check(ops.Request{}), "no users were chosen")
}
