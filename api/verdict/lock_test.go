package verdict_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/verdict"
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
		"1":                        "Unlocks by itself in 1 s.",
		"90":                       "Unlocks by itself in 90 s.",
		"91.0":                     "Unlocks by itself in 91 s.",
		"3600":                     "Unlocks by itself in 1 h.",
		"172801":                   "Unlocks by itself in 3 days.",
		"63072000":                 "Unlocks by itself in 730 days.",
		"63115200":                 "Unlocks by itself in 2+ years.",
		"10000000000":              "Unlocks by itself in 292+ years.",
		"9223372036":               "Unlocks by itself in 292+ years.",
		"9223372036854775807":      "Unlocks by itself in 292+ years.",
		"1e10":                     "Unlocks by itself in 292+ years.",
		"null":                     "It does not unlock by itself.",
		"90.5":                     "When the lock ends could not be read.",
		`"3600"`:                   "When the lock ends could not be read.",
		"9223372036854775808":      "When the lock ends could not be read.",
		"-99999999999999999999999": "When the lock ends could not be read.",
		"1e400":                    "When the lock ends could not be read.",
		"{}":                       "When the lock ends could not be read.",
		"true":                     "When the lock ends could not be read.",
		"":                         "When the lock ends could not be read.",
	} {
		u := lockedFor(t, seconds)
		v := verdict.Of(verdict.Facts{User: &u}, began)
		require.Equal(t, "Locked.", v.Sentences[0], seconds)
		require.Equal(t, want, v.Sentences[1], seconds)
		require.Equal(t, "Can't sign in", v.Title, seconds)
		require.Contains(t, v.Remedies, verdict.Remedy{Operation: "unlock_user"}, seconds)
		require.Equal(t, api.StatusLocked, u.Status(began), seconds)
	}
	for _, over := range []string{"0", "-1", "-9223372036854775808"} {
		u := lockedFor(t, over)
		for _, says := range verdict.Of(verdict.Facts{User: &u}, began).Sentences {
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
				for _, says := range verdict.Of(verdict.Facts{User: &u}, began.Add(at)).Sentences {
					require.False(t, strings.Contains(says, " -"), says)
				}
			}
		}
	}
}
