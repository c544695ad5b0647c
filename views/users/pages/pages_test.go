package pages

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
)

// shelf is a server with rows, newest first, that answers as Clerk does.
type shelf struct {
	ids    []string
	asked  []Request
	serial int
	deaf   bool // ignores starting_after and returns the first rows
	// gives returns how many rows it returns of those requested, nil for all.
	gives func(limit int) int
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

func (s *shelf) answer(ask Request) []*localsearch.Row {
	s.asked = append(s.asked, ask)
	ids := slices.Clone(s.ids)
	if ask.Reverse {
		slices.Reverse(ids)
	}
	from := min(ask.Offset, len(ids))
	if ask.After != "" && !s.deaf {
		at := slices.Index(ids, ask.After)
		if at < 0 {
			return nil // refused
		}
		from = at + 1
	}
	limit := ask.Limit
	if s.gives != nil {
		limit = s.gives(limit)
	}
	var out []*localsearch.Row
	for _, id := range ids[from:min(from+limit, len(ids))] {
		out = append(out, &localsearch.Row{ID: id})
	}
	if ask.Reverse {
		slices.Reverse(out)
	}
	return out
}

// settle answers all requests for rows [first, end).
func (s *shelf) settle(t testing.TB, p *Pages, first, end, dir int) {
	t.Helper()
	for tries := 0; ; tries++ {
		require.Less(t, tries, 100, "it asks without end: %+v", s.asked[max(0, len(s.asked)-3):])
		asks := p.Requests(first, end, dir, 2, 2)
		if len(asks) == 0 {
			return
		}
		for _, a := range asks {
			p.Take(a, s.answer(a))
		}
	}
}

// open returns a list with its first page loaded.
func (s *shelf) open(chained, counted bool) *Pages {
	p := New(10, chained, &PageFill{})
	first := p.FirstRequest(0)
	p.Take(first, s.answer(first))
	if counted {
		p.SetTotal(len(s.ids))
	}
	return p
}

func ids(p *Pages) (out []string) {
	for i := range p.Len() {
		if r := p.At(i); r != nil {
			out = append(out, r.ID)
		} else {
			out = append(out, "")
		}
	}
	return out
}

func kinds(t *testing.T, f func(t *testing.T, chained bool)) {
	t.Run("by id", func(t *testing.T) { f(t, true) })
	t.Run("by offset", func(t *testing.T) { f(t, false) })
}

func TestPages_FormOneList(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for _, n := range []int{0, 1, 2, 9, 10, 11, 40, 41, 99} {
			for _, counted := range []bool{true, false} {
				s := newShelf(n)
				p := s.open(chained, counted)
				for at := 0; at < max(n, 1); at += 3 {
					s.settle(t, p, at, at+5, 1)
				}
				require.Equal(t, n, p.Len())
				require.True(t, p.IsExact())
				require.True(t, p.IsComplete(), "all of %d", n)
				require.Equal(t, append([]string{}, s.ids...), append([]string{}, ids(p)...))
				most := n/10 + 1
				if !counted && n > 0 && n < 10 {
					most++ // it is not known yet whether the server's pages are full
				}
				require.LessOrEqual(t, len(s.asked), most, "a page is asked for once")
				for _, a := range s.asked {
					require.Equal(t, chained && a.kind == growth, a.After != "", "%+v", a)
					require.False(t, a.After != "" && a.Offset > 0, "both an id and an offset: %+v", a)
				}
			}
		}
	})
}

func TestPages_RequestVisibleRowsFirst(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		s := newShelf(1000)
		p := s.open(chained, true)
		asks := p.Requests(500, 505, 1, 2, 2)
		require.Len(t, asks, 1, "ahead of what is not here nothing can be asked for")
		require.True(t, asks[0].IsVisible)
		require.Empty(t, p.Requests(500, 505, 1, 2, 2), "it is on its way")
		p.Take(asks[0], s.answer(asks[0]))
		require.NotNil(t, p.At(500))
		require.NotNil(t, p.At(504))
		asks = p.Requests(500, 505, 1, 2, 2)
		require.Len(t, asks, 1)
		require.False(t, asks[0].IsVisible)
		require.False(t, asks[0].up)
		require.Empty(t, p.Requests(500, 505, -1, 2, 1), "one at a time")
		asks = p.Requests(500, 505, -1, 2, 2)
		require.Len(t, asks, 1)
		require.True(t, asks[0].up)
		require.Empty(t, p.Requests(0, 5, -1, 2, 9), "nothing before the start")
		clear(p.inFlight)
		s.settle(t, p, 995, 1000, 1)
		require.Equal(t, s.ids[999], p.At(999).ID)
	})
}

func TestPages_DoNotRequestFailedRowsUntilRetry(t *testing.T) {
	s := newShelf(30)
	p := New(10, true, &PageFill{})
	p.SetTotal(30)
	asks := p.Requests(0, 5, 1, 0, 1)
	require.Len(t, asks, 1)
	p.MarkFailed(asks[0].Number)
	require.Empty(t, p.Requests(0, 5, 1, 0, 1))
	p.ClearFailed()
	s.settle(t, p, 0, 5, 1)
	require.NotNil(t, p.At(0))
}

func TestPages_JumpToTheEndAndBack(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		s := newShelf(95)
		p := s.open(chained, true)
		s.settle(t, p, 90, 95, -1)
		require.Equal(t, s.ids[94], p.At(94).ID)
		require.Equal(t, chained, s.asked[1].Reverse, "the end is the start of the other order")
		require.Equal(t, chained, s.asked[1].Offset == 0)
		for at := 90; at >= 0; at -= 5 {
			s.settle(t, p, at, at+5, -1)
		}
		require.Equal(t, s.ids, ids(p))
		require.True(t, p.IsComplete())
	})
}

func TestPages_JumpIntoTheMiddleFromTheNearerEnd(t *testing.T) {
	s := newShelf(1000)
	p := s.open(true, true)
	for _, at := range []int{300, 700, 990, 5, 123} {
		s.settle(t, p, at, at+5, 1)
		require.Equal(t, s.ids[at], p.At(at).ID)
		require.Less(t, s.asked[len(s.asked)-1].Offset, 500)
	}
	for at := 0; at < 1000; at += 5 {
		s.settle(t, p, at, at+5, 1)
	}
	require.Equal(t, s.ids, ids(p), "islands become one list")
	require.True(t, p.IsComplete())
}

func TestPages_EvictFarRowsAndRequestThemAgain(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		s := newShelf(1000)
		p := s.open(chained, true)
		bounded := func(at int) {
			p.Evict(at, 8)
			require.LessOrEqual(t, len(p.runOf), 80)
			require.LessOrEqual(t, len(p.runs), 8)
			require.LessOrEqual(t, len(p.inFlight)+len(p.failed), 3)
		}
		for at := 0; at < 1000; at += 5 {
			s.settle(t, p, at, min(at+5, 1000), 1)
			require.Equal(t, s.ids[at], p.At(at).ID)
			bounded(at)
		}
		require.Nil(t, p.At(0))
		require.Equal(t, 1000, p.Len())
		for at := 995; at >= 0; at -= 5 {
			s.settle(t, p, at, at+5, -1)
			require.Equal(t, s.ids[at], p.At(at).ID)
			bounded(at)
		}
		require.Nil(t, p.At(999))
		require.Equal(t, 1000, p.Len())
	})
}

func TestPages_ByOffsetNeitherRepeatNorSkipMovedRows(t *testing.T) {
	for name, change := range map[string]func(*shelf){
		"down": func(s *shelf) {
			for range 3 {
				s.insert(0)
			}
		},
		"up":   func(s *shelf) { s.ids = s.ids[3:] },
		"away": func(s *shelf) { s.ids = slices.Delete(s.ids, 7, 10) }, // the last rows loaded
	} {
		s := newShelf(60)
		p := s.open(false, true)
		was := slices.Clone(s.ids)
		change(s)
		for at := 0; at < p.Len(); at += 5 {
			s.settle(t, p, at, at+5, 1)
		}
		got := ids(p)
		for _, id := range was[10:] {
			require.Equal(t, 1, count(got, id), "%s: %s", name, id)
		}
		require.True(t, slices.IsSortedFunc(got, func(a, b string) int { return -compare(a, b) }), name)
	}
}

func count(list []string, one string) (n int) {
	for _, s := range list {
		if s == one {
			n++
		}
	}
	return n
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestPages_OfAServerWithoutCursors(t *testing.T) {
	s := newShelf(200)
	s.deaf = true
	p := s.open(true, true)
	for at := 0; at < 200; at += 5 {
		s.settle(t, p, at, at+5, 1)
	}
	require.Equal(t, s.ids, ids(p))
}

func TestPages_RemoveAndReplaceByID(t *testing.T) {
	s := newShelf(45)
	p := s.open(true, true)
	s.settle(t, p, 0, 20, 1)
	gone := []int{0, 9, 10, 19, 25}
	for i := len(gone) - 1; i >= 0; i-- {
		id := s.ids[gone[i]]
		at, here := p.Find(id)
		require.True(t, here)
		require.Equal(t, gone[i], at)
		p.Remove(id)
		s.ids = slices.Delete(s.ids, gone[i], gone[i]+1)
		_, here = p.Find(id)
		require.False(t, here)
	}
	require.Equal(t, 40, p.Len())
	for at := 0; at < p.Len(); at += 5 {
		s.settle(t, p, at, at+5, 1)
	}
	require.Equal(t, s.ids, ids(p))
	at, _ := p.Find(s.ids[33])
	require.Equal(t, 33, at)
	newer := &localsearch.Row{ID: s.ids[33]}
	p.Replace(newer)
	require.Same(t, newer, p.At(33))
	p.Remove("user_unknown")
	p.Replace(&localsearch.Row{ID: "user_unknown"})
	require.Equal(t, 40, p.Len())
	for _, id := range s.ids {
		p.Remove(id)
	}
	require.Zero(t, p.Len())
	require.True(t, p.IsComplete())
	require.Nil(t, p.At(0))
}

func TestPages_TakeTheEndFromTheRowsInsteadOfTheCount(t *testing.T) {
	s, p := newShelf(25), New(10, true, &PageFill{})
	p.SetTotal(31) // six were deleted since the count
	for at := 0; at < 31; at += 5 {
		s.settle(t, p, at, at+5, 1)
	}
	require.Equal(t, 25, p.Len())
	s, p = newShelf(25), New(10, true, &PageFill{})
	p.SetTotal(12) // thirteen were added since
	for at := 0; at < 25; at += 5 {
		s.settle(t, p, at, at+5, 1)
	}
	require.Equal(t, 25, p.Len())
	s, p = newShelf(25), New(10, false, &PageFill{})
	p.SetTotal(1000)
	s.settle(t, p, 900, 905, 1)
	require.Less(t, p.Len(), 900, "nobody is there")
}

func TestPages_InsertNewAtTheTop(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		s := newShelf(100)
		p := s.open(chained, true)
		s.settle(t, p, 50, 55, 1)
		who := p.At(52).ID
		var came []*localsearch.Row
		for range 3 {
			came = append([]*localsearch.Row{{ID: s.insert(0)}}, came...)
		}
		fresh := p.Unknown(append(came, p.At(0), came[0]))
		require.Len(t, fresh, 3, "one was here already")
		require.Equal(t, 3, p.InsertNew(fresh, false))
		require.Equal(t, 103, p.Len())
		at, _ := p.Find(who)
		require.Equal(t, 55, at)
		for at := 0; at < 103; at += 5 {
			s.settle(t, p, at, at+5, 1)
		}
		require.Equal(t, s.ids, ids(p))
		sane(t, p)
	})
}

// BenchmarkTake measures adding a page of fifty to the loaded rows and evicting as
// many at the other end.
func BenchmarkTake(b *testing.B) {
	const size, held = 50, 30
	for _, chained := range []bool{true, false} {
		b.Run(map[bool]string{true: "by id", false: "by offset"}[chained], func(b *testing.B) {
			s := newShelf(20_000)
			p := New(size, chained, &PageFill{})
			p.SetTotal(len(s.ids))
			first := p.FirstRequest(0)
			p.Take(first, s.answer(first))
			at := 0
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				if at += size; at+size > len(s.ids) {
					at = 0
				}
				asks := p.Requests(at, at+size, 1, 1, 2)
				rows := make([][]*localsearch.Row, len(asks))
				for i, a := range asks {
					rows[i] = s.answer(a)
				}
				s.asked = nil
				b.StartTimer()
				for i, a := range asks {
					p.Take(a, rows[i])
				}
				p.Evict(at, held)
			}
		})
	}
}

// No request can continue after an entry without an id.
func TestPages_RunThatEndsWithAnEntryWithoutID(t *testing.T) {
	s := newShelf(120)
	p := s.open(true, true)
	first := p.FirstRequest(0)
	rows := s.answer(first)
	odd := &localsearch.Row{ID: "no id 1", User: &api.User{}}
	rows[len(rows)-2], rows[0] = odd, &localsearch.Row{ID: "no id 2", User: &api.User{}}
	p = New(first.Limit, true, &PageFill{})
	p.Take(p.FirstRequest(0), rows)
	for _, ask := range p.Requests(0, len(rows)+1, 1, 1, 2) {
		require.Empty(t, ask.After)
		require.Positive(t, ask.Offset)
	}
	require.Equal(t, odd, p.At(len(rows)-2))
}
