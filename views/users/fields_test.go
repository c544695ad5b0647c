package users_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

// fields are the ways to every kind of text box.
var fields = map[string]struct {
	open  []string
	pick  string // chosen in the action menu
	shows string
	bare  bool // it holds a path, to be cleared first
}{
	"search":          {open: []string{"/"}},
	"reason":          {open: []string{"b"}, shows: "Ban user"},
	"field of a form": {open: []string{"x"}, pick: "edit user", shows: "First name"},
	"go to":           {open: []string{":"}, shows: "Go to"},
	"action menu":     {open: []string{"x"}, shows: "choose"},
	"image path":      {open: []string{"x"}, pick: "set profile image", shows: "File", bare: true},
}

// long are texts wider than any box: 120 letters, 40 ideographs, and clusters of
// several characters or cells.
var long = map[string]string{
	"letters":    strings.Repeat("abcdefghijklmnopqrst", 6),
	"ideographs": strings.Repeat("電話で確認山田太郎様", 4),
	"Korean":     strings.Repeat("상담원이고객과통화함", 6),
	"families":   strings.Repeat("👨‍👩‍👧🇩🇪👍🏽❤️1️⃣é", 12),
	"Hindi":      strings.Repeat("हिन्दी", 20),
	"Thai":       strings.Repeat("น้ำกำลัง", 12),
	"Arabic":     strings.Repeat("محمدعلی", 20),
	"words":      strings.Repeat("電話 ab ", 20) + "終",
}

// enter opens a box.
func enter(d *tuitest.Driver, name string) {
	field := fields[name]
	d.Press(field.open...)
	if field.pick != "" {
		d.Type(field.pick)
		d.Press("enter")
	}
	d.Has(field.shows)
}

func clusters(s string) (out []string) {
	for g := graphemes.FromString(s); g.Next(); {
		out = append(out, g.Value())
	}
	return out
}

// at checks that the cursor is on the cell of a cluster on the emulated screen.
func at(t *testing.T, d *tuitest.Driver, cluster string) {
	t.Helper()
	under := d.UnderCursor()
	if under == "" || !strings.HasPrefix(cluster, under) && !strings.HasPrefix(cluster, strings.TrimRight(under, " ")) {
		t.Fatalf("the cursor is on %q, not on %q:\n%s", under, cluster, d.Screen())
	}
}

// Every box is edited in the middle of a text longer than it, and the cursor is where
// the next letter goes.
func TestSearchBox_ScrollsALongText(t *testing.T) {
	if testing.Short() {
		t.Skip("many keys; the race detector has nothing to say about them")
	}
	for name := range fields {
		for what, typed := range long {
			if name != "search" && name != "reason" && what != "letters" && what != "ideographs" && what != "families" {
				continue // the same kind of box
			}
			for _, counts := range []string{"runes", "clusters"} {
				if counts == "runes" && text.Runes.Width(typed) != text.Clusters.Width(typed) {
					continue // the emulator cannot show it; the box's own tests do
				}
				t.Run(name+" "+what+" "+counts, func(t *testing.T) {
					_, d := drive(t, 20, 100, 30)
					if counts == "clusters" {
						d.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
					}
					enter(d, name)
					d.Press("ctrl+u")
					d.Paste(typed)
					want := clusters(typed)
					for i := len(want); i > len(want)/2; {
						step := min(7, i-len(want)/2)
						d.Burst(slices.Repeat([]string{"left"}, step)...)
						i -= step
						at(t, d, want[i])
					}
					before := d.Screen()
					d.Send(tuitest.Key("right"))
					d.Send(tuitest.Key("left"))
					require.Equal(t, before, d.Screen(), "moving inside what is in sight moves nothing")
					d.Send(tuitest.Key("X"))
					at(t, d, want[len(want)/2])
					d.Send(tuitest.Key("left"))
					at(t, d, "X")
					d.Send(tuitest.Key("right"))
					d.Send(tuitest.Key("backspace"))
					at(t, d, want[len(want)/2])
					d.Send(tuitest.Key("home"))
					at(t, d, want[0])
				})
			}
		}
	}
}

func TestSearchBox_DeletesAWordAtTheEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("many keys; the race detector has nothing to say about them")
	}
	for name := range fields {
		for _, key := range []string{"ctrl+delete", "alt+d", "alt+delete"} {
			t.Run(name+" "+key, func(t *testing.T) {
				_, d := drive(t, 20, 100, 30)
				enter(d, name)
				d.Press("ctrl+u")
				d.Type("ab")
				d.Press("left", key, key)
				require.Empty(t, d.Model.FatalError())
				d.Lacks("Something went wrong")
				d.Type("c")
				d.Has("ac")
			})
		}
	}
}

// Invisible characters are left out of every box, with a message; those that belong to
// an emoji or a name stay.
func TestSearchBox_LeavesOutInvisibleCharacters(t *testing.T) {
	for name, field := range fields {
		if field.bare {
			continue // a path is taken as it is
		}
		t.Run(name, func(t *testing.T) {
			_, d := drive(t, 20, 100, 30)
			d.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
			enter(d, name)
			d.Press("ctrl+u")
			d.Paste("a\u200bb\u202ec\ufeffd\x1b[2Je\ufe0ff\u2066g Jose\u0301 👨‍👩‍👧 می‌خواهم\u200d")
			d.Has("abcd[2Jefg José 👨‍👩‍👧", "invisible characters were left out")
			d.Lacks("\u200b", "\u202e", "\ufeff", "\x1b", "\u2066", "e\u0301")
			d.Type("x")
			d.Lacks("invisible characters were left out")
		})
	}
}
