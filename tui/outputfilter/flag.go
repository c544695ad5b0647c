package outputfilter

import "strings"

// The flags that are written with tags: a black flag, the tags of one of these
// places, and the tag that ends them. Nothing else in tags passes, because it is
// not seen.
var flagRegions = [...]string{"gbeng\x7f", "gbsct\x7f", "gbwls\x7f"}

const (
	blackFlag = 0x1f3f4
	tags      = 0xe0000 // what a tag is more than the letter it stands for
)

// flag is how much of such a flag has passed.
type flag struct {
	started bool
	region  [6]byte
	n       int
}

// accepts says that a character goes on with the flag.
func (f *flag) accepts(r rune) bool {
	if r <= tags || r > tags+0x7f || !f.started || f.n == len(f.region) {
		*f = flag{started: r == blackFlag}
		return false
	}
	f.region[f.n] = byte(r - tags)
	f.n++
	for _, place := range flagRegions {
		if strings.HasPrefix(place, string(f.region[:f.n])) {
			return true
		}
	}
	*f = flag{}
	return false
}
