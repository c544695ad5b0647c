package policy_test

import (
	"os"
	"os/user"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/policy"
)

// The environment has no say in who somebody is.
func TestCurrentPerson_IsTheKernels(t *testing.T) {
	t.Setenv("USER", "boss")
	t.Setenv("SUDO_USER", "boss")
	t.Setenv("LOGNAME", "boss")
	me, err := user.Current()
	require.NoError(t, err)
	login := filepath.Join(t.TempDir(), "loginuid")
	for _, text := range []string{"", "4294967295", "4294967295\n", "nonsense", me.Uid} {
		require.NoError(t, os.WriteFile(login, []byte(text), 0o600))
		p := policy.CurrentPerson(login)
		require.Equal(t, me.Username, p.User)
		require.NotEmpty(t, p.Groups)
	}
	require.Equal(t, me.Username, policy.CurrentPerson("/nowhere/loginuid").User)
}

// Who logged in stays who they are behind sudo and su, with their own groups.
func TestCurrentPerson_IsWhoLoggedIn(t *testing.T) {
	other, err := user.LookupId("1")
	if err != nil || os.Getuid() == 1 {
		t.Skip("there is no other user on this machine")
	}
	login := filepath.Join(t.TempDir(), "loginuid")
	require.NoError(t, os.WriteFile(login, []byte("1"), 0o600))
	p := policy.CurrentPerson(login)
	require.Equal(t, other.Username, p.User)
	require.NotContains(t, p.Groups, "root")
	require.NoError(t, os.WriteFile(login, []byte("3999999999"), 0o600))
	require.Equal(t, policy.Person{User: "3999999999"}, policy.CurrentPerson(login), "nobody's name is taken for theirs")
}
