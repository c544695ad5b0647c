package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/action"
)

// Users who do not match any more keep their rows, and the list says so.
func TestStaleMatches_OfAFilter(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("v", "G", "v", "b")
	d.Dialog().Expect("Ban 37 users")
	agree(d, "ban 37")
	d.Has("Banned 37 users")
	d.Press("esc", "esc", "/")
	d.Type("is:banned")
	d.Press("enter")
	before := len(rows(d))
	d.Has("of 39 found")
	d.Press("v", "j", "j", "v", "b")
	d.Dialog().Expect("Unban 3 users")
	d.Type("a mistake")
	d.Press("enter", "y")
	d.Has("Unbanned 3 users", "3 no longer match", "r refresh", "1–33 of 39 found · 36 still match", "no match · unver")
	require.Len(t, rows(d), before, "nothing moves")
	require.Contains(t, rows(d)[1], "no match")
	require.NotContains(t, rows(d)[3], "no match")
	d.Press("r")
	d.Has("1–33 of 36 found")
	d.Lacks("no longer", "still match", "no match")
}

func TestStaleMatches_OfAScan(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("is:locked maya")
	d.Press("enter", "esc")
	maya := b.FindUser("Maya Okafor")
	free := *maya
	free.Locked = false
	d.Send(action.UserChangedMsg{User: &free})
	d.Has("1 no longer matches", "none still matches")
	require.Contains(t, rowOf(t, d, "Maya Okafor"), "no match · active")
	d.Send(action.UserChangedMsg{User: maya})
	d.Lacks("no longer", "still matches", "no match")
	d.Press("esc")
	d.Send(action.UserChangedMsg{User: &free})
	d.Lacks("no longer", "no match")
	require.False(t, strings.Contains(rowOf(t, d, "Maya Okafor"), "locked"))
}
