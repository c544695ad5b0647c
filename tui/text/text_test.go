package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/text"
)

const family = "👨\u200d👩\u200d👧\u200d👦"

var samples = []string{
	"", "a", "Maya Okafor", "user_2xkAbCdEfGh9aQ", "José Núñez", "Jose\u0301", "李小龍", "a李b小c龍", "محمد علي", "שלום",
	"हिन्दी", "น้ำ", family + " Maya " + family, "👍🏽👍🏽", "❤️1️⃣🇫🇷", "山田　太郎", "  two  spaces  ", "ｶﾞｶﾞ", "x" + strings.Repeat("\u0301", 4),
	"a-very-long-word-without-any-space-in-it and short ones", "\u0301", "…", "␛[2J", "ക്\u200d", "e\u0301" + family,
}

// check checks what every function promises, for one string and width.
func check(t *testing.T, r text.CellWidth, s string, w int) {
	t.Helper()
	room := max(w, 0)
	for name, got := range map[string]string{"Cut": r.Cut(s, w), "CutLeft": r.CutLeft(s, w), "CutMiddle": r.CutMiddle(s, w)} {
		require.LessOrEqual(t, r.Width(got), room, "%s(%+q, %d) = %+q", name, s, w, got)
		if w <= 0 {
			require.Empty(t, got)
			continue
		}
		if r.Width(s) <= room {
			require.Equal(t, s, got, "%s(%+q, %d)", name, s, w)
			continue
		}
		require.Contains(t, got, "…", "%s(%+q, %d)", name, s, w)
		// No room is wasted except for a cluster that did not fit.
		require.Greater(t, r.Width(got), room-widest(r, s)*2, "%s(%+q, %d) = %+q", name, s, w, got)
		if strings.Count(got, "…") == 1 {
			before, after, _ := strings.Cut(got, "…")
			whole(t, s, before, after)
		}
	}
	require.Equal(t, room, r.Width(r.Pad(s, w)), "Pad(%+q, %d)", s, w)
	require.Equal(t, room, r.Width(r.PadLeft(s, w)), "PadLeft(%+q, %d)", s, w)
	require.Equal(t, r.Cut(s, w), strings.TrimSuffix(r.Pad(s, w), strings.Repeat(" ", room-r.Width(r.Cut(s, w)))))
	rows := r.Wrap(s, w)
	for _, row := range rows {
		require.LessOrEqual(t, r.Width(row), room, "Wrap(%+q, %d) = %+q", s, w, rows)
	}
	if w >= widest(r, s) && w > 0 {
		require.Equal(t, squeeze(s), squeeze(strings.Join(rows, "")), "Wrap(%+q, %d) = %+q", s, w, rows)
	}
}

// whole checks that the parts of a cut string consist of whole clusters of s.
func whole(t *testing.T, s, before, after string) {
	t.Helper()
	require.True(t, strings.HasPrefix(s, before) && strings.HasSuffix(s, after), "%+q … %+q of %+q", before, after, s)
	edges := map[int]bool{len(s): true}
	for it := graphemes.FromString(s); it.Next(); {
		edges[it.Start()] = true
	}
	require.True(t, edges[len(before)] && edges[len(s)-len(after)], "%+q is cut inside a cluster: %+q … %+q", s, before, after)
}

func squeeze(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }

func widest(r text.CellWidth, s string) int {
	w := 1
	for it := graphemes.FromString(s); it.Next(); {
		w = max(w, r.Width(it.Value()))
	}
	return w
}

func TestText_NeverExceedsTheWidth(t *testing.T) {
	for _, r := range []text.CellWidth{text.Clusters, text.Runes} {
		for _, s := range samples {
			for w := -1; w < 30; w++ {
				check(t, r, s, w)
			}
		}
	}
}

func TestWidth_MatchesLipglossAndTheRenderer(t *testing.T) {
	for _, s := range samples {
		require.Equal(t, lipgloss.Width(s), text.Width(s), s)
		require.Equal(t, ansi.StringWidth(s), text.Width(s), s)
		require.Equal(t, ansi.StringWidthWc(s), text.Runes.Width(s), s)
	}
	require.Equal(t, 4, text.Width("\x1b[31mMaya\x1b[0m"))
}

func TestCut_ShortensWithAnEllipsis(t *testing.T) {
	require.Equal(t, "Maya O…", text.Cut("Maya Okafor", 7))
	require.Equal(t, "李…", text.Cut("李小龍", 4))
	require.Equal(t, "李… ", text.Pad("李小龍", 4))
	require.Equal(t, "…", text.Cut("李小龍", 1))
	require.Equal(t, "user_2xk…9aQ", text.CutMiddle("user_2xkAbCdEfGh9aQ", 12))
	require.Equal(t, "…", text.CutMiddle("user_2xkAbCdEfGh9aQ", 1))
	require.Equal(t, "…Q", text.CutMiddle("user_2xkAbCdEfGh9aQ", 2))
	require.Equal(t, "…/me.png", text.CutLeft("/home/maya/pictures/me.png", 8))
	require.Equal(t, "  12", text.PadLeft("12", 4))
	require.Equal(t, family+"…", text.Cut(family+family, 3))
	require.Equal(t, "\x1b[31mMa…\x1b[0m", text.Cut("\x1b[31mMaya\x1b[0m", 3))
	require.Equal(t, strings.Repeat(" ", 500), text.Pad("", 500))
}

func TestWrap_BreaksAtSpaces(t *testing.T) {
	require.Equal(t, []string{"Locked after", "10 failed", "attempts."}, text.Wrap("Locked after 10 failed attempts.", 12))
	require.Equal(t, []string{"one", "", "two"}, text.Wrap("one\n\ntwo", 12))
	require.Equal(t, []string{"李小", "龍"}, text.Wrap("李小龍", 5))
	require.Equal(t, []string{"…"}, text.Wrap("李", 1))
	require.Equal(t, []string{"aaaa", "aaaa", "a b"}, text.Wrap("aaaaaaaaa b", 4))
	require.Nil(t, text.Wrap("", 5))
	require.Nil(t, text.Wrap("x", 0))
}

func FuzzCells(f *testing.F) {
	for i, s := range samples {
		f.Add(s, i%12)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		if !cleaned(s) {
			t.Skip()
		}
		for _, r := range []text.CellWidth{text.Clusters, text.Runes} {
			check(t, r, s, w%100)
		}
	})
}

// cleaned reports whether a string could have come from a cleaner: valid, on one row,
// without controls and format characters, with nothing in it that attaches to what is
// before or after it.
func cleaned(s string) bool {
	if text.Width(" "+s) != 1+text.Width(s) || text.Runes.Width(" "+s) != 1+text.Runes.Width(s) {
		return false
	}
	for it := graphemes.FromString(s); it.Next(); {
		if text.Width(it.Value()+"…") != 1+text.Width(it.Value()) {
			return false
		}
	}
	return utf8.ValidString(s) && len(s) < 4096 && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Cf, r) && r != 0x200c && r != 0x200d || unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Prepended_Concatenation_Mark)
	})
}

func BenchmarkCells(b *testing.B) {
	for name, s := range map[string]string{"ascii": "maya.okafor@harborpine.example", "latin": "José Núñez", "chinese": "李小龍", "hindi": "हिन्दी"} {
		b.Run("Pad/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Pad(s, 36)
			}
		})
		b.Run("Cut/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Cut(s, 5)
			}
		})
	}
	plain, lit := lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true)
	b.Run("Lit", func(b *testing.B) {
		for b.Loop() {
			text.Highlight("maya.okafor@harborpine.example", []int{0, 1, 2, 3}, 20, plain, lit)
		}
	})
}

func TestCut_MeasuresStyledTextByItsCellWidth(t *testing.T) {
	// Nine clusters, each of two cells when counted by runes.
	s := "\x1b[31m" + strings.Repeat("นำ้", 9) + "\x1b[m"
	for w := 1; w < text.Runes.Width(s); w++ {
		require.LessOrEqual(t, text.Runes.Width(text.Runes.Cut(s, w)), w)
	}
	require.Equal(t, s, text.Runes.Cut(s, text.Runes.Width(s)))
}
