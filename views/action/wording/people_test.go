package wording_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/action/wording"
)

func TestUsers_JoinsTheLastWithAnd(t *testing.T) {
	var users []*api.User
	for _, name := range []string{"Ingrid", "Sam", "Żak", "Maya", "Bo"} {
		users = append(users, &api.User{FirstName: clean.NewText(name)})
	}
	require.Equal(t, "4 users   Ingrid, Sam, Żak and Maya", strings.Join(wording.Users(users[:4]), "   "))
	require.Equal(t, "5 users   Ingrid, Sam, Żak,   Maya and Bo", strings.Join(wording.Users(users), "   "))
}
