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

// qrCodes are codes for the same URI, the largest first.
type qrCodes []*qrCode

// newQRCodes encodes an otpauth:// URI. All codes omit parameters with their default
// value. The smaller ones also omit the repetition of the issuer, and the smallest
// the issuer itself, which an app only displays.
func newQRCodes(uri wire.Secret) (qrCodes, error) {
	without := func(uri, parameters string) string {
		return strings.TrimRight(regexp.MustCompile(`([?&])(?:(?:`+parameters+`)(?:&|$))+`).ReplaceAllString(uri, "$1"), "?&")
	}
	full := without(uri.Reveal(), "algorithm=SHA1|digits=6|period=30")
	shorter := without(full, "issuer=[^&]*")
	shortest := regexp.MustCompile(`^(otpauth://totp/)[^?]*?(?::|%3A)`).ReplaceAllString(shorter, "$1")
	var codes qrCodes
	for _, form := range slices.Compact([]string{full, shorter, shortest}) {
		code, err := newQR(form)
		if err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

func newQR(content string) (*qrCode, error) {
	img, err := qr.Encode(content, qr.L, qr.Auto)
	if err != nil {
		return nil, err
	}
	q := &qrCode{size: img.Bounds().Dx()}
	for y := range q.size {
		for x := range q.size {
			q.dark = append(q.dark, img.At(x, y) == color.Black)
		}
	}
	return q, nil
}

func (q *qrCode) at(x, y int) bool {
	return x >= 0 && y >= 0 && x < q.size && y < q.size && q.dark[y*q.size+x]
}

// quietZone is the light edge that the standard requires, in modules; minQuietZone
// is what scanners still accept.
const quietZone, minQuietZone = 4, 1

// cells returns the size of the code on the terminal, with an edge of the given
// number of modules.
func (q *qrCode) cells(edge int) (width, height int) {
	return q.size + 2*edge, (q.size + 2*edge + 1) / 2
}

// drawPage draws the largest code that fits, with the widest edge that fits. If none
// fits, it says how much room the smallest needs.
func (qs qrCodes) drawPage(s tui.Screen, wide int) []string {
	r := text.CellWidth(s.Cells)
	if s.Styles.Plain {
		return r.Wrap("The QR code is a picture, which is not drawn here. Type the secret into the app.", wide)
	}
	for _, q := range qs {
		for edge := quietZone; edge >= minQuietZone; edge-- {
			width, height := q.cells(edge)
			if width > wide || height > s.Height {
				continue
			}
			lines := q.draw(edge, s.Styles)
			if s.Height > height {
				lines = append(lines, s.Styles.Dim.Render(r.Cut("Scan it with the authenticator app. Anyone who scans it can generate the codes.", wide)))
			}
			return lines
		}
	}
	width, height := qs[len(qs)-1].cells(minQuietZone)
	var lines []string
	for _, l := range r.Wrap(fmt.Sprintf("The QR code needs %d × %d cells, but there are only %d × %d. Make the window larger, or type the secret into the app.", width, height, wide, s.Height), wide) {
		lines = append(lines, s.Styles.Warn.Render(l))
	}
	return lines
}

// draw draws two modules in each cell. They are black on white in every theme,
// because scanners expect that. Without colours the terminal's text colour stands
// for white, which is right on a dark background.
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
