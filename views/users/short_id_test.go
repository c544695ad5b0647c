package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	shown "frontdesk/views/userfmt"
)

// The id that a colleague reads off the screen finds the user, typed or pasted.
func TestSearch_FindsTheShortenedID(t *testing.T) {
	b, d := drive(t, 1248, 120, 40)
	u := b.FindUser("Priya Raman")
	short := shown.ShortID(u.ID)
	require.True(t, strings.HasSuffix(u.ID.Raw(), short[len(short)-4:]), "the last four are what questions ask for")
	d.Paste(short)
	d.Has("1 found", "user id "+short)
	require.Contains(t, marked(t, d), "Priya Raman")
	d.Press("esc", "/")
	d.Type(strings.ReplaceAll(short, "…", "..."))
	d.Has("1 found")
	require.Contains(t, marked(t, d), "Priya Raman")
	d.Press("enter", "esc")
	d.Paste("  " + short[:9] + "…zzzz \n")
	d.Has("No one matches")
}
