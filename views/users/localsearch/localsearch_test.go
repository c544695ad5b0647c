package localsearch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
)

// someone returns a user to match.
func someone(first, last, mail, phone, username string) *Row {
	u := &api.User{ID: clean.NewText("user_" + username), FirstName: clean.NewText(first), LastName: clean.NewText(last), Username: clean.NewText(username)}
	if mail != "" {
		u.EmailAddresses = []api.EmailAddress{{ID: clean.NewText("e"), EmailAddress: clean.NewText(mail)}}
		u.PrimaryEmailAddressID = clean.NewText("e")
	}
	if phone != "" {
		u.PhoneNumbers = []api.PhoneNumber{{ID: clean.NewText("p"), PhoneNumber: clean.NewText(phone)}}
		u.PrimaryPhoneNumberID = clean.NewText("p")
	}
	return NewRow(u)
}

// marked writes the highlighted parts of a text in brackets.
func marked(s string, at []Span) string {
	var b strings.Builder
	match := table.NewStyleSeq(lipgloss.NewStyle().Bold(true))
	for _, part := range AppendHighlighted(nil, s, at, table.StyleSeq{}, match) {
		if part.Style == match {
			part.Text = "[" + part.Text + "]"
		}
		b.WriteString(part.Text)
	}
	return b.String()
}

func TestHighlight_CoversTheMatch(t *testing.T) {
	cases := []struct{ typed, field, want string }{
		{"maya", "Maya Okafor", "[Maya] Okafor"},
		{"MAYA", "Amaya Torres", "A[maya] Torres"},
		{"nunez", "José Núñez", "José [Núñez]"},
		{"jose nu", "José Núñez", "[José Nú]ñez"},
		{"núñez", "Jose Nunez", "Jose [Nunez]"},
		{"jose", "Jose\u0301 x", "[Jose\u0301] x"},
		{"zak", "Łukasz Żak", "Łukasz [Żak]"},
		{"lukasz", "Łukasz Żak", "[Łukasz] Żak"},
		{"o'brien", "Siobhán O’Brien", "Siobhán [O’Brien]"},
		{"小", "王小明", "王[小]明"},
		{"علي", "محمد علي", "محمد [علي]"},
		{"strasse", "Große Straße", "Große [Straße]"},
		{"okafor maya", "Maya Okafor", "[Maya] [Okafor]"},
		{"maya xyz", "Maya Okafor", "Maya Okafor"},
		{"xyz", "Maya", "Maya"},
		{" maya ", "Maya", "[Maya]"},
		{"👨", "👨‍👩‍👧 family", "[👨‍👩‍👧] family"},
	}
	for _, c := range cases {
		n := newNeedle(c.typed)
		require.Equal(t, c.want, marked(c.field, n.spansIn(search.Fold(c.field))), "%q in %q", c.typed, c.field)
	}
}

func TestPhone_MatchesInAnyPunctuation(t *testing.T) {
	r := someone("Maya", "Okafor", "maya@harborpine.example", "+14155550142", "maya.o")
	for typed, want := range map[string]string{
		"0142":            "+1 (415) 555-[0142]",
		"555 0142":        "+1 (415) [555-0142]",
		"(415) 555-0142":  "+1 ([415) 555-0142]",
		"+1 415 555 0142": "+[1 (415) 555-0142]",
		"4155550142":      "+1 ([415) 555-0142]",
	} {
		h := r.FindHits([]Needle{newNeedle(typed)})
		require.NotNil(t, h.Other, typed)
		require.Equal(t, want, marked(h.Other.Shown, h.At), typed)
	}
	require.Nil(t, r.FindHits([]Needle{newNeedle("0143")}).Other)
}

func TestFindHits_ReturnsTheFieldThatMatched(t *testing.T) {
	r := someone("Maya", "Okafor", "mo@harborpine.example", "+14155550142", "sunflower")
	h := r.FindHits([]Needle{newNeedle("sunfl")})
	require.Equal(t, "[sunfl]ower", marked(h.Other.Shown, h.At))
	h = r.FindHits([]Needle{newNeedle("harbor")})
	require.Nil(t, h.Other)
	require.Equal(t, "mo@[harbor]pine.example", marked(r.Mail.Shown, h.Mail))
	h = r.FindHits([]Needle{newNeedle("user_sun")})
	require.Equal(t, "[user_sun]flower", marked(h.Other.Shown, h.At))
	require.Equal(t, Hit{}, r.FindHits([]Needle{newNeedle("nothing of hers")}))
	require.Equal(t, Hit{}, r.FindHits([]Needle{newNeedle("  ")}))
}

func TestRank_BestMatchFirst(t *testing.T) {
	rows := []*Row{
		someone("Ismaya", "Chen", "i.chen@harborpine.example", "", "i"),
		someone("Bert", "Amayan", "b@x.example", "", "b"),
		someone("Sam", "Carter", "maya.sam@x.example", "", "s"),
		someone("Maya", "Okafor", "maya@harborpine.example", "", "m"),
		someone("Nobody", "Else", "n@x.example", "", "n"),
	}
	got := FilterRanked(rows, newNeedle("maya"))
	require.Len(t, got, 4)
	require.Equal(t, "Maya Okafor", got[0].Name.Shown)
	require.Equal(t, "Ismaya Chen", FilterRanked(rows[:1], newNeedle("isma"))[0].Name.Shown)
	all := Rank(rows, newNeedle("maya"))
	require.Len(t, all, 5, "nobody that the server found is left out")
	require.Equal(t, rows[4], all[4])
	near := Nearest(rows, newNeedle("okfr"))
	require.Len(t, near, 1)
	require.Equal(t, "Maya Okafor", near[0].Name.Shown)
	require.Equal(t, "Maya O[k]a[f]o[r]", marked("Maya Okafor", newNeedle("kfr").FuzzySpans(search.Fold("Maya Okafor"))))
}

// An equal word ranks before one that begins with the needle, and that before one that
// contains it.
func TestRank_WholeWordFirst(t *testing.T) {
	long := "Eve " + strings.Repeat("van der Very-Long ", 5)
	rows := []*Row{
		someone("Femke", "Verhoeven", "verhoeven@x.example", "", "a"), someone("Steve", "Novak", "steve@x.example", "", "b"),
		someone("Everett", "Stone", "e.stone@x.example", "", "c"), someone(long, "", "e.mallory@x.example", "", "d"),
		someone("Anna", "Berg", "eve.berg@x.example", "", "e"),
	}
	got := Rank(rows, newNeedle("eve"))
	require.Contains(t, got[0].Name.Shown, "Eve van")
	require.Equal(t, "Anna Berg", got[1].Name.Shown)
	require.Equal(t, "Everett Stone", got[2].Name.Shown)
	require.Equal(t, "Anna Berg", Rank(rows, newNeedle("berg"))[0].Name.Shown)
}

// Only namesakes change places: somebody else who matches better stays before them.
func TestRank_BlockedFirstAmongNamesakes(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	active, locked, banned := someone("Sam", "Carter", "scarter@a.example", "", ""), someone("Sam", "Carter", "s@b.example", "", ""), someone("Sam", "Carter", "s@c.example", "", "")
	over, other := someone("Sam", "Carter", "s@d.example", "", ""), someone("Sam", "Carterson", "s@e.example", "", "")
	locked.User.Locked, banned.User.Banned = true, true
	past := int64(0)
	over.User.Locked, over.User.LockoutExpiresInSeconds = true, &past
	other.User.Banned = true
	got := Rank([]*Row{active, over, locked, other, banned}, NewWords("sam carter", now))
	require.Equal(t, []*Row{locked, banned, active, over, other}, got)
}

func TestCutAroundMatch_KeepsTheMatch(t *testing.T) {
	long := "a-very-long-local-part-of-an-address@harborpine.example"
	n := newNeedle("harbor")
	for width := 4; width < 70; width++ {
		shown, at := CutAroundMatch(text.Clusters, long, n.spansIn(search.Fold(long)), width)
		if width < 12 {
			continue
		}
		require.Equal(t, "harbor", shown[at[0].from:at[0].end], "at %d: %q", width, shown)
		cut := text.Cut(shown, width)
		require.Contains(t, cut, "harbor", "in sight at %d: %q", width, cut)
	}
}

func TestPrintable_RemovesInvisibleCharacters(t *testing.T) {
	require.Equal(t, "maya[2Jx", Printable("ma\x1by\u202ea[2J\u200bx\n"))
	require.Equal(t, "José 王小明 محمد", Printable("José 王小明 محمد"))
}

// No row shows half a cluster, wherever a match begins and ends and however narrow the
// cell: a mark without its letter joins whatever is before it.
func TestHighlight_KeepsMarksWithTheirLetters(t *testing.T) {
	names := []string{
		"Jose\u0301 Nu\u0301n\u0303ez", "Noe\u0308l", "Z\u0300\u0316algo", "a\u0301b\u0301", "שָׁלוֹם", "مُحَمَّد", "हिन्दी प्रिया", "น้ำตก ธันวา", "\u1100\u1161\u11a8 김철수",
		"နမ်မြန်မာ", "മലയാളം രാജന്‍", "👩🏽‍🚀 Maya", "🇫🇷🇯🇵", "1️⃣ one", "I\u0307stanbul", "½\u0301 x",
	}
	for _, name := range names {
		r := NewRow(&api.User{ID: clean.NewText("user_1"), FirstName: clean.NewText(name)})
		whole := clusters(r.Name.Shown)
		letters := []rune(name)
		for i := range letters {
			for j := i + 1; j <= len(letters); j++ {
				n := newNeedle(string(letters[i:j]))
				for _, at := range [][]Span{r.FindHits([]Needle{n}).Name, n.FuzzySpans(r.Name.Fold)} {
					for width := 1; width < 20; width++ {
						holdClusters(t, r.Name.Shown, whole, at, width)
					}
				}
			}
		}
	}
}

func holdClusters(t *testing.T, name string, whole []string, at []Span, width int) {
	t.Helper()
	for _, ruler := range []text.CellWidth{text.Clusters, text.Runes} {
		shown, moved := CutAroundMatch(ruler, name, at, width)
		for _, part := range AppendHighlighted(nil, shown, moved, table.StyleSeq{}, table.NewStyleSeq(lipgloss.NewStyle().Bold(true))) {
			for _, c := range clusters(part.Text) {
				require.True(t, c == "…" || slices.Contains(whole, c), "%+q of %+q in %d cells, lit %v", c, name, width, at)
			}
		}
	}
}

func clusters(s string) (out []string) {
	for it := graphemes.FromString(s); it.Next(); {
		out = append(out, it.Value())
	}
	return out
}
