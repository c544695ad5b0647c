package shell_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

func TestShell_KeyGoesToTheFirstThatClaimsIt(t *testing.T) {
	done := ""
	act := func(id string) tui.Action {
		return tui.Action{ID: id, Title: id, Do: func() tea.Cmd { done += id + " "; return nil }}
	}
	root := &page{title: "Users", actions: []tui.Action{act("list.open"), act("list.back")}}
	d := drive(t, root, tuitest.Bind("list.open", "enter", "o"), tuitest.Bind("list.back", "q"))

	d.Press("enter", "o")
	require.Equal(t, "list.open list.open ", done, "an action's key runs the action")
	require.Empty(t, root.keys, "a key that an action claimed never reaches Update")

	d.Press("q")
	require.Equal(t, "list.open list.open list.back ", done, "a screen's action goes before a global one")
	require.False(t, d.Left)

	d.Press("w")
	require.Equal(t, []string{"w"}, root.keys, "an unclaimed key goes to the view")

	d.Press("?")
	d.Has("Help · Users")
	d.Press("o")
	require.Equal(t, "list.open list.open list.back ", done, "an overlay gets every key first")
	d.Press("esc", "esc")
	d.Lacks("Help · Users")
}

func TestShell_LettersGoToATextBox(t *testing.T) {
	opened := 0
	root := &page{title: "Users", typing: true, actions: []tui.Action{
		{ID: "list.open", Title: "Open", Do: func() tea.Cmd { opened++; return nil }},
	}}
	d := drive(t, root, tuitest.Bind("list.open", "enter", "o"))
	d.Type("oq:?M-")
	d.Press("ctrl+p", "ctrl+n")
	require.Equal(t, []string{"o", "q", ":", "?", "M", "-", "ctrl+p", "ctrl+n"}, root.keys)
	require.Zero(t, opened)
	d.Press("enter")
	require.Equal(t, 1, opened, "a key without text still runs its action")
	d.Press("ctrl+c")
	require.True(t, d.Left, "and ctrl-c still quits")
}

func TestShell_ShowsWhyAnActionIsUnavailable(t *testing.T) {
	root := &page{title: "Users", actions: []tui.Action{{ID: "ban_user", Title: "Ban user", Off: "already banned", Do: func() tea.Cmd {
		t.Fatal("it was done")
		return nil
	}}}}
	d := drive(t, root, tuitest.Bind("ban_user", "b"))
	d.Press("b")
	d.Has("Ban user: already banned")
}

func TestShell_PrefersTheAvailableActionOfAKey(t *testing.T) {
	did := ""
	root := &page{title: "Users", actions: []tui.Action{
		{ID: "ban_user", Title: "Ban user", Off: "already banned"},
		{ID: "unban_user", Title: "Unban user", Do: func() tea.Cmd { did = "unban"; return nil }},
	}}
	d := drive(t, root, tui.Binding{Scope: "screen", Keys: []string{"b"}, Actions: []string{"ban_user", "unban_user"}})
	d.Press("b")
	require.Equal(t, "unban", did)
}

func TestShell_MessagesReachEveryViewAndKeysOnlyTheTop(t *testing.T) {
	root, child := &page{title: "Users"}, &page{title: "Maya"}
	d := drive(t, root)
	d.Send(tui.PushMsg{View: child})
	d.Send(fact("changed"))
	require.Equal(t, []string{"changed"}, received[fact](root))
	require.Equal(t, []string{"changed"}, received[fact](child))
	d.Press("w")
	d.Paste("pasted")
	require.Equal(t, []string{"w", "paste:pasted"}, child.keys)
	require.Empty(t, root.keys)
	require.Equal(t, []string{"Users", "Maya"}, child.drawn.Breadcrumb)
}

func TestShell_BackPopsTheStackAndQuitsAtTheRoot(t *testing.T) {
	root, child := &page{title: "Users"}, &page{title: "Maya", start: func() tea.Msg { return fact("hello") }}
	d := drive(t, root)
	d.Send(tui.PushMsg{View: child})
	require.Equal(t, []string{"hello"}, received[fact](child), "Init runs when a view comes onto the stack")
	d.Has("this is Maya")
	d.Press("esc")
	d.Has("this is Users")
	require.Equal(t, []string{"esc"}, func() []string { d.Press("esc"); return root.keys }(), "esc at the root does not leave")
	require.False(t, d.Left)
	d.Press("-")
	d.Has("this is Maya")
	d.Press("q", "q")
	require.True(t, d.Left, "q at the root leaves")
}

func TestShell_LastScreenSwapsBetweenTwo(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	d.Press("-")
	d.Has("no other screen was open yet")
	d.Send(tui.PushMsg{View: &page{title: "Maya"}})
	d.Press("q")
	d.Send(tui.PushMsg{View: &page{title: "Daniel"}})
	d.Press("-")
	d.Has("this is Maya")
	d.Press("-")
	d.Has("this is Daniel")
	d.Press("q")
	d.Has("this is Users")
}

func TestShell_PassesTheMouseInBodyCoordinates(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	click := tea.MouseClickMsg{X: 4, Y: 5, Button: tea.MouseLeft}
	d.Send(click)
	require.Empty(t, received[tea.MouseClickMsg](root), "with the mouse off nothing is delivered")
	d.Press("M")
	require.Equal(t, tea.MouseModeCellMotion, d.Model.View().MouseMode)
	d.Send(click)
	d.Send(tea.MouseClickMsg{X: 4, Y: 0, Button: tea.MouseLeft})
	d.Send(tea.MouseWheelMsg{X: 1, Y: 29, Button: tea.MouseWheelDown})
	require.Len(t, root.facts, 1, "clicks on header and footer are not the view's")
	require.Equal(t, tea.MouseClickMsg{X: 4, Y: 4, Button: tea.MouseLeft}, root.facts[0])
	d.Press("M")
	require.Equal(t, tea.MouseModeNone, d.Model.View().MouseMode)
}

func TestShell_ChoosesTheThemeByTheBackground(t *testing.T) {
	light, dark := tuitest.Theme("light"), tuitest.Theme("dark")
	light.Text = tuitest.Theme("").Bad
	root := &page{title: "Users"}
	d := tuitest.Drive(t, shell.Config{Root: root, Themes: tui.Themes{Dark: dark, Light: light}}, 80, 24)
	require.Equal(t, "dark", root.drawn.Styles.Theme.Name)
	d.Send(tea.BackgroundColorMsg{Color: light.OnBadge})
	require.Equal(t, "dark", root.drawn.Styles.Theme.Name)
	d.Send(tea.BackgroundColorMsg{Color: light.Bad})
	require.Equal(t, "light", root.drawn.Styles.Theme.Name)
}

func TestShell_CopiesThroughTmux(t *testing.T) {
	d := drive(t, &page{title: "Users"})
	d.Send(tui.CopyMsg{Text: "maya@harborpine.example", Label: "e-mail"})
	require.Equal(t, "maya@harborpine.example", d.Clipboard)
	require.Empty(t, d.Raw)
	d.Has("Copied e-mail")

	d = tuitest.Drive(t, shell.Config{Root: &page{title: "Users"}, Env: func(k string) string {
		return map[string]string{"TMUX": "/tmp/tmux-0/default,1,0"}[k]
	}}, 80, 24)
	d.Send(tui.CopyMsg{Text: "x"})
	require.Len(t, d.Raw, 1)
	require.Contains(t, d.Raw[0], "\x1bPtmux;\x1b\x1b]52;c;eA==")
	require.Equal(t, "x", d.Clipboard)
}

// interpretingPage is a page that can interpret a number.
type interpretingPage struct{ *page }

func (m interpretingPage) Interpret(text string) []tui.Meaning {
	if text != "12" {
		return nil
	}
	return []tui.Meaning{{Certain: true, Action: tui.Action{ID: "row", Title: "Go to row " + text, Do: do(func() tea.Msg { return fact("row " + text) })}}}
}

func TestShell_PaletteListsTheMostUsefulFirst(t *testing.T) {
	root := &page{title: "Users", actions: []tui.Action{
		{ID: "list.search", Title: "Search", Group: tui.GroupFind}, {ID: "list.down", Title: "Down", Group: tui.GroupMove},
		{ID: "unban_user", Title: "Unban user", Group: "Access", Off: "not banned"}, {ID: "ban_user", Title: "Ban user", Group: "Access"},
		{ID: "savedsearch.locked", Title: ":locked", Group: "Queues"}, {ID: "user.tab.json", Title: "Tab JSON", Group: tui.GroupTabs},
	}}
	d := drive(t, interpretingPage{root})
	d.Press(":")
	require.Regexp(t, `(?s)▌ Ban user.*:locked.*Search.*Tab JSON.*Help.*Quit`, d.Screen())
	d.Press("up")
	require.Regexp(t, `(?s)Help.*Quit.*Unban user.*▌ Down`, d.Screen(), "what cannot be done now is last")
	d.Press("down")
	d.Type("12")
	d.Has("▌ Go to row 12")
	d.Press("enter")
	require.Equal(t, []string{"row 12"}, received[fact](root))
}

func TestShell_EscDoesNotQuit(t *testing.T) {
	d := drive(t, &page{title: "Users"})
	d.Press("esc")
	require.False(t, d.Left)
	d.Press("?")
	d.Type("from the first")
	d.Has("Quit", " q ")
	d.Lacks("esc  Quit", "q esc")
	d.Press("esc", "esc")
	d.Send(tui.PushMsg{View: &page{title: "Maya"}})
	d.Press("?")
	d.Type("to the previous screen")
	d.Has("q esc")
	d.Press("esc", "esc", "esc")
	d.Lacks("Maya")
}

func TestShell_DeliversLater(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	d.Send(tui.LaterMsg{After: 400 * time.Millisecond, Msg: fact("now")})
	d.Advance(399 * time.Millisecond)
	require.Empty(t, received[fact](root))
	d.Advance(time.Millisecond)
	require.Equal(t, []string{"now"}, received[fact](root))
}

func TestShell_AlwaysActionsAreBoundAlways(t *testing.T) {
	asked, opened := &page{title: "Users"}, 0
	asked.actions = []tui.Action{{ID: "ask", Title: "Ask", Do: func() tea.Cmd { opened++; return tui.Ask(tui.Prompt{Tier: tui.T2, Title: "Ban user", Verb: "Ban"}) }}}
	d := drive(t, asked, tuitest.Bind("ask", "a"))
	d.Press("a", "ctrl+z")
	require.Equal(t, 1, d.Suspends)
}
