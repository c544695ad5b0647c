package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

func TestNew_BaseURL(t *testing.T) {
	for raw, host := range map[string]string{
		"":                                "api.clerk.com",
		"https://clerk.example":           "clerk.example",
		"https://clerk.example/":          "clerk.example",
		"https://clerk.example/v1/":       "clerk.example",
		"https://clerk.example:8443/x/v1": "clerk.example:8443",
		"http://127.0.0.1:80/v1":          "127.0.0.1:80",
		"http://[::1]:9":                  "[::1]:9",
		"http://localhost:9/v1":           "localhost:9",
	} {
		client, err := api.New(api.Config{BaseURL: raw, Key: key(t)})
		require.NoError(t, err, raw)
		require.Equal(t, host, client.Host())
	}
	for raw, want := range map[string]string{
		"http://clerk.example":               "unencrypted",
		"http://localhost.clerk.example":     "unencrypted",
		"http://10.0.0.1":                    "unencrypted",
		"ftp://clerk.example":                "must start with https://",
		"clerk.example":                      "is not a URL",
		"https://":                           "is not a URL",
		"https://:80":                        "is not a URL",
		"https://jo:hunter2@clerk.example":   "user name or password",
		"https://clerk.example/v1?a=hunter2": "must not have a query",
		"https://clerk.example\n/":           "is not a URL",
	} {
		_, err := api.New(api.Config{BaseURL: raw, Key: key(t)})
		require.ErrorContains(t, err, want, raw)
		require.NotContains(t, err.Error(), "hunter2")
	}
	_, err := api.New(api.Config{})
	require.ErrorContains(t, err, "the secret key is missing")
	_, err = api.New(api.Config{BaseURL: "http://frontdesk.local", Key: key(t), Transport: http.DefaultTransport})
	require.NoError(t, err)
}

// The request has the documented headers, and none that invites net/http to resend.
func TestClient_SendsHeaders(t *testing.T) {
	var seen []*http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r)
		_, _ = w.Write([]byte(`{"id":"user_a b/c","object":"user"}`))
	}))
	t.Cleanup(server.Close)
	client := newClient(t, api.Config{BaseURL: server.URL, UserAgent: "frontdesk/1.2"}, newWatch())
	odd := clean.NewText("user_a b/c")
	_, err := client.GetUser(ctx, odd)
	require.NoError(t, err)
	_, err = client.BanUser(ctx, odd)
	require.NoError(t, err)
	_, err = client.UpdateUser(ctx, odd, api.UserChange{FirstName: wire.Set("<Ann> & co")})
	require.NoError(t, err)
	for i, want := range []struct{ method, path, contentType string }{
		{"GET", "/v1/users/user_a%20b%2Fc", ""}, {"POST", "/v1/users/user_a%20b%2Fc/ban", ""}, {"PATCH", "/v1/users/user_a%20b%2Fc", "application/json"},
	} {
		r := seen[i]
		require.Equal(t, want.method, r.Method)
		require.Equal(t, want.path, r.URL.EscapedPath())
		require.Equal(t, "Bearer "+rawKey, r.Header.Get("Authorization"))
		require.Equal(t, "2026-05-12", r.Header.Get("Clerk-API-Version"))
		require.Equal(t, "application/json", r.Header.Get("Accept"))
		require.Equal(t, "frontdesk/1.2", r.Header.Get("User-Agent"))
		require.Equal(t, want.contentType, r.Header.Get("Content-Type"))
		require.Empty(t, r.Header.Values("Idempotency-Key"))
		require.Empty(t, r.Header.Values("X-Idempotency-Key"))
	}
}

// An invalid id must not turn into a call on all users.
func TestClient_RejectsInvalidIDs(t *testing.T) {
	client, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	for _, raw := range []string{"", ".", ".."} {
		id := clean.NewText(raw)
		_, err := client.GetUser(ctx, id)
		failed(t, err, api.KindRefused)
		_, err = client.DeleteUser(ctx, id)
		failed(t, err, api.KindRefused)
		_, err = client.DeletePasskey(ctx, clean.NewText("user_a"), id)
		failed(t, err, api.KindRefused)
		_, err = client.RevokeSession(ctx, id)
		require.EqualError(t, err, "Could not revoke the session: the id is missing.")
		require.False(t, api.IsOutcomeUnknown(err))
	}
	_, err := client.Sessions(ctx, clean.Text{}, "", 0, 0)
	failed(t, err, api.KindRefused)
}
