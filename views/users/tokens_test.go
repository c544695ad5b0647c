package users_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// asked records the queries of list requests from now on.
type asked struct {
	mu   sync.Mutex
	list []string
}

func listQuery(w *viewtest.Transport) *asked {
	a := &asked{}
	w.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/users" {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.list = append(a.list, r.URL.RawQuery)
		}
		return nil, nil
	})
	return a
}

func (a *asked) last() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.list[len(a.list)-1]
}

func look(d *tuitest.Driver, text string) {
	d.Press("/")
	d.Type(text)
}

func TestTokens_AreSentShownAndDescribed(t *testing.T) {
	b, d := drive(t, 120, 120, 40)
	sent := listQuery(b.Transport)
	look(d, "is:banned")
	require.Contains(t, sent.last(), "banned=true")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ [is:banned]", "chips stand out without colour")
	require.Contains(t, d.Line(3), "─ banned ─")
	require.Contains(t, marked(t, d), "banned")
	total, err := b.Client.CountUsers(t.Context(), api.Query{Banned: ptr(true)})
	require.NoError(t, err)
	require.Contains(t, d.Line(-1), humanize.Comma(int64(total))+" found")
	d.Press("esc")
	d.Has("1–33 of 120")
	look(d, `name:"Maya Okafor" -is:banned`)
	d.Has("1 found", "name has “Maya Okafor” · not banned")
}

// An unfinished token shows its completions and no rows: users with its letters in
// their name were not asked for.
func TestTokens_UnfinishedShowsCompletions(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	look(d, "is")
	d.Has("found")
	d.Type(":")
	d.Has("is:banned          banned", "is:locked          locked out now", "not searched for")
	d.Lacks("@harborpine.example", "not understood", "!")
	d.Type("l")
	d.Has("tab is:locked", "is:locked   locked out now")
	d.Type("ocked")
	d.Has("found")
	d.Press("esc")
	for _, begun := range []string{"name:", `"`, `maya ""`} {
		look(d, begun)
		d.Has("not searched for")
		d.Lacks("@", "not understood", "!", "of 60")
		d.Press("enter")
		d.Has("so nothing was searched for.")
		d.Press("esc")
	}
}

// If the service finds no candidates there is nobody to check, and the words are
// named.
func TestScan_WithoutCandidatesNamesTheWords(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	look(d, "is:locked zzz")
	d.Has("No one matches “is:locked zzz”.", "Searched for: “zzz” · locked out now.", "No user matches “zzz”, so there was no one to check.")
	d.Press("esc")
	look(d, "is:deprovisioned maya okafor")
	d.Has("Only 1 user matches “okafor”, and was checked.")
	d.Press("esc")
	look(d, "created:>2026-13-01")
	d.Has("! created: there is no month 13.")
}

func TestSearchBox_PastedSpaceSeparatesWords(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	for _, pasted := range []string{"maya\u00a0okafor", "maya\u2028okafor", "maya\u202fokafor\u200b", "\u2066maya\u3000okafor\u2069", "maya\u0085okafor", "maya\nokafor", "name:\u201cmaya okafor\u201d"} {
		d.Paste(pasted)
		d.Has("1 found")
		require.Contains(t, marked(t, d), "Maya Okafor", "%q", pasted)
		d.Press("esc")
	}
}

func ptr[T any](v T) *T { return &v }

func TestTokens_HighlightTheMatchedField(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	plain := d.CellAt(24, 6).Style
	lit := func(search, shows string) {
		t.Helper()
		look(d, search)
		row := strings.Split(d.Screen(), "\n")
		for y, line := range row {
			if at := strings.Index(line, shows); at > 0 && strings.HasPrefix(line, " ▌") {
				x := len([]rune(line[:at]))
				require.NotEqual(t, plain, d.CellAt(x, y).Style, search)
				d.Press("esc")
				return
			}
		}
		t.Fatalf("%s does not show %q:\n%s", search, shows, d.Screen())
	}
	lit("phone:0142", "0142")
	lit("email:harborpine.example name:okafor", "harborpine.example")
	lit("user:maya.o", "maya.o")
}

func TestTokens_WrongOneIsExplainedAndNothingIsRequested(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	look(d, "maya is:banne")
	d.Has("tab is:banned", "not searched for")
	before := lists(b)
	d.Type("q")
	d.Has("! is: needs banned, locked, active, unverified, new-password ….", "“is:banneq” is not understood, so nothing was searched for.", "tab is:banned")
	d.Lacks("No one matches", "Searching", "could not")
	require.Equal(t, before, lists(b))
	d.Press("tab")
	require.Contains(t, d.Line(2), "/ maya is:banned")
	d.Has("No one matches", "0 found")
	d.Press("esc")
	look(d, "-created:today")
	d.Press("enter")
	d.Has("!-created:today", "swap < and > instead", "/ returns to it")
	d.Press("esc")
	d.Has("1–23 of 60")
}

func TestSearchBox_TabCompletes(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	look(d, "lock")
	d.Has("tab is:locked  locked out now")
	d.Press("tab")
	require.Contains(t, d.Line(2), "/ is:locked")
	require.Contains(t, marked(t, d), "locked")
	d.Type("org:")
	d.Has("tab org:")
	d.Type("pin")
	d.Has("tab org:pine-outfitters  Pine Outfitters")
	d.Press("tab")
	d.Has("locked out now · in Pine Outfitters")
}

func TestTokens_OrganizationByNameSlugAndID(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b, d := drive(t, 120, 100, 30)
	page, err := b.Client.Organizations(t.Context(), "pine out", 10, 0)
	require.NoError(t, err)
	require.Len(t, page.Rows, 1)
	total, err := b.Client.CountUsers(t.Context(), api.Query{OrganizationID: []string{page.Rows[0].ID.Raw()}})
	require.NoError(t, err)
	for _, text := range []string{"org:" + page.Rows[0].ID.Raw(), "org:pine-outfitters", `org:"pine outf"`} {
		look(d, text)
		require.Contains(t, d.Line(-1), humanize.Comma(int64(total))+" found", text)
		d.Press("esc")
	}
	look(d, "org:nosuch")
	d.Has("No organization is called “nosuch”.")
	d.Press("esc")
	look(d, "org:fest -org:pine-outfitters")
	d.Lacks("not understood")
	d.Press("esc")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/organizations" {
			return refuse(r)
		}
		return nil, nil
	})
	look(d, "org:pine-outfitters")
	d.Has("The search for “org:pine-outfitters” failed.")
}

func TestSearch_WordsMatchInAnyOrder(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	sent := listQuery(b.Transport)
	look(d, "okafor maya")
	d.Has("1 found", "words in any order")
	require.Contains(t, marked(t, d), "Maya Okafor")
	require.Contains(t, sent.last(), "query=okafor")
	require.NotContains(t, sent.last(), "maya")
	d.Press("esc")
	look(d, "maya okafor")
	d.Has("1 found")
	d.Lacks("any order")
	d.Press("esc")
	look(d, "okafor zzzz")
	d.Has("No one matches “okafor zzzz”")
}

func TestFilterMenu_AddsATokenToTheBox(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Press("f")
	d.Has("Filter", "is:locked           locked out now", ":never-signed-in")
	d.Type("is:banned")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ [is:banned]")
	d.Press("f")
	d.Type("new-today")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ [created:today]", "a queue takes the place of what was there")
	d.Press("f")
	d.Type("no:mfa")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ [created:today] [no:mfa]", "a filter is added")
	d.Press("f")
	d.Has("Search: created:today no:mfa", "already in the search")
}

func TestSavedSearches_OfTheOperator(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	b.Env.SavedSearchFile = b.WriteFile("config/queues.toml", []byte("# mine\nvip = \"org:harbor-and-pine\"\nbanned = \"\"\nlocked = \"is:locked no:mfa\"\nevil = \"\\u001b[2Jmaya\\u202e\"\n"))
	d := run(t, b, 100, 30)
	d.Press("f")
	d.Has(":vip                org:harbor-and-pine", ":locked             is:locked no:mfa")
	d.Lacks(" :banned")
	d.Press("esc")
	look(d, "created:today")
	d.Press("enter", "f")
	d.Type("save this")
	d.Press("enter")
	d.Has("Save this search", "created:today", "Name")
	d.Type("fresh")
	d.Press("enter")
	d.Advance(time.Second)
	d.Dialog().Expect("Save this search", "created:today", "saved in")
	d.Press("y")
	d.Has("The search is saved as :fresh")
	file, err := os.ReadFile(b.Env.SavedSearchFile)
	require.NoError(t, err)
	require.Equal(t, "# mine\nvip = \"org:harbor-and-pine\"\nbanned = \"\"\nlocked = \"is:locked no:mfa\"\nevil = \"\\u001b[2Jmaya\\u202e\"\nfresh = \"created:today\"\n", string(file))
	d.Press("f")
	d.Type("fresh")
	d.Has("▌ :fresh")
	d.Press("ctrl+u")
	d.Type("evil")
	d.Press("enter")
	require.Contains(t, d.Line(2), "/ [2Jmaya ")
}

func TestSavedSearches_BrokenFileIsReportedAndBuiltInsStay(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	b.Env.SavedSearchFile = b.WriteFile("queues.toml", []byte("vip = \"org:x\"\nlocked = is:locked\n"))
	d := run(t, b, 100, 30)
	d.Has("The saved searches could not be read: queues.toml")
	d.Press("esc", "f")
	d.Has(":locked", ":new-today")
	d.Lacks(":vip")
	require.Equal(t, "queues.toml", filepath.Base(b.Env.SavedSearchFile))
}

func TestSearch_RefreshUpdatesRelativeDates(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	look(d, "created:<1h")
	d.Press("enter")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUser(&store.User{ID: "user_new", FirstName: "Just", LastName: "Now", CreatedAt: b.Clock.Now().UnixMilli()})
	}))
	d.Press("r")
	d.Has("Just Now")
}
