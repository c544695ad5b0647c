package verdict_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/verdict"
)

// signUps are n people of a domain, every step one.
func signUps(n int, domain string, first, step time.Duration) []*api.User {
	var out []*api.User
	for i := range n {
		out = append(out, &api.User{ID: text(fmt.Sprintf("user_%s_%s_%d", domain, first, i)), CreatedAt: ago(first - time.Duration(i)*step),
			EmailAddresses: []api.EmailAddress{{EmailAddress: text(fmt.Sprintf("p%d@%s", i, domain))}}})
	}
	return out
}

func TestBurstAround(t *testing.T) {
	ring := signUps(37, "mail-drop.example", 10*time.Hour, 15*time.Second)
	before := signUps(1, "mail-drop.example", 12*time.Hour, 0)
	others := signUps(30, "pine.example", 30*day, day)
	public := signUps(20, "gmail.com", 5*time.Hour, time.Second)
	few := signUps(9, "kite.example", 5*time.Hour, time.Second)
	all := slices.Values(slices.Concat(others, ring, public, before, few))
	for _, u := range []*api.User{ring[0], ring[20], ring[36]} {
		b, ok := verdict.BurstAround(u, all)
		require.True(t, ok)
		require.Equal(t, "mail-drop.example", b.Domain)
		require.Equal(t, ring, b.Users)
		require.Equal(t, 9*time.Minute, b.Took)
	}
	for name, u := range map[string]*api.User{"two hours before": before[0], "one a day": others[3], "anybody's domain": public[3], "too few": few[0], "no address": {ID: text("user_1"), CreatedAt: ago(time.Hour)},
		"not among them": signUps(1, "mail-drop.example", 10*time.Hour, 0)[0]} {
		if name == "not among them" {
			u.ID = text("user_stranger")
		}
		_, ok := verdict.BurstAround(u, all)
		require.False(t, ok, name)
	}
}
