package action_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// One form adds a contact, verified and primary; it asks all that doing so asks.
func TestNewPrimary_IsOneFormAtT3(t *testing.T) {
	for title, value := range map[string]string{"New primary e-mail address": "new@pine.example", "New primary phone number": "+14155550177"} {
		b := viewtest.New(t)
		d, u := sit(t, b, "Elin Berg")
		pick(d, title)
		d.Dialog().Expect(title, "on your word, without a code", "makes it the primary", "[ ] you reached the caller", "Type the last four")
		d.Lacks("Verified", "○ no")
		d.Press("1", "2", "3")
		d.Type(value)
		d.Has("→")
		d.Press("enter")
		reason(d)
		d.Type("9999")
		d.Press("enter", "y")
		d.Has("that does not match")
		require.Zero(t, posted(b))
		d.Press("ctrl+u")
		d.Type(lastFour(u))
		d.Press("enter", "y")
		d.WaitFor("Added a")
		require.Equal(t, 1, posted(b))
		u = b.ReloadUser(u)
		require.Contains(t, []string{u.Email().Raw(), u.Phone().Raw()}, value)
	}
}

// An address that somebody else has is asked about again, with their name.
func TestNewPrimary_NamesWhoHasTheAddress(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Elin Berg")
	pick(d, "New primary e-mail address")
	d.Dialog().Expect("New primary e-mail address")
	d.Press("1", "2", "3")
	d.Type("maya@harborpine.example")
	d.Press("enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.WaitFor("Maya Okafor")
	d.Dialog().Expect("New primary e-mail address", "maya@harborpine.example", "[ ] you reached the caller")
	require.Equal(t, "elin.berg@fjord.example", b.ReloadUser(u).Email().Raw())
}
