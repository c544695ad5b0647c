package input

import (
	"html"
	"mime"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	tagRun             = pattern(`(?:</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->|\[/?[A-Za-z]{1,9}(?:=[^\[\]]*)?\])+`)
	breakingTag        = pattern(`(?i)</?(?:br|p|div|li|td|tr|th|ul|ol|h[1-6]|hr|table|d[dtl]|pre|blockquote|option)\b`)
	entity             = pattern(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	bareEntity         = pattern(`&(?:#[0-9]{2,4}|#[xX][0-9a-fA-F]{2,4}|lt|gt|quot|amp|nbsp|apos)`)
	percentUTF16Run    = pattern(`(?:%u[0-9A-Fa-f]{4})+`)
	percentRun         = pattern(`(?:%[0-9A-Fa-f]{2})+`)
	caretBackspace     = pattern(`[^\r\n^]\^H`)
	caretControl       = pattern(`\^C[0-9]{1,2}(?:,[0-9]{1,2})?|\^[A-Z\[\\\]_@]|#0(?:11|12|15|33)`)
	softBreak          = pattern(`=[ \t]*(?:\r\n|\n|\r)`)
	quotedPrintableRun = pattern(`(?:=[0-9A-F]{2})+`)
	utf16Run           = pattern(`(?:\\u[0-9A-Fa-f]{4})+`)
	hexRun             = pattern(`(?:\\x[0-9A-Fa-f]{2})+`)
	octalRun           = pattern(`(?:\\[0-3][0-7]{2})+`)
	// ambiguousEscape matches a backslash with what it changes: letters, octal line ends, and the punctuation that JSON, Markdown and patterns escape.
	ambiguousEscape = pattern(`\\(?:0(?:11|12|15)|0|[\\/"'nrtbfva_.+@*~#<>()\[\]{}!|-])`)
)

// Text copied from logs, mails and terminals contains their escapes. Most can be read in
// only one way. Some may not be escapes at all: `\nina@…` is ina@… after a line end, or
// nina@… after the backslash of a path. Those are switches of an escapeDecoder, and
// decodings tries both settings.

// escapeDecoder undoes escapes. Its fields say which of the ambiguous ones it takes for
// escapes.
type escapeDecoder struct {
	backslashes     bool // \n \t \r \b \f before a letter, and other notations for control characters
	lostColours     bool // [31m without its escape character, and other control characters
	quotedPrintable bool // quoted-printable: =40, and = at the end of a line
}

// decodings returns the texts that a text may stand for, the likeliest first. There is
// only one if nothing in it is ambiguous.
func decodings(text string) []string {
	out := escapeReadings(text)
	for _, one := range slices.Clone(out) {
		out = append(out, withoutMarkup(one))
	}
	return unique(out)
}

// withoutMarkup removes the tags inside words: <em>may</em>a. Tags that end a line become
// a separator.
func withoutMarkup(text string) string {
	if !strings.ContainsAny(text, "<[") || !strings.Contains(text, "@") {
		return text
	}
	tags := tagRun()
	return replaceAt(text, tags, func(from, end int) (string, bool) {
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[end:])
		parts := breakingTag().MatchString(text[from:end])
		return "", !parts && inAddress(before) && inAddress(after)
	})
}

func inAddress(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-@'", r))
}

func escapeReadings(text string) []string {
	if !strings.ContainsAny(text, "\\%&[=^#\u241b") && !strings.ContainsFunc(text, isControl) {
		return []string{text}
	}
	all := escapeDecoder{backslashes: true, lostColours: true, quotedPrintable: true}
	out := []string{all.decode(text, 0), escapeDecoder{}.decode(text, 0)}
	if len(text) > mostReadings {
		return unique(out)
	}
	for _, other := range [...]escapeDecoder{{lostColours: true, quotedPrintable: true}, {backslashes: true, quotedPrintable: true}, {backslashes: true, lostColours: true}} {
		out = append(out, other.decode(text, 0))
	}
	return unique(out)
}

// mostReadings is the length in bytes up to which each kind of ambiguous escape is tried
// by itself. For a longer text there are two readings: all of them are escapes, or none.
const mostReadings = 16 << 10

// mostDeep is how deep escapes may be nested: JSON in JSON in a link.
const mostDeep = 4

// decode undoes escapes until none are left.
func (r escapeDecoder) decode(text string, depth int) string {
	for range mostDeep {
		before := text
		if depth < mostDeep {
			text = r.decodeJSONStrings(text, depth)
		}
		text = r.decodeOnce(text)
		if text == before {
			break
		}
	}
	return text
}

// decodeOnce undoes each kind of escape once.
func (r escapeDecoder) decodeOnce(text string) string {
	text = r.rawControls(r.lostEscapes(r.controlSequences(text)))
	if strings.Contains(text, "=?") {
		if plain, err := new(mime.WordDecoder).DecodeHeader(text); err == nil {
			text = plain
		}
	}
	if r.quotedPrintable || isQuotedPrintable(text) {
		text = decodeQuotedPrintable(text)
	}
	if strings.Contains(text, "&") {
		text = entity().ReplaceAllStringFunc(text, html.UnescapeString)
		if r.backslashes { // without its semicolon it may be part of a query
			text = bareEntity().ReplaceAllStringFunc(text, func(escape string) string {
				return html.UnescapeString(escape + ";")
			})
		}
	}
	if strings.Contains(text, "%") {
		text = percentUTF16Run().ReplaceAllStringFunc(text, func(run string) string {
			return decodeUTF16Escapes(strings.ReplaceAll(run, "%", `\`))
		})
		text = percentRun().ReplaceAllStringFunc(text, decodePercent)
	}
	if strings.Contains(text, `\`) {
		text = r.decodeBackslashes(text)
	}
	if r.backslashes && strings.ContainsAny(text, "^#") { // as less, cat -v and rsyslog write control characters
		for before := ""; before != text; { // overstriking
			before = text
			text = caretBackspace().ReplaceAllString(text, "")
		}
		text = caretControl().ReplaceAllString(text, " ")
	}
	return text
}

// decodePercent undoes a run of percent escapes. One that does not decode to text is kept.
func decodePercent(run string) string {
	raw := make([]byte, 0, len(run)/3)
	for i := 0; i+2 < len(run); i += 3 {
		n, err := strconv.ParseUint(run[i+1:i+3], 16, 8)
		if err != nil {
			return run
		}
		raw = append(raw, byte(n))
	}
	if !utf8.Valid(raw) {
		return run
	}
	return string(raw)
}

// isQuotedPrintable reports whether a text is certainly quoted-printable: it names the
// encoding, or has HTML attributes in it.
func isQuotedPrintable(text string) bool {
	return strings.Contains(text, `=3D"`) || strings.Contains(strings.ToLower(text), "quoted-printable")
}

// decodeQuotedPrintable undoes quoted-printable. Letters and digits are only decoded if
// the text certainly uses it: if it breaks a line with = or escapes an equals sign.
func decodeQuotedPrintable(text string) string {
	soft := softBreak()
	sure := isQuotedPrintable(text) || soft.MatchString(text) || strings.Contains(text, "=3D")
	text = soft.ReplaceAllString(text, "")
	return quotedPrintableRun().ReplaceAllStringFunc(text, func(run string) string {
		plain := decodePercent(strings.ReplaceAll(run, "=", "%"))
		switch {
		case plain[0] == '%' && run != "=25":
			return run
		case !sure && strings.ContainsFunc(plain, func(c rune) bool { return c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) }):
			return run // a character that needs no escape has none
		}
		return plain
	})
}

// decodeBackslashes undoes the escapes of programming languages: \u0040, \x40, \/, \".
func (r escapeDecoder) decodeBackslashes(text string) string {
	text = utf16Run().ReplaceAllStringFunc(text, decodeUTF16Escapes)
	text = hexRun().ReplaceAllStringFunc(text, func(run string) string {
		if plain := decodePercent(strings.ReplaceAll(run, `\x`, "%")); plain[0] != '%' {
			return plain
		}
		return run
	})
	text = octalRun().ReplaceAllStringFunc(text, r.octal)
	return ambiguousEscape().ReplaceAllStringFunc(text, func(escape string) string {
		switch {
		case escape == `\\`:
			return `\`
		case escape == `\a`: // a bell, which separates nothing
			return choose(r.backslashes, "", " a")
		case !unicode.IsLetter(rune(escape[1])) && escape[1] != '0':
			return escape[1:]
		case r.backslashes:
			return " "
		}
		return ` ` + escape[1:] // the backslash separates, the letter is text
	})
}

// octal undoes a run of octal escapes. If one does not decode to text beyond ASCII, its
// digits may be part of a word.
func (r escapeDecoder) octal(run string) string {
	var raw []byte
	for i := 0; i+3 < len(run); i += 4 {
		n, _ := strconv.ParseUint(run[i+1:i+4], 8, 8)
		raw = append(raw, byte(n))
	}
	plain := string(raw)
	beyond := strings.ContainsFunc(plain, func(c rune) bool { return c > unicode.MaxASCII })
	if !utf8.ValidString(plain) || !beyond && !r.backslashes {
		return run
	}
	return plain
}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// decodeUTF16Escapes undoes a run of \uXXXX, which are UTF-16.
func decodeUTF16Escapes(run string) string {
	plain, err := strconv.Unquote(`"` + joinSurrogates(run) + `"`)
	if err != nil {
		return run
	}
	return plain
}

// joinSurrogates rewrites a surrogate pair of JSON as the single escape that Go uses.
func joinSurrogates(run string) string {
	var b strings.Builder
	for i := 0; i < len(run); i += 6 {
		high, _ := strconv.ParseUint(run[i+2:i+6], 16, 32)
		if high >= 0xd800 && high < 0xdc00 && i+12 <= len(run) {
			if low, _ := strconv.ParseUint(run[i+8:i+12], 16, 32); low >= 0xdc00 && low < 0xe000 {
				b.WriteString(`\U` + strconv.FormatUint(0x1_0000_0000+0x10000+(high-0xd800)<<10+(low-0xdc00), 16)[1:])
				i += 6
				continue
			}
		}
		b.WriteString(run[i : i+6])
	}
	return b.String()
}
