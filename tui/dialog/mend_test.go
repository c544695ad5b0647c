package dialog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

func TestDialog_AfterARefusalEnterVisitsOnlyWhatIsWrong(t *testing.T) {
	p := create()
	p.Fields[1].Value, p.Fields[1].ServerError = "Carter", "that name is taken"
	p.Fields[3].Value, p.Fields[3].ServerError = "12", "is no number"
	p.Fields[len(p.Fields)-1].Value = "by phone"
	d, got := ask(t, p, 80, 24)
	d.Type("s")
	d.Press("enter")
	d.Type("34")
	d.Press("enter")
	d.Has("▸ Cancel")
	d.Press("y")
	require.Equal(t, "Carters", got.given["last name"])
	require.Equal(t, "1234", got.given["phone number"])
}

func TestDialog_AfterMissingInputEnterVisitsOnlyWhatIsMissing(t *testing.T) {
	p := ban()
	p.Fields = []tui.Field{{Name: "a", Label: "A", Required: true}, {Name: "b", Label: "B"}, {Name: "c", Label: "C", Required: true}, {Name: "d", Label: "D"}}
	d, got := ask(t, p, 100, 30)
	d.Press("ctrl+s", "y")
	d.Has("✗ an a is required", "✗ a c is required")
	d.Type("one")
	d.Press("enter")
	d.Type("two")
	d.Press("enter")
	d.Has("▸ Cancel")
	d.Press("y")
	require.Equal(t, tui.Answers{"a": "one", "b": "", "c": "two", "d": ""}, got.given)
}

func TestDialog_ButtonsAreOneKeyAwayFromEverywhere(t *testing.T) {
	for tabs := range 4 {
		d, got := ask(t, resetMFA(), 120, 40)
		for range tabs {
			d.Press("tab")
		}
		d.Has("ctrl-s buttons")
		d.Press("ctrl+s")
		d.Has("▸ Cancel")
		d.Press("enter")
		require.Equal(t, answer{cancelled: 1}, *got)
	}
}

func TestDialog_EnterSkipsSkipOnEnterFields(t *testing.T) {
	p := ban()
	p.Tier = tui.T1
	p.Fields = []tui.Field{{Name: "code", Label: "Code", Kind: tui.FieldSecret, Required: true}, {Name: "reason", Label: "Reason", SkipOnEnter: true}}
	d, got := ask(t, p, 80, 24)
	d.Type("123456")
	d.Press("enter")
	d.Has("▸ Cancel")
	d.Press("shift+tab", "shift+tab", "enter")
	d.Has("▸ Cancel")
	d.Press("shift+tab")
	d.Type("asked by phone")
	d.Press("enter", "y")
	require.Equal(t, tui.Answers{"code": "123456", "reason": "asked by phone"}, got.given)

	p.Fields[0].Kind, p.Fields[0].Value = tui.FieldText, "oauth_google"
	d, _ = ask(t, p, 80, 24)
	d.Has("▸ Cancel") // what is filled in already does not get the focus
}

func TestDialog_LongHintsAreCutVisibly(t *testing.T) {
	hint := "several with commas; " + strings.Repeat("the first one is the primary one ", 3)
	p := ban()
	p.Fields[1].Hint = hint
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {46, 14}} {
		d, _ := ask(t, p, size[0], size[1])
		for line := range strings.SplitSeq(d.Screen(), "\n") {
			if strings.Contains(line, "several with") {
				require.Contains(t, line, "…", size)
				require.LessOrEqual(t, text.Width(line), size[0])
			}
		}
		d.Has("several with")
	}
}

// Letters typed ahead go to the focused checkbox; their spaces tick nothing.
func TestDialog_SpaceWithinAWordTicksNothing(t *testing.T) {
	for _, gap := range []time.Duration{0, 100 * time.Millisecond, 600 * time.Millisecond} {
		d, _ := ask(t, resetMFA(), 100, 34)
		typePaced(d, "asked twice", gap)
		d.Has("[ ] The caller named the last order", "space ticks, enter moves on")
		d.Lacks("[x]")
		d.Advance(2 * time.Second)
		d.Press("space")
		d.Has("[x] The caller named the last order")
		d.Lacks("space ticks, enter moves on")
	}
}
