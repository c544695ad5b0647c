package dialog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

func TestDialog_BarKeepsIDAndWayBackInANarrowWindow(t *testing.T) {
	p := unlock()
	p.Subject = []string{"Maya Okafor", "maya@harborpine.example", "user_2xk…9aQ"}
	p.Effects = []string{"lets them try to sign in again now", "stays banned until you unban them too"}
	p.WayBack = "Lock user"
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason"}}
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 10}, {40, 8}} {
		d, got := ask(t, p, size[0], size[1])
		d.Has("Unlock Maya Okafor?", "maya@harborpine.example", "user_2xk…9aQ", "on DEMO", "↺ To undo: Lock user", "y Unlock", "Cancel")
		if size[1] > 10 {
			d.Has("lets them try to sign in again now", "stays banned")
		}
		top := slices.IndexFunc(strings.Split(d.Screen(), "\n"), func(l string) bool { return strings.Contains(l, "Unlock Maya") })
		d.Burst("y") // too early: the note is shown in full and covers nothing else
		says := "wait, then press y again"
		if size[1] < 10 {
			says = "wait"
		}
		d.Has(says, "↺ To undo: Lock user", "user_2xk…9aQ", "on DEMO")
		require.Contains(t, strings.Split(d.Screen(), "\n")[top], "Unlock Maya Okafor?", "nothing may move")
		d.Press("y")
		require.Equal(t, 1, got.confirmed, size)
	}
}

func TestDialog_BarGivesEachPartARowWhereThereIsRoom(t *testing.T) {
	p := unlock()
	p.Subject = []string{"Maya Okafor", "maya@harborpine.example", "user_2xk…9aQ"}
	p.Tile = tui.Tile{Initials: "MO"}
	p.Effects = []string{"lets them try to sign in again"}
	p.WayBack = "Lock user"
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason"}}
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d, _ := ask(t, p, size[0], size[1])
		rows := strings.Split(d.Screen(), "\n")
		top := slices.IndexFunc(rows, func(l string) bool { return strings.Contains(l, "Unlock Maya") })
		require.Positive(t, top)
		require.Equal(t, size[0] > 80, strings.Contains(rows[top], "[MO]"), "the tile takes no row")
		for i, want := range []string{"on DEMO", "• lets them try to sign in again", "↺ To undo: Lock user", "Reason", "▸ Cancel"} {
			require.Contains(t, rows[top+i], want, d.Screen())
		}
		d.Press("tab")
		require.Contains(t, strings.Split(d.Screen(), "\n")[top], "Unlock Maya Okafor?", "nothing may move")
	}
}
