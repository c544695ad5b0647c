package shell

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// dimLine returns a line of the screen as it looks behind an overlay: text in the
// backdrop colour, and pictures and tiles, which have backgrounds, in darkened colours.
func (m *Model) dimLine(line string) string {
	quiet := m.styles.Backdrop
	if m.styles.Theme.Backdrop == nil || !strings.ContainsAny(line, blocks) && !strings.Contains(line, "48;") {
		return quiet.Render(withoutBlocks(ansi.Strip(line)))
	}
	var out, plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			out.WriteString(quiet.Render(plain.String()))
			plain.Reset()
		}
	}
	var fg, bg color.Color
	for p, state := ansi.NewParser(), byte(0); line != ""; {
		seq, width, n, next := ansi.DecodeSequence(line, state, p)
		line, state = line[n:], next
		switch {
		case width == 0:
			if ansi.Cmd(p.Command()).Final() == 'm' && ansi.HasCsiPrefix(seq) {
				fg, bg = applySGR(p.Params(), fg, bg)
			} else if !strings.HasPrefix(seq, "\x1b") {
				plain.WriteString(seq)
			}
		case strings.Contains(blocks, seq) && fg == nil && bg == nil:
			plain.WriteString(withoutBlocks(seq))
		case strings.Contains(blocks, seq), bg != nil:
			flush()
			out.WriteString(m.dimmedStyle(fg, bg).Render(seq))
		default:
			plain.WriteString(seq)
		}
	}
	flush()
	return out.String()
}

// withoutBlocks blanks block characters, which would be stripes without their colours.
func withoutBlocks(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(blocks, r) {
			return ' '
		}
		return r
	}, text)
}

// blocks are the characters that pictures are drawn with.
const blocks = "▀▄█"

// dimmedStyle returns the style of a picture's cell, mixed with the backdrop.
func (m *Model) dimmedStyle(fg, bg color.Color) lipgloss.Style {
	s := lipgloss.NewStyle()
	if fg != nil {
		s = s.Foreground(mix(fg, m.styles.Theme.Backdrop))
	}
	if bg != nil {
		s = s.Background(mix(bg, m.styles.Theme.Backdrop))
	}
	return s
}

// mix returns one part of a and two parts of b.
func mix(a, b color.Color) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	part := func(x, y uint32) uint8 { return uint8((x + 2*y) / 3 >> 8) }
	return color.RGBA{part(ar, br), part(ag, bg), part(ab, bb), 0xff}
}

// applySGR returns the colours after an SGR; nil is the terminal's own.
func applySGR(params ansi.Params, fg, bg color.Color) (color.Color, color.Color) {
	if len(params) == 0 {
		return nil, nil
	}
	for i := 0; i < len(params); {
		n := 1
		switch params[i].Param(0) {
		case 0:
			fg, bg = nil, nil
		case 38:
			n = max(1, ansi.ReadStyleColor(params[i:], &fg))
		case 48:
			n = max(1, ansi.ReadStyleColor(params[i:], &bg))
		case 39:
			fg = nil
		case 49:
			bg = nil
		}
		i += n
	}
	return fg, bg
}
