// Package text cuts, pads, wraps and highlights strings by the cells they take on the
// screen. It never splits a grapheme cluster and never returns more cells than it was
// given. It also has the rule by which a text box keeps and shows what is typed into it
// (CleanInput, Drawable). Text that somebody else wrote must be cleaned before it comes
// here.
//
// There are two ways to count cells, and a program meets both. lipgloss counts a
// cluster as one unit. Bubble Tea's renderer starts out counting rune by rune, because
// that is how a terminal without mode 2027 moves its cursor, and changes over when the
// terminal reports that mode (tea.ModeReportMsg). They differ on everyday names: हिन्दी
// is 2 cells by clusters and 5 by runes, น้ำ 1 and 2, a family emoji 2 and 8. The plain
// functions count as lipgloss does; a screen that wants its columns aligned for such
// names in every terminal uses the CellWidth of its renderer.
package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// CellWidth is a way to count cells. The zero value is Clusters.
type CellWidth uint8

const (
	// Clusters counts as lipgloss does, and as terminals in mode 2027.
	Clusters CellWidth = iota
	// Runes counts as Bubble Tea's renderer does until a terminal reports mode 2027.
	Runes
)

const ellipsis = "…"

func (r CellWidth) method() ansi.Method {
	if r == Runes {
		return ansi.WcWidth
	}
	return ansi.GraphemeWidth
}

// Width returns the number of cells s takes; escape sequences take none.
func (r CellWidth) Width(s string) int {
	if ascii(s) {
		return len(s)
	}
	return r.method().StringWidth(s)
}

// Width calls Clusters.Width.
func Width(s string) int { return Clusters.Width(s) }

// Cut calls Clusters.Cut.
func Cut(s string, w int) string { return Clusters.Cut(s, w) }

// CutLeft calls Clusters.CutLeft.
func CutLeft(s string, w int) string { return Clusters.CutLeft(s, w) }

// CutMiddle calls Clusters.CutMiddle.
func CutMiddle(s string, w int) string { return Clusters.CutMiddle(s, w) }

// Pad calls Clusters.Pad.
func Pad(s string, w int) string { return Clusters.Pad(s, w) }

// PadLeft calls Clusters.PadLeft.
func PadLeft(s string, w int) string { return Clusters.PadLeft(s, w) }

// Wrap calls Clusters.Wrap.
func Wrap(s string, w int) []string { return Clusters.Wrap(s, w) }

// first returns the first cluster of s and its width.
func (r CellWidth) first(s string) (cluster string, w int) {
	if s[0] >= ' ' && s[0] <= '~' && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	return ansi.FirstGraphemeCluster(s, r.method())
}

// ascii reports whether every byte of s is one cell.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i]-' ' > '~'-' ' {
			return false
		}
	}
	return true
}

// styled reports whether s contains escape sequences.
func styled(s string) bool { return strings.IndexByte(s, 0x1b) >= 0 }
