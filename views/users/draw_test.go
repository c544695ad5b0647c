package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// names are real and hostile names.
var names = []string{
	"Maya Okafor", "José Núñez", "Łukasz Żak", "王小明", "محمد علي", "שלום כהן", "हिन्दी देशपांडे", "ไทย น้ำ", "김민준",
	"👨‍👩‍👧‍👦 Family", "👍🏽", "🇫🇷 France", "Jose\u0301\u0301\u0301\u0301\u0301", "\u0301", "ﷺ",
	"evil\x1b[2J\x1b]0;root\x07name", "tab\there", "two\r\nrows", "bidi\u202eoverride", "zero\u200b\u200dwidth", "c1\u009b31m", "\ufeffbom",
	strings.Repeat("Wolfeschlegelsteinhausenbergerdorff", 3), strings.Repeat("長", 80), strings.Repeat("x", 10_000), "ᚠᛇᚻ", "ｆｕｌｌｗｉｄｔｈ", "", " ",
	"│ ✓ verified │", "● active · MFA", "■ banned", "‹ Cancel ›", "▌ Maya", "␛[2J", "╭─ Ban user ─╮", "◌\u0301", "ᏚᎪᎷ ᏟᎪᏒᎢᎬᏒ", "раураl",
	"🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F Harry", "🏴\U000E0075\U000E0073\U000E0074\U000E0078\U000E007F Dallas", "ＭＡＹＡ", "𝓜𝓪𝔂𝓪",
}

// hostile is a directory of them.
func hostile(t testing.TB) *viewtest.Harness {
	b := viewtest.NewWithUsers(t, 60)
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i, n := range names {
			id := "user_odd" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			mail := n + string(rune('a'+i)) + "@odd.example"
			u := &store.User{ID: id, FirstName: n, LastName: names[len(names)-1-i], CreatedAt: b.Clock.Now().UnixMilli() + int64(i),
				Emails: []store.Email{{ID: "idn_" + id, Address: mail}}, PrimaryEmailID: "idn_" + id}
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	return b
}

func TestList_NoLineIsWiderThanTheScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := hostile(t)
	v := users.New(b.Env)
	d := runs(t, b, v, 120, 40)
	styles, keyMap := tui.NewStyles(tuitest.Theme("test")), keys(t)
	frames := func(what string) {
		for _, cells := range []text.CellWidth{text.Clusters, text.Runes} {
			for width := 1; width <= 200; width++ {
				height := width%45 + 1
				f := v.View(tui.Screen{Width: width, Height: height, Styles: styles, Keys: keyMap, Now: b.Clock.Now(), Cells: uint8(cells), Spinner: "⠋"})
				lines := strings.Split(f.Content, "\n")
				require.LessOrEqual(t, len(lines), height, what)
				for _, l := range lines {
					require.LessOrEqual(t, cells.Width(l), width, "%s at %d×%d: %q", what, width, height, l)
				}
				if f.Cursor != nil {
					require.Less(t, f.Cursor.X, width)
					require.Less(t, f.Cursor.Y, height)
				}
			}
		}
	}
	frames("rows")
	d.Press("/")
	frames("an open box")
	for _, typed := range []string{"x", "長", "odd", "علي", "zzz"} {
		d.Type(typed)
		frames("searching " + typed)
		d.Press("ctrl+u")
	}
	d.Type(strings.Repeat("長い名前", 40))
	frames("a long search")
	d.Press("esc", "o", "G")
	frames("the end by another order")
	b.Transport.Intercept(refuse)
	d.Press("r")
	frames("a failed refresh")
	d.Press("/")
	d.Type("qqq")
	frames("a failed search")
}

// The list beside the preview is narrow, but has a time from the least width of the
// preview on; a phone number shows its last digits.
func TestList_ShowsATimeBesideThePreview(t *testing.T) {
	_, d := drive(t, 60, 118, 30)
	for cols := 118; cols <= 130; cols++ {
		d.Resize(cols, 30)
		d.Has("CONTACT", "NAME", "EMAIL", "STATUS", "JOINED ↓", "15) 555-0156")
	}
	d.Press("o")
	d.Resize(118, 30)
	d.Has("ACTIVE ↓", "EMAIL")
}

func TestList_ShowsAddressesWholeBesideThePreview(t *testing.T) {
	b, d := drive(t, 230, 100, 40)
	people, err := b.Env.Client.ListUsers(t.Context(), api.Query{Limit: 230})
	require.NoError(t, err)
	whole := func() (part float64) {
		all, seen := 0, 0
		for _, r := range rows(d) {
			for _, u := range people {
				if mail := u.Email().Raw(); mail != "" && strings.Contains(r, mail[:min(len(mail), 12)]) {
					all++
					if strings.Contains(r, mail) {
						seen++
					}
					break
				}
			}
		}
		require.Greater(t, all, 15, d.Screen())
		return float64(seen) / float64(all)
	}
	for _, cols := range []int{90, 100, 110, 117, 118, 120, 123, 130, 140, 160, 200} {
		d.Resize(cols, 40)
		least := 0.9
		if cols >= 118 && cols < 123 {
			least = 0.8
		}
		require.GreaterOrEqual(t, whole(), least, "at %d columns:\n%s", cols, d.Screen())
		if cols < 118 {
			d.Lacks("CONTACT")
		} else {
			d.Has("CONTACT")
		}
	}
}
