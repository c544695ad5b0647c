package command_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// answering has the service answer GETs of a path with a body, whatever it is asked.
func (c *counter) answering(path, body string) {
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodGet || r.URL.Path != path {
			return nil, nil
		}
		return &http.Response{StatusCode: http.StatusOK, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body))}, nil
	})
}

// odd is an object that only its own bytes are equal to: digits past 2^53, a zero
// that is written, half a surrogate pair, the order of the names, a name twice.
const odd = `{"z":1,"object":"session","id":"sess_1","status":"active","n":1099511627775,"f":1.0,"e":1e400,"half":"\ud800","a":1,"a":2,"s":"\u00e9\/<"}`

// What a read prints with --json are the service's own objects.
func TestReads_PrintTheServicesObjects(t *testing.T) {
	at := "/v1/users/" + someoneID
	for name, test := range map[string]struct {
		path, body, want string
		args             []string
	}{
		"sessions":      {"/v1/sessions", `{"data":[` + odd + `],"total_count":7}`, "[" + odd + "]", []string{"get_session_list", someoneID}},
		"a bare list":   {"/v1/sessions", `[` + odd + `]`, "[" + odd + "]", []string{"get_session_list", someoneID}},
		"none":          {"/v1/sessions", `{"data":[],"total_count":0}`, "[]", []string{"get_session_list", someoneID}},
		"organizations": {at + "/organization_memberships", `{"data":[` + odd + `,{"b":[ 1 ]}],"total_count":2}`, `[` + odd + `,{"b":[1]}]`, []string{"users_get_organization_memberships", someoneID}},
		"invitations":   {at + "/organization_invitations", `{"data":[{"id":"i","url":"https://x/?ticket=t0ps3cret","n":10000000000000000001}],"total_count":1}`, `[{"id":"i","url":"••••••••","n":10000000000000000001}]`, []string{"users_get_organization_invitations", someoneID}},
		"no url":        {at + "/organization_invitations", `{"data":[{"url":null}],"total_count":1}`, `[{"url":null}]`, []string{"users_get_organization_invitations", someoneID}},
		"instance":      {"/v1/instance", odd, odd, []string{"get_instance"}},
		"users":         {"/v1/users", `[` + odd + `]`, "[" + odd + "]", []string{"get_user_list"}},
		"count":         {"/v1/users/count", `{"object":"total_count","total_count":1234567890}`, `{"object":"total_count","total_count":1234567890}`, []string{"get_users_count"}},
		"tokens": {at + "/oauth_access_tokens/oauth_google", `[{"token":"ya29.secret","id_token":"","expires_at":1790000000000000001,"scopes":["a"],"token_secret":"tops3cret"}]`,
			`[{"token":"••••••••","id_token":"","expires_at":1790000000000000001,"scopes":["a"],"token_secret":"••••••••"}]`, []string{"get_o_auth_access_token", someoneID, "--yes"}},
		"tokens revealed": {at + "/oauth_access_tokens/oauth_google", `[{"token":"ya29.secret","expires_at":1}]`, `[{"token":"ya29.secret","expires_at":1}]`,
			[]string{"get_o_auth_access_token", someoneID, "--yes", "--reveal"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			c.signIn()
			c.answering(test.path, test.body)
			told := c.run(append(append([]string{"do"}, test.args...), "--json")...)
			require.Zero(t, told.code, told.err)
			require.Equal(t, asASCII(test.want), readOf(t, told))
			require.NotContains(t, told.out, `"lines"`)
			require.NotContains(t, told.out, "s3cret")
			for _, b := range []byte(told.out) {
				require.True(t, b >= ' ' && b < 0x7f || b == '\n', "ASCII only")
			}
		})
	}
}

// asASCII is JSON as it is printed: what is no ASCII is escaped.
func asASCII(s string) string { return strings.ReplaceAll(s, "•", `\u2022`) }

func TestReads_KeepWhatTheDirectoryHolds(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	c.change(func(u *store.User) { u.Public = []byte(`{"id":1099511627775,"price":1.10}`) })
	told := c.run("do", "get_user", "tilda@fjord.example", "--json")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, `"public_metadata":{"id":1099511627775,"price":1.10}`)
	require.Contains(t, c.run("do", "get_user_list", "--user-id", someoneID, "--json").out, `{"id":1099511627775,"price":1.10}`)

	told = c.run("do", "get_session_list", someoneID, "--json")
	require.Zero(t, told.code, told.err)
	require.Equal(t, 2.0, told.object()["total"])
	var got struct {
		Read []struct {
			Object, ID string
			UserID     string `json:"user_id"`
			ExpireAt   int64  `json:"expire_at"`
		}
	}
	require.NoError(t, json.NewDecoder(bytes.NewReader([]byte(told.out))).Decode(&got))
	require.Len(t, got.Read, 2)
	require.Equal(t, "session", got.Read[0].Object)
	require.Equal(t, someoneID, got.Read[0].UserID)
	require.NotZero(t, got.Read[0].ExpireAt)
	require.Contains(t, c.run("do", "get_session_list", someoneID).out, "2 sessions · on DEMO\nsess_", "for people they are lines")
}

// Half a surrogate pair goes out as it came in.
func TestReads_UnpairedSurrogate(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "update_user_metadata", someoneID, "--public-metadata", `{"half":"a\ud800b"}`, "--dry-run", "--json")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, `{"half":"a\ud800b"}`)
	c.answering("/v1/users/"+someoneID, `{"id":"`+someoneID+`","object":"user","public_metadata":{"half":"a\ud800b","\udc00":1}}`)
	require.Contains(t, c.run("do", "get_user", someoneID, "--json").out, `{"half":"a\ud800b","\udc00":1}`)
}

// Who was read to be found is not read again.
func TestGetUser_ReadsOnce(t *testing.T) {
	for who, want := range map[string][]string{
		someoneID:             {"GET /v1/users/" + someoneID},
		"tilda@fjord.example": {"GET /v1/users", "GET /v1/users/" + someoneID},
	} {
		c := newCounter(t)
		told := c.run("do", "get_user", who)
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, "e-mail    tilda@fjord.example\n")
		require.Equal(t, want, c.Transport.Requests())
	}
}

// A list of a person's can be narrowed by its status.
func TestReads_ByStatus(t *testing.T) {
	c := newCounter(t)
	c.signIn()
	require.Zero(t, c.run("do", "revoke_session", someoneID, "--part", "sess_1", "--yes", "--reason", "asked to").code)
	for status, want := range map[string]float64{"active": 1, "revoked": 1, "ended": 0} {
		told := c.run("do", "get_session_list", someoneID, "--status", status, "--json")
		require.Zero(t, told.code, told.err)
		require.Equal(t, want, told.object()["total"], status)
	}
	require.Zero(t, c.run("do", "users_get_organization_invitations", someoneID, "--status", "pending").code)
	require.Equal(t, 2, c.run("do", "get_session_list", someoneID, "--status", "").code)
	require.Equal(t, 2, c.run("do", "get_session_list", someoneID, "--status", "gone").code)
}
