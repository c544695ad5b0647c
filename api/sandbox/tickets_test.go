package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSignInAndActorTokens(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	made := d.do("POST", "/v1/sign_in_tokens", fields{"user_id": u.ID, "expires_in_seconds": 60}).ok()
	require.Equal(t, "pending", made["status"])
	require.Contains(t, made["url"], made["token"])
	gone := d.do("POST", "/v1/sign_in_tokens/"+made["id"].(string)+"/revoke", "null").ok()
	require.Equal(t, "revoked", gone["status"])
	require.Nil(t, gone["token"])
	d.do("POST", "/v1/sign_in_tokens/"+made["id"].(string)+"/revoke", nil).fails(400, "sign_in_token_cannot_be_revoked_code")

	actor := d.do("POST", "/v1/actor_tokens", fields{"user_id": u.ID, "actor": fields{"sub": "cli:jo"}}).ok()
	require.Equal(t, "actor_token", actor["object"])
	require.Equal(t, fields{"sub": "cli:jo"}, actor["actor"])
	d.pass(2 * time.Hour)
	d.do("POST", "/v1/actor_tokens/"+actor["id"].(string)+"/revoke", nil).fails(400, "actor_token_cannot_be_revoked_code")
	d.do("POST", "/v1/actor_tokens/act_x/revoke", nil).fails(404, "resource_not_found")
	d.do("POST", "/v1/actor_tokens", fields{"user_id": u.ID}).fails(422, "form_param_missing")
	d.do("POST", "/v1/actor_tokens", fields{"user_id": u.ID, "actor": fields{}}).fails(422, "form_param_missing")
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": "user_x"}).fails(404, "resource_not_found")
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": u.ID, "expires_in_seconds": 0}).fails(422, "form_param_value_invalid")
	d.do("POST", "/users/"+u.ID+"/ban", nil).ok()
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": u.ID}).fails(403, "user_banned")
}

func TestTickets_RefuseUnknownFieldsAndLongLives(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	s := d.session(u, "Now")
	sub := fields{"sub": "cli:jo"}
	for path, fine := range map[string]fields{
		"/v1/sign_in_tokens":               {"user_id": u.ID},
		"/v1/actor_tokens":                 {"user_id": u.ID, "actor": sub},
		"/v1/invitations":                  {"email_address": "z@mail.example"},
		"/sessions":                        {"user_id": u.ID},
		"/v1/sessions/" + s.ID + "/tokens": {},
	} {
		more := fields{"color": "red"}
		for name, value := range fine {
			more[name] = value
		}
		got := d.do("POST", path, more).fails(422, "form_param_unknown")
		require.Equal(t, "color", got.Meta["param_name"], path)
		d.do("POST", path, `[]`).fails(400, "request_body_invalid")
		d.do("POST", path, `{"user_id":`).fails(400, "request_body_invalid")
		d.do("POST", path, fine).ok()
	}
	for path, names := range map[string][]string{
		"/v1/sign_in_tokens":               {"expires_in_seconds"},
		"/v1/actor_tokens":                 {"expires_in_seconds", "session_max_duration_in_seconds"},
		"/v1/sessions/" + s.ID + "/tokens": {"expires_in_seconds"},
	} {
		for _, name := range names {
			for value, code := range map[string]string{
				"0": "form_param_value_invalid", "-1": "form_param_value_invalid", "-9223372036854775808": "form_param_value_invalid",
				"315360001": "form_param_value_too_large", "9223372036854775807": "form_param_value_too_large", "9223372036854775": "form_param_value_too_large",
				"1e30": "form_param_type_invalid", "1.5": "form_param_type_invalid", `"60"`: "form_param_type_invalid", "[60]": "form_param_type_invalid",
			} {
				body := `{"user_id":"` + u.ID + `","actor":{"sub":"x"},"` + name + `":` + value + `}`
				if path != "/v1/actor_tokens" {
					body = `{"user_id":"` + u.ID + `","` + name + `":` + value + `}`
				}
				if strings.HasSuffix(path, "/tokens") {
					body = `{"` + name + `":` + value + `}`
				}
				got := d.do("POST", path, body).fails(422, code)
				require.Equal(t, name, got.Meta["param_name"], "%s %s", path, value)
			}
		}
	}
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": u.ID, "expires_in_seconds": 315360000}).ok()
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": u.ID, "expires_in_seconds": nil}).ok()
}

// A field that must not be null is omitted if it is empty.
func TestTickets_OmitRatherThanNull(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	for path, body := range map[string]fields{
		"/v1/sign_in_tokens": {"user_id": u.ID}, "/v1/invitations": {"email_address": "z@mail.example"},
		"/v1/actor_tokens": {"user_id": u.ID, "actor": fields{"sub": "cli:jo"}},
	} {
		made := d.do("POST", path, body).ok()
		require.NotEmpty(t, made["url"], path)
		gone := d.do("POST", path+"/"+made["id"].(string)+"/revoke", nil).ok()
		for name, value := range gone {
			require.NotNil(t, value, "%s: %s", path, name)
		}
		require.NotContains(t, gone, "url", path)
		require.NotContains(t, gone, "token", path)
	}
}

func TestSignInToken_IsForAnOrganizationOfTheUserOnly(t *testing.T) {
	d := newOrganizationServer(t)
	d.do("POST", "/v1/sign_in_tokens", fields{"user_id": testID("user", "Cid"), "org_id": testID("org", "Acme")}).ok()
	for _, org := range []string{testID("org", "Zen"), "org_x"} {
		got := d.do("POST", "/v1/sign_in_tokens", fields{"user_id": testID("user", "Cid"), "org_id": org}).fails(422, "form_resource_not_found")
		require.Equal(t, "org_id", got.Meta["param_name"])
	}
}
