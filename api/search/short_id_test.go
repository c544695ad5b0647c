package search_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
)

func TestParse_ShortenedIDMatchesBothEnds(t *testing.T) {
	u := &api.User{ID: clean.NewText("user_2XAbcdefghijklmnopqrs9hVq")}
	for text, holds := range map[string]bool{
		"user_2XA…9hVq": true, "user_2XA...9hVq": true, "id:user_2XA…9hVq": true, "user_2XA…hVq": true, "user_2XA…": true, "user_…9hVq": true,
		"user_2XA…9hVr": false, "user_2XB…9hVq": false, "-id:user_2XA…9hVq": false,
	} {
		s := search.Parse(text, time.Time{})
		require.Nil(t, s.InvalidToken(), text)
		require.True(t, s.NeedsScan() && s.HasTokens(), text)
		require.Equal(t, holds, s.Matches(u, time.Time{}), text)
	}
	s := search.Parse("user_2XA…9hVq", time.Time{})
	require.Equal(t, "user_2XA", s.Query.Search, "the service narrows it down")
	require.Equal(t, "user id user_2XA…9hVq", s.Describe())
	require.Equal(t, "maya", search.Parse("maya user_2XA…9hVq", time.Time{}).Query.Search)
	require.Empty(t, search.Parse("-id:user_2XA…9hVq", time.Time{}).Query.Search)
	for _, text := range []string{"user_2XA", "wait…", "a...b", `"user_2XA…9hVq"`, "user_…", "maya…okafor"} {
		require.False(t, search.Parse(text, time.Time{}).HasTokens(), text)
	}
}
