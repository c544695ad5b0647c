package table_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/table"
	"frontdesk/tui/text"
)

func columns() []table.Column {
	return []table.Column{
		{Head: "NAME", Rank: 0, Min: 10, Max: 30, Share: 2},
		{Head: "EMAIL", Rank: 2, Min: 16, Max: 40, Share: 3},
		{Head: "STATUS", Rank: 1, Min: 9, Order: table.Descending},
		{Head: "SEEN", Rank: 3, Min: 6},
	}
}

func TestFit_DropsByRankAndKeepsWithinTheWidth(t *testing.T) {
	seen := map[int]int{}
	for width := 0; width <= 220; width++ {
		slots := table.Fit(columns(), 3, width, 1)
		require.NotEmpty(t, slots)
		seen[len(slots)]++
		end := 3
		for i, s := range slots {
			if i > 0 {
				require.Equal(t, end+1, s.X, "one cell between columns at %d", width)
			}
			end = s.X + s.Width
			c := columns()[s.Column]
			require.GreaterOrEqual(t, s.Width, 0)
			if len(slots) > 1 {
				require.GreaterOrEqual(t, s.Width, c.Min, "width %d", width)
			}
			if c.Max > 0 {
				require.LessOrEqual(t, s.Width, c.Max)
			}
		}
		if width >= 3 {
			require.LessOrEqual(t, end, width)
		}
	}
	require.Len(t, seen, 4, "each number of columns occurs")
	names := func(width int) (out []string) {
		for _, s := range table.Fit(columns(), 3, width, 1) {
			out = append(out, columns()[s.Column].Head)
		}
		return out
	}
	require.Equal(t, []string{"NAME", "EMAIL", "STATUS", "SEEN"}, names(80))
	require.Equal(t, []string{"NAME", "EMAIL", "STATUS"}, names(44))
	require.Equal(t, []string{"NAME", "STATUS"}, names(30))
	require.Equal(t, []string{"NAME"}, names(12))
}

func TestFit_SharesTheSpareWidth(t *testing.T) {
	slots := table.Fit(columns(), 3, 80, 1) // 80 - 3 - 3 gaps - 41 = 33 to share 2:3
	require.Equal(t, 10+14, slots[0].Width)
	require.Equal(t, 16+19, slots[1].Width)
	require.Equal(t, 80, slots[3].X+slots[3].Width)
	wide := table.Fit(columns(), 3, 200, 1)
	require.Equal(t, 30, wide[0].Width, "no wider than Max")
	require.Equal(t, 40, wide[1].Width)
}

func TestWindow_KeepsTheCursorVisible(t *testing.T) {
	w := table.Window{}
	for range 6 {
		w = w.Move(1, 100, 10)
	}
	require.Equal(t, table.Window{Cursor: 6, Top: 0}, w)
	w = w.Move(2, 100, 10)
	require.Equal(t, table.Window{Cursor: 8, Top: 1}, w, "two rows stay visible below")
	require.Equal(t, table.Window{Cursor: 99, Top: 90}, w.Go(500, 100, 10))
	require.Equal(t, table.Window{}, w.Go(-5, 100, 10))
	require.Equal(t, table.Window{Cursor: 18, Top: 11}, w.Page(10, 100, 10))
	require.Equal(t, table.Window{Cursor: 99, Top: 90}, table.Window{Cursor: 95, Top: 90}.Page(10, 100, 10))
	require.Equal(t, table.Window{Cursor: 0, Top: 0}, table.Window{Cursor: 3, Top: 1}.Page(-10, 100, 10))
	require.Equal(t, table.Window{Cursor: 4, Top: 3}, table.Window{Cursor: 4, Top: 0}.Scroll(3, 100, 10))
	require.Equal(t, table.Window{Cursor: 6, Top: 6}, table.Window{Cursor: 4, Top: 0}.Scroll(6, 100, 10), "the cursor is taken along")
	require.Equal(t, table.Window{Cursor: 9, Top: 0}, table.Window{Cursor: 4, Top: 0}.Select(9, 100, 10), "nothing moves under the pointer")
	require.Equal(t, table.Window{}, table.Window{Cursor: 7, Top: 3}.Keep(0, 10), "an empty list")
	first, end := table.Window{Cursor: 4}.Rows(3, 10)
	require.Equal(t, []int{0, 3}, []int{first, end})
}

func TestWindow_FollowsARowWithoutAJump(t *testing.T) {
	w := table.Window{Cursor: 47, Top: 40}
	require.Equal(t, table.Window{Cursor: 50, Top: 43}, w.Follow(50, 100, 10), "three rows were inserted above")
	require.Equal(t, table.Window{Cursor: 1, Top: 0}, w.Follow(1, 100, 10))
}

func TestWindow_StaysWithinItsBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	w := table.Window{}
	for range 20000 {
		rows, height := rng.IntN(60), rng.IntN(20)
		by := rng.IntN(80) - 40
		w = []func() table.Window{
			func() table.Window { return w.Move(by, rows, height) },
			func() table.Window { return w.Page(by, rows, height) },
			func() table.Window { return w.Scroll(by, rows, height) },
			func() table.Window { return w.Follow(max(0, by), rows, height) },
			func() table.Window { return w.Keep(rows, height) },
		}[rng.IntN(5)]()
		h := max(height, 1)
		require.GreaterOrEqual(t, w.Top, 0)
		require.LessOrEqual(t, w.Top, max(0, rows-h))
		require.GreaterOrEqual(t, w.Cursor, w.Top)
		require.Less(t, w.Cursor, max(1, min(rows, w.Top+h)))
	}
}

func TestTable_RowsAreExactlyAsWideAsAsked(t *testing.T) {
	names := []string{"Maya Okafor", "李小龍 with a very long name indeed, sixty letters of it", "محمد علي", "हिन्दी", "👨‍👩‍👧‍👦 family", "", "José"}
	bold := table.NewStyleSeq(lipgloss.NewStyle().Bold(true))
	for _, cells := range []text.CellWidth{text.Clusters, text.Runes} {
		tab := table.Table{CursorMark: table.Span{Text: "▌"}, CursorMarkX: 1, CellWidth: cells}
		tab.Cell = func(dst []table.Span, row, column, _ int) []table.Span {
			name := names[row]
			return append(dst, table.Span{}, table.Span{Text: name, Style: bold}, table.Span{Text: fmt.Sprint(" ", column)})
		}
		for width := 4; width <= 200; width++ {
			tab.Slots = table.Fit(columns(), 3, width, 1)
			for row := range names {
				line := tab.Row(row, row == 1, width)
				require.Equal(t, width, cells.Width(ansi.Strip(line)), "%q", line)
			}
			require.LessOrEqual(t, text.Width(tab.Head(columns(), table.StyleSeq{}, table.StyleSeq{})), width)
		}
	}
}

func TestTable_RowContainsItsSpans(t *testing.T) {
	tab := table.Table{Slots: table.Fit(columns(), 3, 44, 1), CursorMark: table.Span{Text: "▌"}, CursorMarkX: 1}
	tab.Cell = func(dst []table.Span, _, column, _ int) []table.Span {
		return append(dst, table.Span{Text: []string{"Maya", "maya.okafor@harborpine.example.example", "active"}[column]})
	}
	require.Equal(t, " ▌ Maya         maya.okafor@harbo… active     ", tab.Row(0, true, 46))
	require.Equal(t, "   NAME         EMAIL              STATUS ↓", tab.Head(columns(), table.StyleSeq{}, table.StyleSeq{}))
}

func TestTable_CutsSpansTogether(t *testing.T) {
	tab := table.Table{Slots: []table.Slot{{Width: 6}}}
	cell := func(spans ...table.Span) string {
		tab.Cell = func(dst []table.Span, _, _, _ int) []table.Span { return append(dst, spans...) }
		return tab.Row(0, false, 6)
	}
	b := table.NewStyleSeq(lipgloss.NewStyle().Bold(true))
	require.Equal(t, "abcdef", cell(table.Span{Text: "abc"}, table.Span{Text: "def"}))
	require.Equal(t, "abcde…", cell(table.Span{Text: "abc"}, table.Span{Text: "defg"}))
	require.Equal(t, "abcde…", cell(table.Span{Text: "abcdef"}, table.Span{Text: "g"}))
	require.Equal(t, "abcdef", cell(table.Span{Text: "abcdef"}, table.Span{Text: ""}))
	require.Equal(t, "\x1b[1mabcde…\x1b[m", cell(table.Span{Text: "abcdefg", Style: b}, table.Span{Text: "h"}))
	require.Equal(t, "a     ", cell(table.Span{Text: "a"}))
}

func TestTable_BlanksKeepAStyleThatIsInvisibleOnThem(t *testing.T) {
	dim := table.NewStyleSeq(lipgloss.NewStyle().Faint(true))
	row := func(gap int, left, right table.StyleSeq) string {
		tab := table.Table{Slots: []table.Slot{{Column: 0, Width: 1}, {Column: 1, X: 1 + gap, Width: 1}}}
		tab.Cell = func(dst []table.Span, _, column, _ int) []table.Span {
			return append(dst, table.Span{Text: "ab"[column : column+1], Style: []table.StyleSeq{left, right}[column]})
		}
		return tab.Row(0, false, gap+4)
	}
	require.Equal(t, "\x1b[2ma  b\x1b[m  ", row(2, dim, dim), "one change of style for both, none at the end")
	require.Equal(t, "\x1b[2ma\x1b[m  b  ", row(2, dim, table.StyleSeq{}))
	require.Contains(t, row(60, dim, dim), "a\x1b[m", "a wide gap is skipped by moving the cursor")
	for name, style := range map[string]lipgloss.Style{
		"underline": lipgloss.NewStyle().Underline(true), "reverse": lipgloss.NewStyle().Reverse(true),
		"strikethrough": lipgloss.NewStyle().Strikethrough(true), "background": lipgloss.NewStyle().Background(lipgloss.Red),
	} {
		require.Contains(t, row(2, table.NewStyleSeq(style), table.NewStyleSeq(style)), "\x1b[m  \x1b[", "%s is seen on a blank", name)
	}
}

func TestTable_RowsAreWordsWithATotal(t *testing.T) {
	tab := table.Table{
		Slots: []table.Slot{{Column: 0, X: 3, Width: 30}, {Column: 2, X: 3, Width: 30}, {Column: 1, X: 3, Width: 30}},
		Total: "1,248", CursorMark: table.Span{Text: "▌"}, CursorMarkX: 1,
		Cell: func(dst []table.Span, row, column, _ int) []table.Span {
			return append(dst, table.Span{Text: []string{"Maya", "maya@harborpine.example", []string{"", "locked"}[row%2]}[column]})
		},
	}
	require.Equal(t, "   1 of 1,248: Maya, maya@harborpine.example", tab.Row(0, false, 60), "an empty cell is left out")
	require.Equal(t, " ▌ 1,002 of 1,248: Maya, locked, maya@harborpine.example", tab.Row(1001, true, 60))
	require.Equal(t, " ▌ 2 of 1,248: Maya, locked, maya@harb…", tab.Row(1, true, 39))
	tab.Gutter = func(int) table.Span { return table.Span{Text: "✓"} }
	require.Equal(t, "   2 of 1,248: marked, Maya, locked, maya@harborpine.example", tab.Row(1, false, 70))
}

func BenchmarkRow(b *testing.B) {
	tab := table.Table{Slots: table.Fit(columns(), 3, 80, 1), CursorMark: table.Span{Text: "▌"}, CursorMarkX: 1}
	style := table.NewStyleSeq(lipgloss.NewStyle().Foreground(lipgloss.Color("#8f99a6")))
	tab.Cell = func(dst []table.Span, _, column, _ int) []table.Span {
		return append(dst, table.Span{Text: "Maya", Style: style}, table.Span{Text: " Okafor", Style: style})
	}
	b.ReportAllocs()
	for b.Loop() {
		tab.Row(0, true, 80)
	}
}
