package outputfilter

import "strings"

// flagRegions are the flags written with tag characters: a black flag, the tags of one
// of these places, and the cancel tag. Other tag characters do not pass, because they
// are invisible.
var flagRegions = [...]string{"gbeng\x7f", "gbsct\x7f", "gbwls\x7f"}

const (
	blackFlag = 0x1f3f4
	tags      = 0xe0000 // offset of a tag character from the letter it stands for
)

// flag is the part of such a flag that has passed.
type flag struct {
	started bool
	region  [6]byte
	n       int
}

// accepts reports whether a character continues the flag.
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
