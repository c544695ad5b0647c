package sandbox

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSignInAndActorTokens(t *testing.T) {
	d := newDesk(t)
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
