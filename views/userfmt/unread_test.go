package userfmt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/views/userfmt"
)

// A time that could not be read is not called "never" or "no end".
func TestUserTime_SaysThatATimeIsUnreadable(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for _, value := range []string{"1e18", "-62167219200000", "9223372036854775807", "-9223372036854775808", `"2026-01-01"`, "1.5", "1e400", "true", "{}"} {
		var u api.User
		require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","last_active_at":`+value+`,"last_sign_in_at":`+value+`}`)))
		require.Equal(t, "unreadable", userfmt.LastActive(&u, now), value)
		require.Equal(t, "unreadable", userfmt.UserTime(&u, "last_sign_in_at", u.LastSignInAt.Time, now), value)
	}
	var u api.User
	require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","last_active_at":null,"last_sign_in_at":null}`)))
	require.Equal(t, "never", userfmt.LastActive(&u, now))
	require.Equal(t, "never", userfmt.UserTime(&u, "last_sign_in_at", u.LastSignInAt.Time, now))
}

func TestStatusOf_LockOfAnyLength(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for seconds, want := range map[string]string{
		"10000000000": "locked 292+ years", "9223372036854775807": "locked 292+ years", "94672799": "locked 2+ years", "172801": "locked 3 days",
		"null": "locked · no end", `"3600"`: "locked · end?", "90.5": "locked · end?", "1e400": "locked · end?", "[]": "locked · end?",
	} {
		u := api.User{ReadAt: now}
		require.NoError(t, u.UnmarshalJSON([]byte(`{"id":"user_1","locked":true,"lockout_expires_in_seconds":`+seconds+`}`)))
		u.ReadAt = now
		st := userfmt.StatusOf(&u, now)
		require.Equal(t, want, st.Word+st.Extra, seconds)
	}
}
