package command_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
)

func TestDo_NeedsATicketWhereTheInstanceDoes(t *testing.T) {
	c := newCounter(t)
	c.recordAs(1000, "jo")
	c.catalogue = c.catalogue.WithTicket(ops.TicketRule{IsAsked: true, Label: "Case", Pattern: "T-[0-9]+", Matches: regexp.MustCompile(`^T-[0-9]+$`).MatchString, IsNeeded: true, From: ops.T2})
	ban := []string{"do", "ban_user", someoneID, "--yes", "--reason", "card fraud"}
	told := c.run(ban...)
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--ticket: Ban user needs a case, which looks like T-[0-9]+")
	told = c.run(append(ban, "--ticket", "4711")...)
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--ticket: “4711” is no case, which looks like T-[0-9]+")
	told = c.run("do", "users_ban", someoneID, "--yes", "--reason", "card fraud")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--ticket: Ban users needs a case")
	told = c.at("card fraud", "nonsense", "y").run("do", "ban_user", someoneID)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Nothing was sent: “nonsense” is no case")
	require.Empty(t, c.writes())

	told = c.at("card fraud", "T-4711", "y").run("do", "ban_user", someoneID)
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, "reason: card fraud (ticket T-4711)")
	require.Equal(t, "T-4711", c.records()[0].Ticket)
	require.Zero(t, c.run("do", "unban_user", someoneID, "--yes").code, "below the tier it is not needed")
	told = c.run("undo", "--yes", "--reason", "card fraud after all")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--ticket: Ban user needs a case")
	told = c.run("undo", "--yes", "--reason", "card fraud after all", "--ticket", "T-4712")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "T-4712", c.records()[0].Ticket)
}

func TestDo_RefusesAReasonThatSaysNothing(t *testing.T) {
	c := newCounter(t)
	for _, reason := range []string{"x", ".", "asdf", "aaaa", "ok"} {
		told := c.run("do", "ban_user", someoneID, "--yes", "--reason", reason)
		require.Equal(t, 2, told.code, reason)
		require.Contains(t, told.err, "--reason says nothing: say why in a few words; colleagues read it in the journal")
		told = c.at(reason, "y").run("do", "ban_user", someoneID)
		require.Equal(t, 1, told.code, reason)
	}
	require.Empty(t, c.writes())
	for _, reason := range []string{"#123", "退款"} {
		require.Zero(t, c.run("do", "ban_user", someoneID, "--yes", "--reason", reason).code)
		require.Zero(t, c.run("do", "unban_user", someoneID, "--yes", "--reason", "x").code, "where none is needed")
	}
}
