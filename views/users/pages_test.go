package users

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// shelf is a server with rows, newest first, that answers as Clerk does.
type shelf struct {
	ids    []string
	asked  []pageAsk
	serial int
}

func newShelf(n int) *shelf {
	s := &shelf{}
	for range n {
		s.insert(0)
	}
	return s
}

func (s *shelf) insert(at int) string {
	s.serial++
	id := fmt.Sprintf("user_%05d", s.serial)
	s.ids = slices.Insert(s.ids, at, id)
	return id
}

func (s *shelf) answer(ask pageAsk) []*row {
	s.asked = append(s.asked, ask)
	from := ask.offset
	if ask.after != "" {
		from = slices.Index(s.ids, ask.after) + 1
	}
	from = min(from, len(s.ids))
	var out []*row
	for _, id := range s.ids[from:min(from+ask.limit, len(s.ids))] {
		out = append(out, &row{id: id})
	}
	return out
}

// settle answers all that is wanted around rows [first, end).
func (s *shelf) settle(p *pages, first, end, dir int) {
	for {
		asks := p.want(first, end, dir, 2, 2)
		if len(asks) == 0 {
			return
		}
		for _, a := range asks {
			p.take(a, s.answer(a))
		}
	}
}

func ids(p *pages) (out []string) {
	for i := range p.len() {
		if r := p.at(i); r != nil {
			out = append(out, r.id)
		} else {
			out = append(out, "")
		}
	}
	return out
}

func TestPagesFlowAsOneList(t *testing.T) {
	for _, chained := range []bool{true, false} {
		for _, n := range []int{0, 1, 9, 10, 11, 40, 41, 99} {
			s, p := newShelf(n), newPages(10, chained)
			first := p.first(0)
			p.take(first, s.answer(first))
			p.counted(n)
			for at := 0; at < n; at += 3 {
				s.settle(p, at, at+5, 1)
			}
			require.Equal(t, n, p.len())
			require.True(t, p.exact())
			require.True(t, p.whole(), "all of %d", n)
			require.Equal(t, append([]string{}, s.ids...), append([]string{}, ids(p)...), "chained %v", chained)
			seen := map[int]bool{}
			for _, a := range s.asked {
				require.False(t, seen[a.page], "page %d of %d was asked for twice", a.page, n)
				seen[a.page] = true
				require.Equal(t, chained && a.page > 0, a.after != "", "%+v", a)
				require.False(t, a.after != "" && a.offset > 0, "both an id and an offset: %+v", a)
			}
		}
	}
}

func TestPagesWithoutATotalGoOnToTheEnd(t *testing.T) {
	for _, n := range []int{0, 20, 25} {
		s, p := newShelf(n), newPages(10, true)
		first := p.first(0)
		p.take(first, s.answer(first))
		require.Equal(t, n == 0, p.exact())
		for at := 0; at <= n; at += 5 {
			s.settle(p, at, at+5, 1)
		}
		require.Equal(t, n, p.len())
		require.True(t, p.whole())
	}
}

func TestPagesAskForWhatShowsThenAhead(t *testing.T) {
	p := newPages(10, false)
	p.counted(1000)
	pagesOf := func(asks []pageAsk) (out []int) {
		for _, a := range asks {
			out = append(out, a.page)
			delete(p.flying, a.page)
		}
		return out
	}
	require.Equal(t, []int{50, 51}, pagesOf(p.want(500, 520, 1, 2, 2)))
	require.Equal(t, []int{50, 51, 52, 53}, pagesOf(p.want(500, 520, 1, 2, 9)))
	require.Equal(t, []int{50, 51, 49, 48}, pagesOf(p.want(500, 520, -1, 2, 9)))
	require.Equal(t, []int{99}, pagesOf(p.want(995, 1000, 1, 2, 9)), "nothing past the end")
	require.Equal(t, []int{99, 98, 97}, pagesOf(p.want(995, 1000, -1, 2, 9)))
	require.Equal(t, []int{0}, pagesOf(p.want(0, 5, -1, 2, 9)), "nothing before the start")
	p.want(0, 5, 1, 0, 1)
	require.Empty(t, p.want(500, 520, 1, 2, 1), "one at a time")
}

func TestPagesLeaveAloneWhatFailedUntilRetry(t *testing.T) {
	s, p := newShelf(30), newPages(10, true)
	p.counted(30)
	asks := p.want(0, 5, 1, 0, 1)
	require.Len(t, asks, 1)
	p.fail(asks[0].page)
	require.Empty(t, p.want(0, 5, 1, 0, 1))
	p.retry()
	s.settle(p, 0, 5, 1)
	require.NotNil(t, p.at(0))
}

func TestPagesJumpToTheEndAndBack(t *testing.T) {
	s, p := newShelf(95), newPages(10, true)
	p.take(p.first(0), s.answer(pageAsk{limit: 10}))
	p.counted(95)
	s.settle(p, 85, 95, -1)
	require.Equal(t, s.ids[94], p.at(94).id)
	require.Equal(t, 80, s.asked[1].offset, "by offset, because nothing before it is here")
	for at := 80; at >= 0; at -= 5 {
		s.settle(p, at, at+5, -1)
	}
	require.Equal(t, s.ids, ids(p))
}

func TestPagesMemoryIsBoundedAndGoingBackAsksAgain(t *testing.T) {
	s, p := newShelf(1000), newPages(10, true)
	p.take(p.first(0), s.answer(pageAsk{limit: 10}))
	p.counted(1000)
	for at := 0; at < 1000; at += 5 {
		s.settle(p, at, min(at+5, 1000), 1)
		p.hold(at, 8)
		require.LessOrEqual(t, len(p.held), 8)
		require.LessOrEqual(t, len(p.home), 80)
		require.NotNil(t, p.at(at))
	}
	require.Nil(t, p.at(0))
	before := len(s.asked)
	for at := 995; at >= 0; at -= 5 {
		s.settle(p, at, at+5, -1)
		p.hold(at, 8)
		require.Equal(t, s.ids[at], p.at(at).id)
	}
	for _, a := range s.asked[before:] {
		require.True(t, a.page == 0 || a.after != "", "the way back is by the ids it was known by: %+v", a)
	}
}

func TestPagesSeeEveryoneWhoStaysExactlyOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 50 {
		s, p := newShelf(200), newPages(10, true)
		stays := map[string]bool{}
		for _, id := range s.ids {
			stays[id] = true
		}
		first := p.first(0)
		p.take(first, s.answer(first))
		p.counted(200)
		for at := 0; at < p.len(); at += 4 {
			s.settle(p, at, at+4, 1)
			for range rng.IntN(3) {
				s.insert(rng.IntN(len(s.ids)))
			}
			if k := rng.IntN(len(s.ids)); s.ids[k] != lastOf(p) && rng.IntN(2) == 0 {
				delete(stays, s.ids[k])
				if !slices.Contains(anchors(p), s.ids[k]) {
					s.ids = slices.Delete(s.ids, k, k+1)
				}
			}
		}
		count := map[string]int{}
		for _, id := range ids(p) {
			count[id]++
		}
		for id, n := range count {
			require.Equal(t, 1, n, id)
		}
		for id := range stays {
			require.Equal(t, 1, count[id], "%s was there throughout", id)
		}
	}
}

func lastOf(p *pages) string {
	k := -1
	for page := range p.last {
		k = max(k, page)
	}
	return p.last[k]
}

func anchors(p *pages) (out []string) {
	for _, id := range p.last {
		out = append(out, id)
	}
	return out
}

func TestPagesByOffsetDoNotRepeatRowsThatMovedDown(t *testing.T) {
	s, p := newShelf(60), newPages(10, false)
	p.take(p.first(0), s.answer(pageAsk{limit: 10}))
	p.counted(60)
	was := slices.Clone(s.ids)
	for range 3 {
		s.insert(0)
	}
	for at := 0; at < p.len(); at += 5 {
		s.settle(p, at, at+5, 1)
	}
	require.Equal(t, was, ids(p))
}

func TestPagesForgetAndReplaceById(t *testing.T) {
	s, p := newShelf(45), newPages(10, true)
	p.take(p.first(0), s.answer(pageAsk{limit: 10}))
	p.counted(45)
	s.settle(p, 0, 20, 1)
	gone := []int{0, 9, 10, 19, 25}
	for i := len(gone) - 1; i >= 0; i-- {
		id := s.ids[gone[i]]
		at, here := p.find(id)
		require.True(t, here)
		require.Equal(t, gone[i], at)
		p.remove(id)
		s.ids = slices.Delete(s.ids, gone[i], gone[i]+1)
		_, here = p.find(id)
		require.False(t, here)
	}
	require.Equal(t, 40, p.len())
	for at := 0; at < p.len(); at += 5 {
		s.settle(p, at, at+5, 1)
	}
	require.Equal(t, s.ids, ids(p))
	at, _ := p.find(s.ids[33])
	require.Equal(t, 33, at)
	newer := &row{id: s.ids[33]}
	p.replace(newer)
	require.Same(t, newer, p.at(33))
	p.remove("user_unknown")
	p.replace(&row{id: "user_unknown"})
	require.Equal(t, 40, p.len())
	for _, id := range s.ids {
		p.remove(id)
	}
	require.Zero(t, p.len())
	require.Nil(t, p.at(0))
}

func TestPagesTakeTheEndFromTheRowsAndNotFromTheCount(t *testing.T) {
	s, p := newShelf(25), newPages(10, true)
	p.counted(31) // six were deleted since it was counted
	s.settle(p, 0, 31, 1)
	require.Equal(t, 25, p.len())
	s, p = newShelf(25), newPages(10, true)
	p.counted(12) // thirteen came since
	for at := 0; at < 25; at += 5 {
		s.settle(p, at, at+5, 1)
	}
	require.Equal(t, 25, p.len())
}
