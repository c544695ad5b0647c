package action_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui/text"
	"frontdesk/views/viewtest"
)

// pieces are what names and pasted text are made of.
var pieces = []string{
	"a", "Maya ", " ", "é", "e\u0301", "\u0308", "電", "太郎", "김", "\u1112\u1161\u11ab", "م", "ی", "\u200c", "\u200d", "ह", "ि", "्", "\u093c", "น้ำ", "👨", "👩", "👧", "\u200d👩", "👍🏽", "\U0001F3FD", "❤", "\ufe0f", "\ufe0e",
	"1", "\u20e3", "🇩", "🇪", "\U000E0100", "葛", "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\x1b", "\x07", "\x9b", "\u3164", "\u034f", "\ue000", "\u0316", "\u0316\u0316\u0316", "@", ".", "★", "©", "ᠮ", "\u180b",
}

// A box keeps what a row shows as it is, and nothing else: the two rules are one.
func TestImage_BoxShowsMarksLikeARow(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range 1 + chance.IntN(8) {
			b.WriteString(pieces[chance.IntN(len(pieces))])
		}
		raw := b.String()
		row := func(s string) string { return clean.NewText(s).Clipboard() } // as Display, with plain spaces and of any length
		kept, left := text.CleanInput(raw)
		require.Equal(t, kept, row(kept), "a row marks what a box kept of %q", raw)
		if row(raw) == raw {
			require.Zero(t, left, "a box left out what a row shows: %q", raw)
			require.Equal(t, raw, text.Drawable(raw), "%q", raw)
		} else {
			require.NotEqual(t, raw, text.Drawable(raw), "a box shows raw what a row marks: %q", raw)
		}
	}
}

// A file name that holds what must not be drawn is completed with marks in its place,
// edited, and opened by its own bytes.
func TestImage_OddFileNameIsShownWithMarksAndOpened(t *testing.T) {
	for name, marked := range map[string]string{
		"zero\u200bwidth.png":      "zero�width.png",
		"x\x1b[2J\u202egnp.png":    "x␛[2J�gnp.png",
		"e\u0301te.png":            "e\u0301te.png",
		"loose\ufe0f.png":          "loose�.png",
		"a\nb.png":                 "a␊b.png",
		"bad\xff.png":              "bad�.png",
		"\u3000wide\u00a0name.png": "␣wide␣name.png",
		"名\u2066前.png":             "名�前.png",
	} {
		t.Run(marked, func(t *testing.T) {
			b := viewtest.New(t)
			b.WriteFile(name, picture(t))
			d := choosing(t, b, 120, 40)
			d.Press("tab")
			d.Has("~/"+marked, "✓ png")
			d.Lacks("\u200b", "\u202e", "\x1b")
			// The name is still the file's after one of its letters went and came back.
			d.Press("left", "backspace")
			d.Has("~/" + strings.Replace(marked, ".png", ".pg", 1))
			d.Press("n")
			d.Has("~/"+marked, "✓ png")
			d.Press("enter")
			d.Dialog().Expect("Set profile image")
		})
	}
}

// A text of wide letters in the box for metadata has its cursor where the next goes,
// and no key that deletes or changes a word at an end is too much.
func TestMetadata_BoxCountsCellsAndSurvivesEveryKey(t *testing.T) {
	if testing.Short() {
		t.Skip("many keys; the race detector has nothing to say about them")
	}
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{}`)})
	pick(d, "Merge metadata")
	for _, word := range []string{"電話で確認", "김철수", "हिन्दी", "น้ำ", "José"} {
		write(d, `{"a":"`+word+`X"}`)
		d.Press("left", "left", "left")
		// Counted rune by rune, as the renderer does before a terminal says otherwise.
		require.Equal(t, 2+6+text.Runes.Width(`{"a":"`+word), d.Model.View().Cursor.X, word)
	}
	d.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	for _, word := range []string{"電話で確認", "김철수", "हिन्दी", "น้ำ", "José"} {
		write(d, `{"a":"`+word+`X"}`)
		d.Press("left", "left", "left")
		require.Equal(t, "X", d.UnderCursor(), "%s:\n%s", word, d.Screen())
	}
	for _, text := range []string{"ab", "電話 で\n\nb "} {
		for _, key := range []string{"alt+d", "ctrl+delete", "alt+delete", "ctrl+w", "alt+backspace", "ctrl+backspace", "alt+u", "alt+l", "alt+c", "ctrl+t", "ctrl+u", "delete", "ctrl+d", "alt+f", "alt+b"} {
			for _, to := range []string{"ctrl+end", "left"} {
				write(d, "x")
				d.Press("backspace")
				d.Paste(text)
				d.Burst(to, key, key)
				d.Lacks("Something went wrong")
			}
		}
	}
	require.Empty(t, d.Model.FatalError())
}
