package picture_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/picture"
	"frontdesk/tui/text"
)

func TestLargeInitials_DrawsLettersOrWritesThem(t *testing.T) {
	for name, drawn := range map[string]bool{"Priya Raman": true, "quentin": true, "Šárka Zieliński": false, "王小明": false, "": false, "\U0001f600 Ada": false} {
		lines := picture.LargeInitials(name, 24, 12)
		require.Len(t, lines, 12)
		for _, l := range lines {
			require.Equal(t, 24, text.Width(l), name)
		}
		require.Equal(t, drawn, strings.Contains(strings.Join(lines, ""), "█"), name)
	}
	require.Equal(t, picture.CenteredInitials("Ada Lovelace", 10, 3), picture.LargeInitials("Ada Lovelace", 10, 3), "too small for drawn letters")
	seen := map[string]string{}
	for letter := 'A'; letter <= 'Z'; letter++ {
		drawn := strings.Join(picture.LargeInitials(string(letter), 7, 4), "\n")
		require.Empty(t, seen[drawn], "%c looks like another letter", letter)
		seen[drawn] = string(letter)
	}
}
