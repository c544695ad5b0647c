package localsearch

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/search"
)

// A name is written with and without vowel signs, and with the letters of different
// keyboards.
func TestMatches_SpellingsOfOneName(t *testing.T) {
	for _, c := range []struct{ typed, first, want string }{
		{"محمد علی", "محمد علي", "[محمد علي]"}, // Farsi yeh
		{"محمد على", "محمد علي", "[محمد علي]"}, // alef maksura
		{"مُحَمَّد", "محمد علي", "[محمد] علي"},
		{"محمّد", "محمد علي", "[محمد] علي"},
		{"محمد", "مُحَمَّد علي", "[مُحَمَّد] علي"},
		{"مـحـمـد", "محمد علي", "[محمد] علي"}, // with tatweel
		{"احمد", "أحمد", "[أحمد]"}, {"أحمد", "احمد", "[احمد]"}, {"إحمد", "أحمد", "[أحمد]"}, {"ٱحمد", "احمد", "[احمد]"}, {"امنة", "آمنه", "[آمنه]"},
		{"اکرم", "اكرم", "[اكرم]"}, {"اكرم", "اکرم", "[اکرم]"}, {"فاطمه", "فاطمة", "[فاطمة]"}, {"مومن", "مؤمن", "[مؤمن]"}, {"رييس", "رئيس", "[رئيس]"}, {"رحمٰن", "رحمن", "[رحمن]"},
		{"נוֹעָה", "נועה לוי", "[נועה] לוי"}, {"נועה", "נוֹעָה", "[נוֹעָה]"}, {"שָׁלוֹם", "שלום", "[שלום]"}, {"בן־דוד", "בן־דוד", "[בן־דוד]"},
		{"mu\u0308ller", "Müller", "[Müller]"}, {"müller", "Mu\u0308ller", "[Mu\u0308ller]"}, {"yılmaz", "Yilmaz", "[Yilmaz]"}, {"ISTANBUL", "İstanbul", "[İstanbul]"},
	} {
		row := someone(c.first, "", "a@b.example", "", "x")
		n := NewSearch(search.Parse(search.Clean(c.typed), time.Now()), time.Now())
		require.True(t, row.Matches(n), "%q in %q", c.typed, c.first)
		require.Equal(t, c.want, marked(row.Name.Shown, row.Name.spans(n)), "%q in %q", c.typed, c.first)
	}
	// The vowels of Devanagari and Thai make different words.
	for typed, first := range map[string]string{"रम": "राम", "กา": "กิ", "علي": "محمد"} {
		n := NewSearch(search.Parse(typed, time.Now()), time.Now())
		require.False(t, someone(first, "", "a@b.example", "", "x").Matches(n), "%q in %q", typed, first)
	}
}

func TestMatches_BothFormsOfADomain(t *testing.T) {
	for mail, typed := range map[string]string{"info@xn--mnchen-3ya.example": "info@münchen.example", "jürgen@münchen.example": "jürgen@xn--mnchen-3ya.example"} {
		row := someone("Jiro", "", mail, "", "x")
		for _, text := range []string{typed, mail, "email:" + typed} {
			require.True(t, row.Matches(NewSearch(search.Parse(text, time.Now()), time.Now())), "%q at %q", text, mail)
		}
	}
}
