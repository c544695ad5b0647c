package tuitest

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	width "frontdesk/tui/text"
)

// checkFrame checks that the frame fits the terminal.
func (d *Driver) checkFrame() {
	d.t.Helper()
	content := d.Model.View().Content
	if content == "" {
		return
	}
	lines := strings.Split(content, "\n")
	if len(lines) > d.rows {
		d.t.Fatalf("a frame of %d lines in a window of %d×%d:\n%s", len(lines), d.cols, d.rows, content)
	}
	for i, l := range lines {
		if w := d.Model.CellWidth().Width(l); w > d.cols {
			d.t.Fatalf("line %d is %d cells wide in a window of %d×%d: %q", i, w, d.cols, d.rows, l)
		}
	}
}

// screenFrame is what is on the screen, and how the terminal shows it.
type screenFrame struct {
	content    string
	cols, rows int
	cells      width.CellWidth
}

// screenEmulator is a terminal that shows one frame after another. It is kept while the
// window has its size: a new emulator takes 4 MB.
type screenEmulator struct {
	em    *vt.Emulator
	shown screenFrame
}

// show draws f on a blank screen.
func (g *screenEmulator) show(f screenFrame) *vt.Emulator {
	switch {
	case g.em == nil || f.cols != g.shown.cols || f.rows != g.shown.rows:
		g.em = vt.NewEmulator(max(1, f.cols), max(1, f.rows))
	case f == g.shown:
		return g.em
	default:
		g.em.WriteString(ansi.ResetInitialState) //nolint:errcheck // it fails only once it is closed
	}
	g.shown = f
	if f.cells == width.Clusters {
		g.em.WriteString("\x1b[?2027h") //nolint:errcheck // as above
	}
	for i, l := range strings.Split(f.content, "\n") {
		fmt.Fprintf(g.em, "\x1b[%d;1H\x1b[m%s", i+1, l)
	}
	return g.em
}

// emulator returns a terminal that shows the frame, until the next call.
func (d *Driver) emulator() *vt.Emulator {
	return d.screen.show(screenFrame{d.Model.View().Content, d.cols, d.rows, d.Model.CellWidth()})
}

// Screen returns what a person reads: lines without trailing spaces.
func (d *Driver) Screen() string { return strings.Join(text(d.emulator(), d.cols, d.rows), "\n") }

// Styled returns the screen with its colours, for looking at.
func (d *Driver) Styled() string { return d.emulator().Render() }

// Line returns one row of the screen, from the top, or from the bottom if negative.
func (d *Driver) Line(i int) string {
	lines := strings.Split(d.Screen(), "\n")
	if i < 0 {
		i += d.rows
	}
	return lines[i]
}

// Cell returns the cell in which the first occurrence of find begins on the screen.
func (d *Driver) Cell(find string) *uv.Cell {
	d.t.Helper()
	em := d.emulator()
	for y, l := range text(em, d.cols, d.rows) {
		if before, _, ok := strings.Cut(l, find); ok {
			return em.CellAt(lipgloss.Width(before), y).Clone()
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", find, d.Screen())
	return nil
}

// UnderCursor returns what the terminal shows in the cursor's cell, "" if the cursor is
// hidden.
func (d *Driver) UnderCursor() string {
	at := d.Model.View().Cursor
	if at == nil {
		return ""
	}
	cell := d.emulator().CellAt(at.X, at.Y)
	if cell == nil {
		return ""
	}
	return cell.Content
}

// CellAt returns the cell at a column and row, from 0.
func (d *Driver) CellAt(x, y int) *uv.Cell { return d.emulator().CellAt(x, y).Clone() }

// Has fails the test unless every text is on the screen.
func (d *Driver) Has(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, t := range texts {
		if !strings.Contains(screen, t) {
			d.t.Fatalf("%q is not on the screen:\n%s", t, screen)
		}
	}
}

// Lacks fails the test if one of the texts is on the screen.
func (d *Driver) Lacks(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, t := range texts {
		if strings.Contains(screen, t) {
			d.t.Fatalf("%q is on the screen:\n%s", t, screen)
		}
	}
}

// text returns an emulator's screen as exactly rows lines, right-trimmed.
func text(em *vt.Emulator, cols, rows int) []string {
	out := make([]string, rows)
	for y := range out {
		var b strings.Builder
		for x := 0; x < cols; {
			c := em.CellAt(x, y)
			switch {
			case c == nil || c.Content == "" && c.Width > 0:
				b.WriteByte(' ')
			case c.Width > 0:
				b.WriteString(c.Content)
			}
			step := 1
			if c != nil {
				step = max(1, c.Width)
			}
			x += step
		}
		out[y] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// Plain returns styled content as a person reads it: lines without trailing spaces.
func Plain(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
