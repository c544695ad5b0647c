package command_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
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
	c.Harness = viewtest.NewWithUsers(t, 1248)
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
	has := func(in clean.Text, part string) bool {
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
	when := func(name string, of func(*api.User) wire.Time, after bool, least int64) filter {
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
	active, created, signedIn := func(u *api.User) wire.Time { return u.LastActiveAt }, func(u *api.User) wire.Time { return u.CreatedAt }, func(u *api.User) wire.Time { return u.LastSignInAt }
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
