package command_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/views/viewtest"
)

// filter is one parameter of the list, and of whom it holds. Those that name
// somebody are joined by "or" among themselves.
type filter struct {
	name  string
	args  []string
	holds func(*api.User) bool
	names bool
}

// newDemo is a counter at the directory that the demo begins with.
func newDemo(t *testing.T) *counter {
	c := newCounter(t)
	c.Bench = viewtest.Of(t, 1248)
	return c
}

// everybody is the whole directory, page by page.
func (c *counter) everybody() []api.User {
	c.Helper()
	var all []api.User
	for {
		page, err := c.Client.ListUsers(c.Context(), api.Query{Limit: 500, Offset: len(all)})
		require.NoError(c, err)
		if all = append(all, page...); len(page) == 0 {
			return all
		}
	}
}

// members are the ids of the users of each organization that has some.
func (c *counter) members() map[string][]string {
	c.Helper()
	all := map[string][]string{}
	require.NoError(c, c.Store.Read(c.Context(), func(tx *store.Tx) error {
		orgs, err := tx.Organizations()
		for _, o := range orgs {
			members, _, err := tx.Members(o.ID, 10_000, 0)
			if err != nil {
				return err
			}
			for _, m := range members {
				all[o.ID] = append(all[o.ID], m.UserID)
			}
		}
		return err
	}))
	return all
}

// folded is text as a search reads it: small, and without accents.
func folded(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r < 0x370 {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
	return strings.NewReplacer("ł", "l", "ø", "o", "æ", "ae", "đ", "d", "ı", "i", "ß", "ss").Replace(s)
}

// filters are every parameter of GET /users and /users/count with values that hold
// of some of the people and not of others.
func filters(all []api.User, members map[string][]string) []filter {
	at := func(i int) *api.User { return &all[i%len(all)] }
	first := func(from int, has func(*api.User) bool) *api.User {
		for i := range all {
			if u := at(from + i); has(u) {
				return u
			}
		}
		panic("nobody has it")
	}
	mailed := func(u *api.User) bool { return !u.Email().Empty() }
	phoned := func(u *api.User) bool { return len(u.PhoneNumbers) > 0 }
	known := func(u *api.User) bool { return !u.ExternalID.Empty() }
	linked := func(u *api.User) bool { return len(u.ExternalAccounts) > 0 }
	mails := []string{first(3, mailed).Email().Raw(), first(700, mailed).Email().Raw()}
	phones := []string{first(9, phoned).PhoneNumbers[0].PhoneNumber.Raw(), first(800, phoned).PhoneNumbers[0].PhoneNumber.Raw()}
	username := first(50, func(u *api.User) bool { return !u.Username.Empty() }).Username.Raw()
	wallet := first(0, func(u *api.User) bool { return len(u.Web3Wallets) > 0 }).Web3Wallets[0].Web3Wallet.Raw()
	external := []string{first(1, known).ExternalID.Raw(), first(500, known).ExternalID.Raw()}
	ids := []string{at(11).ID.Raw(), at(640).ID.Raw(), at(1100).ID.Raw()}
	orgs := slices.Sorted(maps.Keys(members))[:2]
	account := first(0, linked).ExternalAccounts[0]

	mailIs := func(u *api.User, want ...string) bool {
		return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool { return slices.Contains(want, e.EmailAddress.Raw()) })
	}
	phoneIs := func(u *api.User, want ...string) bool {
		return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return slices.Contains(want, p.PhoneNumber.Raw()) })
	}
	in := func(u *api.User, orgs ...string) bool {
		return slices.ContainsFunc(orgs, func(org string) bool { return slices.Contains(members[org], u.ID.Raw()) })
	}
	has := func(in api.Text, part string) bool {
		return strings.Contains(folded(in.Raw()), strings.ToLower(part))
	}
	mailHas := func(u *api.User, part string) bool {
		return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool { return has(e.EmailAddress, part) })
	}
	phoneHas := func(u *api.User, part string) bool {
		return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return has(p.PhoneNumber, part) })
	}
	anywhere := func(u *api.User, part string) bool {
		return mailHas(u, part) || phoneHas(u, part) || has(u.Username, part) || has(u.ID, part) || has(u.FirstName, part) || has(u.LastName, part) ||
			slices.ContainsFunc(u.Web3Wallets, func(w api.Web3Wallet) bool { return has(w.Web3Wallet, part) })
	}
	named := func(name string, holds func(*api.User) bool, values ...string) filter {
		f := filter{name: name, holds: holds, names: true}
		for _, v := range values {
			f.args = append(f.args, "--"+name, v)
		}
		return f
	}
	plain := func(name string, holds func(*api.User) bool, values ...string) filter {
		f := named(name, holds, values...)
		f.names = false
		return f
	}
	when := func(name string, of func(*api.User) api.Time, after bool, least int64) filter {
		var times []int64
		for i := range all {
			if t := of(&all[i]); !t.IsZero() {
				times = append(times, t.UnixMilli())
			}
		}
		slices.Sort(times)
		edge := times[len(times)/3]
		return plain(name, func(u *api.User) bool {
			ms := of(u).UnixMilli()
			return !of(u).IsZero() && (after && ms > edge-least || !after && ms < edge)
		}, strconv.FormatInt(edge, 10))
	}
	active, created, signedIn := func(u *api.User) api.Time { return u.LastActiveAt }, func(u *api.User) api.Time { return u.CreatedAt }, func(u *api.User) api.Time { return u.LastSignInAt }
	return []filter{
		named("email_address", func(u *api.User) bool { return mailIs(u, mails...) }, mails...),
		named("phone_number", func(u *api.User) bool { return phoneIs(u, phones...) }, strings.Join(phones, ", ")),
		named("username", func(u *api.User) bool { return u.Username.Raw() == username }, username),
		named("web3_wallet", func(u *api.User) bool {
			return slices.ContainsFunc(u.Web3Wallets, func(w api.Web3Wallet) bool { return w.Web3Wallet.Raw() == wallet })
		}, wallet),
		plain("external_id", func(u *api.User) bool { return slices.Contains(external, u.ExternalID.Raw()) }, external[0], "+"+external[1]),
		plain("external_id", func(u *api.User) bool { return u.ExternalID.Raw() != external[0] }, "-"+external[0]),
		plain("user_id", func(u *api.User) bool { return slices.Contains(ids, u.ID.Raw()) }, ids[0]+","+ids[1], "+"+ids[2]),
		plain("user_id", func(u *api.User) bool { return !slices.Contains(ids[:2], u.ID.Raw()) }, "-"+ids[0], "-"+ids[1]),
		plain("organization_id", func(u *api.User) bool { return in(u, orgs...) }, orgs[0], "+"+orgs[1]),
		plain("organization_id", func(u *api.User) bool { return !in(u, orgs[0]) }, "-"+orgs[0]),
		plain("query", func(u *api.User) bool { return anywhere(u, "MAR") }, "MAR"),
		plain("email_address_query", func(u *api.User) bool { return mailHas(u, "PINE") }, "PINE"),
		plain("phone_number_query", func(u *api.User) bool { return phoneHas(u, "555") }, "555"),
		plain("username_query", func(u *api.User) bool { return has(u.Username, "an") }, "an"),
		plain("name_query", func(u *api.User) bool { return has(u.FirstName, "el") || has(u.LastName, "el") }, "el"),
		plain("banned", func(u *api.User) bool { return u.Banned }, "yes"),
		plain("banned", func(u *api.User) bool { return !u.Banned }, "no"),
		when("last_active_at_since", active, true, 1), when("last_active_at_after", active, true, 0), when("last_active_at_before", active, false, 0),
		when("created_at_after", created, true, 0), when("created_at_before", created, false, 0),
		when("last_sign_in_at_after", signedIn, true, 0), when("last_sign_in_at_before", signedIn, false, 0),
		{name: "provider", args: []string{"--provider", account.Provider.Raw(), "--provider_user_id", account.ProviderUserID.Raw()}, holds: func(u *api.User) bool {
			return slices.ContainsFunc(u.ExternalAccounts, func(a api.ExternalAccount) bool { return a.ProviderUserID == account.ProviderUserID })
		}},
	}
}

// listed are the ids that a list gives, and the total that it says.
func (c *counter) listed(args ...string) (ids []string, total int) {
	c.Helper()
	told := c.run(append([]string{"do", "get_user_list", "--json"}, args...)...)
	require.Zero(c, told.code, "%v: %s", args, told.err)
	var got struct {
		Read  []struct{ ID, Object string }
		Total *int
	}
	require.NoError(c, json.Unmarshal([]byte(told.out), &got))
	for _, u := range got.Read {
		require.Equal(c, "user", u.Object)
		ids = append(ids, u.ID)
	}
	require.NotNil(c, got.Total, "the total is said: %v", args)
	return ids, *got.Total
}

// holdsAgainst holds the list and the count against everybody.
func (c *counter) holdsAgainst(all []api.User, fs ...filter) {
	c.Helper()
	args, want := []string{}, []string{}
	named := slices.ContainsFunc(fs, func(f filter) bool { return f.names })
	for i := range all {
		some, each := !named, true
		for _, f := range fs {
			if f.names {
				some = some || f.holds(&all[i])
			} else {
				each = each && f.holds(&all[i])
			}
		}
		if some && each {
			want = append(want, all[i].ID.Raw())
		}
	}
	for _, f := range fs {
		args = append(args, f.args...)
	}
	told := c.run(append([]string{"do", "get_users_count", "--json"}, args...)...)
	require.Zero(c, told.code, "%v: %s", args, told.err)
	require.JSONEq(c, fmt.Sprintf(`{"object":"total_count","total_count":%d}`, len(want)), readOf(c, told), "%v", args)

	const rows = 100
	for _, from := range []int{0, len(want) / rows * rows} { // the first page and the last
		ids, total := c.listed(append(args, "--limit", strconv.Itoa(rows), "--offset", strconv.Itoa(from))...)
		require.Equal(c, len(want), total, "%v", args)
		require.Equal(c, want[from:min(from+rows, len(want))], append([]string{}, ids...), "%v", args)
		if len(want) < rows {
			break
		}
	}
}

// readOf is what --json prints of the service's own.
func readOf(t require.TestingT, told said) string {
	var got struct{ Read json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(told.out), &got))
	return string(got.Read)
}

// Every parameter of the list and the count, alone and in pairs, against brute
// force over the demo.
func TestGetUserList_EveryParameterAgainstBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	c := newDemo(t)
	all := c.everybody()
	require.Len(t, all, 1248)
	fs := filters(all, c.members())
	for i, f := range fs {
		some := 0
		for k := range all {
			if f.holds(&all[k]) {
				some++
			}
		}
		require.True(t, some > 0 && some < len(all), "%s holds of some: %d", f.name, some)
		c.holdsAgainst(all, f)
		for _, second := range fs[i+1:] {
			if second.name != f.name || f.name != "banned" {
				c.holdsAgainst(all, f, second)
			}
		}
	}
}

// Each order, in both directions, with pages that hold together.
func TestGetUserList_EveryOrder(t *testing.T) {
	c := newDemo(t)
	all := c.everybody()
	byID := map[string]*api.User{}
	for i := range all {
		byID[all[i].ID.Raw()] = &all[i]
	}
	times := map[string]func(*api.User) api.Time{"created_at": func(u *api.User) api.Time { return u.CreatedAt }, "updated_at": func(u *api.User) api.Time { return u.UpdatedAt },
		"last_active_at": func(u *api.User) api.Time { return u.LastActiveAt }, "last_sign_in_at": func(u *api.User) api.Time { return u.LastSignInAt }}
	for _, order := range api.Orders() {
		for _, sign := range []string{"", "+", "-"} {
			var got []string
			for {
				ids, total := c.listed("--order_by", sign+string(order), "--limit", "400", "--offset", strconv.Itoa(len(got)))
				require.Equal(t, len(all), total)
				if got = append(got, ids...); len(ids) < 400 {
					break
				}
			}
			require.Len(t, got, len(all), "%s%s", sign, order)
			require.Len(t, slices.Compact(slices.Sorted(slices.Values(got))), len(all), "everybody once")
			of, ok := times[string(order)]
			if !ok {
				continue
			}
			known := slices.DeleteFunc(slices.Clone(got), func(id string) bool { return of(byID[id]).IsZero() })
			require.True(t, slices.IsSortedFunc(known, func(a, b string) int {
				if sign == "-" {
					a, b = b, a
				}
				return cmp.Compare(of(byID[a]).UnixMilli(), of(byID[b]).UnixMilli())
			}), "%s%s", sign, order)
		}
	}
	first, _ := c.listed("--limit", "20")
	after, _ := c.listed("--limit", "10", "--starting-after", first[9])
	require.Equal(t, first[10:], after)
}

// What cannot be asked, and what would be everybody, is refused before anything
// is sent.
func TestGetUserList_Refusals(t *testing.T) {
	c := newCounter(t)
	for says, args := range map[string][]string{
		"--limit must be 1 to 500, which is what one request gives; frontdesk users --limit reads on": {"--limit", "0"},
		"--limit must be 1 to 500":                                {"--limit", "501"},
		"--limit must be":                                         {"--limit", "-1"},
		"--limit must be 1":                                       {"--limit", ""},
		"--offset must be a whole number":                         {"--offset", "x"},
		"--order-by must be one of created_at":                    {"--order-by", "name"},
		"--order-by must be one of":                               {"--order-by", "+-created_at"},
		"--user-id cannot be empty: that would be everybody":      {"--user-id", ""},
		"--email-address cannot be empty":                         {"--email-address", " , "},
		"--banned cannot be empty":                                {"--banned", ""},
		"--banned must be one of":                                 {"--banned", "maybe"},
		"--query cannot be empty":                                 {"--query", " "},
		"--external-id has 101 values; one request takes 100":     {"--external-id", strings.Repeat("x,", 101)},
		"--email-address must be a whole e-mail address":          {"--email-address", "tilda"},
		"--phone-number must be a number with its country code":   {"--phone-number", "0142"},
		"--created-at-after must be a day like 2026-08-01":        {"--created-at-after", "yesterday"},
		"--last-active-at-since must be a day":                    {"--last-active-at-since", "0"},
		"provider and provider_user_id go together":               {"--provider", "oauth_google"},
		"get_user_list: provider and":                             {"--provider-user-id", "1"},
		"starting_after goes with the order created_at only":      {"--starting-after", someoneID, "--order-by", "username"},
		"starting_after and offset do not go together":            {"--starting-after", someoneID, "--offset", "3"},
		"there is no flag --lmit here: did you mean --limit?":     {"--lmit", "3"},
		"get_user_list is about the whole directory and takes no": {"tilda"},
	} {
		told := c.run(append([]string{"do", "get_user_list"}, args...)...)
		require.Equal(t, 2, told.code, "%v: %s%s", args, told.out, told.err)
		require.Contains(t, told.err, says, "%v", args)
	}
	require.Contains(t, c.run("do", "get_users_count", "--limit", "3").err, "there is no flag --limit here")
	require.Empty(t, c.Wire.Sent())
}

// The wire has what was typed: each value once, milliseconds, and + and - as such.
func TestGetUserList_OnTheWire(t *testing.T) {
	c := newCounter(t)
	asked := func(args ...string) url.Values {
		told := c.run(append(append([]string{"do", "get_user_list"}, args...), "--dry-run", "--json")...)
		require.Zero(t, told.code, told.err)
		at, err := url.Parse(told.object()["url"].(string))
		require.NoError(t, err)
		return at.Query()
	}
	require.Equal(t, url.Values{}, asked())
	require.Equal(t, url.Values{"user_id": {"+user_a", "-user_b", "user_c"}, "order_by": {"-last_active_at"}, "limit": {"7"}},
		asked("--user-id", "+user_a,-user_b", "--user_id", "user_c", "--order-by", "-last_active_at", "--limit", "7"))
	require.Equal(t, url.Values{"order_by": {"+username"}, "offset": {"9"}}, asked("--order-by", "username", "--offset", "9"))
	require.Equal(t, url.Values{"phone_number": {"+14155550199"}, "banned": {"false"}}, asked("--phone-number", "+1 (415) 555-0199", "--banned", "no"))
	day := url.Values{"last_active_at_since": {"1785542400000"}}
	for _, at := range []string{"2026-08-01", "2026-08-01T00:00:00Z", "2026-08-01T02:00:00+02:00", "1785542400000"} {
		require.Equal(t, day, asked("--last-active-at-since", at))
	}
}

func TestGetUserList_SaysHowManyThereAre(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "get_user_list", "--limit", "3")
	require.Zero(t, told.code, told.err)
	require.Regexp(t, `^3 of \d\d users · on DEMO\n`, told.out)
	require.Equal(t, 4, strings.Count(told.out, "\n"))
	before := len(c.Wire.Sent())
	told = c.run("do", "get_user_list", "--email-address", "tilda@fjord.example", "--json")
	require.Equal(t, 1.0, told.object()["total"])
	require.Len(t, c.Wire.Sent()[before:], 1, "a page that is not full says it itself")
}
