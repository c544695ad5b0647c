package keyinput

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/stretchr/testify/require"
)

// replies are what terminals answer; the last letter of some is the key that confirms.
var replies = []string{
	"\x1b[?2026;2$y", "\x1b[?1004;1$y", "\x1b[?1u", "\x1b[?5u", "\x1b[?62;4;22c", "\x1b[3;4R", "\x1b[8;40;120t", "\x1b[<0;12;3M", "\x1b[1;5A", "\x1bO2P",
	"\x1b]11;rgb:0000/1111/bbbb\x1b\\", "\x1b]11;rgb:dddd/1111/2222\x07", "\x1bP>|XTerm(390)\x1b\\", "\x1bP1+r524742=79\x1b\\", "\x1b_Gi=1;OK by\x1b\\", "\x1b]4;1;yyyy\x07",
}

// typed returns what Bubble Tea would take for typed text in the output.
func typed(out []byte) (text string) {
	var d uv.EventDecoder
	for len(out) > 0 {
		n, event := d.Decode(out)
		if n == 0 {
			return text + fmt.Sprintf("(undecoded %q)", out)
		}
		if k, is := event.(uv.KeyPressEvent); is {
			text += k.Text
		}
		out = out[n:]
	}
	return text
}

func TestFramer_LateRestOfAReplyIsNotKeys(t *testing.T) {
	for _, s := range replies {
		for at := 3; at < len(s); at++ {
			var f framer
			f.feed(nil, []byte(s[:at]))
			out := f.flush(nil)
			out = f.feed(out, []byte(s[at:]))
			require.Empty(t, typed(out), "%q cut at %d", s, at)
			require.Equal(t, "y", typed(f.feed(nil, []byte("y"))), "%q cut at %d: a key is a key again", s, at)

			f = framer{}
			f.feed(nil, []byte(s[:at]))
			out = f.flush(nil)
			for i := at; i < len(s); i++ { // the rest byte by byte
				out = f.feed(out, []byte{s[i]})
			}
			require.Empty(t, typed(out), "%q cut at %d, the rest by bytes", s, at)
			require.Equal(t, "j", typed(f.feed(nil, []byte("j"))))
		}
	}
}

func TestFramer_RestOfAnEscapeTakenForAKeyIsNotKeys(t *testing.T) {
	for _, s := range replies {
		var f framer
		f.feed(nil, []byte(s[:2]))
		out := f.flush(nil)
		require.Empty(t, typed(f.feed(out, []byte(s[2:]))), "%q", s)
	}
	for _, keys := range []string{"\x1b[", "\x1bO", "\x1b]", "\x1bP"} {
		for _, next := range []string{"y", "jj", "\r", "\x1b[A", "\x03"} {
			var f framer
			f.feed(nil, []byte(keys))
			f.flush(nil)
			require.Equal(t, next, string(f.feed(nil, []byte(next))), "%q, and then %q", keys, next)
		}
	}
}

func TestFramer_CtrlCIsNeverPartOfAReply(t *testing.T) {
	for _, s := range replies {
		for at := 2; at < len(s)-1; at++ {
			var f framer
			f.feed(nil, []byte(s[:at]))
			require.Equal(t, "\x03", string(f.feed(nil, []byte("\x03"))), "%q cut at %d", s, at)

			f = framer{}
			f.feed(nil, []byte(s[:at]))
			f.flush(nil)
			require.Equal(t, "\x03", string(f.feed(nil, []byte("\x03"))), "%q cut at %d, and given up", s, at)
		}
	}
}

func TestFramer_EndlessReplyDoesNotBlockTheKeyboard(t *testing.T) {
	for s, wait := range map[string]time.Duration{"\x1b[?20": time.Minute, "\x1b]11;rgb:00": 10 * time.Second, "\x1bP>|": 10 * time.Second} {
		var f framer
		f.feed(nil, []byte(s))
		require.Equal(t, 2*time.Second, f.pending())
		require.Empty(t, f.flush(nil))
		require.Equal(t, wait, f.pending())
		require.Empty(t, f.flush(nil))
		require.Zero(t, f.pending())
		require.Equal(t, "y", string(f.feed(nil, []byte("y"))))

		f.feed(nil, []byte(s))
		f.flush(nil)
		require.Equal(t, "\x1b[A", string(f.feed(nil, []byte("\x1b[A"))), "the next sequence begins")
		require.Equal(t, "j", string(f.feed(nil, []byte("j"))))
	}
}

func TestFramer_DropsWholeSequencesFromAPaste(t *testing.T) {
	for in, says := range map[string]string{
		// line breaks and tabs that the terminal encodes as keys
		"ann@pine.example\x1b[106;5ub@y.example":        "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[27;5;106~b@y.example":     "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[109;5ub@y.example":        "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[13ub@y.example":           "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[13;2ub@y.example":         "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[27;5;13~b@y.example":      "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[106;133ub@y.example":      "ann@pine.example\nb@y.example",
		"ann@pine.example\x1b[106:74:106;5:1ub@y.examp": "ann@pine.example\nb@y.examp",
		"Maya\x1b[105;5uOkafor\x1b[9uX":                 "Maya\tOkafor\tX",
		"a\x1b[64ub\x1b[97;2uc\x1b[27;1;233~":           "a@bAcé",
		"a\x1b[97;5ub\x1b[27u\x1b[57399ud":              "abd",
		// colours, links, titles, character sets
		"\x1b[32mINFO\x1b[0m user_29w":                         "INFO user_29w",
		"\x1b[1;38;5;196mmaya\x1b[m@pine.example":              "maya@pine.example",
		"\x1b[38:2::255:0:0mmaya\x1b[39;49m":                   "maya",
		"\x1b(B\x1b[mmaya\x1b7\x1b8":                           "maya",
		"\x1b]8;;https://pine.example\x1b\\maya\x1b]8;;\x1b\\": "maya",
		"\x1b]0;title\x07maya\x1b[K\x1b[2J\x1b[?25l\x1b[1;5Hb": "mayab",
		"\x1bPq#0;2;0;0;0\x1b\\maya":                           "maya",
		"one\x1b[A two":                                        "one two",
		"\x1b[":                                                "[",
		"\x1b[31":                                              "[31",
		"\x1b]8;;https://pine.example\nthe next line keeps what it has\x1b\\": "]8;;https://pine.example\nthe next line keeps what it has\\",
		strings.Repeat("\x1b[31mЖ", 1000):                                     strings.Repeat("Ж", 1000),
	} {
		whole, rest := feedAll("\x1b[200~" + in + "\x1b[201~")
		require.Equal(t, "\x1b[200~"+says+"\x1b[201~", whole, "%q", in)
		require.Empty(t, rest)
	}
}

// However a reply is split and however long its parts take, no letter of it is typed.
func FuzzFramer_Reply(f *testing.F) {
	for i := range replies {
		f.Add(i, 4, 7, true, false)
		f.Add(i, 3, 3, false, true)
	}
	f.Fuzz(func(t *testing.T, which, at, then int, late, later bool) {
		s := replies[max(0, which)%len(replies)]
		at = 3 + max(0, at)%(len(s)-3)
		then = at + max(0, then)%(len(s)-at)
		var fr framer
		out := fr.feed(nil, []byte(s[:at]))
		if late && fr.pending() > 0 {
			out = fr.flush(out)
		}
		out = fr.feed(out, []byte(s[at:then]))
		if later && fr.pending() > 0 && fr.tail.kind == 0 { // longer than a minute is not promised
			out = fr.flush(out)
		}
		out = fr.feed(out, []byte(s[then:]))
		require.Empty(t, typed(out))
		require.Equal(t, "y", typed(fr.feed(nil, []byte("y"))))
	})
}

func TestFramer_SplitsEscapeAndSlash(t *testing.T) {
	whole, rest := feedAll("\x1b/maya")
	require.Equal(t, "\x1b[27u/maya", whole)
	require.Empty(t, rest)
	whole, _ = feedAll("\x1b", "/m")
	require.Equal(t, "\x1b[27u/m", whole)
	whole, _ = feedAll("\x1bb\x1b[47;3u")
	require.Equal(t, "\x1bb\x1b[47;3u", whole, "alt works with other keys")
}

// The beginning of a paste may be split anywhere, and its rest arrive late: what
// follows is text all the same.
func TestFramer_PasteWithALateStartIsText(t *testing.T) {
	for cut := 2; cut < len(pasteStart); cut++ {
		var f framer
		out := f.feed(nil, pasteStart[:cut])
		out = f.flush(out)
		out = f.feed(out, append(bytes.Clone(pasteStart[cut:]), "b@pine.example\r\ny\x1b[201~z"...))
		require.Contains(t, string(out), "\x1b[200~b@pine.example\r\ny\x1b[201~z", "cut after %d bytes", cut)
	}
}

// A key that repeats on a slow connection arrives as several escapes at once: each is
// the key, and none of them alt. Before an arrow key, they are how some terminals send
// alt.
func TestFramer_SplitsRepeatedEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b\x1b":       "\x1b[27u\x1b[27u",
		"\x1b\x1b\x1b":   "\x1b[27u\x1b[27u\x1b[27u",
		"\x1b\x1bx":      "\x1b[27u\x1bx",
		"\x1b\x1b/m":     "\x1b[27u\x1b[27u/m",
		"\x1b\x1b[A":     "\x1b\x1b[A",
		"\x1b\x1b\x1bOB": "\x1b[27u\x1b\x1bOB",
	} {
		whole, rest := feedAll(in)
		require.Equal(t, want, whole+rest, "%q", in)
	}
}

// Whatever is pasted, no part of it can be taken for a key.
func FuzzFramer_Paste(f *testing.F) {
	for _, s := range append(append([]string{"\x1b[106;5u", "\x1b[27;5;13~", "\x1b]8;;x\x1b\\a", "\x1b(B"}, replies...), passing...) {
		f.Add([]byte("a" + s + "b"))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if strings.Contains(string(in), string(pasteEnd)) {
			return
		}
		whole, rest := feedAll("\x1b[200~" + string(in) + "\x1b[201~")
		require.Empty(t, rest)
		text := strings.TrimSuffix(strings.TrimPrefix(whole, "\x1b[200~"), "\x1b[201~")
		require.Len(t, text, len(whole)-12)
		require.NotContains(t, text, "\x1b")
		require.True(t, utf8.ValidString(text))
		require.False(t, strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }), "%q", text)
	})
}
