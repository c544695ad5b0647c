package users_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
)

// The answer of a bulk is lost and the server acts later: no user is called failed,
// the rows follow, and the marks are removed once the outcome is known.
func TestBulk_FindsThatTheServerActedLate(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("v", "G", "v")
	b.Server.SetFaults(faults.Switches{Method: http.MethodPost, ErrorRate: 1, ErrorStatus: 504, ActAfter: faults.Duration(20 * time.Second)})
	d.Press("b")
	d.Dialog().Expect("Ban 37 users")
	agree(d, "ban 37")
	b.Server.SetFaults(faults.Switches{})
	d.Has("It is unclear whether 37 users were banned", "It may still happen. Checking again", "37 marked")
	d.Lacks("Nobody was banned")
	before := len(b.Transport.Requests())
	d.Advance(7 * time.Second)
	d.Has("It is unclear")
	require.Equal(t, []string{"GET /v1/users"}, b.Transport.Requests()[before:], "one read for all of them")
	d.Advance(time.Minute)
	d.Has("Banned 37 users", "■ banned")
	d.Lacks("It is unclear", "37 marked")
	require.Equal(t, 37, bannedAt(b, "mail-drop"))
	posts := 0
	for _, line := range b.Transport.Requests() {
		if line == "POST /v1/users/ban" {
			posts++
		}
	}
	require.Equal(t, 1, posts)
	at := len(b.Transport.Requests())
	d.Advance(10 * time.Minute)
	require.Empty(t, b.Transport.Requests()[at:], "it is known")
}

// If it never happens the lookups end, and the marks stay for another attempt.
func TestBulk_LooksForALostOneForAWhile(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("v", "G", "v")
	b.Server.SetFaults(faults.Switches{Method: http.MethodPost, Drop: "before"})
	d.Press("b")
	d.Dialog().Expect("Ban 37 users")
	agree(d, "ban 37")
	before := len(b.Transport.Requests())
	d.Advance(10 * time.Minute)
	require.Len(t, b.Transport.Requests()[before:], 5)
	d.Has("It is unclear whether 37 users were banned", "37 marked")
	d.Lacks("looks again")
}
