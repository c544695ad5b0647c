package text_test

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/bidi"

	uv "github.com/charmbracelet/ultraviolet"

	"frontdesk/tui/text"
)

const (
	ali    = "محمد علي"
	shalom = "שלום"
)

// runs returns a row as a reordering terminal sees it: its right-to-left runs, and
// whether the row itself runs left to right.
func runs(t *testing.T, row string) (rightToLeft []string, leftFirst bool) {
	t.Helper()
	var p bidi.Paragraph
	_, err := p.SetString(ansi.Strip(row))
	require.NoError(t, err)
	o, err := p.Order()
	require.NoError(t, err)
	for i := range o.NumRuns() {
		if r := o.Run(i); r.Direction() == bidi.RightToLeft {
			rightToLeft = append(rightToLeft, strings.TrimSpace(r.String()))
		} else if i == 0 {
			leftFirst = true
		}
	}
	return rightToLeft, leftFirst
}

func TestIsolateRTL_KeepsNeighboursInPlace(t *testing.T) {
	rows := map[string][]string{
		"› " + ali + "   47 min ago":                   {ali},
		"  " + ali + "   " + shalom + "   12":          {ali, shalom},
		"  Maya  " + ali + "  " + shalom:               {ali, shalom},
		"  " + ali + " │ " + shalom + " · " + ali:      {ali, shalom, ali},
		"3 " + ali + " +1 555":                         {ali},
		"Ban " + ali + "? 3 sessions end.":             {ali},
		" \x1b[1m" + ali + "\x1b[m  \x1b[2m47\x1b[m x": {ali},
	}
	for row, want := range rows {
		got := text.IsolateRTL(row)
		found, left := runs(t, got)
		require.Equal(t, want, found, "%+q", got)
		require.True(t, left, "%+q", got)
		require.Equal(t, lipgloss.Width(row), lipgloss.Width(got))
		require.Equal(t, text.Runes.Width(row), text.Runes.Width(got))
		require.Equal(t, row, strings.ReplaceAll(got, "\u2800", " "), "only spaces change")
		require.Equal(t, got, text.IsolateRTL(got), "it is idempotent")
	}
	loose, _ := runs(t, "Maya  "+ali+"  "+shalom)
	require.Equal(t, []string{ali + "  " + shalom}, loose, "without isolation the two are one run")
}

func TestIsolateRTL_LeavesOtherTextUnchanged(t *testing.T) {
	for _, row := range []string{
		"", "Maya Okafor   47 min", "José · 李小龍 · ไทย ํ", "a " + ali, "Maya " + ali + " x", "x " + ali + " " + shalom, ali, "߿"[:1], "\xe0", "😀  12",
	} {
		require.Equal(t, row, text.IsolateRTL(row), "%+q", row)
	}
	frame := "Maya  47\n  " + ali + "  47\nend"
	require.Equal(t, "Maya  47\n\u2800 "+ali+"\u2800 47\nend", text.IsolateRTL(frame))
}

// The reason for using cells instead of isolates: the renderer keeps a zero-width
// character in the cell before it, here on the row above.
func TestIsolateRTL_BidiIsolatesWouldEndUpOnAnotherRow(t *testing.T) {
	scr := uv.NewScreenBuffer(12, 2)
	uv.NewStyledString("│\n\u2068"+ali+"\u2069").Draw(scr, scr.Bounds())
	require.Equal(t, "│\u2068", scr.CellAt(0, 0).Content)
	require.Equal(t, "م", scr.CellAt(0, 1).Content)
}

func FuzzIsolateRTL(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	f.Add(" " + ali + "  12\n" + shalom + "  " + ali)
	f.Fuzz(func(t *testing.T, s string) {
		if !cleaned(strings.ReplaceAll(s, "\n", "")) || strings.Contains(s, "\u2800") {
			t.Skip()
		}
		got := text.IsolateRTL(s)
		require.Equal(t, s, strings.ReplaceAll(got, "\u2800", " "))
		require.Equal(t, got, text.IsolateRTL(got))
	})
}
