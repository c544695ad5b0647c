package selection_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/selection"
)

func rows(n int) []*localsearch.Row {
	users := make([]api.User, n)
	for i := range users {
		users[i].ID = clean.NewText(fmt.Sprint("user_", i))
	}
	return localsearch.NewRows(users)
}

func list(rows []*localsearch.Row, cursor int, query string) selection.List {
	return selection.List{Rows: len(rows), Cursor: cursor, Query: query,
		At: func(row int) *localsearch.Row { return rows[row] },
		Find: func(id string) (int, bool) {
			for i, r := range rows {
				if r != nil && r.ID == id {
					return i, true
				}
			}
			return 0, false
		}}
}

func TestSelection_KeepsTheOrderOfMarking(t *testing.T) {
	var s selection.Selection
	all := rows(3)
	require.Equal(t, 3, s.Add(all[2], all[0], all[1]))
	s.Remove(all[0].ID)
	require.Equal(t, []*localsearch.Row{all[2], all[1]}, s.Rows())
	require.Equal(t, 1, s.Add(all[2]), "marking twice is marking once")
	require.Equal(t, 2, s.Len())
}

func TestSelection_RefusesEntriesWithoutAnID(t *testing.T) {
	var s selection.Selection
	require.Zero(t, s.Add(localsearch.NewRows(make([]api.User, 1))...))
	require.Zero(t, s.Len())
}

func TestRange_FollowsItsFirstUser(t *testing.T) {
	var s selection.Selection
	all := rows(5)
	s.BeginRange(all[1].ID, 1, "newest")
	require.Equal(t, 3, s.RangeLen(list(all, 3, "newest")))
	require.Equal(t, 4, s.RangeLen(list(append(rows(9)[8:], all...), 5, "newest")), "somebody came in above")
}

func TestRange_UsesTheRowOfAnEvictedUserInTheSameListOnly(t *testing.T) {
	var s selection.Selection
	all := rows(5)
	s.BeginRange(all[1].ID, 1, "newest")
	all[1] = nil
	require.Equal(t, 4, s.RangeLen(list(all, 4, "newest")))
	require.Zero(t, s.RangeLen(list(all, 4, "oldest")))
	require.Zero(t, s.RangeLen(list(all, -1, "newest")), "no row has the cursor")
}
