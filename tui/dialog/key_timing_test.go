package dialog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/tuitest"
)

// freeTextPrompt returns the ban with its reason as the only field, for a sentence.
func freeTextPrompt() tui.Prompt {
	p := ban()
	p.Fields = []tui.Field{{Name: "reason", Label: "Reason", Required: true, FreeText: true}}
	return p
}

// typePaced sends a text as a terminal types it, each byte a gap after the one before.
func typePaced(d *tuitest.Driver, text string, gap time.Duration) {
	for _, r := range text {
		d.Advance(gap)
		if r == '\r' {
			d.Burst("enter")
		} else if r == ' ' {
			d.Burst("space")
		} else {
			d.Burst(string(r))
		}
	}
}

func TestDialog_ConfirmsOnlyAfterGraceAtTheButtons(t *testing.T) {
	for _, way := range [][]string{{"enter"}, {"ctrl+s"}, {"tab"}} {
		for _, early := range []time.Duration{0, 100 * time.Millisecond, 200 * time.Millisecond, dialog.Grace - time.Millisecond} {
			d, got := ask(t, freeTextPrompt(), 100, 30)
			d.Type("chargeback")
			d.Advance(time.Second)
			d.Burst(way...)
			d.Advance(early)
			d.Burst("y")
			require.Zero(t, got.confirmed, "%v, %v", way, early)
			d.Has("wait, then press y again")
			d.Advance(dialog.Grace)
			d.Burst("y")
			require.Equal(t, 1, got.confirmed, "%v, %v", way, early)
		}
	}
}

func TestDialog_RestartsGraceWhenUncovered(t *testing.T) {
	for name, p := range map[string]tui.Prompt{"bar": unlock(), "dialog": func() tui.Prompt { p := ban(); p.Fields = nil; return p }()} {
		for _, small := range [][2]int{{30, 20}, {100, 6}, {10, 3}, {39, 30}} {
			t.Run(name, func(t *testing.T) {
				d, got := ask(t, p, 100, 30)
				d.Resize(small[0], small[1])
				d.Advance(time.Minute)
				d.Burst("y")
				require.Equal(t, answer{}, *got, "it is not visible")
				d.Resize(100, 30)
				d.Burst("y")
				d.Advance(dialog.Grace / 2)
				d.Burst("y")
				require.Equal(t, answer{}, *got, "it was not visible until now")
				d.Advance(dialog.Grace)
				d.Burst("y")
				require.Equal(t, 1, got.confirmed)
			})
		}
	}
	d, got := ask(t, func() tui.Prompt { p := ban(); p.Fields = nil; return p }(), 100, 30)
	d.Advance(time.Second)
	d.Resize(90, 28)
	d.Burst("y")
	require.Equal(t, 1, got.confirmed, "it was visible before and after")
}

func TestDialog_LookupRestartsGrace(t *testing.T) {
	p := ban()
	p.Fields = nil
	p.Lookup = &tui.Task{Key: "sessions"}
	d, got := ask(t, p, 100, 30)
	d.Advance(time.Second)
	d.Send(tui.LookupMsg{Key: "sessions", EffectsFor: func(tui.Answers) []string { return []string{"signs out 9 sessions now"} }})
	d.Has("signs out 9 sessions now")
	d.Burst("y")
	require.Zero(t, got.confirmed)
	d.Advance(dialog.Grace)
	d.Burst("y")
	require.Equal(t, 1, got.confirmed)
}

// A terminal without bracketed paste types the lines, and the first letter has opened
// the question.
func TestDialog_SlowPasteNeverConfirms(t *testing.T) {
	for _, text := range []string{
		"ob@pine.example\ryves@pine.example\r", "ob@pine.example\ry", "4770090\ryves\r", "+44 770\ryo\r", "o <b@x.example>\ryu\ry@x\r", "@pine.example\ryn\r",
	} {
		for _, gap := range []time.Duration{0, 110, 260} {
			d, got := ask(t, freeTextPrompt(), 100, 30)
			typePaced(d, text, gap*time.Millisecond)
			require.Zero(t, got.confirmed, "%q every %d ms", text, gap)
		}
		lines := strings.SplitAfter(text, "\r")
		for _, gap := range []time.Duration{300, 1000} {
			d, got := ask(t, freeTextPrompt(), 100, 30)
			for _, line := range lines {
				d.Advance(gap * time.Millisecond)
				typePaced(d, line, 0)
			}
			require.Zero(t, got.confirmed, "%q by lines, every %d ms", text, gap)
		}
	}
	for _, gap := range []time.Duration{110, 250, 300, 450} { // names, evenly spaced
		d, got := ask(t, freeTextPrompt(), 100, 30)
		typePaced(d, "ob marley\ryves\r", gap*time.Millisecond)
		require.Zero(t, got.confirmed, "every %d ms", gap)
	}
	d, got := ask(t, freeTextPrompt(), 100, 30) // names, a line at a time
	d.Advance(time.Second)
	typePaced(d, "ob marley\r", 0)
	d.Advance(300 * time.Millisecond)
	typePaced(d, "yves\r", 0)
	require.Zero(t, got.confirmed)
}

func TestDialog_ReasonThatLooksPastedNeedsYTwice(t *testing.T) {
	d, got := ask(t, freeTextPrompt(), 100, 30)
	d.Advance(time.Second)
	d.Type("asked by bob@pine.example")
	d.Press("enter", "y")
	require.Zero(t, got.confirmed)
	d.Has("that looks pasted; press y again to confirm")
	d.Press("y")
	require.Equal(t, 1, got.confirmed)

	for name, enters := range map[string]func(*tuitest.Driver){
		"a word": func(d *tuitest.Driver) { d.Type("chargeback 14"); d.Press("enter") },
		"ctrl-s": func(d *tuitest.Driver) { d.Type("bob@pine.example"); d.Press("ctrl+s") },
		"a paste": func(d *tuitest.Driver) {
			d.Paste("bob@pine.example")
			d.Press("enter")
		},
		"a person's letters": func(d *tuitest.Driver) {
			for i, r := range "chargeback" {
				d.Advance(time.Duration(90+70*(i%3)) * time.Millisecond)
				d.Burst(string(r))
			}
			d.Press("enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, got := ask(t, freeTextPrompt(), 100, 30)
			enters(d)
			d.Press("y")
			require.Equal(t, 1, got.confirmed)
		})
	}
}

func TestDialog_TypeToConfirmIgnoresCase(t *testing.T) {
	for asked, all := range map[string][]string{
		"9aQ":                {"9aQ", "9aq", "9AQ", " 9aQ "},
		"Sam.C@pine.example": {"sam.c@pine.example", "SAM.C@PINE.EXAMPLE"},
		"ban 37":             {"ban 37", "Ban 37", "ban  37"},
		"Émile":              {"émile", "E\u0301mile"},
		"ΣΊΣΥΦΟΣ":            {"σίσυφος", "Σίσυφοσ"},
	} {
		for _, typed := range all {
			p := ban()
			p.Tier, p.Fields, p.TypeToConfirm = tui.T3, nil, asked
			d, got := ask(t, p, 100, 30)
			d.Paste(typed)
			d.Lacks("does not match")
			d.Press("ctrl+s", "y")
			require.Equal(t, 1, got.confirmed, "%q for %q", typed, asked)
		}
	}
	p := ban()
	p.Tier, p.Fields, p.TypeToConfirm, p.TypeLabel = tui.T3, nil, "9aQ", "Last three of the id"
	d, got := ask(t, p, 100, 30)
	d.Type("9aX")
	d.Has("that does not match: type 9aQ")
	d.Press("ctrl+s", "y")
	require.Zero(t, got.confirmed)
}
