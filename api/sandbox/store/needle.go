package store

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// trigram is the shortest text the index knows.
const trigram = 3

// A needle is one partial match, taken apart for the index and for the walk.
// It matches where any of its alternatives does.
type needle struct {
	match string // FTS5 expression; "" where some alternative is too short for the index
	loose bool   // match also finds others: hold where against its rows
	id    string // beginning of an id, matched by the index of ids
	inner string // what may stand inside an id: looked for when nothing else matches
	paste bool   // inner looks like a piece of an id rather than a word
	where string // the same match as a predicate over a row of users
	args  []any
	all   bool // matches everybody
}

// scope names what a needle looks at.
type scope int

const (
	anything scope = iota
	names
	emails
	phones
	usernames
)

// parseNeedle reads what somebody typed. ok is false where nothing is left of
// it, which does not filter.
func parseNeedle(in scope, typed string) (n needle, ok bool) {
	typed = strings.TrimSpace(typed)
	text := foldText(typed)
	if text == "" {
		return n, false
	}
	b := needleBuilder{paste: pasted(typed)}
	switch in {
	case names:
		b.names(text)
	case emails:
		b.text("email", "u.email_address", text)
	case usernames:
		b.text("username", "u.username", text)
	case phones:
		b.phones(typed)
	case anything: // what matches most often comes first: the rest is not looked at then
		b.text("email", "u.email_address", text)
		b.names(text)
		b.text("username", "u.username", text)
		b.text("wallet", "u.web3wallet", text)
		if looksLikePhone(typed) {
			b.phones(typed)
		}
		b.ids(text)
	}
	return b.needle(), true
}

type needleBuilder struct {
	match []string
	where []string
	args  []any
	short bool
	loose bool
	id    string
	inner string
	paste bool
	every bool
}

// window is how many runes of a long needle the index is asked for. It reads
// the list of every trigram of a phrase, and those of "…@mail.example" are as
// long as the directory: six of them and a look at the rows found are quicker
// than twenty.
const window = 8

// glimpse is the part of a needle that tells most: the beginning, and of an
// address what stands before the domain.
func glimpse(text string) string {
	runes := []rune(text)
	if len(runes) <= window {
		return text
	}
	if at := slices.Index(runes, '@'); at > window-2 && len(runes) > at+1 {
		return string(runes[at-window+2 : at+2])
	}
	return string(runes[:window])
}

// pasted tells a piece of an id from a word: digits, or capitals in the middle.
func pasted(typed string) bool {
	for i, r := range typed {
		if r >= '0' && r <= '9' || i > 0 && r >= 'A' && r <= 'Z' {
			return true
		}
	}
	return false
}

// text looks for one folded text in a column of the index and of users.
func (b *needleBuilder) text(column, expression, text string) {
	if utf8.RuneCountInString(text) < trigram {
		b.short = true
	}
	part := glimpse(text)
	b.loose = b.loose || part != text
	b.match = append(b.match, column+" : "+quote(part))
	b.where = append(b.where, "instr("+expression+", ?) > 0")
	b.args = append(b.args, text)
}

// names looks into the two together only for what can lie across both.
func (b *needleBuilder) names(text string) {
	if strings.Contains(text, " ") {
		b.text("name", "coalesce(u.first_name || ' ' || u.last_name, u.first_name, u.last_name)", text)
	} else {
		b.text("name", "u.first_name", text)
		b.where = append(b.where, "instr(u.last_name, ?) > 0")
		b.args = append(b.args, text)
	}
	if ideographic(text) {
		b.where = append(b.where, "instr(u.last_name || u.first_name, ?) > 0")
		b.args = append(b.args, text)
	}
}

// phones compares digits only. Callers also read out the 00 of international
// and the 0 of national dialling, which E.164 has not: a longer number is
// looked for without them too.
func (b *needleBuilder) phones(typed string) {
	d := digits(typed)
	if d == "" || !looksLikePhone(typed) {
		if len(b.where) == 0 { // a phone number is what was asked for: there is none like it
			b.where = append(b.where, "false")
			b.match = append(b.match, "phone : "+quote(typed))
			b.short = true
		}
		return
	}
	b.text("phone", "u.phone_number", d)
	if national := strings.TrimLeft(d, "0"); len(d) >= 7 && national != d && national != "" {
		b.text("phone", "u.phone_number", national)
	}
}

// userPrefix is what every id begins with.
const userPrefix = "user_"

// ids are not in the text index: 27 random characters a user would be half of
// it, and every third search would find strangers by them. Their beginning is
// looked up in the index of ids.
func (b *needleBuilder) ids(text string) {
	switch {
	case text == userPrefix:
		b.every = true
	case strings.HasPrefix(text, userPrefix):
		b.id = text
		b.where = append(b.where, "(u.id >= ? COLLATE NOCASE AND u.id < ? COLLATE NOCASE)")
		b.args = append(b.args, text, after(text))
	case !b.short && !strings.ContainsFunc(text, notInIDs):
		b.inner = text
	}
}

func notInIDs(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
}

func (b *needleBuilder) needle() needle {
	n := needle{where: "(" + strings.Join(b.where, " OR ") + ")", args: b.args, id: b.id, inner: b.inner, paste: b.paste, loose: b.loose, all: b.every}
	if !b.short {
		n.match = strings.Join(b.match, " OR ")
	}
	return n
}

// quote makes text one FTS5 phrase: nothing in it is an operator.
func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// after is the least text behind all that begin with prefix (folded, so that
// its last byte is never the largest).
func after(prefix string) string { return prefix + "\U0010FFFF" }
