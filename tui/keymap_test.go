package tui_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

func TestConflicts_FollowTheScopes(t *testing.T) {
	clash := func(a, b tui.Scope) bool {
		return len(tui.Conflicts([]tui.Binding{{Scope: a, Actions: []string{"one"}, Keys: []string{"x"}}, {Scope: b, Actions: []string{"other"}, Keys: []string{"x"}}})) > 0
	}
	for _, other := range []tui.Scope{tui.ScopeDialog, tui.ScopeMenu, tui.ScopePage, tui.ScopeFallback, tui.ScopeEverywhere, "list"} {
		require.True(t, clash(tui.ScopeAlways, other), "always and %s", other)
		require.True(t, clash(other, other), "%s twice", other)
		require.Equal(t, other == "list" || other == tui.ScopeEverywhere, clash(other, tui.ScopeEverywhere), "everywhere and %s", other)
	}
	require.False(t, clash("list", "user"))
}
