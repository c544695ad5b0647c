package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/text"
)

func TestSplitEmoji(t *testing.T) {
	for s, want := range map[string]string{
		"plain":               "plain",
		"👨\u200d👩\u200d👧 Ada": "👨👩👧 Ada",
		"👩🏽\u200d💻":           "👩🏽💻",
		"❤️\u200d🔥":           "❤️🔥",
		"क्\u200dष":           "क्\u200dष", // shapes the letters
	} {
		require.Equal(t, want, text.SplitEmoji(s))
		require.Equal(t, text.Runes.Width(s), text.Runes.Width(want), "the columns behind it stay")
	}
}
