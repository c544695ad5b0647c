package api_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

// lockedFor returns a locked user with these seconds; "" leaves the field out.
func lockedFor(t *testing.T, seconds string) api.User {
	t.Helper()
	field := ""
	if seconds != "" {
		field = `"lockout_expires_in_seconds":` + seconds + ","
	}
	var u api.User
	require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","email_addresses":[],"phone_numbers":[],"password_enabled":true,
		"two_factor_enabled":false,"last_sign_in_at":1768619811674,"banned":false,"locked":true,`+field+`"created_at":1768619811674}`)))
	u.ReadAt = began
	return u
}

func TestVerdict_LockEndIsRightForAnyLength(t *testing.T) {
	for seconds, want := range map[string]string{
		"1":                        "Locked. It ends by itself in 1 second.",
		"90":                       "Locked. It ends by itself in 90 seconds.",
		"91.0":                     "Locked. It ends by itself in 2 minutes.",
		"3600":                     "Locked. It ends by itself in 60 minutes.",
		"172801":                   "Locked. It ends by itself in 3 days.",
		"63072000":                 "Locked. It ends by itself in 730 days.",
		"63115200":                 "Locked. It ends by itself in more than 2 years.",
		"10000000000":              "Locked. It ends by itself in more than 292 years.",
		"9223372036":               "Locked. It ends by itself in more than 292 years.",
		"9223372036854775807":      "Locked. It ends by itself in more than 292 years.",
		"1e10":                     "Locked. It ends by itself in more than 292 years.",
		"null":                     "Locked until someone unlocks them.",
		"90.5":                     "Locked. When the lock ends could not be read.",
		`"3600"`:                   "Locked. When the lock ends could not be read.",
		"9223372036854775808":      "Locked. When the lock ends could not be read.",
		"-99999999999999999999999": "Locked. When the lock ends could not be read.",
		"1e400":                    "Locked. When the lock ends could not be read.",
		"{}":                       "Locked. When the lock ends could not be read.",
		"true":                     "Locked. When the lock ends could not be read.",
		"":                         "Locked. When the lock ends could not be read.",
	} {
		u := lockedFor(t, seconds)
		v := u.Verdict(began)
		require.Equal(t, want, v.Sentences[0], "%s", seconds)
		require.Equal(t, "Can't sign in", v.Title, seconds)
		require.Contains(t, v.Actions, "unlock_user", seconds)
		require.Equal(t, api.StatusLocked, u.Status(began), seconds)
	}
	for _, over := range []string{"0", "-1", "-9223372036854775808"} {
		u := lockedFor(t, over)
		for _, says := range u.Verdict(began).Sentences {
			require.NotContains(t, says, "Locked", over)
		}
	}
}

// No countdown is below zero, whatever its length and whenever it is displayed.
func TestVerdict_DurationsAreNeverNegative(t *testing.T) {
	for shift := range 63 {
		for _, off := range []int64{-1, 0, 1} {
			u := lockedFor(t, fmt.Sprint(int64(1)<<shift+off))
			for _, at := range []time.Duration{0, time.Second, -time.Hour, math.MaxInt64, math.MinInt64} {
				for _, says := range u.Verdict(began.Add(at)).Sentences {
					require.False(t, strings.Contains(says, " -"), says)
				}
			}
		}
	}
}

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
