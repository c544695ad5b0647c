package clean

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"
)

// Flags written with tags.
const (
	england  = "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
	scotland = "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"
	wales    = "🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"
	texas    = "🏴\U000E0075\U000E0073\U000E0074\U000E0078\U000E007F"
)

// people are real kinds of names. Each must come back byte for byte.
var people = []string{
	"Maya Okafor", "José Núñez", "Jose\u0301 Nun\u0303ez", "Łukasz Żak", "Siobhán O'Brien", "Nguyễn Thị Ánh", "Đặng",
	"王小明", "李小龍", "山田　太郎", "渡邉󠄀", "葛\U000E0100城", "김철수", "\u1100\u1161\u11a8", "ﾀﾞｲ", "𠮷野家",
	"محمد علي", "محمّد", "علی‌رضا", "می‌خواهم", "שלום", "שָׁלוֹם", "יִצְחָק",
	"हिन्दी", "प्रिया", "क्‍ष", "क्‌ष", "श्रीमान्", "कार्त्स्न्य", "র‍্যাব", "বাংলা", "তনিমা", "ക്‍", "രാജന്‍", "ශ්‍රී", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "ગુજરાતી", "ਪੰਜਾਬੀ",
	"ไทย", "น้ำ", "ธันวา ก้อนทอง", "ລາວ", "မြန်မာ", "ကျွှေ့", "ខ្មែរ", "བརྒྱུད", "ᠮᠣᠩᠭᠣᠯ", "አማርኛ", "ქართული", "Հայերեն", "Ελληνικά", "Çelik İğdır",
	"😀", "👨‍👩‍👧‍👦", "👩🏽‍🚀", "👩‍❤️‍💋‍👨", "👩🏻‍❤️‍💋‍👩🏿", "🏳️‍🌈", "❤️", "☺︎", "🇫🇷🇯🇵", "1️⃣", "#️⃣", "👍🏽", "🧑🏿‍🤝‍🧑🏻", "🐻‍❄️", "⚕️", "\U0001FAE9",
	"maya@harborpine.example", "+1 (555) 555-0142", "user_2xkAbC9aQ", "{\"a\": 1}", "½ ™ € №", "a·b/c—d", "�", "★ ♥ ▶ ◼ ⚫ ✔ ✅ → « » … •", "(◕‿◕)", "⠍⠁⠽⠁",
	england, scotland + wales, england + "👍🏽", "Rhys " + wales + " Evans", "🏴‍☠️",
	strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 2)[:60],
}

// hostile maps hostile texts to how they are displayed.
var hostile = map[string]string{
	"\x00":                     "␀",
	"a\x1bb":                   "a␛b",
	"\x1b[2J\x1b[H":            "␛[2J␛[H",
	"\xc2\x1b[2J":              "�␛[2J", // ansi.Strip lets this through
	"\x1b]0;pwned\x07":         "␛]0;pwned␇",
	"\x1b]8;;http://x\x1b\\y":  "␛]8;;http://x␛\\y",
	"\x1bPq\x1b\\":             "␛Pq␛\\",
	"\x1b_G\x1b\\":             "␛_G␛\\",
	"\x1b[8m":                  "␛[8m",
	"\u009b2J":                 "�2J",
	"\x9b2J":                   "�2J",
	"a\u0085b":                 "a␤b",
	"a\u2028b\u2029c":          "a␤b␤c",
	"a\r\nb":                   "a␍␊b",
	"a\rb":                     "a␍b",
	"a\tb":                     "a␉b",
	"\b\b\b":                   "␈",
	"\x7f":                     "␡",
	"\u202e":                   "�",
	"Sam\u202eretraC":          "Sam�retraC",
	"\u2066a\u2069":            "�a�",
	"\u200ea\u200f\u061c":      "�a�",
	"\u200b":                   "�",
	"Sam\u200b Carter":         "Sam� Carter",
	"Sam\u00adCarter":          "Sam�Carter",
	"\ufeff\u2060\u180e":       "�",
	"\u3164":                   "�", // a letter by category, but blank
	"\uffa0\u115f\u1160\u2800": "�",
	"\u034f":                   "�",
	"a\u200db":                 "a�b",
	"a\u200cb":                 "a�b",
	"م\u200c\u200cم":           "م�م",
	"م\u200c":                  "م�",
	"ی\u200c\u0604ض":           "ی�ض",
	"क\u200dA":                 "क�A",
	"👨\u200d":                  "👨�",
	"👨\u200dA":                 "👨�A",
	"👨\u200d👩\u200d👧\u200d👦\u200d👶": "👨\u200d👩\u200d👧\u200d👦�👶",
	"a\U0001F3FD":                     "a�",
	"\U0001F3FD":                      "�",
	"a\ufe0f":                         "a�",
	"1\ufe0f":                         "1�",
	"❤\ufe0f\ufe0f":                   "❤\ufe0f�",
	"a\u20e3":                         "a�",
	"a\u20dd":                         "a�",
	"🏴\U000E0067\U000E0062\U000E007F": "🏴�",
	"hi\U000E0068\U000E0069":          "hi�",
	texas:                             "🏴�", // no font draws it, and all such flags would look alike
	england[:len(england)-4]:          "🏴�",
	england[4:]:                       "�",
	"a" + england[4:]:                 "a�",
	england + england[4:]:             england + "�",
	"🏴" + strings.Repeat("\U000E0067", 30) + "\U000E007F":           "🏴�",
	"🏴\U000E0047\U000E0042\U000E0045\U000E004E\U000E0047\U000E007F": "🏴�", // in capitals
	"␛":                           "�", // drawn by the program, so not allowed in a name
	"a␛[2Jb":                      "a�[2Jb",
	"␛\x1b":                       "�␛",
	"◌":                           "�",
	"◌\u0301":                     "�\u0301",
	"│ banned │":                  "� banned �",
	"╭─ Ban user ─╮":              "� Ban user �",
	"Sam ● active":                "Sam � active",
	"■ banned":                    "� banned",
	"□ ◐ ○":                       "� � �",
	"‹ Cancel ›":                  "� Cancel �",
	"▸ Cancel":                    "� Cancel",
	"✓ verified":                  "� verified",
	"✗ failed":                    "� failed",
	"▌Maya":                       "�Maya",
	"████ 50 %":                   "� 50 %",
	"␀␁␂":                         "�",
	"￨a❘b⎜c":                      "�a�b�c",
	"\U0001FB00":                  "�",
	"\ue000\U000F0000":            "�",
	"\uffff\ufdd0":                "�",
	"\u0378":                      "�",
	"\xed\xa0\x80":                "�",
	"\xff\xfe":                    "�",
	"\xc0\x80":                    "�",
	"\u0301":                      "◌\u0301",
	" \u0301":                     "␣\u0301",
	"a \u0301":                    "a ◌\u0301",
	"\u0e33":                      "◌\u0e33",
	"\u1161":                      "�",
	" ":                           "␣",
	"   ":                         "␣",
	"maya ":                       "maya␣",
	" maya":                       "␣maya",
	"Sam  Carter":                 "Sam␣Carter",
	"Sam\u00a0Carter":             "Sam␣Carter",
	"Sam\u2003\u2009Carter":       "Sam␣Carter",
	"Sam　Carter":                  "Sam␣Carter",
	"\ufffc":                      "�",
	"\ufff9a\ufffab\ufffb":        "�a�b�",
	"\u0600":                      "�",
	"\U0001D173":                  "�",
	"ก" + strings.Repeat("็", 40): "ก" + strings.Repeat("็", 6) + "�",
	"Z" + strings.Repeat("\u0300\u0316", 200) + "algo": "Z\u0300\u0316\u0300\u0316�algo",
	strings.Repeat("\x1b", 5000):                       "␛…",
	strings.Repeat("\u200b", 5000):                     "�…",
}

func TestDisplay_KeepsNamesByteForByte(t *testing.T) {
	for _, name := range people {
		require.Equal(t, name, NewText(name).Display(), "%+q", name)
		require.True(t, NewText(name).IsShownExactly(), "%+q", name)
		hold(t, name)
	}
}

func TestDisplay_MarksHostileText(t *testing.T) {
	for raw, want := range hostile {
		require.Equal(t, want, NewText(raw).Display(), "%+q", raw)
		hold(t, raw)
	}
}

func TestDisplay_CutsBetweenClusters(t *testing.T) {
	for _, unit := range []string{"a", "é", "e\u0301", "李", "👨‍👩‍👧‍👦", "क्षि", "م\u200cم", "山　", "x ", "1️⃣", "രാജന്‍"} {
		for pad := range 12 {
			raw := strings.Repeat("x", pad) + strings.Repeat(unit, 600)
			got := NewText(raw).Display()
			require.True(t, strings.HasSuffix(got, "…"), unit)
			require.LessOrEqual(t, utf8.RuneCountInString(got), 512)
			require.Greater(t, utf8.RuneCountInString(got), 512-maxAttached-2)
			require.True(t, strings.HasPrefix(raw, strings.TrimSuffix(got, "…")))
			hold(t, raw)
		}
	}
	exact := strings.Repeat("李", 512)
	require.Equal(t, exact, NewText(exact).Display())
	require.Equal(t, strings.Repeat("a", 511)+"…", NewText(strings.Repeat("a", 513)).Display())
}

// Every character, alone and between neighbours; a sample of the large uniform blocks.
func TestDisplay_EveryCharacter(t *testing.T) {
	t.Parallel()
	step := func(r rune) rune {
		if r >= 0x3400 && r < 0xa000 || r >= 0xac00 && r < 0xd7a0 || r >= 0xe000 && r < 0xf900 || r >= 0x12000 && r < 0x1b000 || r >= 0x20000 && r < 0xe0000 || r >= 0xf0000 {
			return 61
		}
		return stride
	}
	for r := rune(0); r <= unicode.MaxRune; r += step(r) {
		if msg := broken(string(r)); msg != "" {
			t.Fatalf("U+%04X: %s", r, msg)
		}
		if msg := broken("a" + string(r) + "क"); msg != "" {
			t.Fatalf("a U+%04X क: %s", r, msg)
		}
	}
}

func FuzzDisplay(f *testing.F) {
	for _, s := range people {
		f.Add(s)
	}
	for s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) { hold(t, raw) })
}

func hold(t *testing.T, raw string) {
	t.Helper()
	if msg := broken(raw); msg != "" {
		t.Fatalf("%+q: %s", raw, msg)
	}
}

// broken returns which promise of Display does not hold for raw.
func broken(raw string) string {
	d := NewText(raw).Display()
	switch {
	case (d == "") != (raw == ""):
		return "empty"
	case !utf8.ValidString(d):
		return "bad UTF-8"
	case utf8.RuneCountInString(d) > 512:
		return "too long"
	case twice(d) != unmarked(d):
		return fmt.Sprintf("%+q becomes %+q the second time", d, twice(d))
	case strings.TrimSpace(d) != d:
		return fmt.Sprintf("spaces at the ends of %+q", d)
	case len(raw) < 100 && d != raw && NewText(raw).IsShownExactly():
		return "called exact"
	}
	if r := firstForbidden(d); r >= 0 {
		return fmt.Sprintf("U+%04X is shown in %+q", r, d)
	}
	return badClusters(d)
}

// twice returns the result of displaying a displayed text again: marks count as the user's
// own characters then, and nothing else changes.
func twice(d string) string { return joinMarks(NewText(d).Display()) }

func unmarked(d string) string {
	return joinMarks(strings.Map(func(r rune) rune {
		if r >= 0x2400 && r <= 0x243f || r == '◌' {
			return '\ufffd'
		}
		return r
	}, d))
}

// joinMarks replaces a run of marks by one.
func joinMarks(s string) string {
	for strings.Contains(s, "\ufffd\ufffd") {
		s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
	}
	return s
}

// firstForbidden returns the first forbidden rune outside the tags of the three flags, or
// -1.
func firstForbidden(s string) rune {
	for _, r := range strings.NewReplacer(england, "", scotland, "", wales, "").Replace(s) {
		if isForbiddenRune(r) {
			return r
		}
	}
	return -1
}

// isForbiddenRune is written independently of the allowlist, so that a mistake is not in
// both.
func isForbiddenRune(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Cf, r) && r != 0x200c && r != 0x200d ||
		unicode.Is(unicode.Zs, r) && r != ' ' && r != 0x3000 ||
		r >= 0xe0000 && r <= 0xe007f ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Bidi_Control, r)
}

// badClusters reports text that takes no cell, puts too much into one, or attaches to its
// neighbours.
func badClusters(d string) string {
	sum := 0
	for it := graphemes.FromString(d); it.Next(); {
		c := it.Value()
		w := ansi.StringWidth(c)
		if w < 1 || w > 2 || ansi.StringWidthWc(c) < 1 {
			return fmt.Sprintf("%+q is %d wide in %+q", c, w, d)
		}
		if n := utf8.RuneCountInString(c); n > maxAttached+1 {
			return fmt.Sprintf("%d runes in one cluster of %+q", n, d)
		}
		sum += w
	}
	if ansi.StringWidth(d) != sum || ansi.StringWidth("│"+d+"│ "+d) != 2*sum+3 {
		return fmt.Sprintf("%+q is wider among others", d)
	}
	return ""
}

func BenchmarkDisplay(b *testing.B) {
	for name, raw := range map[string]string{
		"ascii": "maya.okafor@harborpine.example", "latin": "José Núñez", "arabic": "محمد علي", "hindi": "हिन्दी प्रिया",
		"emoji": "👨‍👩‍👧‍👦 Maya", "chinese": "王小明", "hostile": "\x1b[2J" + strings.Repeat("\u200b\x1b", 5000),
	} {
		text := NewText(raw)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Display()
			}
		})
	}
}

func BenchmarkUnmarshal(b *testing.B) {
	in := []byte(`"maya.okafor@harborpine.example"`)
	for b.Loop() {
		var text Text
		_ = text.UnmarshalJSON(in)
	}
}

func TestDisplay_PlainTextDoesNotAllocate(t *testing.T) {
	for _, s := range []string{"maya.okafor@harborpine.example", "José Núñez", "محمد علي", "王小明", "हिन्दी"} {
		text := NewText(s)
		require.Zero(t, testing.AllocsPerRun(10, func() { text.Display() }), s)
	}
}

// The fast path reads eight bytes at once: test every byte at every position.
func TestIsSolidASCII_EveryByte(t *testing.T) {
	for at := 1; at < 18; at++ {
		for c := range 256 {
			raw := []byte("abcdefghijklmnopqrs")
			raw[at] = byte(c)
			require.Equal(t, c >= ' ' && c <= '~', NewText(string(raw)).IsShownExactly(), "%q", raw)
		}
	}
}

// The whole corpus in every destination.
func TestText_EverySink(t *testing.T) {
	corpus := append([]string{strings.Repeat("\u202e\x1b]0;x\a", 2000)}, people...)
	for raw := range hostile {
		corpus = append(corpus, raw, "Maya "+raw+" Okafor", raw+"\n"+raw)
	}
	for _, raw := range corpus {
		text := NewText(raw)
		sinks := map[string]string{
			"display": text.Display(), "title": text.Title(), "clipboard": text.Clipboard(), "csv": text.CSV(), "link": text.Link(),
			"lines": strings.Join(text.Lines(50), ""), "log": text.LogValue().String(), "journal": QuoteASCII(raw), "fmt": fmt.Sprintf("%v %+v %#v", text, text, text),
		}
		for name, got := range sinks {
			require.True(t, utf8.ValidString(got), "%s of %+q", name, raw)
			if name == "csv" || name == "clipboard" { // not for a screen, so every flag is kept
				require.Equal(t, strings.Count(raw, texas), strings.Count(got, texas))
				got = strings.ReplaceAll(got, texas, "")
			}
			require.Negative(t, firstForbidden(got), "%s of %+q", name, raw)
		}
		require.LessOrEqual(t, utf8.RuneCountInString(sinks["title"]), 80)
		require.False(t, strings.ContainsAny(sinks["csv"][:min(1, len(sinks["csv"]))], "=+-@"), "%+q", sinks["csv"])
	}
}

func TestCSV_KeepsFlagsAndDrawnCharacters(t *testing.T) {
	quebec := "🏴\U000E0063\U000E0061\U000E0071\U000E0063\U000E007F"
	for _, s := range []string{england, "Rhys " + wales, scotland + scotland, texas, quebec, "│ Pine │", "✓ Maya", "␛", "‹Pine›", "◌"} {
		require.Equal(t, s, NewText(s).CSV(), "%+q", s)
		require.Equal(t, s, NewText(s).Clipboard(), "%+q", s)
	}
	require.Equal(t, "␛[2J", NewText("\x1b[2J").CSV())
	require.Equal(t, "🏴�x", NewText("🏴\U000E0067\U000E0062x").CSV())
	require.Equal(t, "🏴�", NewText("🏴\U000E0031\U000E0032\U000E0033\U000E007F").CSV())
}

// A flag is never cut, also in a destination with a limit.
func TestDisplay_CutsFlagsAsOneCluster(t *testing.T) {
	for pad := range 12 {
		got := NewText(strings.Repeat("x", 500+pad) + england + scotland + wales).Display()
		require.Negative(t, firstForbidden(got), "%+q", got)
		require.LessOrEqual(t, utf8.RuneCountInString(got), maxRunes)
		got = NewText(strings.Repeat("x", 70+pad) + england + scotland).Title()
		require.Negative(t, firstForbidden(got), "%+q", got)
		require.LessOrEqual(t, utf8.RuneCountInString(got), 80)
	}
}
