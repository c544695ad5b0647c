package input

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// localPart and domainPart match the parts of an address: RFC 5322's atoms, letters of any
// script, and the typographic apostrophes and hyphens of word processors.
const (
	localPart  = "[\\p{L}\\p{M}\\p{N}\\p{Pd}._%+'\u2019\u2212&/!#$=*?~^|{}`-]+"
	domainPart = `[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+`
	// separators are characters that are valid in an address but more often precede one.
	separators = "&/!#$=*?~^|{}`"
)

var (
	emailAddress = pattern(localPart + "@" + domainPart)
	// continuation matches text after an address that may belong to it.
	continuation   = pattern(`^(?:[_@][\p{L}\p{N}]|[\p{Pd}\x{2212}][\p{L}\p{N}]|\r?\n\.[\p{L}\p{N}])`)
	trailingLocal  = pattern(localPart + `$`)
	trailingLetter = pattern(`[\p{L}\p{N}]$`)
	splitLocal     = pattern(`^\p{L}[\p{L}\p{N}]*(?:[+._-][\p{L}\p{N}]+)+[+_-]?$|^\p{L}[\p{L}\p{N}]*[+_-]$`)
	caretPrefix    = pattern(`^.*(?:\^([A-Z].*)|#(0[0-3][0-7].*))$`)
	fieldLabel     = pattern(`(?i)^(?:[\w-]*(?:e?-?mail|mail_?address|user|user_?name|user_?id|login|account|recipient|sender|identifier)(?:_?address)?|id|to|from|cc|bcc|rcpt|sub|actor|who|q|query|search|ref|for)=$`)
	queryLabel     = pattern(`^[^?=]*\?(?:[\w.%+-]+=[\w.%+-]*&)*[A-Za-z_][\w-]*=$`)
	emailLeadIn    = pattern(`(?:邮箱|邮件|郵件|信箱|電郵|电邮|发给|發給|发至|寄给|联系|聯繫|聯絡|抄送|メール|アドレス|宛先|이메일|메일|อีเมล)[はをにへ为為是]?$`)
)

// findEmails returns the addresses in a text. doubtful reports that the beginning or end
// of one can be read in two ways; both are returned then.
func findEmails(text string) (all []string, doubtful bool) {
	for _, m := range emailAddress().FindAllStringIndex(text, -1) {
		local, domain, _ := cutDomain(text[m[0]:m[1]])
		after := text[m[1]:]
		domain = trimDomain(domain)
		locals := addressLocals(local, after)
		if wrapped := wrappedLocal(text[:m[0]], local); wrapped != "" {
			locals = append(locals, wrapped)
		}
		locals = unique(locals)
		first := len(all)
		for _, own := range locals {
			if email, err := ParseEmail(own + "@" + domain); err == nil && email.Address == own+"@"+domain {
				all = append(all, email.Address)
			}
		}
		if len(all) > first {
			doubtful = doubtful || len(locals) > 1 || goesOn(after)
		}
	}
	return unique(all), doubtful
}

// goesOn reports whether the text after an address may belong to it: _old, @other, a
// typographic hyphen, the rest of a domain on the next line.
func goesOn(after string) bool {
	return continuation().MatchString(after)
}

// wrappedLocal completes a local part that begins at the end of the line before: a token
// that is not a word (maya+tick), or the end of a line that is full.
func wrappedLocal(before, local string) string {
	line, broken := strings.CutSuffix(before, "\n")
	if !broken {
		return ""
	}
	line = line[strings.LastIndexByte(line, '\n')+1:]
	token := trailingLocal().FindString(line)
	const full = 60
	isFull := len([]rune(line)) >= full && trailingLetter().MatchString(token)
	if !isFull && !splitLocal().MatchString(token) {
		return ""
	}
	return token + local
}

// addressLocals returns the readings of what precedes the @ of an address in a text, the
// likeliest first. after is the text after the address.
func addressLocals(local, after string) []string {
	isTypographic := func(r rune) bool {
		return r == '\u2019' || r == '\u2212' || r > unicode.MaxASCII && unicode.Is(unicode.Pd, r)
	}
	if at := strings.LastIndexFunc(local, isTypographic); at >= 0 { // the sign may as well precede the address
		_, size := utf8.DecodeRuneInString(local[at:])
		tail := addressLocals(local[at+size:], after)
		if at == 0 {
			return tail
		}
		plain := strings.Map(func(r rune) rune {
			switch {
			case r == '\u2019':
				return '\''
			case isTypographic(r):
				return '-'
			}
			return r
		}, local)
		return append(addressLocals(plain, after), tail...)
	}
	if m := caretPrefix().FindStringSubmatch(local); m != nil { // a control character as less or rsyslog writes it
		local = m[1] + m[2]
	}
	local = strings.TrimLeft(local, ".'-")
	at := strings.LastIndexAny(local, separators)
	if at < 0 {
		return localCandidates(local)
	}
	rest := strings.TrimLeft(local[at+1:], ".'-")
	if rest != "" && (isLabelled(local[:at+1]) || isEnclosed(local[:at+1], after)) {
		return localCandidates(rest)
	}
	out := []string{local}
	if plain := strings.Trim(strings.NewReplacer("*", "", "~~", "", "`", "").Replace(local), separators); plain != local && plain != rest {
		out = append(out, plain) // Markdown
	}
	const most = 5
	for i := range local[:at] {
		if tail := strings.TrimLeft(local[i+1:], ".'-"); len(out) < most && strings.IndexByte(separators, local[i]) >= 0 && strings.IndexByte(separators, tail[0]) < 0 {
			out = append(out, tail)
		}
	}
	if rest == "" {
		return out
	}
	return append(out, localCandidates(rest)...)
}

// isLabelled reports whether an address is preceded by the name of a field that holds one
// (email=, to=), or by a query with the name of a parameter.
func isLabelled(before string) bool {
	return fieldLabel().MatchString(before) ||
		queryLabel().MatchString(before)
}

// isEnclosed reports whether the signs before an address are repeated after it, as in
// Markdown and templates.
func isEnclosed(before, after string) bool {
	closing := ""
	for _, r := range before {
		switch r {
		case '{':
			closing = "}" + closing
		case '^': // of a regular expression
			closing = "$" + closing
		case '*', '~', '|', '`', '!', '#', '$', '/':
			closing = string(r) + closing
		default:
			return false
		}
	}
	return strings.HasPrefix(after, closing)
}

// isUnspacedScript reports whether a letter belongs to a script that is written without
// spaces, so that text may directly adjoin an address.
func isUnspacedScript(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == '\u30fc' || r == '\u3005'
}

// localCandidates returns the readings of what precedes the @: the address begins at a
// change from such a script to Latin, while 王小明@… is one as it is. Before digits both are
// possible.
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
	case strings.ContainsFunc(rest, unicode.IsLetter) && leadsIn(local[:at+size]):
		return []string{rest}
	}
	return []string{rest, local}
}

// leadsIn reports whether a text of such a script is certainly not a name: it is longer
// than names are, or ends in a word for e-mail or for sending.
func leadsIn(text string) bool {
	const longestName = 4
	return len([]rune(text)) > longestName ||
		emailLeadIn().MatchString(text)
}

// trimDomain returns a domain without the text that follows it. A label after the first
// ends where such a script begins in it, and the last label where any other script does.
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

// scriptChange returns the index at which a label changes to another script than its first
// letter's.
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

// scriptName returns the name of a letter's script.
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

// replaceAt replaces the matches of a pattern for which with returns true.
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
