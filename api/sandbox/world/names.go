package world

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A name as its owner writes it, and in the letters that mail addresses have.
type name struct{ native, roman string }

// A region is where somebody's name, language and town come from.
type region struct {
	weight  int
	locales []string
	towns   []place
	first   []name
	last    []name
	order   order
}

type place struct{ city, country string }

// regions reads the tables below, once per world.
func regions() []region {
	all := make([]region, 0, len(latin)+len(world))
	for _, p := range peoples() {
		r := region{weight: p.weight, locales: strings.Fields(p.locales), first: readNames(p.first), last: readNames(p.last), order: p.order}
		for _, t := range strings.Split(p.towns, "; ") {
			city, country, _ := strings.Cut(t, ", ")
			r.towns = append(r.towns, place{city, country})
		}
		all = append(all, r)
	}
	return all
}

// readNames: words, with _ for a space inside a name and =roman where the
// letters do not give it away.
func readNames(text string) []name {
	var all []name
	for _, w := range strings.Fields(text) {
		native, roman, _ := strings.Cut(w, "=")
		native = strings.ReplaceAll(native, "_", " ")
		if roman == "" {
			roman = native
		}
		all = append(all, name{native, romanise(roman)})
	}
	return all
}

// romanise leaves what may stand in an address: a to z.
func romanise(s string) string {
	s = strings.NewReplacer("ł", "l", "ø", "o", "å", "a", "ß", "ss", "æ", "ae", "đ", "d", "ı", "i", "ð", "d", "þ", "th").Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, norm.NFKD.String(s))
}

// An order is how a name stands in its two fields. Where the family comes
// first, people give the whole name as the first: a list then shows it as they
// write it.
type order int

const (
	given  order = iota // first name, last name
	tight               // family and given name in one field, nothing between
	spaced              // the same with a space
)

// A people is one row of the tables.
type people struct {
	weight  int
	locales string
	towns   string
	first   string
	last    string
	order   order
}

// peoples is who buys tickets at Harbor & Pine: a shop in a port town that
// ships everywhere.
func peoples() []people { return append(slices.Clip(latin), world...) }
