package users_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFooter_ShowsSearchInAnyWindow(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		_, d := drive(t, 60, size[0], size[1])
		require.Contains(t, d.Line(-1), "/ search")
		require.Contains(t, d.Line(-1), "enter open")
		d.Press("space")
		if size[0] > 60 {
			require.Contains(t, d.Line(-1), "/ search")
		}
	}
}

func TestList_AsksBeforeQuittingWithMarks(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("space", "space", "space", "q")
	require.False(t, d.Left)
	d.Has("3 users are marked; press again to quit")
	d.Advance(20e9)
	d.Press("q")
	require.False(t, d.Left, "that was long ago")
	d.Press("q")
	require.True(t, d.Left)
	_, d = drive(t, 60, 120, 40)
	d.Press("space", "esc", "q")
	require.True(t, d.Left)
	_, d = drive(t, 60, 120, 40)
	d.Press("space", "/")
	d.Type("q")
	require.False(t, d.Left)
	d.Has("/ q")
	d.Press("ctrl+c")
	require.True(t, d.Left)
}

func TestSearch_UnknownTokenListsTheTokens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		_, d := drive(t, 60, size[0], size[1])
		look(d, "login:maya")
		d.Has("There is no token login:. There are email: phone: name: user: …", "not counted")
		d.Press("enter")
		d.Has("“login:maya” is not understood", "email:      part of the e-mail address", "is:         banned, locked, active", "created:    when they signed up")
		d.Lacks("all users", "Is ")
		d.Press("esc")
		look(d, "emial:maya")
		d.Has("There is no token emial:. Put it in quotes")
		d.Press("tab")
		d.Has("1 found")
	}
}

// One wording says how many were found, and a matched field among the e-mail addresses
// is labelled.
func TestFooter_SaysHowManyWereFound(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	look(d, "0142")
	require.Regexp(t, `/ 0142 +found +· `, d.Line(2))
	require.Contains(t, d.Line(-1), "1 found")
	d.Lacks("of 60", "all users")
	require.Contains(t, marked(t, d), "phone +1 (415) 555-0142")
	d.Press("esc")
	look(d, "a")
	require.Regexp(t, `1–33 of \d+ found`, d.Line(-1))
	d.Press("esc")
	look(d, "maya.o")
	require.Contains(t, marked(t, d), "user maya.o")
	d.Press("esc")
	d.Has("all users", "1–33 of 60")
}
