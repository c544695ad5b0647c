package desk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/sandbox/store"
)

// Whatever the caller, values are cleaned as their field would, and invalid ones are not
// sent.
func TestDo_CleansValuesLikeAField(t *testing.T) {
	p := newPeer(t)
	do := func(id string, values map[string]string) desk.Outcome {
		in := p.intent(id)
		in.Request.Values = values
		return p.desk().Do(t.Context(), in)
	}
	out := do("create_email_address", map[string]string{"email_address": "\ufeffina@pine.example\u200b", "verified": "yes"})
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	out = do("create_phone_number", map[string]string{"phone_number": "+44 (0)20 7946 0018", "verified": "yes"})
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	out = do("update_user", map[string]string{"first_name": " Jose\u0301\u202e ", "external_id": "crm\x07|7"})
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	u := p.user()
	require.Equal(t, "ina@pine.example", u.EmailAddresses[2].EmailAddress.Raw())
	require.Equal(t, "+442079460018", u.PhoneNumbers[2].PhoneNumber.Raw())
	require.Equal(t, "José", u.FirstName.Raw())
	require.Equal(t, "crm|7", u.ExternalID.Raw())

	sent := len(p.wire.writes())
	for id, values := range map[string]map[string]string{
		"create_email_address": {"email_address": "Ina <ina@pine.example>"}, "create_phone_number": {"phone_number": "+44 20 7946 0018 ext 3"},
	} {
		out = do(id, values)
		require.Equal(t, desk.Refused, out.State, id)
		require.Error(t, out.Err)
	}
	require.Len(t, p.wire.writes(), sent)
}

// An undo restores the previous value, however unusual.
func TestDo_UndoValuesAreNotCleaned(t *testing.T) {
	p := newPeer(t)
	p.change(func(u *store.User) { u.FirstName = "Dan\u200b " })
	in := p.intent("update_user")
	in.Request.Values = map[string]string{"first_name": "Dan"}
	require.Equal(t, desk.Done, p.desk().Do(t.Context(), in).State)
	inverse, back, ok := in.Op.Undo(p.ops, in.Seen, in.Request)
	require.True(t, ok)
	now := p.user()
	request := inverse.NewRestore(now, back.PartID, back.Values, back.Values)
	require.Equal(t, desk.Done, p.desk().Do(t.Context(), desk.Intent{Op: inverse, Seen: now, Request: request}).State)
	require.Equal(t, "Dan\u200b ", p.user().FirstName.Raw())
}
