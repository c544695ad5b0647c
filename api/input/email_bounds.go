package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// findEmails are the addresses in a text. doubtful says that where one begins can be read
// in two ways; then both are here.
func findEmails(text string) (all []string, doubtful bool) {
	for _, m := range findAll(text, `[\p{L}\p{M}\p{N}._%+'-]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+`, nil) {
		local, domain, _ := cutDomain(m)
		domain = trimDomain(domain)
		locals := localCandidates(strings.TrimLeft(local, ".'-"))
		for _, own := range locals {
			if _, err := ParseEmail(own + "@" + domain); err == nil {
				all = append(all, own+"@"+domain)
			}
		}
		doubtful = doubtful || len(locals) > 1
	}
	return unique(all), doubtful
}

// isUnspacedScript says that a letter is of a script that is written without spaces, so that
// text may stand right beside an address.
func isUnspacedScript(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == '\u30fc' || r == '\u3005'
}

// localCandidates are the readings of what stands before the @: a change from such a
// script to Latin is where the address begins, and 王小明@… is one as it is. Before
// digits both are possible.
func localCandidates(local string) []string {
	at := strings.LastIndexFunc(local, isUnspacedScript)
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

// trimDomain is a domain without the text that follows it: a label behind the first
// ends where such a script begins in it, and the last one where any other does.
func trimDomain(domain string) string {
	labels := strings.Split(domain, ".")
	for i, label := range labels {
		if i == 0 {
			continue
		}
		end := scriptChange(label, i == len(labels)-1)
		if end < len(label) {
			labels = append(labels[:i:i], label[:end])
			break
		}
	}
	labels[len(labels)-1] = strings.TrimRight(labels[len(labels)-1], "-")
	return strings.Join(labels, ".")
}

// scriptChange is where in a label another script begins than its first letter's.
func scriptChange(label string, last bool) int {
	first, _ := utf8.DecodeRuneInString(label)
	for at, r := range label {
		if !unicode.IsLetter(r) || !unicode.IsLetter(first) || unicode.In(r, unicode.Common, unicode.Inherited) {
			continue
		}
		if isUnspacedScript(first) != isUnspacedScript(r) && (!isUnspacedScript(first) || last) {
			return at
		}
		if last && !isUnspacedScript(r) && scriptName(first) != scriptName(r) {
			return at
		}
	}
	return len(label)
}

// scriptName is the name of a letter's script.
func scriptName(r rune) string {
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
