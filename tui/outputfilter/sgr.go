package outputfilter

import (
	"strconv"
	"strings"
)

// maxSGR limits the parameters and subparameters of one SGR. Bubble Tea's longest has
// 24; terminals, and x/ansi's own parser, miscount from 32.
const maxSGR = 31

// filterSGR returns an SGR's parameters without conceal and without what no version of
// Bubble Tea sets (fonts, frames); any is false if nothing is left, which differs from
// the empty SGR that resets.
func filterSGR(params string) (kept string, any bool) {
	if params == "" {
		return "", true
	}
	if isPlainSGR(params) {
		return params, true
	}
	if strings.Count(params, ";")+strings.Count(params, ":") >= maxSGR {
		return "", false
	}
	list := strings.Split(params, ";")
	out := list[:0]
	for i := 0; i < len(list); {
		n := groupLen(list[i:])
		if passesSGR(list[i], n) && areShortNumbers(list[i+1:i+n]) {
			out = append(out, list[i:i+n]...)
		}
		i += n
	}
	return strings.Join(out, ";"), len(out) > 0
}

// isPlainSGR quickly recognizes the common case: a colour, or one attribute. These
// contain no 8 that could be an attribute of its own.
func isPlainSGR(params string) bool {
	return len(params) <= 2 && params != "8" && params != "08" && groupLen([]string{params}) == 1 && passesSGR(params, 1)
}

// groupLen returns how many parameters make up the first attribute: 38;2;r;g;b is one.
func groupLen(list []string) int {
	switch n, err := strconv.Atoi(list[0]); {
	case err != nil || n != 38 && n != 48 && n != 58 || len(list) < 2:
		return 1
	case list[1] == "5":
		return min(3, len(list))
	case list[1] == "2":
		return min(5, len(list))
	}
	return 1
}

// passesSGR reports whether an attribute of n parameters passes, by its first one.
func passesSGR(first string, n int) bool {
	number, sub, colons := strings.Cut(first, ":")
	code, err := strconv.Atoi(number)
	if number == "" {
		code, err = 0, nil
	}
	if err != nil || len(number) > 3 {
		return false
	}
	switch {
	case code == 38 || code == 48 || code == 58:
		if colons {
			return isColonColour(strings.Split(sub, ":"))
		}
		return n == 3 || n == 5 // complete, or it would consume what follows
	case code == 4 && colons:
		return len(sub) == 1 && sub <= "5"
	case colons:
		return false
	}
	return code <= 7 || code == 9 || code >= 21 && code <= 25 || code >= 27 && code <= 37 || code >= 39 && code <= 47 ||
		code == 49 || code == 59 || code >= 90 && code <= 97 || code >= 100 && code <= 107
}

// areShortNumbers reports whether each is empty or a number of at most three digits.
func areShortNumbers(list []string) bool {
	for _, s := range list {
		if len(s) > 3 || strings.Contains(s, ":") {
			return false
		}
	}
	return true
}

// isColonColour accepts 5:n, 2:r:g:b and 2:space:r:g:b; a terminal may read a shorter
// one as something else.
func isColonColour(sub []string) bool {
	for i, s := range sub {
		if len(s) > 3 || s == "" && (len(sub) != 5 || i != 1) {
			return false
		}
	}
	return sub[0] == "5" && len(sub) == 2 || sub[0] == "2" && (len(sub) == 4 || len(sub) == 5)
}
