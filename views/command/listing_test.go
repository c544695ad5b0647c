package command_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/wire"
)

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
func readOf(t require.TestingT, told progressEvery) string {
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
	c.withContract(t)
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
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	c := newDemo(t)
	all := c.everybody()
	byID := map[string]*api.User{}
	for i := range all {
		byID[all[i].ID.Raw()] = &all[i]
	}
	times := map[string]func(*api.User) wire.Time{"created_at": func(u *api.User) wire.Time { return u.CreatedAt }, "updated_at": func(u *api.User) wire.Time { return u.UpdatedAt },
		"last_active_at": func(u *api.User) wire.Time { return u.LastActiveAt }, "last_sign_in_at": func(u *api.User) wire.Time { return u.LastSignInAt }}
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
		"--limit must be 1 to 500, the most one request returns; frontdesk users --limit reads several pages": {"--limit", "0"},
		"--limit must be 1 to 500":                               {"--limit", "501"},
		"--limit must be":                                        {"--limit", "-1"},
		"--limit must be 1":                                      {"--limit", ""},
		"--offset must be a whole number":                        {"--offset", "x"},
		"--order-by must be one of created_at":                   {"--order-by", "name"},
		"--order-by must be one of":                              {"--order-by", "+-created_at"},
		"--user-id cannot be empty: that would select everybody": {"--user-id", ""},
		"--email-address cannot be empty":                        {"--email-address", " , "},
		"--banned cannot be empty":                               {"--banned", ""},
		"--banned must be one of":                                {"--banned", "maybe"},
		"--query cannot be empty":                                {"--query", " "},
		"--external-id has 101 values; one request takes 100":    {"--external-id", strings.Repeat("x,", 101)},
		"--email-address must be a whole e-mail address":         {"--email-address", "tilda"},
		"--phone-number must be a number with its country code":  {"--phone-number", "0142"},
		"--created-at-after must be a day like 2026-08-01":       {"--created-at-after", "yesterday"},
		"--last-active-at-since must be a day":                   {"--last-active-at-since", "0"},
		"give provider and provider_user_id together":            {"--provider", "oauth_google"},
		"get_user_list: give provider and":                       {"--provider-user-id", "1"},
		"starting_after needs the order created_at":              {"--starting-after", someoneID, "--order-by", "username"},
		"give starting_after or offset, not both":                {"--starting-after", someoneID, "--offset", "3"},
		"there is no flag --lmit here: did you mean --limit?":    {"--lmit", "3"},
		"get_user_list is for the whole instance and takes no":   {"tilda"},
	} {
		told := c.run(append([]string{"do", "get_user_list"}, args...)...)
		require.Equal(t, 2, told.code, "%v: %s%s", args, told.out, told.err)
		require.Contains(t, told.err, says, "%v", args)
	}
	require.Contains(t, c.run("do", "get_users_count", "--limit", "3").err, "there is no flag --limit here")
	require.Empty(t, c.Transport.Requests())
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
	before := len(c.Transport.Requests())
	told = c.run("do", "get_user_list", "--email-address", "tilda@fjord.example", "--json")
	require.Equal(t, 1.0, told.object()["total"])
	require.Len(t, c.Transport.Requests()[before:], 1, "a page that is not full says it itself")
}
