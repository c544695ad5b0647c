package world

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// random is one person's source of randomness. It is seeded with the world's seed and the
// person's number, so that nobody depends on who was created before.
type random struct {
	pcg *rand.PCG
	*rand.Rand
}

func newRandom() random {
	pcg := rand.NewPCG(0, 0)
	return random{pcg, rand.New(pcg)}
}

func (d random) reseed(seed, number uint64) { d.pcg.Seed(mix(seed), mix(number^0xa5a5)) }

// percent is true in p of 100 cases.
func (d random) percent(p int) bool { return d.IntN(100) < p }

func pick[T any](d random, all []T) T { return all[d.IntN(len(all))] }

// mix spreads a number over all 64 bits (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// shuffle is a permutation of 0 … n-1 that needs no memory: a small Feistel cipher over
// the next power of four, applied until the result is below n. The first k of a shuffle
// are exactly k people at random places, which is what quotas need.
type shuffle struct {
	n    uint64
	half uint
	key  uint64
}

func newShuffle(n int, seed, use uint64) shuffle {
	half := uint(bits.Len64(uint64(max(n, 2)-1))+1) / 2
	return shuffle{uint64(n), max(half, 1), mix(seed ^ mix(use))}
}

// at returns the position of i in the permutation.
func (s shuffle) at(i int) int {
	x := uint64(i)
	for {
		l, r := x>>s.half, x&(1<<s.half-1)
		for round := range uint64(4) {
			l, r = r, l^mix(r^s.key^round<<48)&(1<<s.half-1)
		}
		if x = l<<s.half | r; x < s.n {
			return int(x)
		}
	}
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// ksuidEpoch is the time 0 of a KSUID in Unix seconds (May 2014).
const ksuidEpoch = 1400000000

// id returns an id in Clerk's form: a prefix and a KSUID, whose 27 characters sort by the
// second in which it was made.
func (d random) id(prefix string, atMillis int64) string {
	var raw [20]byte
	binary.BigEndian.PutUint32(raw[:], uint32(max(atMillis/1000-ksuidEpoch, 0)))
	binary.BigEndian.PutUint64(raw[4:], d.Uint64())
	binary.BigEndian.PutUint64(raw[12:], d.Uint64())
	return ksuid(prefix, raw)
}

// ksuid writes 160 bits as 27 digits of base 62.
func ksuid(prefix string, raw [20]byte) string {
	var words [5]uint32
	for i := range words {
		words[i] = binary.BigEndian.Uint32(raw[4*i:])
	}
	const size = 27
	out := make([]byte, len(prefix)+1+size)
	copy(out, prefix)
	out[len(prefix)] = '_'
	for i := len(out) - 1; i > len(prefix); i-- {
		var rest uint64
		for w := range words {
			rest = rest<<32 | uint64(words[w])
			words[w] = uint32(rest / 62)
			rest %= 62
		}
		out[i] = base62[rest]
	}
	return string(out)
}

// text returns n random characters of alphabet.
func (d random) text(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.IntN(len(alphabet))]
	}
	return string(b)
}
