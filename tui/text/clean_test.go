package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// What people type is kept, composed.
func TestCleanInput_KeepsWhatPeopleWrite(t *testing.T) {
	for _, s := range []string{
		"", "Maya Okafor", "  two  spaces ", "José Núñez", "Łukasz Żak", "王小明", "山田　太郎", "渡邉󠄀", "김철수", "ﾀﾞｲ", "محمد علي", "محمّد", "علی\u200cرضا", "می\u200cخواهم", "שָׁלוֹם",
		"हिन्दी", "क्\u200dष", "क्\u200cष", "র\u200d্যাব", "രാജന്\u200d", "ශ්\u200dරී", "น้ำ", "ကျွှေ့", "བརྒྱུད", "ᠮᠣᠩᠭᠣᠯ", "😀", "👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d🚀", "👩\u200d❤️\u200d💋\u200d👨", "🏳️\u200d🌈", "❤️", "☺︎", "🇫🇷🇯🇵", "1️⃣", "#️⃣", "👍🏽", "🧑🏿\u200d🤝\u200d🧑🏻",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "½ ™ € №", "{\"a\": 1}",
	} {
		got, left := CleanInput(s)
		require.Equal(t, norm.NFC.String(s), got, "%q", s)
		require.Zero(t, left, "%q", s)
		if norm.NFC.String(s) == s && !strings.Contains(s, "　") {
			require.Equal(t, s, Drawable(s))
		}
	}
}

func TestCleanInput_DropsInvisibleCharacters(t *testing.T) {
	for s, want := range map[string]struct {
		clean string
		left  int
	}{
		"Jose\u0301":                       {"José", 0},
		"u\u0308ber a\u030a":               {"über å", 0},
		"\u1112\u1161\u11ab":               {"한", 0},
		"a\u200bb":                         {"ab", 1},
		"e\u200b\u0301":                    {"é", 1}, // the accent is the letter's once nothing stands between
		"\u202eabc\u202c":                  {"abc", 2},
		"\u2066a\u2069\u200e":              {"a", 3},
		"a\x1b[2Jb":                        {"a[2Jb", 1},
		"\ufeffbom":                        {"bom", 1},
		"a\tb\nc\r\nd\u2028e\u0085f":       {"a b c d e f", 0},
		"a\u00a0b\u2009c\u3000d":           {"a b c d", 0},
		"soft\u00adhyphen":                 {"softhyphen", 1},
		"\u3164\u2800":                     {"", 2},
		"a\ufe0f":                          {"a", 1},
		"❤\ufe0f\ufe0f":                    {"❤️", 1},
		"1\ufe0f":                          {"1", 1},
		"a\u200db":                         {"ab", 1},
		"a\u200cb":                         {"ab", 1},
		"م\u200c\u200cم":                   {"م\u200cم", 1},
		"👨\u200dA":                         {"👨A", 1},
		"\u0301x":                          {"x", 1},
		"a \u0301":                         {"a ", 1},
		"a\u20e3":                          {"a", 1},
		"\U0001F3FD":                       {"", 1},
		"hi\U000E0068\U000E0069":           {"hi", 2},
		"🏴\U000E0067\U000E0062":            {"🏴", 2},
		"\ue000\U000F0000\u0378":           {"", 3},
		"\xff\xfe\xed\xa0\x80":             {"", 5},
		"\ufffd":                           {"", 1},
		"a" + strings.Repeat("\u0316", 40): {"a" + strings.Repeat("\u0316", 4), 36},
		"z" + strings.Repeat("\u0300\u0489\u0334", 100): {"z\u0334\u0334\u0300\u0300", 296},
	} {
		got, left := CleanInput(s)
		require.Equal(t, want.clean, got, "%q", s)
		require.Equal(t, want.left, left, "%q", s)
		again, none := CleanInput(got)
		require.Equal(t, got, again, "%q", s)
		require.Zero(t, none)
	}
}

// A box draws text it was given uncleaned with marks, one per character.
func TestDrawable_MarksWhatMustNotBeDrawn(t *testing.T) {
	for s, want := range map[string]string{
		"a\u200bb": "a�b", "x\x1b[2J\u202egnp.png": "x␛[2J�gnp.png", "\u200b\u200b": "��", "a\nb": "a␊b", "tab\there": "tab␉here", "\x7f": "␡", "a\u2028b": "a␤b",
		"a\u00a0b": "a␣b", "bad\xffbytes": "bad�bytes", "a\ufe0f": "a�", "\u0301": "◌\u0301", "a \u0301": "a ◌\u0301", "م\u200c": "م�", "山田　太郎": "山田　太郎", "x　y": "x␣y", "山　": "山␣",
		"e\u0301": "e\u0301", "a" + strings.Repeat("\u0316", 40): "a" + strings.Repeat("\u0316", 4) + "�", "\ue000": "�", "🏴\U000E0067": "🏴�", "\x11\u0599": "␑◌\u0599", "ကာ": "ကာ", "  a ": "  a ",
	} {
		require.Equal(t, want, Drawable(s), "%q", s)
		var whole strings.Builder
		for cluster, shown := range DrawableClusters(s) {
			whole.WriteString(cluster)
			require.NotEmpty(t, shown)
			require.Positive(t, Clusters.Width(shown), "%q", s)
		}
		require.Equal(t, s, whole.String())
	}
}

func FuzzCleanInput(f *testing.F) {
	for _, s := range []string{"a\u200b\u0301", "❤\ufe0f\ufe0f👨\u200d👩", "م\u200cم \r\n", "\xff\u1100\u1161\u11a8\u0b57\u0b47"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, left := CleanInput(s)
		if again, none := CleanInput(clean); again != clean || none != 0 {
			t.Fatalf("Clean(%q) is %q, and of that %q", s, clean, again)
		}
		if clean == s && left != 0 || left < 0 || !norm.NFC.IsNormalString(clean) {
			t.Fatalf("Clean(%q) is %q, %d left out", s, clean, left)
		}
		if shown := Drawable(clean); shown != clean && !strings.Contains(shown, "␣") {
			t.Fatalf("a box keeps %q of %q, and shows %q", clean, s, shown)
		}
	})
}
