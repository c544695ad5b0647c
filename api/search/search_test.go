package search_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/api/wire"
)

// now is a Thursday noon in a zone other than UTC, which shows that days are the
// operator's.
func now(t testing.TB) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	return time.Date(2026, 11, 26, 12, 0, 0, 0, zone)
}

func day(t testing.TB, year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, now(t).Location())
}

func TestParse_ServerQuery(t *testing.T) {
	yes, no, ms := true, false, time.Millisecond
	at := now(t)
	for text, want := range map[string]api.Query{
		"":                                   {},
		"maya":                               {Search: "maya"},
		"  maya   okafor ":                   {Search: "maya okafor"},
		`"is:banned"`:                        {Search: "is:banned"},
		`maya "van der"`:                     {Search: "maya van der"},
		"https://x.example/a":                {Search: "https://x.example/a"},
		"10:30":                              {Search: "10:30"},
		`O"Brien`:                            {Search: `O"Brien`},
		"0142":                               {Search: "0142"},
		"+1 (415) 555-0142":                  {Search: "14155550142"},
		"001 415 555 0142":                   {Search: "14155550142"},
		"+44 (0)20 7946 0958":                {Search: "442079460958"},
		"0171 5550142":                       {Search: "1715550142"},
		"٠١٤٢":                               {Search: "0142"},
		"555-01":                             {Search: "55501"},
		"- 42b -7":                           {Search: "- 42b -7"},
		"email:okaf":                         {EmailLike: "okaf"},
		"mail:@pine.example":                 {EmailLike: "@pine.example"},
		"email:a@x.example,B@x.example":      {Email: []string{"a@x.example", "B@x.example", "b@x.example"}},
		"phone:(415)555-0142":                {PhoneLike: "4155550142"},
		`phone:"+1 415 555 0142"`:            {PhoneLike: "14155550142"},
		"phone:+14155550142,004915112345678": {Phone: []string{"+14155550142", "+4915112345678"}},
		`name:"van der Berg"`:                {NameLike: "van der Berg"},
		"user:@maya.o":                       {UsernameLike: "maya.o"},
		"NAME:José":                          {NameLike: "José"},
		"id:user_2abc":                       {UserID: []string{"user_2abc"}},
		"-id:user_2abc,user_2abd":            {UserID: []string{"-user_2abc", "-user_2abd"}},
		"ext:crm-7 -ext:crm-8":               {ExternalID: []string{"crm-7", "-crm-8"}},
		"org:org_2x -org:org_2y":             {OrganizationID: []string{"org_2x", "-org_2y"}},
		"wallet:0x71C7656EC7ab88b098defB751B7401B5f6d8976F": {Wallet: []string{"0x71C7656EC7ab88b098defB751B7401B5f6d8976F"}},
		"provider:google/10782":                             {Provider: "oauth_google", ProviderUserID: []string{"10782"}},
		"is:banned":                                         {Banned: &yes},
		"-is:banned":                                        {Banned: &no},
		"maya is:banned okafor":                             {Search: "maya okafor", Banned: &yes},
		"created:today":                                     {CreatedAfter: day(t, 2026, 11, 26).Add(-ms), CreatedBefore: day(t, 2026, 11, 27)},
		"created:2026-11-01":                                {CreatedAfter: day(t, 2026, 11, 1).Add(-ms), CreatedBefore: day(t, 2026, 11, 2)},
		"created:>2026-11-01":                               {CreatedAfter: day(t, 2026, 11, 2).Add(-ms)},
		"created:>=2026-11-01":                              {CreatedAfter: day(t, 2026, 11, 1).Add(-ms)},
		"created:<1.11.2026":                                {CreatedBefore: day(t, 2026, 11, 1)},
		"created:<=2026-11":                                 {CreatedBefore: day(t, 2026, 12, 1)},
		"created:2025":                                      {CreatedAfter: day(t, 2025, 1, 1).Add(-ms), CreatedBefore: day(t, 2026, 1, 1)},
		"created:2026-11-01..2026-11-07":                    {CreatedAfter: day(t, 2026, 11, 1).Add(-ms), CreatedBefore: day(t, 2026, 11, 8)},
		"created:>2026-11-01 created:<2026-11-07":           {CreatedAfter: day(t, 2026, 11, 2).Add(-ms), CreatedBefore: day(t, 2026, 11, 7)},
		"created:<7d":                                       {CreatedAfter: at.AddDate(0, 0, -7).Add(-ms)},
		"active:>30d":                                       {ActiveBefore: at.AddDate(0, 0, -30)},
		"active:<90min":                                     {ActiveAfter: at.Add(-90*time.Minute - ms)},
		"signed-in:<2w":                                     {SignInAfter: at.AddDate(0, 0, -14).Add(-ms)},
		// When the clocks change a day has 25 hours.
		"created:2026-11-01T00:30": {CreatedAfter: day(t, 2026, 11, 1).Add(30*time.Minute - ms), CreatedBefore: day(t, 2026, 11, 1).Add(31 * time.Minute)},
	} {
		s := search.Parse(text, at)
		require.Nil(t, s.InvalidToken(), text)
		require.Equal(t, want, s.Query, text)
		require.False(t, s.NeedsScan(), text)
	}
}

func TestParse_ReportsProblemsAndKeepsEveryToken(t *testing.T) {
	for text, want := range map[string][2]string{
		"emial:x":                               {"no token emial:", "email:x"},
		`usr:"a b"`:                             {"no token usr:", `user:"a b"`},
		"qqq:x":                                 {"Put it in quotes", ""},
		"is:":                                   {"needs banned, locked, active, unverified, new-password …", ""},
		"is:bannd":                              {"needs banned", "is:banned"},
		"is:mfa":                                {"needs banned", "has:mfa"},
		"no:locked":                             {"needs mfa", "-is:locked"},
		"-has:mfaa":                             {"needs mfa", "-has:mfa"},
		"is:never":                              {"needs", "signed-in:never"},
		"created:11/01/2026":                    {"needs a day like", ""},
		"created:>2026-13-01":                   {"created: there is no month 13.", ""},
		"created:2026-0":                        {"no month 0", ""},
		"active:<2026-02-30":                    {"active: February 2026 has no day 30.", ""},
		"created:31.11.2026":                    {"November 2026 has no day 31.", ""},
		"created:2026-11-01..2026-11-31T10:00":  {"November 2026 has no day 31.", ""},
		"created:1969-01-01":                    {"earliest year is 1970", ""},
		`"`:                                     {"quotes are empty", ""},
		`maya ""`:                               {"quotes are empty", ""},
		`name:" "`:                              {"needs part of", ""},
		"created:todya":                         {"needs a day like", "created:today"},
		"created:never":                         {"has a creation date", "signed-in:never"},
		"created:2026-11-07..2026-11-01":        {"end is before the start", ""},
		"created:<2026-11-01 created:>2026-11-": {"needs a day like", ""},
		"created:today created:yesterday":       {"do not overlap", ""},
		"-created:today":                        {"not possible", ""},
		"-email:x":                              {"not possible", ""},
		"-maya":                                 {"cannot be excluded", `"-maya"`},
		"is:banned -is:banned":                  {"both banned and not banned", ""},
		"phone:12":                              {"three digits", ""},
		"phone:maya":                            {"three digits", ""},
		"id:2abc":                               {"complete id", "2abc"},
		"wallet:0x71":                           {"complete address", "0x71"},
		"email:a,b":                             {"complete e-mail addresses", ""},
		"created:><7d":                          {"one of <", ""},
	} {
		wrong := search.Parse(text, now(t)).InvalidToken()
		require.NotNil(t, wrong, text)
		require.Contains(t, wrong.Problem, want[0], text)
		require.Equal(t, want[1], wrong.Suggestion, text)
		require.NotEmpty(t, text[wrong.From:wrong.End])
		if wrong.Suggestion != "" {
			require.Nil(t, search.Parse(wrong.Suggestion, now(t)).InvalidToken(), "what is offered instead of %s works", text)
		}
	}
}

func TestMatches_PredicatesOfEachUser(t *testing.T) {
	at, soon := now(t), int64(600)
	status := func(s string) *api.Verification { return &api.Verification{Status: clean.NewText(s)} }
	mail := func(s string, v *api.Verification) api.EmailAddress {
		return api.EmailAddress{EmailAddress: clean.NewText(s), Verification: v}
	}
	signedIn := wire.Time{Time: at.Add(-time.Hour)}
	locked := &api.User{ID: clean.NewText("user_a"), Locked: true, LockoutExpiresInSeconds: &soon, ReadAt: at, LastSignInAt: signedIn}
	opened := &api.User{ID: clean.NewText("user_b"), Locked: true, LockoutExpiresInSeconds: &soon, ReadAt: at.Add(-time.Hour), LastSignInAt: signedIn,
		TwoFactorEnabled: true, EmailAddresses: []api.EmailAddress{mail("b@x.example", status("unverified"))}}
	never := &api.User{ID: clean.NewText("user_c"), EmailAddresses: []api.EmailAddress{mail("c@x.example", status("verified"))},
		ExternalAccounts: []api.ExternalAccount{{Provider: clean.NewText("oauth_google")}}}
	for text, want := range map[string][]*api.User{
		"is:locked":                     {locked},
		"-is:locked":                    {opened, never},
		"is:active":                     {opened},
		"no:mfa":                        {locked, never},
		"has:mfa":                       {opened},
		"-no:mfa":                       {opened},
		"no:email-verified":             {locked, opened},
		"has:email no:email-verified":   {opened},
		"signed-in:never":               {never},
		"provider:google":               {never},
		"-provider:google":              {locked, opened},
		"email:x.example email:c@":      {never},
		"is:locked signed-in:never":     nil,
		"active:never provider:Google ": {never},
	} {
		s := search.Parse(text, at)
		require.Nil(t, s.InvalidToken(), text)
		require.True(t, s.NeedsScan(), text)
		var got []*api.User
		for _, u := range []*api.User{locked, opened, never} {
			if s.Matches(u, at) {
				got = append(got, u)
			}
		}
		require.Equal(t, want, got, text)
	}
}

func TestMatches_WordsInAnyOrder(t *testing.T) {
	maya := &api.User{ID: clean.NewText("user_a"), FirstName: clean.NewText("Maya"), LastName: clean.NewText("Okafor"),
		EmailAddresses: []api.EmailAddress{{EmailAddress: clean.NewText("maya@harborpine.example")}},
		PhoneNumbers:   []api.PhoneNumber{{PhoneNumber: clean.NewText("+14155550142")}}}
	jose := &api.User{ID: clean.NewText("user_b"), FirstName: clean.NewText("José"), LastName: clean.NewText("Núñez")}
	for text, want := range map[string]struct {
		who  *api.User
		wire string
	}{
		"okafor maya":            {maya, "okafor"},
		"maya harborpine":        {maya, "harborpine"},
		"0142 okafor":            {maya, "okafor"},
		"nunez jose":             {jose, "nunez"},
		`"maya okafor" 415`:      {maya, "maya okafor"},
		"okafor maya is:active":  {nil, "okafor"},
		"okafor -is:locked maya": {maya, "okafor"},
	} {
		s := search.Parse(text, now(t))
		loose, ok := s.AnyOrder()
		require.True(t, ok, text)
		require.Equal(t, want.wire, loose.Query.Search, text)
		require.True(t, loose.NeedsScan())
		require.False(t, s.IsAnyOrder(), "the search itself stays as it is")
		for _, u := range []*api.User{maya, jose} {
			require.Equal(t, u == want.who, loose.Matches(u, now(t)), "%s: %s", text, u.Name())
		}
	}
	for _, text := range []string{"maya", "", "+1 415 555 0142", "is:locked", "okafor maya is:", `"okafor maya"`} {
		_, ok := search.Parse(text, now(t)).AnyOrder()
		require.False(t, ok, text)
	}
}

func TestToken_KnowsItsPosition(t *testing.T) {
	const text = `  maya is:locked  name:"van der Berg" "is:x" -org:org_2x`
	s := search.Parse(text, now(t))
	var at []string
	for _, token := range s.Tokens {
		at = append(at, text[token.From:token.End])
	}
	require.Equal(t, []string{"maya", "is:locked", `name:"van der Berg"`, `"is:x"`, "-org:org_2x"}, at)
	require.Equal(t, "locked out now · name has “van der Berg” · not organization org_2x", s.Describe())
	require.Equal(t, []search.Highlight{{search.Anywhere, "maya is:x"}, {search.Name, "van der Berg"}}, s.Highlights())
}

func BenchmarkParse(b *testing.B) {
	at := now(b)
	for b.Loop() {
		search.Parse(`maya is:locked no:mfa created:<7d name:"van der Berg" -org:org_2x`, at)
	}
}

// BenchmarkHolds checks a page of a scan: five hundred users.
func BenchmarkHolds(b *testing.B) {
	at := now(b)
	page := make([]api.User, search.PageRows)
	for i := range page {
		page[i] = api.User{ID: clean.NewText("user_a"), FirstName: clean.NewText("Zoé"), LastName: clean.NewText("L'Hermite"), Locked: i%50 == 0, ReadAt: at,
			EmailAddresses: []api.EmailAddress{{EmailAddress: clean.NewText("zoe@mail.example")}},
			PhoneNumbers:   []api.PhoneNumber{{PhoneNumber: clean.NewText("+14155550142")}}}
	}
	loose, _ := search.Parse("hermite zoe", at).AnyOrder()
	for name, s := range map[string]search.Search{"tokens": search.Parse("is:locked no:mfa signed-in:never", at), "words": loose} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range page {
					s.Matches(&page[i], at)
				}
			}
		})
	}
}

// What a page, a word processor or a messenger puts around a name does not change the
// search.
func TestClean_UndoesPastedForms(t *testing.T) {
	for text, want := range map[string]string{
		"maya\u00a0okafor": "maya okafor", "maya\u202fokafor": "maya okafor", "maya\u3000okafor": "maya okafor",
		"maya\u2028okafor\u2029": "maya okafor ", "maya\tokafor\n": "maya okafor ", "maya\u0085okafor": "maya okafor",
		"\u200bmaya\u200d\ufeff \u2066okafor\u2069\u202e": "maya okafor", "ma\x1b[2Jya": "ma[2Jya",
		"name:\u201cvan der Berg\u201d": `name:"van der Berg"`, "\u201eis:banned\u201f": `"is:banned"`,
		"José 王小明 محمد O’Brien": "José 王小明 محمد O’Brien",
	} {
		require.Equal(t, want, search.Clean(text), "%q", text)
	}
}
