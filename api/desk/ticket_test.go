package desk_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/ops"
)

// A ticket that is needed and missing, or is none, stops every write, whatever the screen
// let through.
func TestDo_RefusesWithoutATicketThatIsNeeded(t *testing.T) {
	p := newPeer(t)
	p.ops = p.ops.WithTicket(ops.TicketRule{IsAsked: true, Pattern: "T-[0-9]+", Matches: regexp.MustCompile(`^T-[0-9]+$`).MatchString, IsNeeded: true, From: ops.T2})
	d := p.desk()
	for ticket, says := range map[string]string{
		"":      "Ban user needs a ticket, which looks like T-[0-9]+",
		"T-":    "“T-” is no ticket, which looks like T-[0-9]+",
		"x T-1": "“x T-1” is no ticket, which looks like T-[0-9]+",
	} {
		in := p.intent("ban_user")
		in.Request.Ticket = ticket
		out := d.Do(t.Context(), in)
		require.Equal(t, desk.Refused, out.State)
		require.EqualError(t, out.Err, says)
	}
	people := p.addSignUps(2)
	require.EqualError(t, d.DoBulk(t.Context(), p.bulk("users_ban", people), nil).Stopped, "Ban users needs a ticket, which looks like T-[0-9]+")
	require.Empty(t, p.wire.writes())

	in := p.intent("ban_user")
	in.Request.Ticket = "T-12"
	require.Equal(t, desk.Done, d.Do(t.Context(), in).State)
	require.Equal(t, desk.Done, d.Do(t.Context(), p.intent("unban_user")).State, "below the tier it is not needed")
	b := p.bulk("users_ban", people)
	b.Ticket = "T-12"
	require.NoError(t, d.DoBulk(t.Context(), b, nil).Stopped)
}
