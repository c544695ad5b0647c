package world

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A name is written as its owner does, and in Latin letters for e-mail addresses.
type name struct{ native, roman string }

// A region is where a generated user's name, language and town come from.
type region struct {
	weight  int
	locales []string
	towns   []place
	first   []name
	last    []name
	order   order
}

type place struct{ city, country string }

//go:embed data/names.txt
var namesText string

// readRegions reads names.txt, which says its format.
func readRegions(text string) ([]region, error) {
	var all []region
	block := false
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			block = false
			continue
		}
		if !block {
			all, block = append(all, region{}), true
		}
		key, value, _ := strings.Cut(line, " ")
		if err := all[len(all)-1].read(key, strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("names.txt:%d: %w", i+1, err)
		}
	}
	return all, nil
}

func (r *region) read(key, value string) (err error) {
	switch key {
	case "weight":
		r.weight, err = strconv.Atoi(value)
	case "locales":
		r.locales = strings.Fields(value)
	case "towns":
		for _, town := range strings.Split(value, "; ") {
			city, country, _ := strings.Cut(town, ", ")
			r.towns = append(r.towns, place{city, country})
		}
	case "first":
		r.first = readNames(value)
	case "last":
		r.last = readNames(value)
	case "order":
		known := false
		if r.order, known = orderWords[value]; !known {
			err = fmt.Errorf("unknown order %q", value)
		}
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

// readNames reads words, with _ for a space within a name and =roman where the
// Latin letters do not follow from the name.
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

// romanise reduces s to what may stand in an e-mail address: a to z.
func romanise(s string) string {
	s = strings.NewReplacer("ł", "l", "ø", "o", "å", "a", "ß", "ss", "æ", "ae", "đ", "d", "ı", "i", "ð", "d", "þ", "th").Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, norm.NFKD.String(s))
}

// An order is how a name stands in its two fields. Where the family name comes
// first, people enter the whole name as the first name: a list then shows it as
// they write it.
type order int

const (
	givenFirst   order = iota // first name, last name
	familyJoined              // both in the first-name field, nothing between
	familySpaced              // both in the first-name field, a space between
)

var orderWords = map[string]order{"family-given": familyJoined, "family given": familySpaced}
