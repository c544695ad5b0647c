package keyinput

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// feedAll feeds the parts one after the other and returns what was complete after each,
// and the rest that is flushed at the end.
func feedAll(parts ...string) (whole, rest string) {
	var f framer
	var out []byte
	for _, p := range parts {
		out = f.feed(out, []byte(p))
	}
	whole = string(out)
	if f.pending() > 0 {
		rest = string(f.flush(nil))
	}
	return whole, rest
}

// passing is what terminals send and what must come out unchanged.
var passing = []string{
	"a", "é", "王", "👨‍👩‍👧‍👦", "\r", "\t", "\x7f", "\x03", "\x1ba", "\x1bé", "\x1b\x7f",
	"\x1b[A", "\x1b[1;5A", "\x1b[[A", "\x1bOP", "\x1bO2P", "\x1b[3~", "\x1b[99;5u", "\x1b[97:65;2:1u", "\x1b[I", "\x1b[O", "\x1b[Z",
	"\x1b[<0;12;3M", "\x1b[<0;12;3m", "\x1b[?2026;2$y", "\x1b[?1u", "\x1b[?62;4;22c", "\x1b[3;4R", "\x1b[8;40;120t",
	"\x1b]11;rgb:0000/1111/2222\x1b\\", "\x1b]11;rgb:0000/1111/2222\x07", "\x1bP>|XTerm(390)\x1b\\", "\x1bP1+r524742=\x1b\\", "\x1b_Gi=1;OK\x1b\\",
	"\x1b[200~Maya Okafor\r\n\tÉ 王小明\x1b[201~", "\x1b[200~\x1b[201~",
}

func TestFramer_PassesTerminalInputHoweverItIsSplit(t *testing.T) {
	for _, s := range passing {
		for at := range len(s) {
			whole, rest := feedAll(s[:at], s[at:], "x")
			require.Equal(t, s+"x", whole, "%q cut at %d", s, at)
			require.Empty(t, rest)
		}
		whole, _ := feedAll(append(strings.Split(s, ""), "x")...)
		require.Equal(t, s+"x", whole, "%q by characters", s)
	}
	all := strings.Join(passing, "")
	for size := 1; size < 40; size++ {
		var parts []string
		for rest := all; rest != ""; {
			n := min(size, len(rest))
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		whole, _ := feedAll(parts...)
		require.Equal(t, all, whole, "in pieces of %d bytes", size)
	}
}

func TestFramer_PasteContentNeverEndsThePaste(t *testing.T) {
	for in, says := range map[string]string{
		"log \x1b]0;title without end":      "log ]0;title without end",
		"a\x1bP x":                          "aP x",
		"\x1b[200~twice":                    "twice",
		"Ji\xf8\xed Ne\x9e\xe1dal":          "Ji□□ Ne□□dal",
		"\x90text":                          "□text",
		"ends in\x9f":                       "ends in□",
		"\x1b":                              "",
		"\u009b31m\u0000\u0007":             "31m",
		"half\x1b[31":                       "half[31",
		strings.Repeat("Ж", 40_000):         strings.Repeat("Ж", 40_000),
		strings.Repeat("\x1b[201", 3) + "x": "[201[201",
	} {
		whole, rest := feedAll("\x1b[200~"+in+"\x1b[201~", "\x03")
		require.Equal(t, "\x1b[200~"+says+"\x1b[201~\x03", whole)
		require.Empty(t, rest)
	}
}

func TestFramer_FlushesUnfinishedInput(t *testing.T) {
	for in, is := range map[string]string{
		"\x1b": "\x1b[27u", "\x1b[": "\x1b[", "\x1bO": "\x1bO", "\x1b]": "\x1b]", "\x1bP": "\x1bP",
		"\xd0": "", "\xf0\x9f\x98": "", "\x1b\xd0": "",
		"\x1b[?20": "", "\x1b]11;rgb:00": "", "\x1b[1;5": "",
		"\x1b[200~half a p":  "\x1b[200~half a p\x1b[201~",
		"\x1b[200~half\x1b[": "\x1b[200~half[\x1b[201~",
	} {
		whole, rest := feedAll(in)
		require.Empty(t, whole, "%q", in)
		require.Equal(t, is, rest, "%q", in)
	}
	whole, rest := feedAll("\x1b\x1b")
	require.Equal(t, []string{"", "\x1b[27u\x1b[27u"}, []string{whole, rest}, "two escapes are two keys")
	whole, _ = feedAll("\x80\x9fa\xff")
	require.Equal(t, "a", whole, "an invalid byte is not a key")
	whole, _ = feedAll("\x1b[20\x1b[A")
	require.Equal(t, "\x1b[20\x1b[A", whole)
}

func TestFramer_LateRestAfterAnEscapeIsNotText(t *testing.T) {
	for _, rest := range []string{"[200~ban him please\ry\x1b[201~", "]11;rgb:0000/0000/0000\x1b\\", "[?2026;2$y"} {
		var f framer
		f.feed(nil, []byte("\x1b"))
		require.Equal(t, "\x1b[27u", string(f.flush(nil)))
		require.Equal(t, "\x1b"+rest, string(f.feed(nil, []byte(rest))))
	}
	var f framer
	f.feed(nil, []byte("\x1b"))
	f.flush(nil)
	require.Equal(t, "[", string(f.feed(nil, []byte("["))), "a bracket typed later is a bracket")
	require.Equal(t, "[200~", string(f.feed(nil, []byte("[200~"))), "only the next input can be its rest")
}

func TestFramer_StalledPasteDoesNotBlockTheKeyboard(t *testing.T) {
	var f framer
	require.Empty(t, f.feed(nil, []byte("\x1b[200~caller asked")))
	require.Equal(t, "\x1b[200~caller asked\x1b[201~", string(f.flush(nil)))
	require.Equal(t, "j", string(f.feed(nil, []byte("j"))), "keys work again")

	f = framer{}
	f.feed(nil, []byte("\x1b[200~caller"))
	f.flush(nil)
	require.Equal(t, "\x1b[200~ asked\x1b[201~y", string(f.feed(nil, []byte(" asked\x1b[201~y"))), "its late rest is not keys")

	f = framer{}
	f.feed(nil, []byte("\x1b[200~caller"))
	f.flush(nil)
	require.Empty(t, f.feed(nil, []byte("asked for his account to be banned")), "nobody types that fast")
	require.Equal(t, "\x1b[200~asked for his account to be banned!\x1b[201~", string(f.feed(nil, []byte("!\x1b[201~"))))

	f = framer{}
	f.feed(nil, []byte("\x1b[200~caller"))
	require.Equal(t, "\x03", string(f.feed(nil, []byte("\x03"))), "ctrl-c ends it at once")
	require.Zero(t, f.pending())
}

func FuzzFramer_HoldsNothingForever(f *testing.F) {
	for _, s := range passing {
		f.Add([]byte(s), 3)
	}
	f.Fuzz(func(t *testing.T, in []byte, at int) {
		var fr framer
		at = max(0, min(at, len(in)))
		out := fr.feed(nil, in[:at])
		out = fr.feed(out, in[at:])
		for range 3 {
			if fr.pending() > 0 {
				out = fr.flush(out)
			}
		}
		require.Zero(t, fr.pending())
		require.Less(t, len(out), 4*len(in)+40)
	})
}
