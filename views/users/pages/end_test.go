package pages

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A server may return fewer rows than requested: no row behind them is lost, whichever
// way the list is read.
func TestPages_ShortPageIsNotTheEnd(t *testing.T) {
	servers := map[string]func(int) int{
		"a smaller maximum": func(limit int) int { return min(limit, 4) },
		"rows left out":     func(limit int) int { return max(2, limit-3) },
	}
	for name, gives := range servers {
		t.Run(name, func(t *testing.T) {
			kinds(t, func(t *testing.T, chained bool) {
				for _, n := range []int{1, 2, 4, 5, 10, 40, 99} {
					for _, counted := range []bool{true, false} {
						s := newShelf(n)
						s.gives = gives
						p := s.open(chained, counted)
						if counted {
							s.settle(t, p, n-3, n, -1)
							require.Equal(t, s.ids[n-1], p.At(n-1).ID)
						}
						for at := 0; at < n; at += 3 {
							s.settle(t, p, at, at+5, 1)
						}
						for at := n; at >= 0; at -= 3 {
							s.settle(t, p, at-5, at, -1)
						}
						require.Equal(t, s.ids, ids(p), "%d people", n)
						require.True(t, p.IsComplete())
						sane(t, p)
					}
				}
			})
		})
	}
}

// What a short page means is requested only if nothing else tells.
func TestPages_ShortPageIsTheEndIfTheCountAgrees(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for _, n := range []int{3, 9, 27} {
			s := newShelf(n)
			p := s.open(chained, true)
			for at := 0; at < n; at += 3 {
				s.settle(t, p, at, at+5, 1)
			}
			require.True(t, p.IsComplete())
			require.Len(t, s.asked, n/10+1)
		}
		s := newShelf(7)
		p := s.open(chained, false)
		require.False(t, p.IsExact(), "it may be all that the server gives at once")
		p.SetAwaitsCount(true)
		require.Empty(t, p.Requests(0, 5, 1, 2, 2), "the count is on its way")
		p.SetTotal(7)
		require.True(t, p.IsComplete())
		p.SetTotal(8)
		require.True(t, p.IsComplete(), "a later count is of later rows")

		first, fill := newShelf(20), &PageFill{}
		p = New(10, chained, fill)
		ask := p.FirstRequest(0)
		p.Take(ask, first.answer(ask))
		p = New(10, chained, fill)
		ask = p.FirstRequest(0)
		require.True(t, p.IsWholeList(ask, s.answer(ask)), "this server gave more at once before")
		p.Take(ask, s.answer(ask))
		require.True(t, p.IsComplete())
		p.SetTotal(12)
		require.False(t, p.IsComplete(), "but the count knows better")
		s.insert(7)
		s.settle(t, p, 0, 5, 1)
		require.Equal(t, s.ids, ids(p))
		require.True(t, p.IsComplete(), "nothing followed")
	})
}
