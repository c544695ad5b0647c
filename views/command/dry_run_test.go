package command_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/api/sandbox/store"
)

// flags are what each operation needs besides its user; "@" is a file with that
// in it.
func (c *counter) flags(o ops.Operation) []string {
	part := map[ops.Part]string{ops.PartEmail: "idn_email2", ops.PartPhone: "idn_phone2", ops.PartWallet: "idn_wallet",
		ops.PartPasskey: "idn_passkey", ops.PartExternalAccount: "eac_google", ops.PartSession: "sess_1"}[o.Part]
	var args []string
	if part != "" {
		args = append(args, "--part", part)
	}
	secret := func(name, value string) []string {
		return []string{"--" + name + "-file", c.WriteFile(name+value[:4], []byte(value+"\n"))}
	}
	more := map[string][]string{
		"create_user":            append(secret("password", password), "--first-name", "Elin", "--email-address", "elin@fjord.example", "--public-metadata", `{"password":"kept","n":9007199254740993}`),
		"update_user":            {"--first_name", "Till", "--username", ""},
		"update_user_metadata":   {"--public-metadata", `{"plan":null,"seat":9007199254740993}`},
		"replace_user_metadata":  {"--unsafe-metadata-file", c.WriteFile("unsafe.json", []byte(`{"a":["<",2]}`))},
		"set_user_password":      append(secret("password", password), "--sign-out-of-other-sessions", "yes"),
		"verify_password":        secret("password", password),
		"verify_totp":            secret("code", "123456"),
		"create_email_address":   {"--email-address", "new@fjord.example", "--verified", "no"},
		"create_phone_number":    {"--phone-number", "+1 (415) 555-0144"},
		"set_user_profile_image": {"--file", c.WriteFile("dot.png", dot(c))},
	}[o.ID]
	return append(args, more...)
}

func dot(t require.TestingT) []byte {
	var raw bytes.Buffer
	require.NoError(t, png.Encode(&raw, image.NewNRGBA(image.Rect(0, 0, 1, 1))))
	return raw.Bytes()
}

func (c *counter) command(o ops.Operation, more ...string) []string {
	args := []string{"do", o.ID}
	if o.Scope == ops.ScopeUser || o.Scope == ops.ScopeUsers {
		args = append(args, someoneID)
	}
	return append(append(args, c.flags(o)...), more...)
}

// Every operation that is asked prints the request it would send, and sends none.
func TestDryRun_EveryWrite(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	for _, o := range c.catalogue.All() {
		if o.IsRead() {
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			c.TB = t
			if o.ID == "users_unban" {
				c.change(func(u *store.User) { u.Banned = true })
			}
			told := c.run(c.command(o, "--dry-run", "--json")...)
			require.Zero(t, told.code, told.err)
			got := told.object()
			require.Contains(t, []string{"POST", "PATCH", "PUT", "DELETE", "GET"}, got["method"])
			require.True(t, strings.HasPrefix(got["url"].(string), "http://frontdesk.local/v1/"), got["url"])
			require.Contains(t, got, "body")
			headers := got["headers"].(map[string]any)
			require.Equal(t, "Bearer (redacted)", headers["Authorization"])
			require.Equal(t, "2026-05-12", headers["Clerk-Api-Version"])
			require.NotContains(t, told.out, "sk_test")
			require.NotContains(t, told.out, password)
			require.NotContains(t, told.out, "123456\"")
			require.Empty(t, c.writes(), "nothing was sent")
			require.Equal(t, o.ID == "revoke_all_sessions", got["then"] != nil, "one request, but for several sessions")
			if o.ConfirmsRead {
				for _, line := range c.Transport.Requests() {
					require.NotContains(t, line, "oauth_access_tokens", "a token is not read")
				}
			}
			text := c.run(c.command(o, "--dry-run")...)
			require.Zero(t, text.code)
			require.Contains(t, text.out, "Nothing was sent.")
		})
	}
}

func TestDryRun_Output(t *testing.T) {
	c := newCounter(t)
	body := func(id string) string {
		c.Helper()
		o, _ := c.catalogue.Get(id)
		told := c.run(c.command(o, "--dry-run", "--json")...)
		require.Zero(c, told.code, told.err)
		var got struct{ Body json.RawMessage }
		require.NoError(c, json.Unmarshal([]byte(told.out), &got))
		return string(got.Body)
	}
	require.JSONEq(t, `{"first_name":"Till","username":null}`, body("update_user"), "what is not changed is not sent")
	require.Equal(t, `{"public_metadata":{"plan":null,"seat":9007199254740993}}`, body("update_user_metadata"), "digits are kept")
	require.Equal(t, `{"unsafe_metadata":{"a":["<",2]}}`, body("replace_user_metadata"))
	require.JSONEq(t, `{"password":"(redacted)","sign_out_of_other_sessions":true}`, body("set_user_password"))
	created := body("create_user")
	require.Contains(t, created, `"password":"(redacted)"`)
	require.Contains(t, created, `{"password":"kept","n":9007199254740993}`, "metadata is no secret, whatever its keys are called")
	require.Contains(t, body("set_user_totp"), `"totp_secret":"(redacted)"`, "a secret made here is one, too")
	require.Contains(t, body("set_user_profile_image"), `"content_type":"image/png"`)
	require.Equal(t, "null", body("ban_user"))
}

func TestDryRun_SaysWhatWouldBeRefused(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "unban_user", "tilda.n", "--dry-run", "--json")
	require.Zero(t, told.code)
	require.Equal(t, "not banned", told.object()["would_be_refused"])
	told = c.run("do", "user_passkey_delete", "tilda.n", "--part", "idn_none", "--dry-run")
	require.Contains(t, told.out, "it would be refused: that passkey does not exist.")

	told = c.run("do", "revoke_all_sessions", "tilda.n", "--dry-run", "--json")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.object()["message"], "Nothing would be sent")
}
