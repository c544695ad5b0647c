package outputfilter

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tagged returns a black flag followed by these letters as tags.
func tagged(letters string) string {
	return "🏴" + strings.Map(func(r rune) rune { return tags + r }, letters)
}

func TestWriter_PassesThreeTaggedFlags(t *testing.T) {
	england, wales := tagged("gbeng\x7f"), tagged("gbwls\x7f")
	for in, want := range map[string]string{
		england + " Harry":                  england + " Harry",
		england + wales:                     england + wales,
		tagged("gbsct\x7f") + "\x1b[m":      tagged("gbsct\x7f") + "\x1b[m",
		tagged("ustx\x7f"):                  "🏴",
		tagged("gbeng\x7fgbeng\x7f"):        england,
		tagged("gbengland\x7f"):             tagged("gbeng"),
		tagged("") + "a" + tagged("gb")[4:]: "🏴a",
		"🏴\x1b[m" + england[4:]:             "🏴\x1b[m",
		"🏴\n" + england[4:]:                 "🏴\n",
		"🏴é" + england[4:]:                  "🏴é",
		england[4:]:                         "",
		"x" + tagged("\x01")[4:]:            "x",
		"🏁" + england[4:]:                   "🏁",
	} {
		var m machine
		require.Equal(t, want, string(m.filter(nil, []byte(in))), "%+q", in)
		m = machine{}
		var bytewise []byte
		for i := range len(in) {
			bytewise = m.filter(bytewise, []byte{in[i]})
		}
		require.Equal(t, want, string(bytewise), "byte by byte: %+q", in)
	}
}
