package palette_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
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

func TestTheMenuKeepsItsOrderAndSaysWhyNot(t *testing.T) {
	b := open(t, items)
	s := b.screen(60, 20)
	require.Regexp(t, `(?s)Sam Carter.*Unban user +not banned.*▌ Ban user +b.*Lock user +l.*Reset MFA.*4`, s, "the cursor starts at what can be done")
}

func TestTypingFiltersTheBestFirst(t *testing.T) {
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

func TestNothingFoundIsSaid(t *testing.T) {
	b := open(t, items)
	b.typed("zzz")
	require.Contains(t, b.screen(60, 20), "nothing here is called that")
	b.press("enter", "down", "up")
	require.Empty(t, b.ran)
	b.press("ctrl+u")
	require.Contains(t, b.screen(60, 20), "Lock user")
}

func TestWhatCannotBeDoneStaysOpenAndSaysWhy(t *testing.T) {
	b := open(t, items)
	b.press("up", "enter")
	require.Empty(t, b.ran)
	require.False(t, b.Done())
	require.Contains(t, b.screen(60, 20), "! Unban user: not banned")
}

func TestTheCursorGoesRoundAndEscCloses(t *testing.T) {
	b := open(t, items)
	b.press("up", "up")
	require.Contains(t, b.screen(60, 20), "▌ Reset MFA")
	b.press("ctrl+n", "ctrl+n", "ctrl+p")
	require.Contains(t, b.screen(60, 20), "▌ Unban user")
	b.press("pgdown", "pgup", "esc")
	require.True(t, b.Done())
	require.Empty(t, b.ran)
}

func TestALongListScrollsWithTheCursor(t *testing.T) {
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

func TestAPasteFiltersWithoutItsControls(t *testing.T) {
	b := open(t, items)
	b.Update(tea.PasteMsg{Content: "lo\x1bck\u202e\n"})
	require.Contains(t, b.screen(60, 20), "› lock")
	require.Empty(t, b.ran)
}
