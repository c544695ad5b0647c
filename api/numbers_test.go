package api_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

func TestOAuthToken_ExpiryDoesNotOverflow(t *testing.T) {
	for _, n := range []int64{math.MinInt64, math.MaxInt64, math.MinInt64 + 1768619811, 1 << 62, -1 << 62, 1e18} {
		require.True(t, api.OAuthToken{ExpiresAt: &n}.Expires().IsZero(), n)
	}
	seconds, millis := int64(1768619811), int64(1768619811674)
	require.Equal(t, 2026, api.OAuthToken{ExpiresAt: &seconds}.Expires().Year())
	require.Equal(t, 2026, api.OAuthToken{ExpiresAt: &millis}.Expires().Year())
}

func TestUser_DecodesTimezone(t *testing.T) {
	var u api.User
	require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","timezone":"Europe/Berlin"}`)))
	require.Equal(t, "Europe/Berlin", u.Timezone.Display())
	require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","timezone":null}`)))
	require.True(t, u.Timezone.Empty())
}

// An impossible total is ignored.
func TestCountUsers_RejectsImpossibleTotals(t *testing.T) {
	for _, total := range []string{"9223372036854775807", "1099511627777", "-1", "-9223372036854775808", "90.5", `"7"`, "1e400", "null", "{}"} {
		client, _ := serve(t, reply(200, `{"object":"total_count","total_count":`+total+`}`))
		_, err := client.CountUsers(ctx, api.Query{})
		require.ErrorContains(t, err, "it has no count in it", total)
	}
	for total, want := range map[string]int{"0": 0, "7": 7, "7.0": 7, "1e6": 1_000_000, "1099511627776": 1 << 40} {
		client, _ := serve(t, reply(200, `{"object":"total_count","total_count":`+total+`}`))
		n, err := client.CountUsers(ctx, api.Query{})
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
}
