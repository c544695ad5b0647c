package picture

import (
	"image"
	"image/color"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/image/draw"
)

// Render draws an image as rows strings of cols cells each, cropped to its middle to
// fill them. Transparent pixels leave the terminal's own background; see OnBackground.
// It uses 256 colours if the profile has no more. With fewer, no picture is
// recognizable and Render returns nil: show Initials.
func Render(img image.Image, cols, rows int, profile colorprofile.Profile) []string {
	if img == nil || img.Bounds().Empty() || cols < 1 || rows < 1 || profile < colorprofile.ANSI256 {
		return nil
	}
	small := image.NewNRGBA(image.Rect(0, 0, cols, rows*2))
	draw.CatmullRom.Scale(small, small.Bounds(), img, coverRect(img.Bounds(), cols, rows*2), draw.Src, nil)
	out := make([]string, rows)
	for y := range rows {
		var p rowWriter
		for x := range cols {
			p.cell(pixel(small, x, 2*y, profile), pixel(small, x, 2*y+1, profile))
		}
		out[y] = p.finish()
	}
	return out
}

// OnBackground draws an image on a background colour, so that nothing in it is
// transparent.
func OnBackground(img image.Image, background color.Color) image.Image {
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Over)
	return out
}

// coverRect returns the largest centred part of b with the proportions w:h.
func coverRect(b image.Rectangle, w, h int) image.Rectangle {
	cw, ch := b.Dx(), b.Dy()
	if cw*h > ch*w {
		cw = max(1, ch*w/h)
	} else {
		ch = max(1, cw*h/w)
	}
	at := b.Min.Add(image.Pt((b.Dx()-cw)/2, (b.Dy()-ch)/2))
	return image.Rectangle{at, at.Add(image.Pt(cw, ch))}
}

// pixel returns a colour as the profile has it, nil for a pixel that is mostly
// transparent.
func pixel(img *image.NRGBA, x, y int, profile colorprofile.Profile) color.Color {
	c := img.NRGBAAt(x, y)
	switch {
	case c.A < 0x80:
		return nil
	case profile == colorprofile.ANSI256:
		return ansi.Convert256(color.RGBA{c.R, c.G, c.B, 0xff})
	}
	return color.RGBA{c.R, c.G, c.B, 0xff}
}

// rowWriter writes one row and a colour only where it changes. nil is the terminal's
// own colour.
type rowWriter struct {
	b      strings.Builder
	fg, bg color.Color
}

// cell writes two pixels. There is a block for either half, so one of the two colours
// can often stay.
func (p *rowWriter) cell(top, bottom color.Color) {
	switch {
	case top == bottom:
		p.setColors(p.fg, top)
		p.b.WriteByte(' ')
	case bottom == nil:
		p.setColors(top, nil)
		p.b.WriteString("▀")
	case top == nil, p.bg == top, p.fg == bottom && p.bg != bottom:
		p.setColors(bottom, top)
		p.b.WriteString("▄")
	default:
		p.setColors(top, bottom)
		p.b.WriteString("▀")
	}
}

func (p *rowWriter) setColors(fg, bg color.Color) {
	var s ansi.Style
	if fg != p.fg {
		s = s.ForegroundColor(fg)
	}
	if bg != p.bg {
		s = s.BackgroundColor(bg)
	}
	if len(s) > 0 {
		p.b.WriteString(s.String())
	}
	p.fg, p.bg = fg, bg
}

// finish restores the terminal's own colours and returns the row.
func (p *rowWriter) finish() string {
	if p.fg != nil || p.bg != nil {
		p.b.WriteString(ansi.ResetStyle)
	}
	return p.b.String()
}
