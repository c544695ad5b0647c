package outputfilter

import "strings"

// The flags that are written with tags: a black flag, the tags of one of these
// places, and the tag that ends them. Nothing else in tags passes, because it is
// not seen.
var places = [...]string{"gbeng\x7f", "gbsct\x7f", "gbwls\x7f"}

const (
	blackFlag = 0x1f3f4
	tags      = 0xe0000 // what a tag is more than the letter it stands for
)

// flag is how much of such a flag has passed.
type flag struct {
	flies bool
	where [6]byte
	n     int
}

// takes says that a character goes on with the flag.
func (f *flag) takes(r rune) bool {
	if r <= tags || r > tags+0x7f || !f.flies || f.n == len(f.where) {
		*f = flag{flies: r == blackFlag}
		return false
	}
	f.where[f.n] = byte(r - tags)
	f.n++
	for _, place := range places {
		if strings.HasPrefix(place, string(f.where[:f.n])) {
			return true
		}
	}
	*f = flag{}
	return false
}
