package input

import (
	"html"
	"mime"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Logs, mails and terminals leave escapes in what is copied from them. Most can be
// read in one way only. Of some the text does not say whether they are escapes at
// all: `\nina@…` is ina@… behind a line's end, or nina@… behind the backslash of a
// path. Those are switches of a reading, and readings tries both ways.

// escapeDecoder says which of the doubtful escapes are taken for ones.
type escapeDecoder struct {
	backslashes     bool // \n \t \r \b \f before a letter, and other signs for control characters
	lostColours     bool // [31m whose escape character was lost
	quotedPrintable bool // quoted-printable: =40, and = at the end of a line
}

// decodings are the texts that a text may be, the likeliest first. There is one where
// nothing in it is doubtful.
func decodings(text string) []string {
	if !strings.ContainsAny(text, "\\%&[=^#\x1b\u241b\u009b") {
		return []string{text}
	}
	all := escapeDecoder{backslashes: true, lostColours: true, quotedPrintable: true}
	out := []string{all.decode(text, 0), escapeDecoder{}.decode(text, 0)}
	if len(text) > maxAmbiguousText {
		return unique(out)
	}
	for _, other := range [...]escapeDecoder{{lostColours: true, quotedPrintable: true}, {backslashes: true, quotedPrintable: true}, {backslashes: true, lostColours: true}} {
		out = append(out, other.decode(text, 0))
	}
	return unique(out)
}

// maxAmbiguousText is up to how many bytes each doubtful kind is tried by itself; of a
// longer text all together are taken for escapes, and none.
const maxAmbiguousText = 16 << 10

// maxNesting is how often escapes may stand in escapes: JSON in JSON in a link.
const maxNesting = 4

// decode undoes the escapes until nothing is left to undo.
func (r escapeDecoder) decode(text string, depth int) string {
	for range maxNesting {
		before := text
		if depth < maxNesting {
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
	text = r.stripTerminalCodes(text)
	if strings.Contains(text, "=?") {
		if plain, err := new(mime.WordDecoder).DecodeHeader(text); err == nil {
			text = plain
		}
	}
	if r.quotedPrintable || isQuotedPrintable(text) {
		text = decodeQuotedPrintable(text)
	}
	if strings.Contains(text, "&") {
		text = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`).ReplaceAllStringFunc(text, html.UnescapeString)
	}
	if strings.Contains(text, "%") {
		text = regexp.MustCompile(`(?:%u[0-9A-Fa-f]{4})+`).ReplaceAllStringFunc(text, func(run string) string {
			return decodeUTF16Escapes(strings.ReplaceAll(run, "%", `\`))
		})
		text = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`).ReplaceAllStringFunc(text, decodePercent)
	}
	if strings.Contains(text, `\`) {
		text = r.decodeBackslashes(text)
	}
	if r.backslashes && strings.ContainsAny(text, "^#") { // as less, cat -v and rsyslog write control characters
		text = regexp.MustCompile(`\^[A-Z\[]|#0(?:11|12|15|33)`).ReplaceAllString(text, " ")
	}
	return text
}

// decodePercent undoes a run of percent escapes; one that is no text stays as it is.
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

// escapePattern is how an escape character is written where it cannot stand itself.
const escapePattern = `(?:\x1b|\x{241b}|\^\[|\\x1[bB]|\\u001[bB]|\\033|\\e)`

// stripTerminalCodes takes out what a program told its terminal: colours and other attributes
// in the midst of words, links, titles.
func (r escapeDecoder) stripTerminalCodes(text string) string {
	if strings.Contains(text, "\u009b") {
		text = strings.ReplaceAll(text, "\u009b", "\x1b[")
	}
	if strings.ContainsAny(text, "\x1b\u241b^\\") {
		text = regexp.MustCompile(escapePattern+`\][^\x07\x1b]*(?:\x07|`+escapePattern+`\\)`).ReplaceAllString(text, " ")
		text = regexp.MustCompile(escapePattern+`\[[0-9;:?]*[A-Za-z]`).ReplaceAllString(text, "")
	}
	if (r.lostColours || strings.Contains(text, "[0m")) && strings.Contains(text, "[") {
		lost := regexp.MustCompile(`\[[0-9]{1,3}(?:;[0-9]{1,3})*[mK]`)
		if lost.MatchString(text) { // else [m and [K begin a word in brackets
			text = regexp.MustCompile(`\[[mK]`).ReplaceAllString(lost.ReplaceAllString(text, ""), "")
		}
	}
	return text
}

// isQuotedPrintable says that a text is surely in that encoding of mails: it names it,
// or has a page's attributes in it.
func isQuotedPrintable(text string) bool {
	return strings.Contains(text, `=3D"`) || strings.Contains(strings.ToLower(text), "quoted-printable")
}

// decodeQuotedPrintable undoes that encoding where the text may be in it: where besides it
// breaks a line with =, or escapes an equals sign.
func decodeQuotedPrintable(text string) string {
	soft := regexp.MustCompile(`=[ \t]*(?:\r\n|\n|\r)`)
	if !isQuotedPrintable(text) && !soft.MatchString(text) && !strings.Contains(text, "=3D") {
		return text
	}
	text = soft.ReplaceAllString(text, "")
	return regexp.MustCompile(`(?:=[0-9A-F]{2})+`).ReplaceAllStringFunc(text, func(run string) string {
		if plain := decodePercent(strings.ReplaceAll(run, "=", "%")); plain[0] != '%' || run == "=25" {
			return plain
		}
		return run
	})
}

// decodeBackslashes undoes the escapes of programming languages: \u0040, \x40, \/, \".
func (r escapeDecoder) decodeBackslashes(text string) string {
	text = regexp.MustCompile(`(?:\\u[0-9A-Fa-f]{4})+`).ReplaceAllStringFunc(text, decodeUTF16Escapes)
	text = regexp.MustCompile(`(?:\\x[0-9A-Fa-f]{2})+`).ReplaceAllStringFunc(text, func(run string) string {
		if plain := decodePercent(strings.ReplaceAll(run, `\x`, "%")); plain[0] != '%' {
			return plain
		}
		return run
	})
	return ambiguousEscapes().ReplaceAllStringFunc(text, func(escape string) string {
		switch {
		case escape == `\\`:
			return `\`
		case !unicode.IsLetter(rune(escape[1])) && escape[1] != '0':
			return escape[1:]
		case r.backslashes:
			return " "
		}
		return ` ` + escape[1:] // the backslash parts, the letter is one
	})
}

// ambiguousEscapes are a backslash with what it changes: letters, octal line ends, and the
// punctuation that JSON, Markdown and patterns put one before.
func ambiguousEscapes() *regexp.Regexp {
	return regexp.MustCompile(`\\(?:0(?:11|12|15)|[\\/"'nrtbfv_.+@*~#<>()\[\]{}!|-])`)
}

// decodeUTF16Escapes undoes a run of \uXXXX, which are UTF-16.
func decodeUTF16Escapes(run string) string {
	plain, err := strconv.Unquote(`"` + joinSurrogates(run) + `"`)
	if err != nil {
		return run
	}
	return plain
}

// joinSurrogates writes a surrogate pair of JSON as the one escape that Go has for it.
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
