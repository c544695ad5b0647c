package wire

import "errors"

// MaxDepth is how deep JSON can nest and still be shown. Real metadata of at most 8 KB
// does not come near it; indenting a deeper value would grow with the square of the depth.
const MaxDepth = 256

// errSyntax is returned for every syntax error: the screen says that the response was
// invalid, not at which offset.
var errSyntax = errors.New("the answer is not valid JSON")

// scanner steps through JSON text. Only skip checks the text; the other steps
// are for text that skip has accepted.
type scanner struct {
	src string
	i   int
	// deepest is the deepest nesting that skip has met, counted from its start.
	deepest int
	stack   []byte
}

func (s *scanner) space() {
	for s.i < len(s.src) {
		switch s.src[s.i] {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return
		}
	}
}

// peek returns the next byte that is not white space, or 0 at the end.
func (s *scanner) peek() byte {
	s.space()
	if s.i >= len(s.src) {
		return 0
	}
	return s.src[s.i]
}

// take skips c if it comes next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.i++
	return true
}

// skip skips one whole value and checks that it is JSON. It does not recurse, because a
// body may consist of brackets only.
func (s *scanner) skip() error {
	s.stack = s.stack[:0]
	for {
		switch c := s.peek(); c {
		case '{', '[':
			s.i++
			s.stack = append(s.stack, c)
			s.deepest = max(s.deepest, len(s.stack))
			if s.take(closing(c)) {
				s.stack = s.stack[:len(s.stack)-1]
				break
			}
			if c == '{' && !s.skipKey() {
				return errSyntax
			}
			continue
		case '"':
			if !s.skipString() {
				return errSyntax
			}
		default:
			if !s.skipScalar(c) {
				return errSyntax
			}
		}
		more, err := s.unwind()
		if err != nil || !more {
			return err
		}
	}
}

// unwind leaves every array and object that ends here. more reports that another value
// must follow in the enclosing one.
func (s *scanner) unwind() (more bool, err error) {
	for len(s.stack) > 0 {
		top := s.stack[len(s.stack)-1]
		if s.take(',') {
			if top == '{' && !s.skipKey() {
				return false, errSyntax
			}
			return true, nil
		}
		if !s.take(closing(top)) {
			return false, errSyntax
		}
		s.stack = s.stack[:len(s.stack)-1]
	}
	return false, nil
}

func closing(open byte) byte {
	if open == '{' {
		return '}'
	}
	return ']'
}

func (s *scanner) skipKey() bool {
	return s.peek() == '"' && s.skipString() && s.take(':')
}

// skipString skips the string that starts here.
func (s *scanner) skipString() bool {
	for i := s.i + 1; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case c == '"':
			s.i = i + 1
			return true
		case c < ' ':
			return false
		case c == '\\':
			n := escapeLen(s.src[i+1:])
			if n == 0 {
				return false
			}
			i += n
		}
	}
	return false
}

// escapeLen returns the length of the escape sequence at the start of rest, without its
// backslash, or 0 if it is invalid.
func escapeLen(rest string) int {
	if rest == "" {
		return 0
	}
	switch rest[0] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 1
	case 'u':
		if len(rest) < 5 {
			return 0
		}
		for _, c := range []byte(rest[1:5]) {
			if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
				return 0
			}
		}
		return 5
	}
	return 0
}

// skipScalar skips a number, true, false or null that starts with c.
func (s *scanner) skipScalar(c byte) bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if c == word[0] {
			if len(s.src)-s.i < len(word) || s.src[s.i:s.i+len(word)] != word {
				return false
			}
			s.i += len(word)
			return true
		}
	}
	return s.skipNumber()
}

func (s *scanner) skipNumber() bool {
	i := s.i
	if i < len(s.src) && s.src[i] == '-' {
		i++
	}
	whole := digits(s.src, i)
	if whole == i || (s.src[i] == '0' && whole > i+1) {
		return false
	}
	i = whole
	if i < len(s.src) && s.src[i] == '.' {
		end := digits(s.src, i+1)
		if end == i+1 {
			return false
		}
		i = end
	}
	if i < len(s.src) && s.src[i]|0x20 == 'e' {
		i++
		if i < len(s.src) && (s.src[i] == '+' || s.src[i] == '-') {
			i++
		}
		end := digits(s.src, i)
		if end == i {
			return false
		}
		i = end
	}
	s.i = i
	return true
}

// digits returns the end of the run of digits that starts at i.
func digits(src string, i int) int {
	for i < len(src) && src[i] >= '0' && src[i] <= '9' {
		i++
	}
	return i
}

// Check checks that text is one JSON value and returns its nesting depth.
func Check(text string) (depth int, err error) {
	s := scanner{src: text}
	err = s.whole()
	return s.deepest, err
}

// whole checks that src is one value and nothing more.
func (s *scanner) whole() error {
	if err := s.skip(); err != nil {
		return err
	}
	if s.peek() != 0 || s.i < len(s.src) {
		return errSyntax
	}
	return nil
}
