package dialog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

func TestDialog_AsksBeforeDiscardingInput(t *testing.T) {
	for name, way := range map[string][]string{
		"esc in a field": {"esc"}, "esc at the buttons": {"tab", "tab", "esc"},
		"n": {"tab", "tab", "n"}, "enter at Cancel": {"enter", "enter", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {46, 14}} {
				d, got := ask(t, ban(), size[0], size[1])
				d.Type("fraud")
				d.Press(way...)
				d.Has("Discard", "esc", " keep")
				require.True(t, d.Asking())
				if size[0] >= 80 { // a narrower footer has no room for it
					require.Equal(t, 2, strings.Count(d.Screen(), "any other key keeps it"), "%s", d.Screen())
				}
				d.Press("x")
				d.Lacks("Discard")
				d.Has("fraud")
				if name == "esc in a field" {
					d.Has("fraudx") // typed where the cursor was
				} else {
					d.Lacks("fraudx")
				}
				d.Press("esc", "esc")
				require.False(t, d.Asking())
				require.Equal(t, answer{cancelled: 1}, *got)
			}
		})
	}
}

func TestDialog_EarlyEscDiscardsNothing(t *testing.T) {
	d, got := ask(t, ban(), 100, 30)
	d.Type("fraud")
	d.Burst("esc", "esc", "esc")
	d.Has("Discard what you typed?")
	d.Advance(dialog.Grace)
	d.Burst("esc")
	require.Equal(t, answer{cancelled: 1}, *got)
}

func TestDialog_ClosesAtOnceWithoutInput(t *testing.T) {
	p := ban()
	p.Fields[1].Value = "T-1" // the initial value
	for _, way := range [][]string{{"esc"}, {"tab", "tab", "n"}, {"tab", "tab", "enter"}} {
		d, got := ask(t, p, 100, 30)
		d.Type("x")
		d.Press("backspace")
		d.Press(way...)
		require.Equal(t, answer{cancelled: 1}, *got, way)
	}
	p.Fields = append(p.Fields, tui.Field{Name: "how", Label: "How", Kind: tui.FieldChoice, Choices: []string{"merge", "replace"}})
	d, _ := ask(t, p, 100, 30)
	d.Press("tab", "tab", "right", "esc")
	d.Has("Discard what you typed?")
}

func TestDialog_ReopenedFormCountsEarlierInputAsEdited(t *testing.T) {
	p := ban()
	p.Errors = []string{"Nothing was done."}
	p.Fields[0].Value, p.Fields[0].Edited = "fraud", true
	d, got := ask(t, p, 100, 30)
	d.Press("esc")
	d.Has("Discard what you typed?")
	require.Zero(t, got.cancelled)
}

func TestDialog_BarAsksBeforeDiscardingInput(t *testing.T) {
	p := unlock()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason"}}
	for _, size := range [][2]int{{100, 30}, {60, 20}, {40, 10}} {
		d, got := ask(t, p, size[0], size[1])
		d.Press("tab")
		d.Type("at the airport")
		d.Press("esc")
		d.Has("Discard", " keep", "at the airport")
		d.Press("y")
		require.Equal(t, answer{}, *got, "the y only goes back")
		d.Press("enter", "y")
		require.Equal(t, 1, got.confirmed)
	}
}

func TestDialog_WordTypedAtTheButtonsNeverAnswers(t *testing.T) {
	for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": ban()} {
		t.Run(name, func(t *testing.T) {
			p.Fields = []tui.Field{{Name: "reason", Label: "Reason"}}
			d, got := ask(t, p, 100, 30)
			if name == "dialog" {
				d.Press("tab")
			}
			for _, letter := range []string{"e", "y", "e", "n", "y", "space", "a", "n", "y"} {
				d.Advance(dialog.Grace / 2)
				d.Burst(letter)
			}
			require.Equal(t, answer{}, *got)
			require.True(t, d.Asking())
			d.Burst("x")
			d.Has("only y confirms; ")
			d.Press("shift+tab")
			d.Type("x")
			require.Zero(t, *got)
		})
	}
}

func TestDialog_LettersAfterAnAnswerDoNotReachTheScreenBelow(t *testing.T) {
	for _, last := range []string{"y", "n", "enter"} {
		p := ban()
		p.Fields = nil
		d, _, screen := askOver(t, p, 100, 30)
		d.Press(last)
		require.False(t, d.Asking())
		for _, letter := range []string{"e", "s", "space", "d"} {
			d.Advance(150e6)
			d.Burst(letter)
		}
		require.Empty(t, screen.keys, last)
		d.Burst("down")
		require.Equal(t, []string{"down"}, screen.keys, "keys without letters are not part of a word")
		d.Press("j")
		require.Equal(t, []string{"down", "j"}, screen.keys)
	}
}

func TestDialog_LettersAfterEscReachTheScreenBelow(t *testing.T) {
	for _, gap := range []time.Duration{0, 100 * time.Millisecond, 350 * time.Millisecond} {
		for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": ban()} {
			d, _, screen := askOver(t, p, 100, 30)
			d.Advance(time.Second)
			d.Burst("esc")
			require.False(t, d.Asking(), name)
			for _, letter := range []string{"x", "/", "m", "a"} {
				d.Advance(gap)
				d.Burst(letter)
			}
			require.Equal(t, []string{"x", "/", "m", "a"}, screen.keys, "%s, %v", name, gap)
			d.Lacks("Keys typed just now were ignored")
		}
	}
	d, _, screen := askOver(t, ban(), 100, 30)
	d.Type("fraud")
	d.Press("esc", "esc")
	d.Burst("x")
	require.Equal(t, []string{"x"}, screen.keys, "discarding by esc counts as esc")
}

func TestDialog_NextQuestionTakesLettersAtOnce(t *testing.T) {
	p := ban()
	d, _, _ := askOver(t, p, 100, 30)
	d.Press("esc")
	d.Send(tui.AskMsg{Prompt: p})
	d.Dialog().Expect("Ban user")
	d.Type("fraud")
	d.Has("fraud")
}

func TestDialog_SaysThatTextIsKept(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d, got := ask(t, banWithTemplates(), size[0], size[1])
		d.Type("c")
		d.Press("tab", "enter")
		d.Has("Discard")
		d.Press("y")
		require.Equal(t, answer{}, *got, "no key confirms from there")
		d.Has("Kept. Press y to ban, esc to cancel", "card fraud")
		d.Press("y")
		require.Equal(t, 1, got.confirmed)
		require.Equal(t, "card fraud", got.given["reason"])
	}
}
