package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRange_BlocksOperationsWhileOpen(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	sent := len(b.Transport.Requests())
	d.Press("v", "b")
	d.Dialog().Expect("Ban user", "Maya Okafor")
	d.Press("esc", "j", "j", "b")
	require.False(t, d.Asking(), d.Screen())
	d.Has("a range of 3 is open; mark or cancel it first", "range of 3")
	d.Press("x")
	d.Has("a range of 3 is open")
	d.Press("esc", "v", "b")
	d.Dialog().Expect("Ban 3 users")
	d.Press("esc", "v", "k", "b")
	require.False(t, d.Asking(), "whether those marked or those in the range are meant")
	d.Has("a range of 2 is open; mark or cancel it")
	d.Press("esc", "b")
	d.Dialog().Expect("Ban 3 users")
	require.NotContains(t, strings.Join(b.Transport.Requests()[sent:], " "), "POST")
}
