package sandbox

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// rubyEnums are the fields of a user of which Clerk's Ruby client of December 2024 only
// knows some values, under the list that holds them. It raises an error for any other, and
// the whole page is lost. (Unknown values in a verification are ignored, so they are not
// checked here.)
var rubyEnums = []struct {
	list, inside, field string
	values              []any
}{
	{"email_addresses", "", "object", []any{"email_address"}},
	{"phone_numbers", "", "object", []any{"phone_number"}},
	{"web3_wallets", "", "object", []any{"web3_wallet"}},
	{"passkeys", "", "object", []any{"passkey"}},
	{"saml_accounts", "", "object", []any{"saml_account"}},
	{"email_addresses", "linked_to", "type", []any{"oauth_google", "oauth_mock", "saml"}},
	{"phone_numbers", "linked_to", "type", []any{"oauth_google", "oauth_mock", "saml"}},
}

// requireRubyReads checks one user.
func requireRubyReads(t *testing.T, u fields) (linked int) {
	t.Helper()
	require.Equal(t, "user", u["object"])
	for _, e := range rubyEnums {
		for _, item := range u[e.list].([]any) {
			objects := []any{item}
			if e.inside != "" {
				objects = item.(fields)[e.inside].([]any)
				linked += len(objects)
			}
			for _, object := range objects {
				require.Contains(t, e.values, object.(fields)[e.field], "%s: %s %s %s", u["id"], e.list, e.inside, e.field)
			}
		}
	}
	return linked
}

func TestDemo_ClerkRubyClientReadsEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	d := newDemoServer(t, 0).unchecked() // the whole demo
	total, linked, providers := 0, 0, map[any]int{}
	for {
		page := d.do("GET", fmt.Sprintf("/users?limit=100&offset=%d", total), nil).list()
		for _, u := range page {
			linked += requireRubyReads(t, u)
			for _, x := range u["external_accounts"].([]any) {
				providers[x.(fields)["provider"]]++
			}
		}
		if total += len(page); len(page) < 100 {
			break
		}
	}
	require.Equal(t, 1248, total)
	require.Greater(t, linked, 300, "addresses are linked to Google accounts")
	for _, provider := range []string{"oauth_google", "oauth_apple", "oauth_microsoft", "oauth_github"} {
		require.Positive(t, providers[provider], "people still connect %s", provider)
	}
}
