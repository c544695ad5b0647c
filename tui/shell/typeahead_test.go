package shell_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/tuitest"
)

// askingPage returns a page on which b asks a question, c opens a screen, x a menu.
func askingPage(confirmed *bool, reason *string) *page {
	ban := tui.Prompt{
		Tier: tui.T2, Title: "Ban user", Subject: []string{"Sam Carter"}, Verb: "Ban", WayBack: "Unban user",
		Fields: []tui.Field{{Name: "reason", Label: "Reason", Required: true}},
		OnConfirm: func(a tui.Answers) tea.Cmd {
			*confirmed, *reason = true, a["reason"]
			return nil
		},
	}
	create := &page{title: "Create"}
	return &page{title: "Users", actions: []tui.Action{
		{ID: "ban_user", Title: "Ban user", Do: func() tea.Cmd { return tea.Batch(nil, tui.Ask(ban)) }},
		{ID: "create_user", Title: "Create user", Do: func() tea.Cmd { return tui.Push(create) }},
		{ID: "list.actions", Title: "Actions", Do: func() tea.Cmd {
			return tui.OpenMenu(tui.Menu{Title: "Actions", Items: []tui.Action{{ID: "ban_user", Title: "Ban user", Do: do(tui.Ask(ban))}, {ID: "other", Title: "Other", Do: do(nil)}}})
		}},
		{ID: "lock_user", Title: "Lock user", Off: "already locked"},
	}}
}

func asks(t *testing.T, root *page) *tuitest.Driver {
	return drive(t, root, tuitest.Bind("ban_user", "b"), tuitest.Bind("create_user", "c"), tuitest.Bind("list.actions", "x"), tuitest.Bind("lock_user", "l"))
}

func TestShell_TypeAheadGoesToTheQuestion(t *testing.T) {
	for name, keys := range map[string][]string{
		"a direct key":            {"b", "c", "x", "y", "q"},
		"by way of the menu":      {"x", "b", "a", "n", "enter", "c", "x", "y", "q"},
		"enter and y all the way": {"b", "c", "x", "y", "q", "enter", "y", "y", "enter", "b", "c", "x", "y", "q"},
	} {
		t.Run(name, func(t *testing.T) {
			confirmed, reason := false, ""
			root := askingPage(&confirmed, &reason)
			d := asks(t, root)
			d.Burst(keys...)
			require.False(t, confirmed, "nothing typed ahead confirms")
			require.Empty(t, root.keys)
			d.Lacks("this is Create")
			if name == "enter and y all the way" { // the second enter was at Cancel, which asks before it discards
				return
			}
			d.Dialog().Expect("Ban user", "cxyq")
			d.Press("enter", "y")
			require.True(t, confirmed)
			require.Equal(t, "cxyq", reason)
		})
	}
}

func TestShell_DropsTypeAheadWithoutAQuestion(t *testing.T) {
	confirmed, reason := false, ""
	root := askingPage(&confirmed, &reason)
	d := asks(t, root)
	d.Burst("l", "c", "b", "w", "down")
	d.Has("Lock user: already locked", "this is Users", "Keys typed just now were ignored")
	require.False(t, d.Asking())
	require.Equal(t, []string{"down"}, root.keys, "an arrow is not a letter")
	d.Press("c")
	d.Has("this is Create")
}

func TestShell_ListsAScreensOwnBackActionOnce(t *testing.T) {
	root := &page{title: "Users", actions: []tui.Action{{ID: "app.out", Title: "Quit, though people are marked", Group: "Marks", Do: do(nil)}}}
	d := drive(t, root)
	d.Press("?")
	d.Has("Quit, though people are marked", "ctrl-c")
	d.Lacks("Back quits from the first screen.")
}

// A question whose countdown ends closes without a key.
func TestShell_DropsTypeAheadAfterACountdown(t *testing.T) {
	remove := tui.Prompt{Tier: tui.T4, Title: "Delete user", Verb: "Delete", CancelSeconds: 2}
	root := &page{title: "Users", actions: []tui.Action{{ID: "ban_user", Title: "Delete user", Do: do(tui.Ask(remove))}}}
	d := drive(t, root, tuitest.Bind("ban_user", "b"))
	d.Press("b")
	d.Dialog().Expect("Delete user")
	d.Press("y")
	for range 40 {
		d.Advance(100 * time.Millisecond)
		d.Burst("j")
	}
	require.False(t, d.Asking())
	require.Empty(t, root.keys)
}

// Enter at Cancel is easily taken for a yes, so a notice says what it did.
func TestShell_ReportsACancellationByEnter(t *testing.T) {
	confirmed := false
	unban := tui.Prompt{Tier: tui.T1, Title: "Unban user", Subject: []string{"Sam Carter"}, Verb: "Unban", OnConfirm: func(tui.Answers) tea.Cmd { confirmed = true; return nil }}
	d := drive(t, &page{title: "Users", actions: []tui.Action{{ID: "ban_user", Title: "Unban user", Do: do(tui.Ask(unban))}}}, tuitest.Bind("ban_user", "b"))
	d.Press("b", "enter")
	require.False(t, d.Asking())
	require.False(t, confirmed)
	d.Has("Cancelled. Nothing was changed.")
}
