package input

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// emails are the addresses in a text. doubtful says that where one begins can be read
// in two ways; then both are here.
func emails(text string) (all []string, doubtful bool) {
	for _, m := range found(text, `[\p{L}\p{M}\p{N}._%+'-]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+`, nil) {
		local, domain, _ := cutLast(m)
		domain = ownDomain(domain)
		locals := ownLocals(strings.TrimLeft(local, ".'-"))
		for _, own := range locals {
			if _, err := ReadEmail(own + "@" + domain); err == nil {
				all = append(all, own+"@"+domain)
			}
		}
		doubtful = doubtful || len(locals) > 1
	}
	return unique(all), doubtful
}

// noSpaces says that a letter is of a script that is written without spaces, so that
// text may stand right beside an address.
func noSpaces(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == '\u30fc' || r == '\u3005'
}

// ownLocals are the readings of what stands before the @: a change from such a
// script to Latin is where the address begins, and 王小明@… is one as it is. Before
// digits both are possible.
func ownLocals(local string) []string {
	at := strings.LastIndexFunc(local, noSpaces)
	if at < 0 {
		return []string{local}
	}
	_, size := utf8.DecodeRuneInString(local[at:])
	rest := strings.TrimLeft(local[at+size:], ".'-")
	switch {
	case rest == "":
		return []string{local}
	case strings.ContainsFunc(rest, unicode.IsLetter):
		return []string{rest}
	}
	return []string{rest, local}
}

// ownDomain is a domain without the text that follows it: a label behind the first
// ends where such a script begins in it, and the last one where any other does.
func ownDomain(domain string) string {
	labels := strings.Split(domain, ".")
	for i, label := range labels {
		if i == 0 {
			continue
		}
		end := foreignFrom(label, i == len(labels)-1)
		if end < len(label) {
			labels = append(labels[:i:i], label[:end])
			break
		}
	}
	labels[len(labels)-1] = strings.TrimRight(labels[len(labels)-1], "-")
	return strings.Join(labels, ".")
}

// foreignFrom is where in a label another script begins than its first letter's.
func foreignFrom(label string, last bool) int {
	first, _ := utf8.DecodeRuneInString(label)
	for at, r := range label {
		if !unicode.IsLetter(r) || !unicode.IsLetter(first) || unicode.In(r, unicode.Common, unicode.Inherited) {
			continue
		}
		if noSpaces(first) != noSpaces(r) && (!noSpaces(first) || last) {
			return at
		}
		if last && !noSpaces(r) && scriptOf(first) != scriptOf(r) {
			return at
		}
	}
	return len(label)
}

// scriptOf is the name of a letter's script.
func scriptOf(r rune) string {
	if unicode.Is(unicode.Latin, r) {
		return "Latin"
	}
	var names []string
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// replaceAt replaces the matches of a pattern for which with agrees.
func replaceAt(text string, pattern *regexp.Regexp, with func(from, end int) (put string, agrees bool)) string {
	var b strings.Builder
	at := 0
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		if put, agrees := with(m[0], m[1]); agrees {
			b.WriteString(text[at:m[0]] + put)
			at = m[1]
		}
	}
	return b.String() + text[at:]
}
