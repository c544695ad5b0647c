package api_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/wire"
)

const innards = "0123456789abcdefghijklmnop" // of rawKey

func TestNewKey_Shapes(t *testing.T) {
	for raw, want := range map[string]string{
		"":                           "empty",
		" \n":                        "empty",
		"pk_live_" + innards:         "publishable key",
		"sk_" + innards:              "not a Clerk secret key",
		"secret":                     "not a Clerk secret key",
		"sk_live_":                   "too short",
		"sk_live_abc":                "too short",
		"sk_live_" + innards + " x":  "a space",
		"sk_live_" + innards + "\nx": "only the key was copied",
		"sk_live_" + innards + "é":   "that keys do not have",
	} {
		_, err := api.NewKey(raw)
		require.ErrorContains(t, err, want, "%q", raw)
		require.NotContains(t, err.Error(), innards)
		require.NotContains(t, err.Error(), "abc")
	}
	k, err := api.NewKey(" sk_live_" + innards + "\r\n")
	require.NoError(t, err)
	require.True(t, k.IsLive())
	require.False(t, key(t).IsLive())
	require.False(t, api.Key{}.IsLive())
	require.Len(t, k.Fingerprint(), 8)
	require.NotEqual(t, k.Fingerprint(), key(t).Fingerprint())
	require.Empty(t, api.Key{}.Fingerprint())
}

// Printing a key or secret, or anything that holds one, does not reveal it.
func TestKey_DoesNotPrint(t *testing.T) {
	client, err := api.New(api.Config{Key: key(t)})
	require.NoError(t, err)
	type inside struct {
		k api.Key
		s wire.Secret
		K api.Key
		S wire.Secret
	}
	s := wire.NewSecret("hunter2-" + innards)
	for _, v := range []any{
		key(t), s, inside{key(t), s, key(t), s}, &inside{key(t), s, key(t), s}, []any{key(t), s}, map[string]any{"k": key(t), "s": s},
		client, api.Config{Key: key(t)}, wire.Set(s), api.UserChange{Password: wire.Set(s)},
		api.TOTP{Secret: s, BackupCodes: []wire.Secret{s}}, &api.OAuthToken{Token: s},
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%o", "%t", "%U", "%e", "%10.3v"} {
			out := fmt.Sprintf(verb, v)
			require.NotContains(t, out, innards, "%s of %T", verb, v)
			require.NotContains(t, strings.ToLower(out), fmt.Sprintf("%x", innards), "%s of %T", verb, v)
		}
		out, err := json.Marshal(v)
		if err == nil {
			require.NotContains(t, string(out), innards, "JSON of %T", v)
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		require.NotContains(t, log.String(), innards, "log of %T", v)
	}
	require.Equal(t, "sk_test_…", key(t).String())
	require.Equal(t, "sk_test_…", fmt.Sprintf("%x", key(t)))
	require.Equal(t, "no key", api.Key{}.String())
	require.Equal(t, "••••••••", s.String())
	require.Equal(t, "hunter2-"+innards, s.Reveal())
	require.Empty(t, wire.Secret{}.String())
}
