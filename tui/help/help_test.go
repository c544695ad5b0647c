package help_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/help"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

var items = []tui.Action{
	{ID: "open", Title: "Open", Group: "Move", Help: "Shows the person."},
	{ID: "down", Title: "Down", Group: "Move"},
	{ID: "ban", Title: "Ban user", Group: "This person", Help: "Ends all sessions.", Danger: true},
	{ID: "unban", Title: "Unban user", Group: "This person", Off: "not banned", Help: "Lets them in again."},
	{ID: "loose", Title: "Without a group"},
	{ID: "quit", Title: "Quit", Group: "Everywhere"},
}

func open(t *testing.T) *help.Model {
	return help.New("Users", items, tuitest.Keys(t, tuitest.Bind("open", "enter"), tuitest.Bind("down", "j", "down"), tuitest.Bind("ban", "b"), tuitest.Bind("quit", "ctrl+q")))
}

func screen(t *testing.T, m *help.Model, width, height int) string {
	p := m.View(tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tui.Theme{})})
	lines := strings.Split(p.Content, "\n")
	require.LessOrEqual(t, len(lines), height)
	for _, l := range lines {
		require.LessOrEqual(t, text.Width(l), width)
	}
	return tuitest.Plain(p.Content)
}

func press(m *help.Model, keys ...string) {
	for _, k := range keys {
		m.Update(tuitest.Key(k))
	}
}

func TestHelp_ListsEveryActionByGroupWithKeysAndReasons(t *testing.T) {
	s := screen(t, open(t), 76, 40)
	require.Regexp(t, `(?s)Move\n.*enter +Open +Shows the person\.\n.*j ↓ +Down\n.*This person\n.*b +Ban user +Ends all.*Unban user +not banned\n.*Here\n.*Without a group\n.*Everywhere\n.*ctrl-q +Quit`, s)
	require.NotContains(t, s, "Lets them in again", "the reason takes the sentence's place")
}

func TestHelp_UsesTwoColumnsWhenWide(t *testing.T) {
	s := screen(t, open(t), 108, 40)
	require.Regexp(t, `Move +(This person|Here|Everywhere)`, s)
	for _, a := range items {
		require.Contains(t, s, a.Title)
	}
}

func TestHelp_FiltersByTitleSentenceKeyAndReason(t *testing.T) {
	m := open(t)
	press(m, strings.Split("banned", "")...)
	s := screen(t, m, 108, 40)
	require.Contains(t, s, "Unban user")
	require.NotContains(t, s, "Open")
	press(m, "esc")
	require.False(t, m.Done(), "the first esc empties the filter")
	press(m, strings.Split("ctrl-q", "")...)
	require.Contains(t, screen(t, m, 108, 40), "Quit")
	press(m, "ctrl+u")
	press(m, strings.Split("zzz", "")...)
	require.Contains(t, screen(t, m, 108, 40), "No matches")
	press(m, "backspace", "backspace", "backspace")
	require.Contains(t, screen(t, m, 108, 40), "Open")
	press(m, "q")
	require.True(t, m.Done())
}

func TestHelp_Scrolls(t *testing.T) {
	m := open(t)
	first := screen(t, m, 76, 8)
	require.Contains(t, first, "↓ more")
	require.NotContains(t, first, "Quit")
	press(m, "end")
	require.Contains(t, screen(t, m, 76, 8), "Quit")
	press(m, "home", "down", "down")
	require.NotContains(t, screen(t, m, 76, 8), "Move")
	screen(t, m, 5, 2)
	screen(t, m, 1, 1)
	press(m, "esc")
	require.True(t, m.Done())
}

func TestHelp_ShowsDescriptionsWholeAtEveryWidth(t *testing.T) {
	const meaning = "Marks stay through searches and orders, also of people who are out of sight; what is done to them names how many they are."
	items := []tui.Action{{ID: "list.mark", Title: "Mark", Help: meaning, Group: "Marks"}, {ID: "long", Title: "Set password as compromised", Off: meaning, Group: "Marks"}}
	h := help.New("Users", items, tuitest.Keys(t, tuitest.Bind("list.mark", "space")))
	h.Update(tuitest.Key("m"))
	for width := 44; width <= 120; width++ {
		h.Update(tea.WindowSizeMsg{Width: width, Height: 60})
		screen := tuitest.Plain(h.View(tui.Screen{Width: width, Height: 60, Styles: tui.NewStyles(tui.Theme{})}).Content)
		require.NotContains(t, screen, "…", "width %d", width)
		require.Equal(t, 4, strings.Count(words(screen), "are.")+strings.Count(words(screen), "Marks stay"), "width %d:\n%s", width, screen)
	}
}

// words returns a screen's words with one space between them.
func words(screen string) string { return strings.Join(strings.Fields(screen), " ") }
