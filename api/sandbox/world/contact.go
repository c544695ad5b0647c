package world

import (
	"fmt"
	"strconv"
	"strings"
)

// domains are where people have their mail, most of them at the first few.
var domains = []string{
	"mail.example", "mail.example", "mail.example", "mail.example", "mail.example", "postbox.example", "postbox.example", "postbox.example",
	"inbox.example", "inbox.example", "letters.example", "letters.example", "campus.example", "harbormail.example", "fjord.example",
	"kite.example", "pine.example", "harborpine.example", "oldtown.example", "blue-heron.example",
}

// contacts hands out addresses and usernames that nobody else has.
type contacts struct {
	taken map[string]bool // nil in a large world, where everybody has a number
}

// rememberUpTo is how many people get an address without a number as long as
// it is free; for more, remembering them all would take the memory.
const rememberUpTo = 20000

func newContacts(total int, cast []*person) contacts {
	if total > rememberUpTo {
		return contacts{}
	}
	c := contacts{map[string]bool{}}
	for _, p := range cast {
		c.taken[p.email], c.taken[p.username] = true, true
	}
	return c
}

// free tries the shapes in turn and then numbers the last one. j is a number
// that nobody else has.
func (c contacts) free(j int, suffix string, shapes ...string) string {
	if c.taken == nil {
		return shapes[0] + strconv.Itoa(j) + suffix
	}
	for _, s := range shapes {
		if v := s + suffix; !c.taken[v] {
			c.taken[v] = true
			return v
		}
	}
	for n := 2; ; n++ {
		if v := shapes[len(shapes)-1] + strconv.Itoa(n) + suffix; !c.taken[v] {
			c.taken[v] = true
			return v
		}
	}
}

// address is somebody's e-mail; given and family are in roman letters.
func (c contacts) address(d dice, j int, given, family, domain string) string {
	if family == "" {
		family = "post"
	}
	g, f := initial(given), initial(family)
	shapes := []string{given + "." + family, g + "." + family, given + family, family + "." + given, given + "." + f, g + family, given + "_" + family}
	at := d.IntN(len(shapes))
	return c.free(j, "@"+domain, shapes[at], shapes[(at+1)%len(shapes)], shapes[(at+2)%len(shapes)], given+"."+family)
}

// username is at least four Latin letters, as Clerk's rules want.
func (c contacts) username(d dice, j int, given, family string) string {
	shapes := []string{given + "." + initial(family), initial(given) + family, given + "_" + family, given + pick(d, []string{"tix", "_live", ".row", "99", "onstage"})}
	at := d.IntN(len(shapes))
	shape := strings.Trim(shapes[at], "._")
	if len(shape) < 4 {
		shape += "_hp"
	}
	return c.free(j, "", shape, shape+family)
}

func initial(s string) string {
	if s == "" {
		return ""
	}
	return s[:1]
}

// fixedArea is where everybody told by hand has their number, and nobody else.
const fixedArea = 415

// areas are dialling codes in use; a large world goes on to the others.
var areas = []int{
	503, 206, 510, 617, 312, 512, 902, 604, 212, 646, 718, 213, 310, 408, 650, 707, 805, 916, 303, 720, 305, 404, 470, 504, 601, 702,
	801, 208, 406, 605, 701, 402, 515, 612, 651, 414, 608, 317, 502, 615, 704, 803, 843, 757, 804, 410, 443, 215, 267, 412, 585, 518, 860,
	401, 207, 603, 802, 416, 514, 613, 306, 403, 780, 250, 506, 709, 867, 907, 808,
}

// linesPerArea: 555-0100 to 0199 are reserved for fiction in every area, and
// 0142 is Maya's alone, so that a caller who reads it out is found at once.
const linesPerArea, linesBefore = 99, 42

// numbersAt is how many phone numbers a world of that size has for others than the cast.
func numbersAt(total int) int {
	if total <= rememberUpTo {
		return len(areas) * linesPerArea
	}
	return 799 * linesPerArea
}

// phoneNumber is the n-th number; the shuffle keeps neighbours apart.
func phoneNumber(order shuffle, total, n int) string {
	n = order.at(n)
	line, area := n%linesPerArea, n/linesPerArea
	if line >= linesBefore {
		line++
	}
	code := 200 + area
	if code >= fixedArea {
		code++
	}
	if total <= rememberUpTo {
		code = areas[area]
	}
	return fmt.Sprintf("+1%03d55501%02d", code, line)
}
