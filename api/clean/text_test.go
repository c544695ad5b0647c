package clean

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const nasty = "Maya\x1b[2J\u202e"

func TestText_FmtPrintsDisplay(t *testing.T) {
	type hidden struct{ name Text }
	text := NewText(nasty)
	values := map[string]any{
		"bare": text, "pointer": &text, "hidden": hidden{text}, "hidden pointer": &hidden{text},
		"slice": []Text{text}, "map": map[Text]Text{text: text}, "any": []any{text}, "error": fmt.Errorf("no %v", text),
	}
	for name, v := range values {
		for _, verb := range "vsqxXdtbcoOUeEfFgGpw" {
			for _, flags := range []string{"", "+", "#", "-20", "020", ".3", " ", "# "} {
				format := "%" + flags + string(verb)
				got := fmt.Sprintf(format, v)
				require.NotContains(t, got, "\x1b", "%s of %s", format, name)
				require.NotContains(t, got, "\u202e", "%s of %s", format, name)
			}
		}
	}
	require.Equal(t, `Maya␛[2J�`, fmt.Sprint(text))
	require.Equal(t, `"Maya␛[2J�"`, fmt.Sprintf("%#v", text))
	require.Equal(t, `Maya `, fmt.Sprintf("%-5.4s", text))
}

func TestText_SlogPrintsDisplay(t *testing.T) {
	var b bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		slog.New(h).Info("seen", "name", NewText(nasty), "group", slog.GroupValue(slog.Any("name", NewText(nasty))))
	}
	require.NotContains(t, b.String(), "\x1b")
	require.NotContains(t, b.String(), `\u001b`)
	require.NotContains(t, b.String(), "\u202e")
	require.Contains(t, b.String(), "Maya␛[2J")
}

func TestText_IsComparable(t *testing.T) {
	require.True(t, NewText("a"+strings.Repeat("b", 3)) == NewText("abbb"))
	require.True(t, NewText("") == Text{})
	require.True(t, NewText("").Empty())
	require.False(t, NewText(" ").Empty())
	require.Equal(t, 1, map[Text]int{NewText("x"): 1}[NewText("x")])
	require.Equal(t, nasty, NewText(nasty).Raw())
	require.Empty(t, Text{}.Raw()+Text{}.Display()+Text{}.String())
	require.True(t, NewText("José").IsShownExactly())
	require.False(t, NewText("José ").IsShownExactly())
}

func TestText_UnmarshalJSON(t *testing.T) {
	cases := map[string]string{
		`"Maya"`:                 "Maya",
		`"M\u0061ya\n"`:          "Maya\n",
		`"李小龍"`:                  "李小龍",
		`"\ud83d\ude00"`:         "😀",
		`"\ud800x"`:              "\ufffdx",
		"\"a\xffb\"":             "a\ufffdb",
		"\"a\xc2\x1b\"":          "",
		`""`:                     "",
		`null`:                   "",
		`12`:                     "12",
		`1.50`:                   "1.50",
		`true`:                   "true",
		`{"a":[1]}`:              `{"a":[1]}`,
		`["x"]`:                  `["x"]`,
		`"\u001b]0;x\u0007"`:     "\x1b]0;x\a",
		`"quote \" and \\ stay"`: `quote " and \ stay`,
	}
	for in, want := range cases {
		var v struct{ Name Text }
		v.Name = NewText("old")
		err := json.Unmarshal([]byte(`{"Name":`+in+`}`), &v)
		if strings.Contains(in, "\x1b") {
			require.Error(t, err, in) // a raw control is not JSON
			continue
		}
		require.NoError(t, err, in)
		require.Equal(t, want, v.Name.Raw(), in)
	}
	var text Text
	require.Error(t, text.UnmarshalJSON([]byte(`"open`)))
}

func TestText_UnmarshalJSONUnpairedSurrogates(t *testing.T) {
	for in, want := range map[string]string{
		`\ud800`:             "\ufffd",
		`a\udfffb`:           "a\ufffdb",
		`\ud800\ud800`:       "\ufffd\ufffd",
		`\udc00\ud800`:       "\ufffd\ufffd", // in the wrong order
		`\ud83d\ude00`:       "😀",
		`\ud83d\ud83d\ude00`: "\ufffd😀",
		`\ud83d\ude00\ude00`: "😀\ufffd",
		`\ud83dx`:            "\ufffdx",
		`\ud83d\n`:           "\ufffd\n",
		`\uD83D\u0041`:       "\ufffdA",
	} {
		var text Text
		require.NoError(t, text.UnmarshalJSON([]byte(`"`+in+`"`)))
		require.Equal(t, want, text.Raw(), in)
		b, err := json.Marshal(text)
		require.NoError(t, err)
		var back string
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, want, back, "what goes back is what was read")
	}
}

func TestText_MarshalJSONIsRaw(t *testing.T) {
	for _, raw := range []string{"", "Maya", nasty, "a\u0085\u2028<&>", "李小龍", `"\`} {
		b, err := json.Marshal(map[string]Text{"name": NewText(raw)})
		require.NoError(t, err)
		var back map[string]Text
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, raw, back["name"].Raw())
	}
}

func TestText_TitleIsShort(t *testing.T) {
	got := NewText("Maya\x1b]0;x\a " + strings.Repeat("long ", 100)).Title()
	require.True(t, strings.HasPrefix(got, "Maya␛]0;x␇ long"), got)
	require.LessOrEqual(t, len([]rune(got)), 80)
	require.True(t, strings.HasSuffix(got, "…"))
}

func TestText_ClipboardIsSafeToPaste(t *testing.T) {
	require.Equal(t, "user_2xk  9aQ ", NewText("user_2xk  9aQ ").Clipboard())
	require.Equal(t, "rm -rf /␊", NewText("rm -rf /\n").Clipboard())
	require.Equal(t, "␛[201~", NewText("\x1b[201~").Clipboard())
	long := strings.Repeat("李", 5000)
	require.Equal(t, long, NewText(long).Clipboard())
}

func TestText_CSVIsNeverAFormula(t *testing.T) {
	cases := map[string]string{
		"Maya Okafor":          "Maya Okafor",
		"a=b":                  "a=b",
		"maya@pine.example":    "maya@pine.example",
		"=1+1":                 "'=1+1",
		"+15555550142":         "+15555550142", // a phone number is not a formula
		"+442079460018":        "+442079460018",
		"+1 555":               "'+1 555",
		"+1+1":                 "'+1+1",
		"+":                    "'+",
		"+A1":                  "'+A1",
		"x;+15555550142":       "x;'+15555550142",
		"\uff0b15555550142":    "'\uff0b15555550142",
		"-1":                   "'-1",
		"@SUM(A1)":             "'@SUM(A1)",
		"  =1+1":               "'  =1+1",
		"\t=1+1":               "'␉=1+1",
		"\"=1+1":               "'\"=1+1",
		"\uff1dcmd":            "'\uff1dcmd",
		"x;=cmd|' /C calc'!A0": "x;'=cmd|' /C calc'!A0",
		"":                     "",
	}
	for in, want := range cases {
		require.Equal(t, want, NewText(in).CSV(), in)
	}
}

// The tags of a flag that fonts have are part of it everywhere. Elsewhere in a text they
// are invisible characters.
func TestText_FlagsKeepTheirTags(t *testing.T) {
	tagged := func(code string) string {
		return "\U0001f3f4" + strings.Map(func(r rune) rune { return 0xe0000 + r }, code) + "\U000e007f"
	}
	for _, code := range []string{"gbeng", "gbsct", "gbwls"} {
		flag := NewText(tagged(code) + " Eilidh")
		require.Equal(t, flag.Raw(), flag.CSV())
		require.Equal(t, flag.Raw(), flag.Clipboard())
		require.Equal(t, flag.Raw(), flag.Display())
	}
	for _, odd := range []string{"\U0001f3f4\U000e0067\U000e0062", "x\U000e0067\U000e007f", tagged("gbsct") + "\U000e0067"} {
		require.Contains(t, NewText(odd).CSV(), "\ufffd", "%+q", odd)
	}
}

func TestText_Link(t *testing.T) {
	cases := map[string]string{
		"https://img.example/a b":            "",
		"https://img.example/é?q=李#x":        "https://img.example/%C3%A9?q=%E6%9D%8E#x",
		"https://img.example/a%20b":          "https://img.example/a%20b",
		"http://127.0.0.1:8080/x":            "http://127.0.0.1:8080/x",
		"javascript:alert(1)":                "",
		"file:///etc/passwd":                 "",
		"https://good.example@evil.example/": "",
		"https:///x":                         "",
		"https://x.example/\x1b\\":           "",
		"https://x.example/\u202e":           "",
		"https://exаmple.com/":               "", // a Cyrillic а
		"//x.example/":                       "",
		"":                                   "",
		"https://x.example/" + strings.Repeat("a", 3000): "",
	}
	for in, want := range cases {
		require.Equal(t, want, NewText(in).Link(), in)
	}
}

func TestText_LinesKeepTheirIndent(t *testing.T) {
	text := NewText("{\r\n  \"a\": 1,\n\n  \"b\x1b\": 2\n}\n")
	require.Equal(t, []string{"{", `  "a": 1,`, "", `  "b␛": 2`, "}"}, text.Lines(10))
	require.Equal(t, []string{"{", "…"}, text.Lines(2))
	require.Nil(t, Text{}.Lines(3))
	require.Nil(t, text.Lines(0))
}

func TestQuoteASCII_RoundTrips(t *testing.T) {
	for _, s := range []string{"", "Maya", nasty, "é李😀\u2028\u009b\x7f\"\\\n", "<&>"} {
		q := QuoteASCII(s)
		for _, c := range []byte(q) {
			require.True(t, c >= ' ' && c <= '~', q)
		}
		var back string
		require.NoError(t, json.Unmarshal([]byte(q), &back), q)
		require.Equal(t, s, back)
	}
	require.Equal(t, `"\ufffdx"`, QuoteASCII("\xffx"))
}

func TestText_MixedScripts(t *testing.T) {
	for s, want := range map[string]bool{
		"maya@pine.example":     false,
		"pаypal@pine.example":   true, // Cyrillic а
		"ραypal@pine.example":   true, // Greek
		"maya@сосо.example":     true, // wholly Cyrillic, reads coco
		"сара@почта.рф":         false,
		"мама@mail.example":     false,
		"Сара":                  false, // a name, not an address
		"Łukasz Żak":            false,
		"李小龍":                   false,
		"山田タロウ":                 false,
		"Sonyソニー":               false,
		"김Kim":                  false,
		"Иван Petrov":           false,
		"Ивaн":                  true, // Latin a
		"محمد علي":              false,
		"Օlga":                  true, // Armenian
		"Αλέξανδρος":            false,
		"ბекা":                  true,
		"𝐩𝐚𝐲@pine.example":      true,
		"ｐａｙ@pine.example":      true,
		"maya@pine.example\xff": false,
		"":                      false,
	} {
		require.Equal(t, want, NewText(s).IsLookalike(), s)
	}
}

// Cleaned values in a sentence are not marked twice.
func TestSentence_KeepsTheMarksOfItsValues(t *testing.T) {
	for _, name := range []string{"a\x1b[2Jb", "line\nbreak", "\u202eevil", "  edge  ", "Ze\u0301", "■ banned"} {
		inside := "Could not ban " + NewText(name).Display() + "."
		require.Equal(t, inside, Sentence(inside), "%+q", name)
	}
	require.Equal(t, "open x␛[2J: denied", Sentence("open x\x1b[2J: denied"), "what a system wrote is cleaned")
	require.NotContains(t, Sentence("sk_live_abcdefghijklmnopqrstuvwxyz"), "abcdefghij", "no key")
}

func TestShellArg_ComesBackFromAShellUnchanged(t *testing.T) {
	for _, s := range []string{"", "ban 12", "plain", "~root", "it's", `"quoted" \ back`, "$HOME `id` !!", "a&b;c|d", "ünï côdé", "*", "two\nlines"} {
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf %s "+ShellArg(s)).Output()
		require.NoError(t, err, s)
		require.Equal(t, s, string(out))
	}
	require.Equal(t, "/tmp/demo.db", ShellArg("/tmp/demo.db"))
}
