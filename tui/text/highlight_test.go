package text_test

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/text"
)

func TestHighlight_MarksMatchedClusters(t *testing.T) {
	none, bold := lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true)
	cases := []struct {
		s       string
		matched []int
		w       int
		want    string
	}{
		{"Maya Okafor", []int{0, 1, 2, 3}, 20, "[Maya] Okafor"},
		{"Maya Okafor", []int{3, 0, 1, 2}, 20, "[Maya] Okafor"},
		{"Maya Okafor", []int{0, 5}, 20, "[M]aya [O]kafor"},
		{"Maya Okafor", nil, 20, "Maya Okafor"},
		{"Maya Okafor", []int{5, 6, 9, 10}, 8, "Maya [Ok…]"},
		{"Maya Okafor", []int{0}, 5, "[M]aya…"},
		{"Maya", []int{-1, 4, 99}, 9, "Maya"},
		{"Jose\u0301 x", []int{4}, 9, "Jos[e\u0301] x"}, // the accent highlights its letter
		{"李小龍", []int{3}, 9, "李[小]龍"},
		{"李小龍", []int{3, 6}, 3, "李[…]"},
		{family + "a", []int{8}, 9, "[" + family + "]a"},
		{"", []int{0}, 9, ""},
		{"Maya", []int{0}, 0, ""},
	}
	marks := strings.NewReplacer("\x1b[1m", "[", "\x1b[m", "]", "\x1b[0m", "]")
	for _, c := range cases {
		require.Equal(t, c.want, marks.Replace(text.Highlight(c.s, c.matched, c.w, none, bold)), "%+q %v %d", c.s, c.matched, c.w)
	}
}

func TestHighlight_AcceptsOffsetsOfFuzzy(t *testing.T) {
	found := fuzzy.Find("nz", []string{"José Núñez"})
	require.Len(t, found, 1)
	got := text.Highlight(found[0].Str, found[0].MatchedIndexes, 20, lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true))
	require.Equal(t, "José \x1b[1mN\x1b[múñe\x1b[1mz\x1b[m", got)
}

func TestHighlight_WritesOnePairOfSequencesPerRun(t *testing.T) {
	plain := lipgloss.NewStyle().Foreground(lipgloss.Color("#aabbcc"))
	lit := lipgloss.NewStyle().Foreground(lipgloss.Color("#e3b261")).Underline(true).Bold(true)
	got := text.Highlight(family+" Maya Okafor", []int{0, 26, 27, 28, 29}, 40, plain, lit)
	require.Equal(t, 8, strings.Count(got, "\x1b["), "%q", got) // four runs
	require.Contains(t, got, family, "a cluster is not split")
	require.Equal(t, family+" Maya Okafor", ansi.Strip(got))
}

func FuzzHighlight(f *testing.F) {
	for i, s := range samples {
		f.Add(s, i, i%5, i%9)
	}
	lit := lipgloss.NewStyle().Underline(true)
	f.Fuzz(func(t *testing.T, s string, w, a, b int) {
		if !cleaned(s) {
			t.Skip()
		}
		w %= 100
		got := text.Highlight(s, []int{a, b}, w, lipgloss.NewStyle(), lit)
		require.Equal(t, text.Cut(s, w), ansi.Strip(got))
		require.LessOrEqual(t, text.Width(got), max(w, 0))
	})
}
