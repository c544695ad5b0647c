package mask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// phrases holds the texts to replace in sentences.
type phrases struct {
	masks map[string]string
	// most is the number of word boundaries in the longest phrase.
	most int
}

func newPhrases() phrases { return phrases{masks: map[string]string{}} }

// ambiguous lists names that also occur as words in the program's own sentences. By
// themselves they are not replaced.
const ambiguous = " Mark May Will Ban Lock Open Done Locked Banned Active User Users Person Copy Copied Sign Set Reset Clerk Nobody Undo Delete Deleted Nothing Try The This "

func (p *phrases) add(phrase, masked string) {
	if utf8.RuneCountInString(phrase) < 2 || masked == "" || phrase == masked || strings.Contains(ambiguous, " "+phrase+" ") {
		return
	}
	if other, known := p.masks[phrase]; known && other != masked {
		masked = "Person " + Hidden // shared by several people
	}
	p.masks[phrase] = masked
	p.most = max(p.most, len(ends(phrase, 0)))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// ends returns the word boundaries after from.
func ends(s string, from int) (at []int) {
	was := false
	for i, r := range s[from:] {
		is := isWord(r)
		if i > 0 && (!is || !was) {
			at = append(at, from+i)
		}
		was = is
	}
	return append(at, len(s))
}

// replace replaces all phrases that begin and end at word boundaries, longest first.
func (p *phrases) replace(s string) string {
	if len(p.masks) == 0 {
		return s
	}
	var b strings.Builder
	done, was := 0, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		is := isWord(r)
		if !is || !was {
			if end, masked, found := p.longest(s, i); found {
				b.WriteString(s[done:i])
				b.WriteString(masked)
				i, done, was = end, end, true
				continue
			}
		}
		was = is
		i += size
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

func (p *phrases) longest(s string, from int) (end int, masked string, found bool) {
	at := ends(s[:min(len(s), from+maxPhrase)], from)
	for i := min(len(at), p.most) - 1; i >= 0; i-- {
		if masked, found = p.masks[s[from:at[i]]]; found {
			return at[i], masked, true
		}
	}
	return 0, "", false
}

// maxPhrase is the maximum length of a phrase.
const maxPhrase = 400

// patterns match text that looks like personal data: e-mail addresses, ids, numbers, IP
// addresses. The first group, if any, is kept.
var patterns = []struct {
	of   *regexp.Regexp
	mask string
}{
	{regexp.MustCompile(`[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`), Hidden + "@" + Hidden},
	{regexp.MustCompile(`\b((?:[a-z]{2,6}_){1,2})[0-9A-Za-z]{12,}\b`), "${1}" + Hidden},
	{regexp.MustCompile(`\b((?:user|sess|idn|org|orgmem|orginv|eac|client)_)[0-9A-Za-z]+…[0-9A-Za-z]+`), "${1}" + Hidden},
	{regexp.MustCompile(`\b0x[0-9a-fA-F]{6,}\b`), "0x" + Hidden},
	{regexp.MustCompile(`\+\d[\d ()./-]{5,}\d`), "+" + Hidden},
	{regexp.MustCompile(`\(\d{3}\) \d{3}-\d{4}`), Hidden},
	{regexp.MustCompile(`\b\d{3}[-. ]\d{3}[-. ]\d{4}\b`), Hidden},
	{regexp.MustCompile(`\b1[2-9]\d{2}[2-9]\d{6}\b`), Hidden}, // of North America, without its plus
	{regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b`), Hidden},
}

// ownMask matches an e-mail address that is itself a mask.
var ownMask = regexp.MustCompile(`^(?:person\d+(?:-\d+)?|someone\d+)@domain\d+\.example$`)

func (m *Mask) text(s string) string {
	s = m.phrases.replace(s)
	if !strings.ContainsAny(s, "@_+.x(0123456789") {
		return s
	}
	for i, p := range patterns {
		if i > 0 {
			s = p.of.ReplaceAllString(s, p.mask)
			continue
		}
		s = p.of.ReplaceAllStringFunc(s, func(address string) string {
			if ownMask.MatchString(address) {
				return address
			}
			return p.mask
		})
	}
	return s
}
