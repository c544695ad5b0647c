package world

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// dice are the chances of one person: thrown from the seed and the person's
// number, so that nobody's throw depends on who came before.
type dice struct {
	pcg *rand.PCG
	*rand.Rand
}

func newDice() dice {
	pcg := rand.NewPCG(0, 0)
	return dice{pcg, rand.New(pcg)}
}

func (d dice) of(seed, number uint64) { d.pcg.Seed(mix(seed), mix(number^0xa5a5)) }

// percent is true p times in a hundred.
func (d dice) percent(p int) bool { return d.IntN(100) < p }

func pick[T any](d dice, all []T) T { return all[d.IntN(len(all))] }

// mix scatters a number over all 64 bits (SplitMix64's finisher).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// shuffle is a reordering of 0 … n-1 that needs no list: a small Feistel
// cipher over the next power of four, walked until it lands inside. Quotas are
// exact with it: the first k of a shuffle are k people, spread at random.
type shuffle struct {
	n    uint64
	half uint
	key  uint64
}

func newShuffle(n int, seed, use uint64) shuffle {
	half := uint(bits.Len64(uint64(max(n, 2)-1))+1) / 2
	return shuffle{uint64(n), max(half, 1), mix(seed ^ mix(use))}
}

// at is where i goes.
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

// ksuidEpoch is where the time in an id begins, in seconds (May 2014).
const ksuidEpoch = 1400000000

// id makes an id of Clerk's form: a prefix and a KSUID, which is 27 characters
// that sort by the second they were made in.
func (d dice) id(prefix string, atMillis int64) string {
	var raw [20]byte
	binary.BigEndian.PutUint32(raw[:], uint32(max(atMillis/1000-ksuidEpoch, 0)))
	binary.BigEndian.PutUint64(raw[4:], d.Uint64())
	binary.BigEndian.PutUint64(raw[12:], d.Uint64())
	return ksuid(prefix, raw)
}

// ksuid writes 160 bits in base 62, twenty-seven digits.
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

// text throws n characters of an alphabet.
func (d dice) text(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.IntN(len(alphabet))]
	}
	return string(b)
}
