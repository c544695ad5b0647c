package command_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every operation of one user, and the lists, say nothing of whom they are about.
func TestMask_NothingPrintedNamesAnybody(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	u := c.user(someoneID)
	hidden := []string{u.ID.Raw(), u.ID.Raw()[5:], u.FirstName.Raw(), u.LastName.Raw(), u.Email().Raw(), u.Phone().Raw(), "203.0.113."}
	runs := [][]string{
		{"users", "tilda"}, {"users", "tilda", "--csv"}, {"users", "tilda", "--json"},
		{"do", "get_user", "tilda"}, {"do", "get_user", "tilda", "--json"}, {"do", "ban_user", someoneID},
		{"do", "unban_user", someoneID, "--dry-run"}, {"do", "unban_user", someoneID, "--dry-run", "--json"},
		{"do", "delete_user", someoneID, "--yes", "--reason", "asked to"}, {"do", "users_ban", someoneID, "--yes", "--reason", "asked to"},
		{"do", "users_unban", someoneID, "--yes", "--reason", "asked to", "--json"},
	}
	for _, op := range c.catalogue.All() {
		if op.IsRead() && op.ID != "get_user_list" && op.ID != "get_users_count" {
			runs = append(runs, c.command(op), c.command(op, "--json"))
		}
	}
	runs = append(runs, []string{"do", "ban_user", someoneID, "--yes", "--reason", "asked to"}, []string{"do", "ban_user", someoneID, "--yes", "--reason", "asked to", "--json"})
	for _, args := range runs {
		told := c.run(append(args, "--mask")...)
		require.NotEmpty(t, told.out+told.err, "%v", args)
		for _, fact := range hidden {
			require.False(t, fact != "" && strings.Contains(told.out+told.err, fact), "%v prints %q:\n%s%s", args, fact, told.out, told.err)
		}
	}
	told := c.run("users", "tilda", "--mask")
	require.Contains(t, told.out, "Person 1")
	require.Contains(t, told.out, "user_••••0001")
}

func TestMask_AMaskIsNobodysIDAndConfirmsNothing(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "ban_user", "user_••••0001", "--yes", "--reason", "asked to")
	require.NotZero(t, told.code)
	require.Empty(t, c.writes())
	for _, given := range []string{"person1@domain1.example", "0001"} {
		told = c.run("do", "delete_user", someoneID, "--mask", "--yes", "--reason", "asked to", "--confirm", given)
		require.Equal(t, 2, told.code, told.err)
		require.Contains(t, told.err, "with what is to be typed without --mask")
	}
	require.Empty(t, c.writes())
	told = c.run("do", "create_user_totp", someoneID, "--mask", "--reveal", "--yes", "--reason", "asked to")
	require.NotZero(t, told.code)
	require.Empty(t, c.writes())
}
