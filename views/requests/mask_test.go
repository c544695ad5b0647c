package requests_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/views/viewtest"
)

func TestRequests_NameNobodyUnderTheMask(t *testing.T) {
	b := viewtest.New(t)
	d := open(t, b)
	maya := b.FindUser("Maya Okafor")
	_, err := b.Env.Client.UnlockUser(t.Context(), maya.ID)
	require.NoError(t, err)
	_, err = b.Env.Client.ListUsers(t.Context(), api.Query{Search: "okafor", Limit: 1})
	require.NoError(t, err)
	hidden := []string{"okafor", "Okafor", "Maya", "harborpine", maya.ID.Raw()[len("user_"):]}
	b.Env.Mask.Toggle()
	d.Press("@")
	d.Has("/users/user_••••", "unlock")
	d.Lacks(hidden...)
	d.Press("enter")
	d.Has("query=••••", "limit=1")
	for range 12 {
		d.Lacks(hidden...)
		d.Press("pgdown")
	}
	d.Press("q", "down", "y")
	for _, fact := range hidden {
		require.NotContains(t, d.Clipboard, fact)
	}
	require.Contains(t, d.Clipboard, "/users/user_••••")
}
