package users_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// enrol adds users whose names say who must open.
func enrol(t testing.TB, b *viewtest.Harness) {
	t.Helper()
	for name, reach := range map[string]string{
		"Ina Holm": "ina@pine.example", "Nina Holm": "nina@pine.example", "Mayat Tickets": "maya+tickets@harborpine.example", "Ticket Desk": "tickets@harborpine.example",
		"Mayap Pine": "maya@pine.example", "Uwe Kern": "+442079460018", "Kana Mori": "+819012345678", "Jiro Xn": "info@xn--mnchen-3ya.example", "Greta Xn": "jürgen@münchen.example",
		"Wang Xiao": "王小明@pine.example", "Rosa Müller": "rosa@pine.example", "Lee Turk": "+9012345678",
	} {
		first, last, _ := strings.Cut(name, " ")
		u := &store.User{ID: "user_2" + strings.Repeat("z", 20) + first, FirstName: first, LastName: last, CreatedAt: 1, UpdatedAt: 1}
		if strings.Contains(reach, "@") {
			u.Emails = []store.Email{{ID: "idn_" + u.ID, Address: reach, CreatedAt: 1, UpdatedAt: 1}}
			u.PrimaryEmailID = "idn_" + u.ID
		} else {
			u.Phones = []store.Phone{{ID: "idn_" + u.ID, Number: reach, CreatedAt: 1, UpdatedAt: 1}}
			u.PrimaryPhoneID = "idn_" + u.ID
		}
		require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.PutUser(u) }))
	}
}

// opens pastes a text on the list and returns who opened, "" for nobody.
func opens(d *tuitest.Driver, text string) string {
	d.Paste(text)
	who := ""
	if _, after, open := strings.Cut(d.Screen(), "Users › "); open {
		who = strings.TrimSpace(strings.FieldsFunc(after, func(r rune) bool { return r == '\n' || r == '\u2800' })[0])
		d.Press("q")
	}
	return who
}

func TestPaste_OpensOnlyTheNamedUser(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	enrol(t, b)
	d := run(t, b, 150, 40)
	for _, in := range []struct{ text, who string }{
		// Escapes of a log.
		{`{"text":"Hello,\nina@pine.example cannot sign in"}`, "Ina Holm"},
		{`{"text":"Hello,\\nina@pine.example"}`, ""},
		{`Hello,\nina@pine.example cannot sign in`, ""},
		{"\x1b[32mina@pine.example\x1b[0m", "Ina Holm"},
		{"&lt;ina&#64;pine.example&gt;", "Ina Holm"},
		// Percent escapes beside a plus.
		{"welcome%20mail to maya+tickets@harborpine.example sent", "Mayat Tickets"},
		{"GET /track?c=50%25off user maya+tickets@harborpine.example", "Mayat Tickets"},
		{"ref=https://app.example/?q=a%3Db email=maya+tickets@harborpine.example", "Mayat Tickets"},
		{"see https://app.example/a%20b or call +44 20 7946 0018", "Uwe Kern"},
		{"50% off ref=maya%40pine.example", "Mayap Pine"},
		{"disk 100% full, maya+tickets@harborpine.example", "Mayat Tickets"},
		// Phone numbers as phones and forms write them.
		{"\u202d+1 (415) 555\u20110142\u202c", "Maya Okafor"},
		{"call +1 415\u2011555\u20110142 now", "Maya Okafor"},
		{"call 415\u2013555\u20130142", "Maya Okafor"},
		{"+1\u2212415\u2212555\u22120142", "Maya Okafor"},
		{"＋１４１５５５５０１４２", "Maya Okafor"},
		{"+44 (0)20 7946 0018", "Uwe Kern"},
		{"tel:+44-20-7946-0018;ext=3", "Uwe Kern"},
		{"０９０－１２３４－５６７８", ""}, // of Japan or Turkey: both are shown
		{"+81 90-1234-5678", "Kana Mori"},
		// Text next to an address.
		{"请发简历至ina@pine.example", "Ina Holm"},
		{"ina@pine.exampleまで", "Ina Holm"},
		{"メール：ina@pine.example。", "Ina Holm"},
		{"王小明@pine.example", "Wang Xiao"},
		// Domains in both forms.
		{"write to info@münchen.example!", "Jiro Xn"},
		{"write to info@xn--mnchen-3ya.example!", "Jiro Xn"},
		{"jürgen@xn--mnchen-3ya.example", "Greta Xn"},
		{"ju\u0308rgen@mu\u0308nchen.example", "Greta Xn"},
	} {
		require.Equal(t, in.who, opens(d, in.text), "%q\n%s", in.text, d.Screen())
		d.Press("esc", "esc")
	}
}

func TestPaste_ShowsBothUsersOfAnAmbiguousText(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	enrol(t, b)
	d := run(t, b, 150, 40)
	for _, text := range []string{`Hello,\nina@pine.example cannot sign in`, `PINE\nina@pine.example`} {
		d.Paste(text)
		d.Has("Ina Holm", "Nina Holm", "The pasted text can mean ina@pine.example or", "Open the right one")
		d.Lacks("Users ›")
		d.Press("esc", "esc")
	}
	// Only one of the two exists here: they do not open all the same.
	d.Paste(`PINE\rosa@pine.example`)
	d.Has("Rosa Müller", "The pasted text can mean osa@pine.example or")
	d.Lacks("Users ›")
	d.Press("esc", "esc")
	// A number without a country code may be several users'.
	d.Paste("０９０－１２３４－５６７８")
	d.Has("Kana Mori", "Lee Turk")
	d.Lacks("Users ›")
}

func TestSearch_FindsDecomposedLettersAndBothFormsOfADomain(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	enrol(t, b)
	d := run(t, b, 150, 40)
	var mu sync.Mutex
	var asked []string // guarded by mu
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.Query().Encode())
		return nil, nil
	})
	for typed, who := range map[string]string{
		"mu\u0308ller": "Rosa Müller", "MÜLLER": "Rosa Müller", "info@münchen.example": "Jiro Xn", "info@mu\u0308nchen.example": "Jiro Xn",
		"jürgen@xn--mnchen-3ya.example": "Greta Xn", "email:info@münchen.example": "Jiro Xn", "email:@münchen.example": "Greta Xn",
		"@xn--mnchen-3ya.example": "Greta Xn", "rosa mu\u0308ller": "Rosa Müller",
	} {
		d.Press("/")
		d.Paste(typed)
		if strings.Contains(d.Screen(), "Users › ") {
			require.Contains(t, d.Screen(), "Users › "+who, "%q", typed)
			d.Press("q")
		} else {
			require.Contains(t, d.Screen(), who, "%q\n%s", typed, d.Screen())
		}
		d.Press("esc", "esc", "esc")
	}
	mu.Lock()
	defer mu.Unlock()
	all := strings.Join(asked, " ")
	require.Contains(t, all, url.QueryEscape("müller"))
	require.NotContains(t, all, url.QueryEscape("\u0308"), "what is typed is composed before it is asked for")
}
