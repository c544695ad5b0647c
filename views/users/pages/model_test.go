package pages

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPages_ReadEveryRemainingUserOnce(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 7))
			s := newShelf(150)
			s.gives = grudging(rng, seed)
			p := s.open(chained, seed%2 == 0)
			if seed%3 == 0 { // the list was read at its end and elsewhere before
				s.settle(t, p, p.Len()-4, p.Len(), -1)
				s.settle(t, p, 70, 74, 1)
			}
			stays := map[string]bool{}
			for _, id := range s.ids {
				stays[id] = true
			}
			// The walk is by user, as in the console: rows inserted or removed above
			// change the position, not the user.
			seen := map[string]int{}
			at := 0
			for step := 0; ; step++ {
				require.Less(t, step, 2000, "seed %d", seed)
				place := p.PlaceOf(at)
				s.settle(t, p, at, at+4, 1)
				if now := p.PositionOf(place); now != at && now < p.Len() && p.At(now) == nil {
					at = now // evicted rows are read again
					continue
				}
				at = p.PositionOf(place)
				if at >= p.Len() {
					break
				}
				r := p.At(at)
				require.NotNil(t, r, "seed %d: row %d of %d: %+v", seed, at, p.Len(), p.runs)
				seen[r.ID]++
				at++
				p.Evict(at, 5)
				if rng.IntN(3) == 0 {
					s.insert(rng.IntN(len(s.ids) + 1))
				}
				if rng.IntN(3) == 0 {
					k := rng.IntN(len(s.ids))
					delete(stays, s.ids[k])
					s.ids = slices.Delete(s.ids, k, k+1)
				}
				if (s.gives == nil || chained) && rng.IntN(40) == 0 { // delete many at once
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

func TestPages_StayInOrder(t *testing.T) {
	kinds(t, func(t *testing.T, chained bool) {
		for seed := range uint64(60) {
			rng := rand.New(rand.NewPCG(seed, 9))
			s := newShelf(rng.IntN(300))
			s.gives = grudging(rng, seed)
			p := s.open(chained, true)
			for range 60 {
				at := rng.IntN(max(p.Len(), 1))
				for range 4 {
					for _, a := range p.Requests(at, at+5, rng.IntN(2)*2-1, 2, 2) {
						if rng.IntN(8) == 0 {
							p.MarkFailed(a.Number)
						} else {
							p.Take(a, s.answer(a))
						}
					}
					if n := len(s.ids); n > 0 && rng.IntN(2) == 0 {
						k := rng.IntN(n)
						s.ids = slices.Delete(s.ids, k, min(k+1+rng.IntN(3), n))
					}
					s.insert(rng.IntN(len(s.ids) + 1))
				}
				if r := p.At(at); r != nil && rng.IntN(6) == 0 {
					p.Remove(r.ID)
					s.ids = slices.DeleteFunc(s.ids, func(id string) bool { return id == r.ID })
				}
				p.Evict(at, 6)
				p.ClearFailed()
				sane(t, p)
			}
		}
	})
}

// grudging returns a server that returns all rows requested, at most some number, or
// leaves some out of each page.
func grudging(rng *rand.Rand, seed uint64) func(int) int {
	switch seed % 5 {
	case 1:
		return func(limit int) int { return min(limit, 7) }
	case 4:
		return func(limit int) int { return limit/2 + rng.IntN(limit/2+1) + 1 }
	}
	return nil
}

// sane checks the invariants of runs.
func sane(t *testing.T, p *Pages) {
	t.Helper()
	at, rows := 0, 0
	for i, r := range p.runs {
		require.GreaterOrEqual(t, r.start, at, "runs lie over each other")
		at = r.stop()
		rows += len(r.rows)
		require.True(t, i == 0 || !r.isTop)
		require.True(t, i == len(p.runs)-1 || !r.isEnd)
		require.True(t, !r.isTop || r.start == 0)
		for _, one := range r.rows {
			require.Same(t, r, p.runOf[one.ID], "%s is here twice, or nowhere", one.ID)
		}
	}
	require.Len(t, p.runOf, rows)
}
