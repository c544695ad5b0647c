package palette_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/palette"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

var items = []tui.Action{
	{ID: "unban", Title: "Unban user", Off: "not banned"},
	{ID: "ban", Title: "Ban user", Danger: true},
	{ID: "lock", Title: "Lock user"},
	{ID: "mfa", Title: "Reset MFA enrollments", Danger: true},
}

type bench struct {
	*palette.Model
	t   *testing.T
	ran []string
}

func open(t *testing.T, items []tui.Action) *bench {
	b := &bench{t: t}
	keys := tuitest.Keys(t, tuitest.Bind("ban", "b"), tuitest.Bind("lock", "l"))
	b.Model = palette.New(tui.Menu{Title: "Actions", Context: []string{"Sam Carter"}, Items: items}, keys, func(a tui.Action) tea.Cmd {
		b.ran = append(b.ran, a.ID)
		return nil
	})
	return b
}

func (b *bench) press(keys ...string) {
	for _, k := range keys {
		b.Update(tuitest.Key(k))
	}
}

func (b *bench) typed(s string) { b.press(strings.Split(s, "")...) }

func (b *bench) screen(width, height int) string {
	p := b.View(tui.Screen{Width: width, Height: height, Styles: tui.NewStyles(tui.Theme{})})
	lines := strings.Split(p.Content, "\n")
	require.LessOrEqual(b.t, len(lines), height)
	for _, l := range lines {
		require.LessOrEqual(b.t, text.Width(l), width)
	}
	em := tuitest.Plain(p.Content)
	return em
}

func TestPalette_KeepsTheMenusOrderAndShowsReasons(t *testing.T) {
	b := open(t, items)
	s := b.screen(60, 20)
	require.Regexp(t, `(?s)Sam Carter.*Unban user +not banned.*▌ Ban user +no way back +b.*Lock user +l.*Reset MFA.*4`, s, "the cursor starts at an available action")
}

func TestPalette_FiltersBestMatchFirst(t *testing.T) {
	b := open(t, items)
	b.typed("ban")
	s := b.screen(60, 20)
	require.Regexp(t, `(?s)› ban.*▌ Ban user.*Unban user.*2 of 4`, s)
	require.NotContains(t, s, "Lock user")
	require.Equal(t, strings.Count(s, "\n"), strings.Count(open(t, items).screen(60, 20), "\n"), "the menu keeps its height")
	b.press("enter")
	require.Equal(t, []string{"ban"}, b.ran)
	require.True(t, b.Done())
}

func TestPalette_SaysWhenNothingMatches(t *testing.T) {
	b := open(t, items)
	b.typed("zzz")
	require.Contains(t, b.screen(60, 20), "No matches")
	b.press("enter", "down", "up")
	require.Empty(t, b.ran)
	b.press("ctrl+u")
	require.Contains(t, b.screen(60, 20), "Lock user")
}

func TestPalette_StaysOpenForAnUnavailableAction(t *testing.T) {
	b := open(t, items)
	b.press("up", "enter")
	require.Empty(t, b.ran)
	require.False(t, b.Done())
	require.Contains(t, b.screen(60, 20), "! Unban user: not banned")
}

func TestPalette_CursorWrapsAndEscCloses(t *testing.T) {
	b := open(t, items)
	b.press("up", "up")
	require.Contains(t, b.screen(60, 20), "▌ Reset MFA")
	b.press("ctrl+n", "ctrl+n", "ctrl+p")
	require.Contains(t, b.screen(60, 20), "▌ Unban user")
	b.press("pgdown", "pgup", "esc")
	require.True(t, b.Done())
	require.Empty(t, b.ran)
}

func TestPalette_ScrollsWithTheCursor(t *testing.T) {
	var many []tui.Action
	for i := range 60 {
		many = append(many, tui.Action{ID: fmt.Sprint(i), Title: fmt.Sprintf("Action %d", i)})
	}
	b := open(t, many)
	for range 35 {
		b.press("down")
	}
	require.Contains(t, b.screen(60, 14), "▌ Action 35")
	b.screen(10, 3)
	b.screen(1, 1)
}

func TestPalette_CleansAPaste(t *testing.T) {
	b := open(t, items)
	b.Update(tea.PasteMsg{Content: "lo\x1bck\u202e\n"})
	require.Contains(t, b.screen(60, 20), "› lock")
	require.Empty(t, b.ran)
}

func TestPalette_InterpretsTheTypedText(t *testing.T) {
	ran := ""
	menu := tui.Menu{Title: "Go to", Items: items, Interpret: func(text string) []tui.Meaning {
		switch text {
		case "12":
			return []tui.Meaning{{Certain: true, Action: tui.Action{ID: "row", Title: "Go to row 12 of 60"}}}
		case "99":
			return []tui.Meaning{{Certain: true, Action: tui.Action{ID: "row", Title: "Go to row 99", Off: "there are 60"}}}
		}
		return []tui.Meaning{{Action: tui.Action{ID: "find", Title: "Find " + text}}}
	}}
	b := &bench{t: t, Model: palette.New(menu, tuitest.Keys(t), func(a tui.Action) tea.Cmd { ran = a.ID; return nil })}
	b.typed("99")
	require.Regexp(t, "▌ Go to row 99 +there are 60", b.screen(60, 20))
	b.press("enter")
	require.Contains(t, b.screen(60, 20), "! Go to row 99: there are 60")
	require.False(t, b.Done())
	b.press("ctrl+u")
	require.Contains(t, b.screen(60, 20), "4 choices")
	b.typed("12")
	require.Contains(t, b.screen(60, 20), "▌ Go to row 12 of 60")
	require.Contains(t, b.screen(60, 20), "none of 4 actions match")
	b.press("enter")
	require.Equal(t, "row", ran)
	require.True(t, b.Done())
}

func TestPalette_RanksWordStartsAboveScatteredLetters(t *testing.T) {
	b := open(t, []tui.Action{
		{ID: "1", Title: "Delete outside check"}, {ID: "2", Title: "Unlock user"}, {ID: "3", Title: "Show clocks"},
		{ID: "4", Title: "Block it", Off: "no"}, {ID: "5", Title: "Reset and lock"}, {ID: "6", Title: ":locked   is:locked"},
		{ID: "7", Title: "Lock user", Off: "locked already"}, {ID: "8", Title: "Élan lock"},
	})
	b.typed("lock")
	at := func(what string) int { return strings.Index(b.screen(60, 20), what) }
	order := []string{":locked", "Lock user", "Reset and lock", "Élan lock", "Unlock user", "Show clocks", "Block it", "Delete outside"}
	for i, what := range order[:len(order)-1] {
		require.Positive(t, at(what), what)
		require.Less(t, at(what), at(order[i+1]), "%s before %s:\n%s", what, order[i+1], b.screen(60, 20))
	}
	b.typed("ed")
	require.Contains(t, b.screen(60, 20), "▌ :locked")
}

func TestPalette_ShowsHeadingsUntilSomethingIsTyped(t *testing.T) {
	grouped := []tui.Action{
		{ID: "ban", Title: "Ban user", Group: "Access", Danger: true}, {ID: "unban", Title: "Unban user", Group: "Access", Off: "not banned"},
		{ID: "mfa", Title: "Reset MFA enrollments", Group: "Sign-in"}, {ID: "delete", Title: "Delete user", Group: "Delete"},
	}
	ran := ""
	b := &bench{t: t, Model: palette.New(tui.Menu{Items: grouped, Sections: true}, tuitest.Keys(t), func(a tui.Action) tea.Cmd { ran = a.ID; return nil })}
	require.Regexp(t, `(?s)\nACCESS\n▌ Ban user.*\n  Unban user +not banned.*\nSIGN-IN\n  Reset.*\nDELETE\n  Delete user`, b.screen(60, 20))
	require.Regexp(t, `(?s)not banned\s*\n\s*\nSIGN-IN`, b.screen(60, 40), "with enough room there are blank lines")
	b.press("down", "down")
	require.Contains(t, b.screen(60, 20), "▌ Reset MFA", "the cursor skips headings")
	b.press("up", "up", "up")
	require.Contains(t, b.screen(60, 20), "▌ Delete user")
	full := strings.Count(b.screen(60, 40), "\n")
	b.typed("ban")
	require.NotContains(t, b.screen(60, 40), "ACCESS")
	require.Regexp(t, `▌ Ban user`, b.screen(60, 40))
	require.Equal(t, full, strings.Count(b.screen(60, 40), "\n"), "the list keeps its height")
	b.press("enter")
	require.Equal(t, "ban", ran)
}

func TestPalette_IgnoresTheKeyThatOpensIt(t *testing.T) {
	b := &bench{t: t, Model: palette.New(tui.Menu{
		Items: []tui.Action{{ID: "lock", Title: "Lock user"}, {ID: "savedsearch.locked", Title: ":locked   is:locked"}},
		Interpret: func(text string) []tui.Meaning {
			return []tui.Meaning{{Certain: text == "12", Action: tui.Action{ID: "means", Title: "Find “" + text + "”"}}}
		},
	}, tuitest.Keys(t), func(tui.Action) tea.Cmd { return nil })}
	b.typed(":")
	require.Contains(t, b.screen(60, 20), "2 choices")
	b.typed("locked")
	require.Regexp(t, `(?s)▌ :locked.*Find “locked”`, b.screen(60, 20), "matching items come before uncertain meanings")
	b.press("ctrl+u")
	b.typed("::12")
	require.Contains(t, b.screen(60, 20), "▌ Find “12”")
}

func TestPalette_NamesWhatCannotBeTakenBackAndKeepsTheSubjectsCase(t *testing.T) {
	b := open(t, items)
	require.Regexp(t, `Ban user +no way back +b`, b.screen(60, 20))
	require.Regexp(t, `Lock user {20,}l`, b.screen(60, 20))
	require.Regexp(t, `Reset MFA enrollments +!`, b.screen(30, 20), "without room there is a mark")
	b = &bench{t: t, Model: palette.New(tui.Menu{Items: []tui.Action{{ID: "1", Title: "Copy", Group: "This person" + tui.GroupSubjectSep + "Łukasz Groß"}}, Sections: true}, tuitest.Keys(t), nil)}
	require.Contains(t, b.screen(60, 20), "THIS PERSON · Łukasz Groß")
}

func TestPalette_SaysWhatEachActionDoes(t *testing.T) {
	b := open(t, []tui.Action{
		{ID: "secure", Title: "Secure this account", Does: "puts an intruder out"},
		{ID: "ban", Title: "Ban user", Does: "ends all sessions now; they cannot sign in until you unban them", Danger: true},
		{ID: "unban", Title: "Unban user", Does: "lets them sign in again", Off: "not banned"},
	})
	require.Regexp(t, `(?s)▌ Secure this account  puts an intruder out.*\n  Ban user             ends all sessions now; they cannot sign in until you unban them +no way back   b`, b.screen(110, 20))
	require.Regexp(t, `Ban user             ends all sessions now +no way back   b`, b.screen(96, 20), "no half sentence")
	require.NotContains(t, b.screen(110, 20), "lets them", "the reason stands there instead")
	long := open(t, []tui.Action{{ID: "reveal", Title: "Reveal", Does: "reveals a secret that lets anyone act as this user at the provider"}})
	require.Contains(t, long.screen(60, 20), "reveals a secret that lets anyone act as this…\n", "no half word")
	small := b.screen(60, 20)
	require.Contains(t, small, "3 choices   puts an intruder out", "in a small window that of the row under the cursor is below")
	require.NotContains(t, small, "ends all sessions")
}

func TestPalette_IsAsHighAsItsContent(t *testing.T) {
	var grouped []tui.Action
	for i := range 12 {
		grouped = append(grouped, tui.Action{ID: fmt.Sprint(i), Title: fmt.Sprintf("Action %d", i), Group: fmt.Sprintf("Group %d", i/4)})
	}
	b := &bench{t: t, Model: palette.New(tui.Menu{Items: grouped, Sections: true}, tuitest.Keys(t), nil)}
	rows := func(height int) int { return strings.Count(b.screen(60, height), "\n") + 1 }
	require.Equal(t, 3+12+3+2, rows(60), "filter, rule, items, headings, blank lines, count")
	require.Equal(t, 3+12+3, rows(19), "blank lines give way before anything has to be scrolled to")
	require.NotContains(t, b.screen(60, 19), "more")
	require.Equal(t, 12, rows(12))
}

func TestPalette_BracketsWhatCannotBeDoneWhereThereIsNoGrey(t *testing.T) {
	b := open(t, []tui.Action{{ID: "unban", Title: "Unban user", Off: "not banned"}, {ID: "ban", Title: "Ban user"}})
	drawn := func(theme tui.Theme) string {
		return tuitest.Plain(b.View(tui.Screen{Width: 60, Height: 20, Styles: tui.NewStyles(theme)}).Content)
	}
	require.Contains(t, drawn(tui.Theme{Backdrop: lipgloss.White}), "(Unban user)")
	require.NotContains(t, drawn(tui.Theme{Backdrop: lipgloss.White}), "(Ban user)")
	require.NotContains(t, drawn(tui.Theme{Backdrop: lipgloss.White, Faint: lipgloss.BrightBlack}), "(")
}
