package api_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

func text(s string) clean.Text { return clean.NewText(s) }

func ptr[T any](v T) *T { return &v }

func mail(id, address string) api.EmailAddress {
	return api.EmailAddress{ID: text(id), EmailAddress: text(address), Verification: &api.Verification{Status: text("verified")}}
}

func TestUser_Name(t *testing.T) {
	mails := []api.EmailAddress{mail("idn_1", "one@x.example"), mail("idn_2", "two@x.example")}
	phones := []api.PhoneNumber{{ID: text("idn_3"), PhoneNumber: text("+15555550100")}}
	for want, u := range map[string]api.User{
		"Ann Lee":       {FirstName: text("Ann"), LastName: text("Lee"), Username: text("x")},
		"Ann":           {FirstName: text("Ann"), LastName: text(" ")},
		"Lee":           {LastName: text("Lee")},
		"ann_l":         {Username: text("ann_l"), EmailAddresses: mails},
		"two@x.example": {EmailAddresses: mails, PrimaryEmailAddressID: text("idn_2"), PhoneNumbers: phones},
		"one@x.example": {FirstName: text("  "), EmailAddresses: mails, PrimaryEmailAddressID: text("idn_gone")},
		"+15555550100":  {ID: text("user_a"), PhoneNumbers: phones, PrimaryPhoneNumberID: text("idn_3")},
		"user_a":        {ID: text("user_a")},
		"":              {},
	} {
		require.Equal(t, want, u.Name().Raw())
	}
	u := api.User{EmailAddresses: []api.EmailAddress{{EmailAddress: text("x")}, mail("idn_1", "one@x.example")}}
	require.Equal(t, "x", u.Email().Raw(), "an empty primary id is not an empty id")
	require.True(t, u.Phone().Empty())
}

func TestUser_LockLeft(t *testing.T) {
	for name, c := range map[string]struct {
		u     api.User
		after time.Duration
		left  time.Duration
		never bool
	}{
		"not locked":      {u: api.User{LockoutExpiresInSeconds: ptr(int64(60))}},
		"counts down":     {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: 20 * time.Second, left: 40 * time.Second},
		"is over":         {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: time.Hour},
		"never":           {u: api.User{Locked: true}, never: true},
		"negative":        {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(-5))}},
		"the clock fell":  {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: -time.Hour, left: time.Minute},
		"beyond all time": {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(math.MaxInt64))}, left: time.Duration(math.MaxInt64/int64(time.Second)) * time.Second},
	} {
		c.u.ReadAt = began
		left, never := c.u.LockRemaining(began.Add(c.after))
		require.Equal(t, c.left, left, name)
		require.Equal(t, c.never, never, name)
	}
}

func TestUser_Status(t *testing.T) {
	seen := wire.Time{Time: began}
	for want, u := range map[string]api.User{
		"banned":          {Banned: true, Locked: true, Deprovisioned: true},
		"deprovisioned":   {Locked: true, Deprovisioned: true},
		"locked":          {Locked: true},
		"never signed in": {},
		"active":          {LastSignInAt: seen},
	} {
		require.Equal(t, want, u.Status(began).String())
	}
	over := api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60)), ReadAt: began, LastSignInAt: seen}
	require.Equal(t, api.StatusLocked, over.Status(began))
	require.Equal(t, api.StatusActive, over.Status(began.Add(time.Minute)), "the lock has opened by itself")
	unread := api.User{Problems: []clean.Text{text("last_sign_in_at is not a plausible time (1)")}}
	require.Equal(t, api.StatusActive, unread.Status(began), "never is not said of what could not be read")
}
