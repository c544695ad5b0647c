package profile_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/api/profile"
)

func env(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

// resolve finds the instance of the environment where nothing is configured.
func resolve(lookup func(string) (string, bool)) (profile.Profile, error) {
	r := profile.Resolver{Config: &config.Config{}, Lookup: lookup, Operator: "jo@ops-2"}
	return r.Resolve(context.Background(), r.Selected(""))
}

func TestResolveTellsTheInstancesApart(t *testing.T) {
	p, err := resolve(env())
	require.NoError(t, err)
	require.Equal(t, profile.Demo, p.Instance.Kind)

	p, err = resolve(env("CLERK_SECRET_KEY", "sk_test_"+strings.Repeat("a", 40)))
	require.NoError(t, err)
	require.Equal(t, profile.Development, p.Instance.Kind)
	require.Equal(t, "api.clerk.com", p.Instance.Name)

	p, err = resolve(env("CLERK_SECRET_KEY", "sk_live_"+strings.Repeat("a", 40), "CLERK_API_URL", "http://127.0.0.1:9/v1"))
	require.NoError(t, err)
	require.Equal(t, profile.Production, p.Instance.Kind)
	require.Equal(t, "127.0.0.1:9", p.Instance.Name)
}

func TestResolveNamesWhatIsWrong(t *testing.T) {
	_, err := resolve(env("CLERK_API_URL", "http://127.0.0.1:9/v1"))
	require.ErrorIs(t, err, profile.ErrNoKey)

	for _, blank := range []string{"", " ", "\t\n"} {
		_, err = resolve(env("CLERK_SECRET_KEY", blank))
		require.ErrorIs(t, err, profile.ErrEmptyKey, "an empty key is never the demo")
		_, err = resolve(env("CLERK_SECRET_KEY", blank, "CLERK_API_URL", "http://127.0.0.1:9/v1"))
		require.ErrorIs(t, err, profile.ErrEmptyKey)
	}

	_, err = resolve(env("CLERK_SECRET_KEY", "pk_test_notasecretkey"))
	require.Error(t, err)
	require.NotContains(t, err.Error(), "notasecretkey", "an error never quotes a key")
}
