package store

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// trigram is the shortest text that the index can find.
const trigram = 3

// A needle is one partial match, prepared for the index and for the walk. It matches if
// any of its alternatives does.
type needle struct {
	match      string // FTS5 expression; "" if some alternative is too short for the index
	needsCheck bool   // match also finds other rows: check them with where
	id         string // prefix of an id, found by the index of ids
	inner      string // part of an id, searched when nothing else matches
	fromPaste  bool   // inner looks like part of an id rather than a word
	where      string // the same match as a predicate on a row of users
	args       []any
	all        bool // matches everybody
}

// searchScope is what a needle looks at.
type searchScope int

const (
	anything searchScope = iota
	names
	emails
	phones
	usernames
)

// parseNeedle parses typed text. ok is false if nothing is left of it, so that it does not
// filter.
func parseNeedle(in searchScope, typed string) (n needle, ok bool) {
	typed = strings.TrimSpace(typed)
	text := foldText(typed)
	if text == "" {
		return n, false
	}
	b := needleBuilder{paste: looksPasted(typed)}
	switch in {
	case names:
		b.names(text)
	case emails:
		b.text("email", "u.email_address", text)
	case usernames:
		b.text("username", "u.username", text)
	case phones:
		b.phones(typed)
	case anything: // the most frequent match comes first, so that the rest is not evaluated
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

// window is how many runes of a long needle are looked up in the index. The index reads
// the list of every trigram of a phrase, and those of "…@mail.example" are as long as the
// directory: six of them and a check of the rows found are faster than twenty.
const window = 8

// mostSelective returns the most selective part of a needle: its beginning, and of an
// address what is before the domain.
func mostSelective(text string) string {
	runes := []rune(text)
	if len(runes) <= window {
		return text
	}
	if at := slices.Index(runes, '@'); at > window-2 && len(runes) > at+1 {
		return string(runes[at-window+2 : at+2])
	}
	return string(runes[:window])
}

// looksPasted tells a part of an id from a word: it has digits, or capitals in the middle.
func looksPasted(typed string) bool {
	for i, r := range typed {
		if r >= '0' && r <= '9' || i > 0 && r >= 'A' && r <= 'Z' {
			return true
		}
	}
	return false
}

// text searches for a folded text in one column of the index and of users.
func (b *needleBuilder) text(column, expression, text string) {
	if utf8.RuneCountInString(text) < trigram {
		b.short = true
	}
	part := mostSelective(text)
	b.loose = b.loose || part != text
	b.match = append(b.match, column+" : "+quote(part))
	b.where = append(b.where, "instr("+expression+", ?) > 0")
	b.args = append(b.args, text)
}

// names searches both names together only for text that can span them.
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

// phones compares digits only. People also type the 00 of international and the 0 of
// national dialling, which E.164 lacks: a longer number is searched without them too.
func (b *needleBuilder) phones(typed string) {
	d := digits(typed)
	if d == "" || !looksLikePhone(typed) {
		if len(b.where) == 0 { // a phone number was searched, and none is like it
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

// userPrefix is the prefix of every user id.
const userPrefix = "user_"

// ids are not in the text index: with 27 random characters per user they would be half of
// it, and every third search would find unrelated users. The index of ids finds their
// beginning.
func (b *needleBuilder) ids(text string) {
	switch {
	case text == userPrefix:
		b.every = true
	case strings.HasPrefix(text, userPrefix):
		b.id = text
		b.where = append(b.where, "(u.id >= ? COLLATE NOCASE AND u.id < ? COLLATE NOCASE)")
		b.args = append(b.args, text, prefixEnd(text))
	case !b.short && !strings.ContainsFunc(text, notInIDs):
		b.inner = text
	}
}

func notInIDs(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
}

func (b *needleBuilder) needle() needle {
	n := needle{where: "(" + strings.Join(b.where, " OR ") + ")", args: b.args, id: b.id, inner: b.inner, fromPaste: b.paste, needsCheck: b.loose, all: b.every}
	if !b.short {
		n.match = strings.Join(b.match, " OR ")
	}
	return n
}

// quote returns text as one FTS5 phrase without operators.
func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// prefixEnd returns the least text after all that begin with prefix (which is folded, so
// its last byte is never the largest).
func prefixEnd(prefix string) string { return prefix + "\U0010FFFF" }
