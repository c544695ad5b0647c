package ops_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

func TestRequest_TidiesWhatIsTyped(t *testing.T) {
	o := get(t, "update_user")
	u := &api.User{ID: clean.NewText("user_1"), FirstName: clean.NewText("Sam\u200b "), LastName: clean.NewText("Carter")}
	r := o.NewRequest(u, clean.Text{}, map[string]string{"first_name": "Sam\u200b ", "last_name": " Carter\u200b", "username": "\ufeffsam\u202e.c\n", "external_id": "crm\u3000 7"})
	require.Equal(t, map[string]string{"username": "sam.c", "external_id": "crm  7"}, r.Values, "what nobody edited is not sent, nor what is the same once it is tidy")
	r = o.NewRequest(u, clean.Text{}, map[string]string{"first_name": "Sam"})
	require.Equal(t, map[string]string{"first_name": "Sam"}, r.Values, "an odd value can be mended")

	// Restored values are sent unchanged, and typed ones are normalized.
	stored := map[string]string{"first_name": "Sam\u200b ", "last_name": "Carter"}
	now := &api.User{ID: u.ID, FirstName: clean.NewText("Ann"), LastName: clean.NewText("Berg")}
	r = o.NewRestore(now, clean.Text{}, map[string]string{"first_name": "Sam\u200b ", "last_name": "Ca\u200brter"}, stored)
	require.Equal(t, map[string]string{"first_name": "Sam\u200b ", "last_name": "Carter"}, r.Values)
	require.Equal(t, r.Values, o.Normalize(r).Values)
}

func TestTidy_IsIdempotentForEveryField(t *testing.T) {
	for _, c := range []struct{ op, field, given, want string }{
		{"create_email_address", "email_address", "<ina@pine.example>,", "ina@pine.example"},
		{"create_email_address", "email_address", "mailto:ina@pine.example", "ina@pine.example"},
		{"create_email_address", "email_address", "Jose\u0301@correo.example\u3000", "José@correo.example"},
		{"create_phone_number", "phone_number", "+44 (0)20 7946 0018", "+442079460018"},
		{"create_phone_number", "phone_number", "\u202d+1 (415) 555\u20110142\u202c", "+14155550142"},
		{"create_user", "phone_number", "+1 415 555 0142, +44 (0)20 7946 0018", "+14155550142,+442079460018"},
		{"create_user", "email_address", "a@pine.example , <b@pine.example>", "a@pine.example,b@pine.example"},
		{"create_user", "first_name", "Jose\u0301", "José"},
		{"create_user", "locale", " en-US\u200b", "en-US"},
		{"create_user", "public_metadata", "\ufeff{\"a\": \"\u200b\"}", "{\"a\": \"\u200b\"}"}, // a value in it belongs to the application
		{"create_user", "password", " with\u200b space ", " with\u200b space "},
		{"create_user", "banned", " yes\u200b", "yes"},
		{"update_user", "last_name", "می\u200cخواهم", "می\u200cخواهم"},
	} {
		r := ops.Request{Values: map[string]string{c.field: c.given}}
		require.Equal(t, c.want, get(t, c.op).Normalize(r).Values[c.field], "%s %q", c.field, c.given)
		require.Equal(t, c.given, r.Values[c.field], "the caller's own map is left alone")
	}
	phone, email := get(t, "create_phone_number").Fields[0], get(t, "create_email_address").Fields[0]
	for given, want := range map[string]string{
		"+1 415 555 0142 ext 3": "has an extension, which cannot be stored: leave out “3”", "415 555 0142": "must be a number with its country code, like +14155550142", "\u200b": "cannot be empty",
	} {
		require.Equal(t, want, phone.Validate(given, true), "%q", given)
	}
	for given, want := range map[string]string{
		"\u200b\u3000": "cannot be empty", "a@x.example, b@x.example": "must be one e-mail address, not several",
		"请发简历至ina@pine.example": "must be an e-mail address without other text directly next to it", "ina@-pine.example": "must be an e-mail address, like sam@pine.example",
	} {
		require.Equal(t, want, email.Validate(given, true), "%q", given)
	}
}
