package actionlist_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/actionlist"
	"frontdesk/tui/tuitest"
)

var items = []tui.Action{
	{ID: "mfa", Title: "Reset MFA enrollments", Keywords: []string{"2fa", "two-factor"}},
	{ID: "unlock", Title: "Unlock user", Off: "not locked"},
	{ID: "suspend", Title: "Suspend", Help: "Returns to the shell."},
	{ID: "ban", Title: "Ban user", Keywords: []string{"suspend", "block account"}, Off: "already banned"},
}

func titles(m *actionlist.Model) (out []string) {
	for _, r := range m.Rows() {
		out = append(out, r.Title)
	}
	return out
}

func typed(c actionlist.Config, query string) *actionlist.Model {
	m := actionlist.New(c)
	for _, letter := range query {
		m.Update(tuitest.Key(string(letter)))
	}
	return m
}

func TestModel_FindsActionsByKeyword(t *testing.T) {
	for query, want := range map[string][]string{
		"2fa": {"Reset MFA enrollments"}, "2F": {"Reset MFA enrollments"}, "factor": {"Reset MFA enrollments"},
		"suspend": {"Suspend", "Ban user"}, "account": {"Ban user"}, "ccount": nil, "shell": nil,
	} {
		require.Equal(t, want, titles(typed(actionlist.Config{Items: items}, query)), query)
	}
}

func TestModel_SearchesMoreTextOnlyWhereAsked(t *testing.T) {
	c := actionlist.Config{Items: items, MoreText: func(a tui.Action) []string { return []string{a.Help, a.Off} }}
	require.Equal(t, []string{"Suspend"}, titles(typed(c, "the shell")))
	require.Equal(t, []string{"Ban user"}, titles(typed(c, "already")))
	require.Equal(t, []string{"Unlock user"}, titles(typed(c, "locked")), "a text ranks above scattered letters")
}

func TestModel_StartsAtTheFirstAvailableAction(t *testing.T) {
	m := actionlist.New(actionlist.Config{Items: items[1:]})
	require.Equal(t, 1, m.Cursor())
	m.Move(-2)
	require.Equal(t, 2, m.Cursor(), "it wraps")
	_, ok := m.Choose()
	require.False(t, ok)
	require.Equal(t, "Ban user: already banned", m.Note)
	m.Move(-1)
	require.Empty(t, m.Note)
	a, ok := m.Choose()
	require.True(t, ok)
	require.Equal(t, "suspend", a.ID)
	m.Wheel(tea.MouseWheelDown)
	require.Equal(t, 2, m.Cursor(), "the wheel stops at the end")
	m.Select(-5)
	require.Equal(t, 0, m.Cursor())
}

func TestModel_WithoutRowsChoosesNothing(t *testing.T) {
	m := typed(actionlist.Config{Items: items}, "zzz")
	m.Move(1)
	m.Select(3)
	_, ok := m.Choose()
	require.False(t, ok)
	found, all := m.Count()
	require.Equal(t, []int{0, 4}, []int{found, all})
	require.Len(t, m.Unfiltered().Rows(), 4)
	require.Empty(t, m.Rows(), "the copy is independent")
	m.Clear()
	require.Equal(t, items[0].Title, titles(m)[0])
}

func TestModel_MarksMatchedBytes(t *testing.T) {
	m := typed(actionlist.Config{Items: items}, "user")
	require.Equal(t, []int{4, 5, 6, 7}, m.Rows()[1].Matched)
	require.Equal(t, "Ban user", m.Rows()[1].Title)
}
