package sandbox

import (
	"strings"
	"testing"

	"github.com/pquerna/otp"
	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestEmailAddresses_ImpossibleDomainIsRefused(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	i := d.do("POST", "/v1/invitations", fields{"email_address": "first@mail.example"}).ok()
	require.NotEmpty(t, i["id"])
	long := strings.Repeat("a", 64)
	for _, address := range []string{
		"a@-x.com", "a@x..com", "a@x-.com", "a@.x.com", "a@x.com.", "a@x", "a@", "@x.com", "a@x.-com", "a@x.com-", "a@y.x-.com", "a@x_y.com",
		"a@[203.0.113.7]", "a@203.0.113.7", "a@x.c m", "a@" + long + ".com", long + "a@x.com", "a..b@x.com", ".a@x.com", "a.@x.com", "a b@x.com",
		"a@x,com", "a@x.com,b@x.com", "Ann <a@x.com>", "a@@x.com", "a@x.com\u0000", "a@x.com\u202e", "a@\u200bx.com", "a@" + strings.Repeat("a.", 130) + "com", "",
	} {
		for path, body := range map[string]fields{
			"/users":           {"email_address": []string{address}},
			"/email_addresses": {"user_id": u.ID, "email_address": address},
			"/v1/invitations":  {"email_address": address},
		} {
			got := d.unchecked().do("POST", path, body)
			require.Equal(t, 422, got.status, "%s %q %s", path, address, got.body)
			require.Contains(t, string(got.body), `"param_name":"email_address"`, "%s %q", path, address)
		}
	}
	for _, address := range []string{"a@x-y.com", "a@1x.com", "A.B+c@X.example", "o'neil@x.example", "a@müller.example", "a@例え.example",
		"a@xn--mller-kva.example", "a@a.b.c.d.example", "a_b@x.co", strings.Repeat("a", 64) + "@x.com", "a@" + strings.Repeat("a", 63) + ".com"} {
		d.do("POST", "/users", fields{"email_address": []string{address}}).ok()
	}
}

func TestTimezone_IsServedAndWritten(t *testing.T) {
	d := newTestServer(t)
	made := d.do("POST", "/users", fields{"username": "anna", "timezone": "Europe/Oslo"}).ok()
	path := "/users/" + made["id"].(string)
	require.Equal(t, "Europe/Oslo", made["timezone"])
	require.Equal(t, "Europe/Oslo", d.do("GET", path, nil).ok()["timezone"])
	for _, zone := range []string{"UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "EST5EDT", "America/Port-au-Prince"} {
		require.Equal(t, zone, d.do("PATCH", path, fields{"timezone": zone}).ok()["timezone"])
	}
	for _, zone := range []string{"Europe/", "/Oslo", "Europe Oslo", "+02:00", "Европа/Осло", "a/b/c/d", "Europe/Oslo\n", strings.Repeat("a", 65), "../etc/passwd"} {
		require.Equal(t, "timezone", d.do("PATCH", path, fields{"timezone": zone}).fails(422, "form_param_format_invalid").Meta["param_name"])
	}
	d.do("PATCH", path, fields{"timezone": 2}).fails(422, "form_param_type_invalid")
	require.Equal(t, "America/Port-au-Prince", d.do("PATCH", path, fields{"first_name": "Anna"}).ok()["timezone"], "what is not named stays")
	gone := d.do("PATCH", path, fields{"timezone": nil}).ok()
	require.Contains(t, gone, "timezone")
	require.Nil(t, gone["timezone"])
}

func TestTOTP_URIIsEscaped(t *testing.T) {
	for _, name := range []string{"Harbor & Pine", "A+B", "50% Off", "Q?A#1", "Müller/Söhne", "a=b&secret=AAAA", "100 % da!"} {
		d := newTestServer(t)
		d.settings(func(s *store.Settings) { s.Name = name })
		u := d.person("Ann", 1, func(u *store.User) { u.Emails[0].Address = "ann+o'x&y@mail.example" })
		made := d.do("POST", "/users/"+u.ID+"/totp", nil).ok()
		uri := made["uri"].(string)
		require.NotContains(t, uri, "+", "apps show a plus sign as it is")
		require.NotContains(t, uri, " ")
		require.Contains(t, uri, "@mail.example?", "the account is in the label")
		key, err := otp.NewKeyFromURL(uri)
		require.NoError(t, err, uri)
		require.Equal(t, name, key.Issuer(), uri)
		require.Equal(t, "ann+o'x&y@mail.example", key.AccountName(), uri)
		require.Equal(t, made["secret"], key.Secret(), uri)
		require.EqualValues(t, 30, key.Period())
	}
}
