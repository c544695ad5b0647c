package shell_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

func drivePlain(t *testing.T, root tui.View, more ...tui.Binding) *tuitest.Driver {
	return tuitest.Drive(t, shell.Config{Root: root, Keys: tuitest.Keys(t, more...), Plain: true, Instance: tui.Instance{Kind: tui.InstanceProduction, Word: "PRODUCTION"}}, 100, 30)
}

// cursorLine returns the line that a screen reader reads.
func cursorLine(t *testing.T, d *tuitest.Driver) string {
	t.Helper()
	cursor := d.Model.View().Cursor
	require.NotNil(t, cursor, d.Screen())
	return strings.TrimSpace(d.Line(cursor.Y))
}

func requireNoDrawing(t *testing.T, d *tuitest.Driver) {
	t.Helper()
	require.False(t, strings.ContainsFunc(d.Screen(), func(r rune) bool { return r >= 0x2500 && r <= 0x259f || r >= 0x2800 && r <= 0x28ff }), d.Screen())
}

func TestPlain_PutsTheCursorOnTheMarkedRow(t *testing.T) {
	root := &page{title: "Users", content: "a ▌ within the text\n   1 of 2: Sam\n ▌ 2 of 2: Maya · locked\n┌──┐\n▀▄█░"}
	d := drivePlain(t, root)
	require.Equal(t, "> 2 of 2: Maya, locked", cursorLine(t, d))
	require.Equal(t, 3, d.Model.View().Cursor.X, "where the text begins")
	require.True(t, root.drawn.Styles.Plain)
	requireNoDrawing(t, d)
}

func TestPlain_CommasTakeOneBlank(t *testing.T) {
	root := &page{title: "Users", content: "all users  ·  newest first · 3 left            12 found\n ▌ a · b · c"}
	d := drivePlain(t, root)
	require.Equal(t, "all users, newest first, 3 left                12 found", d.Line(1), "the right edge stays where it is")
	require.Equal(t, "> a, b, c", cursorLine(t, d))
	require.Equal(t, 3, d.Model.View().Cursor.X)
	root.cursor = tea.NewCursor(7, 1)
	d.Resize(100, 30)
	require.Equal(t, 6, d.Model.View().Cursor.X, "before the b")
}

func TestPlain_OverlaysTakeThePlaceOfTheScreen(t *testing.T) {
	d := drivePlain(t, &page{title: "Users", content: "behind it"})
	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T2, Title: "Ban user", Verb: "Ban", Subject: []string{"Sam Carter"}, Instance: "on DEMO", Effects: []string{"they cannot sign in"}, WayBack: "z", Picture: []string{"▀▀", "▀▀"}}})
	d.Lacks("behind it")
	require.Equal(t, "Ban user", strings.TrimSpace(d.Line(1)), "the question is first")
	require.Equal(t, "Cancel, chosen; y Ban", cursorLine(t, d))
	d.Press("tab")
	require.Equal(t, "Cancel; y Ban, chosen", cursorLine(t, d))
	requireNoDrawing(t, d)
	d.Press("esc")
	d.Has("behind it")

	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T3, Title: "Delete user", Verb: "Delete", Checklist: []string{"you called them back"}, Fields: []tui.Field{{Name: "reason", Label: "Reason"}}}})
	require.Equal(t, "> [ ] you called them back", cursorLine(t, d))
	d.Press("tab")
	require.Contains(t, cursorLine(t, d), "Reason")
	requireNoDrawing(t, d)
	d.Press("esc")

	d.Send(tui.MenuMsg{Menu: tui.Menu{Title: "Actions", Items: []tui.Action{{ID: "a", Title: "Unlock user", Does: "lets them try again"}, {ID: "b", Title: "Delete user", Danger: true}, {ID: "c", Title: "Unban user", Off: "not banned"}}}})
	require.Equal(t, "> Unlock user, lets them try again", cursorLine(t, d))
	d.Press("down")
	require.Equal(t, "> Delete user, no way back", cursorLine(t, d))
	d.Press("down")
	require.Equal(t, "> Unban user, not now: not banned", cursorLine(t, d))
	d.Type("zzz")
	require.Equal(t, "Find: zzz", cursorLine(t, d))
	requireNoDrawing(t, d)
}

func TestPlain_NoticesHaveARowOfTheirOwn(t *testing.T) {
	d := drivePlain(t, &page{title: "Users", content: strings.Repeat("full\n", 30)})
	d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneOK, Text: "Unlocked Sam Carter"}})
	require.Equal(t, "Unlocked Sam Carter", strings.TrimSpace(d.Line(-2)))
	d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneBad, Text: "Not banned", Next: "r tries again"}})
	require.Equal(t, "Failed: Not banned. r tries again, esc dismisses", strings.TrimSpace(d.Line(-2)))
	requireNoDrawing(t, d)
}

func TestPlain_NothingMoves(t *testing.T) {
	root := &page{title: "Users", ticker: true}
	d := drivePlain(t, root)
	d.Async()
	ticks := func() (n int) {
		for _, fact := range root.facts {
			if _, is := fact.(tui.TickMsg); is {
				n++
			}
		}
		return n
	}
	d.Advance(59 * time.Second)
	require.Zero(t, ticks())
	d.Advance(2 * time.Second)
	require.Equal(t, 1, ticks())
	g := newGate()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "t", Title: "Reading", Run: g.run}})
	<-g.ctx
	d.Advance(time.Second)
	before := d.Screen()
	require.Contains(t, before, "* Reading…")
	for range 8 {
		d.Advance(130 * time.Millisecond)
		require.Equal(t, before, d.Screen())
	}
	d.Press("esc")
}
