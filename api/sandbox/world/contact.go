package world

import (
	"fmt"
	"strconv"
	"strings"
)

// domains are the e-mail domains; most users are at the first few.
var domains = []string{
	"mail.example", "mail.example", "mail.example", "mail.example", "mail.example", "postbox.example", "postbox.example", "postbox.example",
	"inbox.example", "inbox.example", "letters.example", "letters.example", "campus.example", "harbormail.example", "fjord.example",
	"kite.example", "pine.example", "harborpine.example", "oldtown.example", "blue-heron.example",
}

// contacts assigns e-mail addresses and usernames, each only once.
type contacts struct {
	taken map[string]bool // nil in a large world, where every address ends in a number
}

// maxRemembered is how many users a world may have for their addresses to be remembered,
// and numbered only if taken. In a larger world that would take too much memory.
const maxRemembered = 20000

func newContacts(total int, fixed []*person) contacts {
	if total > maxRemembered {
		return contacts{}
	}
	c := contacts{map[string]bool{}}
	for _, p := range fixed {
		c.taken[p.email], c.taken[p.username] = true, true
	}
	return c
}

// unused returns the first of the shapes that is free, or numbers the last one. j is a
// number that nobody else has.
func (c contacts) unused(j int, suffix string, shapes ...string) string {
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

// address returns an e-mail address for a name in Latin letters.
func (c contacts) address(d random, j int, given, family, domain string) string {
	if family == "" {
		family = "post"
	}
	g, f := initial(given), initial(family)
	shapes := []string{given + "." + family, g + "." + family, given + family, family + "." + given, given + "." + f, g + family, given + "_" + family}
	at := d.IntN(len(shapes))
	return c.unused(j, "@"+domain, shapes[at], shapes[(at+1)%len(shapes)], shapes[(at+2)%len(shapes)], given+"."+family)
}

// username returns a username of at least four Latin letters, as Clerk requires.
func (c contacts) username(d random, j int, given, family string) string {
	shapes := []string{given + "." + initial(family), initial(given) + family, given + "_" + family, given + pick(d, []string{"tix", "_live", ".row", "99", "onstage"})}
	at := d.IntN(len(shapes))
	shape := strings.Trim(shapes[at], "._")
	if len(shape) < 4 {
		shape += "_hp"
	}
	return c.unused(j, "", shape, shape+family)
}

func initial(s string) string {
	if s == "" {
		return ""
	}
	return s[:1]
}

// fixedArea is the area code of the people of people.txt, and of nobody else.
const fixedArea = 415

// areas are area codes in use; a large world uses all others as well.
var areas = []int{
	503, 206, 510, 617, 312, 512, 902, 604, 212, 646, 718, 213, 310, 408, 650, 707, 805, 916, 303, 720, 305, 404, 470, 504, 601, 702,
	801, 208, 406, 605, 701, 402, 515, 612, 651, 414, 608, 317, 502, 615, 704, 803, 843, 757, 804, 410, 443, 215, 267, 412, 585, 518, 860,
	401, 207, 603, 802, 416, 514, 613, 306, 403, 780, 250, 506, 709, 867, 907, 808,
}

// In every area 555-0100 to 555-0199 are reserved for fiction. The reservedLine, 0142, is
// Maya's alone, so that a search for it finds exactly one user.
const linesPerArea, reservedLine = 99, 42

// phoneNumbersOf returns how many phone numbers a world of that size has for generated
// users.
func phoneNumbersOf(total int) int {
	if total <= maxRemembered {
		return len(areas) * linesPerArea
	}
	return 799 * linesPerArea
}

// phoneNumber returns the n-th number; order keeps neighbours apart.
func phoneNumber(order shuffle, total, n int) string {
	n = order.at(n)
	line, area := n%linesPerArea, n/linesPerArea
	if line >= reservedLine {
		line++
	}
	code := 200 + area
	if code >= fixedArea {
		code++
	}
	if total <= maxRemembered {
		code = areas[area]
	}
	return fmt.Sprintf("+1%03d55501%02d", code, line)
}
