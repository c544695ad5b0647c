package usercache_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/usercache"
)

func noon() time.Time { return time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC) }

func person(id string, at time.Time) *api.User { return &api.User{ID: clean.NewText(id), ReadAt: at} }

func TestCache_KeepsTheNewestAnswer(t *testing.T) {
	p := usercache.New()
	older, newer := person("user_1", noon()), person("user_1", noon().Add(time.Minute))
	require.Same(t, newer, p.Update(newer).User)
	require.Same(t, newer, p.Update(older).User)
	require.Same(t, newer, p.Update(&api.User{ID: newer.ID}).User, "an id alone is a question, not an answer")
	again := person("user_1", newer.ReadAt)
	require.Same(t, again, p.Update(again).User, "of two of one moment the one that came last")
	require.True(t, p.Contains(again.ID))
	p.Remove(again.ID)
	require.False(t, p.Contains(again.ID))
	require.Same(t, older, p.Update(older).User)
}

func TestCache_DropsTheLeastRecentlyUsed(t *testing.T) {
	p := usercache.New()
	p.Update(person("first", noon())).Sessions.SetIfNewer(api.Page[api.Session]{Total: 1}, noon(), noon())
	p.Update(person("second", noon())).Sessions.SetIfNewer(api.Page[api.Session]{Total: 1}, noon(), noon())
	for i := range 299 {
		p.Update(person(strconv.Itoa(i), noon()))
		require.True(t, p.Update(person("first", noon())).Sessions.IsRead(), "who is looked at stays, after %d others", i)
	}
	require.False(t, p.Update(person("second", noon())).Sessions.IsRead())
}

func TestList_IsNotReplacedByAnEarlierRequest(t *testing.T) {
	var l usercache.List[string]
	require.False(t, l.IsRead())
	l.SetIfNewer(api.Page[string]{Rows: []string{"new"}, Total: 1}, noon().Add(time.Second), noon().Add(2*time.Second))
	l.SetIfNewer(api.Page[string]{Rows: []string{"old"}, Total: 1}, noon(), noon().Add(time.Minute))
	require.Equal(t, []string{"new"}, l.Rows)
	require.Equal(t, noon().Add(2*time.Second), l.ReadAt)
	l.SetIfNewer(api.Page[string]{}, noon().Add(time.Minute), noon().Add(time.Minute))
	require.True(t, l.IsRead(), "none is an answer")
	require.Empty(t, l.Rows)
}
