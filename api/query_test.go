package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

func TestQuery_Values(t *testing.T) {
	yes := true
	at := time.UnixMilli(1700690400000)
	full := api.Query{
		Search: "a&b ü", Email: []string{"a+b@x.example", "", "c@x.example"}, Phone: []string{"+15555550100"}, Username: []string{"u"}, Wallet: []string{"0x0"},
		ExternalID: []string{"-e"}, UserID: []string{"+user_a", "-user_b"}, OrganizationID: []string{"+org_a"},
		EmailLike: "el", PhoneLike: "pl", UsernameLike: "ul", NameLike: "nl", Banned: &yes, Provider: "oauth_google", ProviderUserID: []string{"1"},
		ActiveSince: at, ActiveBefore: at, ActiveAfter: at, CreatedBefore: at, CreatedAfter: at, SignInBefore: at, SignInAfter: at,
		OrderBy: api.OrderWeb3Wallet, Ascending: true, Limit: 50, Offset: 100,
	}
	filters := "banned=true&created_at_after=1700690400000&created_at_before=1700690400000&email_address=a%2Bb%40x.example&email_address=c%40x.example" +
		"&email_address_query=el&external_id=-e&last_active_at_after=1700690400000&last_active_at_before=1700690400000&last_active_at_since=1700690400000" +
		"&last_sign_in_at_after=1700690400000&last_sign_in_at_before=1700690400000"
	rest := "&name_query=nl"
	require.Equal(t, filters+"&limit=50"+rest+"&offset=100&order_by=%2Bweb3wallet&organization_id=%2Borg_a&phone_number=%2B15555550100&phone_number_query=pl"+
		"&provider=oauth_google&provider_user_id=1&query=a%26b+%C3%BC&user_id=%2Buser_a&user_id=-user_b&username=u&username_query=ul&web3_wallet=0x0", full.Values().Encode())
	require.Equal(t, filters+rest+"&organization_id=%2Borg_a&phone_number=%2B15555550100&phone_number_query=pl"+
		"&provider=oauth_google&provider_user_id=1&query=a%26b+%C3%BC&user_id=%2Buser_a&user_id=-user_b&username=u&username_query=ul&web3_wallet=0x0", full.Filters().Encode())

	for want, q := range map[string]api.Query{
		"":                             {},
		"limit=500":                    {Limit: 501},
		"limit=1":                      {Limit: -1, Offset: -3},
		"order_by=%2Bcreated_at":       {Ascending: true},
		"order_by=-last_active_at":     {OrderBy: api.OrderLastActiveAt},
		"starting_after=user_a":        {StartingAfter: "user_a", Offset: 40},
		"offset=40&order_by=-username": {StartingAfter: "user_a", Offset: 40, OrderBy: api.OrderUsername},
		"order_by=%2Bcreated_at&starting_after=user_a": {StartingAfter: "user_a", OrderBy: api.OrderCreatedAt, Ascending: true},
	} {
		require.Equal(t, want, q.Values().Encode())
	}
}
