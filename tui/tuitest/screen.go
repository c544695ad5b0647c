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

// check holds every frame to the size of the terminal.
func (d *Driver) check() {
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
		if w := d.Model.Cells().Width(l); w > d.cols {
			d.t.Fatalf("line %d is %d cells wide in a window of %d×%d: %q", i, w, d.cols, d.rows, l)
		}
	}
}

// emulator is a terminal that shows the frame.
func (d *Driver) emulator() *vt.Emulator {
	em := vt.NewEmulator(max(1, d.cols), max(1, d.rows))
	if d.Model.Cells() == width.Clusters {
		em.WriteString("\x1b[?2027h") //nolint:errcheck // it fails only once it is closed
	}
	for i, l := range strings.Split(d.Model.View().Content, "\n") {
		fmt.Fprintf(em, "\x1b[%d;1H\x1b[m%s", i+1, l)
	}
	return em
}

// Screen is what a person reads: lines without what trails them.
func (d *Driver) Screen() string { return strings.Join(text(d.emulator(), d.cols, d.rows), "\n") }

// Styled is the screen with its colours, for looking at.
func (d *Driver) Styled() string { return d.emulator().Render() }

// Line is one row of the screen, from the top; negative ones from the bottom.
func (d *Driver) Line(i int) string {
	lines := strings.Split(d.Screen(), "\n")
	if i < 0 {
		i += d.rows
	}
	return lines[i]
}

// Cell is the cell in which the first occurrence of text begins on the screen.
func (d *Driver) Cell(find string) *uv.Cell {
	d.t.Helper()
	em := d.emulator()
	for y, l := range text(em, d.cols, d.rows) {
		if before, _, ok := strings.Cut(l, find); ok {
			return em.CellAt(lipgloss.Width(before), y)
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", find, d.Screen())
	return nil
}

// CellAt is the cell at a column and row, from 0.
func (d *Driver) CellAt(x, y int) *uv.Cell { return d.emulator().CellAt(x, y) }

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

// Lacks fails the test when one of the texts is on the screen.
func (d *Driver) Lacks(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, t := range texts {
		if strings.Contains(screen, t) {
			d.t.Fatalf("%q is on the screen:\n%s", t, screen)
		}
	}
}

// text is an emulator's screen as lines, right-trimmed, always rows of them.
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

// Plain is styled content as a person reads it: lines without what trails them.
func Plain(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
