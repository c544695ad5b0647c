package help_test

import (
	"fmt"
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
	return help.New(help.Page{Screen: "Users", Items: items}, tuitest.Keys(t, tuitest.Bind("open", "enter"), tuitest.Bind("down", "j", "down"), tuitest.Bind("ban", "b"), tuitest.Bind("quit", "ctrl+q")), nil)
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
	require.NotContains(t, s, "Lets them in again", "the reason replaces the description")
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
	require.False(t, m.Done(), "the first esc clears the filter")
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
	h := help.New(help.Page{Screen: "Users", Items: items}, tuitest.Keys(t, tuitest.Bind("list.mark", "space")), nil)
	h.Update(tuitest.Key("m"))
	for width := 44; width <= 120; width++ {
		h.Update(tea.WindowSizeMsg{Width: width, Height: 60})
		screen := tuitest.Plain(h.View(tui.Screen{Width: width, Height: 60, Styles: tui.NewStyles(tui.Theme{})}).Content)
		require.NotContains(t, screen, "…", "width %d", width)
		require.Equal(t, 4, strings.Count(words(screen), "are.")+strings.Count(words(screen), "Marks stay"), "width %d:\n%s", width, screen)
	}
}

func TestHelp_RunsTheActionUnderTheCursor(t *testing.T) {
	ran := ""
	m := help.New(help.Page{Screen: "Users", Items: items}, tuitest.Keys(t), func(a tui.Action) tea.Cmd { ran = a.ID; return nil })
	m.Update(tea.WindowSizeMsg{Width: 76, Height: 20})
	press(m, strings.Split("user", "")...)
	require.Regexp(t, `(?s)▌ +Ban user.*Unban user`, screen(t, m, 76, 20))
	press(m, "down")
	require.Regexp(t, `▌ +Unban user`, screen(t, m, 76, 20))
	press(m, "enter")
	require.Empty(t, ran)
	require.Contains(t, screen(t, m, 76, 20), "! Unban user: not banned")
	press(m, "up", "enter")
	require.Equal(t, "ban", ran)
	require.True(t, m.Done())
}

func TestHelp_EnterClosesItWhileNothingIsTyped(t *testing.T) {
	m := open(t)
	press(m, "enter")
	require.True(t, m.Done())
}

func TestHelp_SecondClickRunsAnAction(t *testing.T) {
	ran := ""
	m := help.New(help.Page{Screen: "Users", Items: items}, tuitest.Keys(t), func(a tui.Action) tea.Cmd { ran += a.ID; return nil })
	press(m, strings.Split("user", "")...)
	p := m.View(tui.Screen{Width: 76, Height: 20, Styles: tui.NewStyles(tui.Theme{})})
	lines := strings.Split(tuitest.Plain(p.Content), "\n")
	for i, want := range []string{"Ban user", "Unban user"} {
		require.Contains(t, lines[p.HitAreas[i].Y], want)
	}
	m.Update(tui.ClickMsg{ID: p.HitAreas[1].ID})
	m.Update(tui.ClickMsg{ID: p.HitAreas[0].ID})
	require.Empty(t, ran)
	m.Update(tui.ClickMsg{ID: p.HitAreas[0].ID})
	require.Equal(t, "ban", ran)
}

func TestHelp_BeginsALongPageWithItsMainKeys(t *testing.T) {
	var many []tui.Action
	var binds []tui.Binding
	for i := range 40 {
		id := fmt.Sprintf("action %02d", i)
		many = append(many, tui.Action{ID: id, Title: "Do " + id, Group: "Many", FooterRank: i % 30})
		if i != 29 {
			binds = append(binds, tuitest.Bind(id, fmt.Sprintf("f%d", i+1)))
		}
	}
	many[28].Off = "not now"
	many[27].Group = tui.GroupMove
	m := help.New(help.Page{Screen: "Users", Items: many}, tuitest.Keys(t, binds...), nil)
	for _, width := range []int{76, 108} {
		m.Update(tea.WindowSizeMsg{Width: width, Height: 200})
		main, rest, ok := strings.Cut(screen(t, m, width, 200), "Many")
		require.True(t, ok)
		require.Equal(t, 20, strings.Count(main, "Do action"), "width %d:\n%s", width, main)
		require.Contains(t, main, "Do action 26", "the highest rank that can be done now and has a key")
		for _, left := range []string{"27", "28", "29", "00"} {
			require.NotContains(t, main, "Do action "+left)
		}
		require.Equal(t, 40, strings.Count(rest, "Do action"))
	}
}

func TestHelp_EndsWithTheGlossary(t *testing.T) {
	terms := []tui.Term{{Word: "Ban", Meaning: "Nobody signs in until it is lifted."}, {Word: "Instance", Meaning: "A set of users."}}
	m := help.New(help.Page{Screen: "Users", Items: items, Glossary: terms}, tuitest.Keys(t), nil)
	require.Regexp(t, `(?s)Quit.*Glossary\nBan +Nobody signs in.*\nInstance +A set of users`, screen(t, m, 76, 40))
	press(m, strings.Split("lifted", "")...)
	s := screen(t, m, 76, 40)
	require.Contains(t, s, "Nobody signs in")
	require.NotContains(t, s, "A set of users")
	require.NotContains(t, s, "No matches")
}

// words returns a screen's words with one space between them.
func words(screen string) string { return strings.Join(strings.Fields(screen), " ") }
