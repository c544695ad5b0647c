package users

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPagesSeeEveryoneWhoStaysExactlyOnce(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 7))
			s := newShelf(150)
			p := s.open(chained, seed%2 == 0)
			if seed%3 == 0 { // somebody had looked at the end, and somewhere else
				s.settle(t, p, p.len()-4, p.len(), -1)
				s.settle(t, p, 70, 74, 1)
			}
			stays := map[string]bool{}
			for _, id := range s.ids {
				stays[id] = true
			}
			// The walk is by person, as the console's is: rows that come in or go above
			// move the position and not who is looked at.
			seen := map[string]int{}
			at := 0
			for step := 0; ; step++ {
				require.Less(t, step, 2000, "seed %d", seed)
				place := p.place(at)
				s.settle(t, p, at, at+4, 1)
				at = p.now(place)
				if at >= p.len() {
					break
				}
				r := p.at(at)
				require.NotNil(t, r, "seed %d: row %d of %d: %+v", seed, at, p.len(), p.runs)
				seen[r.id]++
				at++
				p.hold(at, 5)
				if rng.IntN(3) == 0 {
					s.insert(rng.IntN(len(s.ids) + 1))
				}
				if rng.IntN(3) == 0 {
					k := rng.IntN(len(s.ids))
					delete(stays, s.ids[k])
					s.ids = slices.Delete(s.ids, k, k+1)
				}
				if rng.IntN(40) == 0 { // somebody clears up
					k := rng.IntN(len(s.ids))
					for range min(15, len(s.ids)-k) {
						delete(stays, s.ids[k])
						s.ids = slices.Delete(s.ids, k, k+1)
					}
				}
			}
			for id, n := range seen {
				require.Equal(t, 1, n, "seed %d: %s", seed, id)
			}
			for id := range stays {
				require.Equal(t, 1, seen[id], "seed %d: %s was there throughout", seed, id)
			}
		}
	})
}

// TestPagesStayInOrderWhateverHappens goes to and fro while rows come and go.
func TestPagesStayInOrderWhateverHappens(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 9))
			s := newShelf(rng.IntN(300))
			p := s.open(chained, true)
			for range 60 {
				at := rng.IntN(max(p.len(), 1))
				for range 4 {
					for _, a := range p.want(at, at+5, rng.IntN(2)*2-1, 2, 2) {
						if rng.IntN(8) == 0 {
							p.fail(a.page)
						} else {
							p.take(a, s.answer(a))
						}
					}
					if n := len(s.ids); n > 0 && rng.IntN(2) == 0 {
						k := rng.IntN(n)
						s.ids = slices.Delete(s.ids, k, min(k+1+rng.IntN(3), n))
					}
					s.insert(rng.IntN(len(s.ids) + 1))
				}
				if r := p.at(at); r != nil && rng.IntN(6) == 0 {
					p.remove(r.id)
					s.ids = slices.DeleteFunc(s.ids, func(id string) bool { return id == r.id })
				}
				p.hold(at, 6)
				p.retry()
				sane(t, p)
			}
		}
	})
}

// sane holds what must be true of runs at any time.
func sane(t *testing.T, p *pages) {
	t.Helper()
	at, rows := 0, 0
	for i, r := range p.runs {
		require.GreaterOrEqual(t, r.at, at, "runs lie over each other")
		at = r.stop()
		rows += len(r.rows)
		require.True(t, i == 0 || !r.top)
		require.True(t, i == len(p.runs)-1 || !r.end)
		require.True(t, !r.top || r.at == 0)
		for _, one := range r.rows {
			require.Same(t, r, p.home[one.id], "%s is here twice, or nowhere", one.id)
		}
	}
	require.Len(t, p.home, rows)
}

// BenchmarkTake is a page of fifty that joins the rows that are here, and letting
// as many go at the other end.
func BenchmarkTake(b *testing.B) {
	const size, held = 50, 30
	for _, chained := range []bool{true, false} {
		b.Run(map[bool]string{true: "by id", false: "by offset"}[chained], func(b *testing.B) {
			s := newShelf(20_000)
			p := newPages(size, chained)
			p.counted(len(s.ids))
			first := p.first(0)
			p.take(first, s.answer(first))
			at := 0
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				if at += size; at+size > len(s.ids) {
					at = 0
				}
				asks := p.want(at, at+size, 1, 1, 2)
				rows := make([][]*row, len(asks))
				for i, a := range asks {
					rows[i] = s.answer(a)
				}
				s.asked = nil
				b.StartTimer()
				for i, a := range asks {
					p.take(a, rows[i])
				}
				p.hold(at, held)
			}
		})
	}
}
