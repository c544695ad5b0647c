package action

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/makiuchi-d/gozxing"
	scanner "github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

func TestQRCode_IsDarkOnLightWithAQuietZone(t *testing.T) {
	q, err := newQR("otpauth://totp/sam@pine.example?secret=JBSWY3DPEHPK3PXP")
	require.NoError(t, err)
	for i := range 7 {
		require.True(t, q.at(i, 0) && q.at(0, i), "a finder pattern at the corner")
	}
	require.False(t, q.at(7, 0) || q.at(1, 1) || q.at(-1, 0) || q.at(q.size, 0))
	lines := q.draw(quietZone, tui.NewStyles(tui.Theme{}))
	width, height := q.cells(quietZone)
	require.Len(t, lines, height)
	for i, l := range lines {
		require.Contains(t, l, "48;2;255;255;255")
		require.Contains(t, l, "38;2;0;0;0")
		require.Equal(t, width, text.Width(l))
		if i < 2 {
			require.NotContains(t, l, "▀")
			require.NotContains(t, l, "█")
		}
	}
	bare := q.draw(quietZone, tui.NewStyles(tui.Theme{Name: "none"}))
	require.Equal(t, strings.Repeat("█", width), bare[0], "without colours light is what is written")
}

func TestQRCode_OmitsDefaults(t *testing.T) {
	const address = "otpauth://totp/Harbor:sam@pine.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	short, err := newQRCodes(wire.NewSecret(address))
	require.NoError(t, err)
	long, err := newQRCodes(wire.NewSecret(address + "&algorithm=SHA1&digits=6&period=30"))
	require.NoError(t, err)
	require.Equal(t, short, long)
	_, err = newQRCodes(wire.NewSecret(strings.Repeat("x", 5000)))
	require.Error(t, err)
}

// read is what a scanner reads in the drawn code.
func read(t *testing.T, lines []string) string {
	t.Helper()
	var rows [][]bool
	for _, l := range lines {
		var upper, lower []bool
		for _, c := range ansi.Strip(l) {
			upper = append(upper, c == '▀' || c == '█')
			lower = append(lower, c == '▄' || c == '█')
		}
		rows = append(rows, upper, lower)
	}
	const scale, around = 4, 10 // the terminal around the code is dark
	img := image.NewGray(image.Rect(0, 0, (len(rows[0])+2*around)*scale, (len(rows)+2*around)*scale))
	for y := range len(rows) * scale {
		for x := range len(rows[0]) * scale {
			if !rows[y/scale][x/scale] {
				img.SetGray(x+around*scale, y+around*scale, color.Gray{255})
			}
		}
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	require.NoError(t, err)
	found, err := scanner.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	require.NoError(t, err, "%d rows", len(lines))
	return found.GetText()
}

func TestQRCode_ScansInEveryWindow(t *testing.T) {
	const secret = "secret=AYJCGEMBCSZUGM2K3VDXT237OWWN5MG2"
	codes, err := newQRCodes(wire.NewSecret("otpauth://totp/Harbor%20%26%20Pine:ingrid.solheim@fjord.example?algorithm=SHA1&digits=6&issuer=Harbor%20%26%20Pine&period=30&" + secret))
	require.NoError(t, err)
	said := map[string]bool{}
	for height := 37; height >= 20; height-- {
		lines := codes.drawPage(tui.Screen{Width: 120, Height: height, Styles: tui.NewStyles(tui.Theme{})}, 116)
		require.LessOrEqual(t, len(lines), height)
		if strings.Contains(lines[len(lines)-1], "Scan with") {
			lines = lines[:len(lines)-1]
		}
		says := read(t, lines)
		require.Contains(t, says, "ingrid.solheim@fjord.example?")
		require.Contains(t, says, secret)
		said[says] = true
	}
	require.Equal(t, map[string]bool{
		"otpauth://totp/Harbor%20%26%20Pine:ingrid.solheim@fjord.example?issuer=Harbor%20%26%20Pine&" + secret: true,
		"otpauth://totp/Harbor%20%26%20Pine:ingrid.solheim@fjord.example?" + secret:                            true,
	}, said)
	long, err := newQRCodes(wire.NewSecret("otpauth://totp/Harbor%20%26%20Pine%20of%20the%20North%20Quay:ingrid@fjord.example?" + secret))
	require.NoError(t, err)
	require.Equal(t, "otpauth://totp/ingrid@fjord.example?"+secret, read(t, long[len(long)-1].draw(minQuietZone, tui.NewStyles(tui.Theme{}))))
}
