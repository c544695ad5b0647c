package users_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The next search is typed over the previous one.
func TestSearchBox_TypingReplacesThePreviousSearch(t *testing.T) {
	b, d := drive(t, 120, 120, 40)
	d.Press("/")
	d.Type("maya")
	d.Press("enter", "enter")
	d.Has("Users › Maya Okafor")
	d.Press("esc", "/")
	d.Has("type to replace it")
	require.Equal(t, d.CellAt(4, 2).Style, d.CellAt(7, 2).Style)
	require.NotEqual(t, d.CellAt(4, 2).Style, d.CellAt(60, 2).Style, "what is selected is seen")
	d.Type("sam")
	require.Contains(t, d.Line(2), "/ sam ")
	d.Lacks("type to replace it", "mayasam")
	first(t, d, "another search")
	require.Contains(t, marked(t, d), "Sam")
	d.Press("enter", "esc")
	d.Paste(b.FindUser("Priya Raman").ID.Raw())
	d.Press("esc", "/")
	d.Has("type to replace it", "/ id:user_")
	d.Type("sam")
	require.Contains(t, d.Line(2), "/ sam ")
	d.Press("enter", "/")
	d.Paste("priya")
	require.Contains(t, d.Line(2), "/ priya ")
}

// Moving in the text, or backspace, edits it.
func TestSearchBox_MovingInItEditsThePreviousSearch(t *testing.T) {
	for key, want := range map[string]string{"left": "/ mayXa ", "home": "/ Xmaya ", "end": "/ mayaX ", "backspace": "/ mayX "} {
		_, d := drive(t, 60, 120, 40)
		d.Press("/")
		d.Type("maya")
		d.Press("enter", "esc", "/", key)
		d.Lacks("type to replace it")
		d.Type("X")
		require.Contains(t, d.Line(2), want, key)
	}
	_, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("maya")
	d.Press("enter", "esc", "/", "enter", "esc")
	require.Contains(t, d.Line(2), "/ maya ", "opened and left, it is what it was")
	d.Press("/", "esc")
	d.Has("1–33 of 60")
}

// The cursor of one search is not kept by the next, even for the same text.
func TestSearchBox_ReplacedSearchStartsAtTheTop(t *testing.T) {
	_, d := drive(t, 120, 120, 40)
	d.Press("/")
	d.Type("a")
	d.Press("down", "down", "down", "enter", "/")
	d.Type("a")
	first(t, d, "the same once more")
}
