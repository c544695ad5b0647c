package action

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

func TestTheCodeIsDarkOnLightWithALightEdge(t *testing.T) {
	q, err := newQR(api.NewSecret("otpauth://totp/sam@pine.example?secret=JBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30"))
	require.NoError(t, err)
	for i := range 7 {
		require.True(t, q.at(i, 0) && q.at(0, i), "a finder pattern at the corner")
	}
	require.False(t, q.at(7, 0) || q.at(1, 1) || q.at(-1, 0) || q.at(q.size, 0))
	lines := q.draw(quiet, tui.NewStyles(tui.Theme{}))
	width, height := q.cells(quiet)
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
	bare := q.draw(quiet, tui.NewStyles(tui.Theme{Name: "none"}))
	require.Equal(t, strings.Repeat("█", width), bare[0], "without colours light is what is written")
}

func TestWhatAnAppAssumesAnywayMakesTheCodeNoLarger(t *testing.T) {
	const address = "otpauth://totp/Harbor:sam@pine.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	short, err := newQR(api.NewSecret(address))
	require.NoError(t, err)
	long, err := newQR(api.NewSecret(address + "&algorithm=SHA1&digits=6&period=30"))
	require.NoError(t, err)
	require.Equal(t, short, long)
	_, err = newQR(api.NewSecret(strings.Repeat("x", 5000)))
	require.Error(t, err)
}
