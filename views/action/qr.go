package action

import (
	"fmt"
	"image/color"
	"regexp"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/boombuler/barcode/qr"

	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

// qrCode is a square of dark and light modules.
type qrCode struct {
	size int
	dark []bool
}

// qrCodes are one address in codes of falling size: the window takes the first
// that fits.
type qrCodes []*qrCode

// newQRCodes encodes an otpauth:// address. What it says by default anyway is left
// out; a smaller code leaves out the issuer's second mention too, and the
// smallest the issuer, by which an app only names the entry.
func newQRCodes(address wire.Secret) (qrCodes, error) {
	without := func(address, parameters string) string {
		return strings.TrimRight(regexp.MustCompile(`([?&])(?:(?:`+parameters+`)(?:&|$))+`).ReplaceAllString(address, "$1"), "?&")
	}
	short := without(address.Reveal(), "algorithm=SHA1|digits=6|period=30")
	once := without(short, "issuer=[^&]*")
	bare := regexp.MustCompile(`^(otpauth://totp/)[^?]*?(?::|%3A)`).ReplaceAllString(once, "$1")
	var codes qrCodes
	for _, form := range slices.Compact([]string{short, once, bare}) {
		code, err := newQR(form)
		if err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

func newQR(content string) (*qrCode, error) {
	made, err := qr.Encode(content, qr.L, qr.Auto)
	if err != nil {
		return nil, err
	}
	q := &qrCode{size: made.Bounds().Dx()}
	for y := range q.size {
		for x := range q.size {
			q.dark = append(q.dark, made.At(x, y) == color.Black)
		}
	}
	return q, nil
}

func (q *qrCode) at(x, y int) bool {
	return x >= 0 && y >= 0 && x < q.size && y < q.size && q.dark[y*q.size+x]
}

// The light edge that scanners ask for, and the least that they still take.
const quietZone, minQuietZone = 4, 1

// cells is what the code takes with an edge of so many modules.
func (q *qrCode) cells(edge int) (width, height int) {
	return q.size + 2*edge, (q.size + 2*edge + 1) / 2
}

// drawPage is the first code that there is room for, with as much of an edge as
// fits, or what room the smallest needs.
func (qs qrCodes) drawPage(s tui.Screen, wide int) []string {
	r := text.CellWidth(s.Cells)
	for _, q := range qs {
		for edge := quietZone; edge >= minQuietZone; edge-- {
			width, height := q.cells(edge)
			if width > wide || height > s.Height {
				continue
			}
			lines := q.draw(edge, s.Styles)
			if s.Height > height {
				lines = append(lines, s.Styles.Dim.Render(r.Cut("Scan with the authenticator app. Whoever scans it can make the codes.", wide)))
			}
			return lines
		}
	}
	width, height := qs[len(qs)-1].cells(minQuietZone)
	var lines []string
	for _, l := range r.Wrap(fmt.Sprintf("The QR code needs %d × %d cells, and there are %d × %d. Make the window larger, or type the secret into the app.", width, height, wide, s.Height), wide) {
		lines = append(lines, s.Styles.Warn.Render(l))
	}
	return lines
}

// draw puts two modules into each cell, dark on light whatever the terminal's
// colours are, because cameras expect it so. These two are no colours of a
// theme. Where there is no colour at all, light is what the terminal writes
// with, which is right on a dark one.
func (q *qrCode) draw(edge int, s *tui.Styles) []string {
	blocks := [...]string{" ", "▀", "▄", "█"}
	style := lipgloss.NewStyle().Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff"))
	if s.Theme.Name == "none" {
		blocks, style = [...]string{"█", "▄", "▀", " "}, lipgloss.NewStyle()
	}
	width, height := q.cells(edge)
	lines := make([]string, height)
	for row := range lines {
		var b strings.Builder
		for x := range width {
			n := 0
			if q.at(x-edge, 2*row-edge) {
				n++
			}
			if q.at(x-edge, 2*row+1-edge) {
				n += 2
			}
			b.WriteString(blocks[n])
		}
		lines[row] = style.Render(b.String())
	}
	return lines
}
