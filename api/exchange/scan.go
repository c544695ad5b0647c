package exchange

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// token is a JSON value, the start or end of an object or array, or the name of a member.
type token struct {
	// kind is '{', '}', '[', ']', 's' for a string, '0' for a number, 't' for true, false
	// and null, or 0 for no token.
	kind byte
	// text is the unquoted value of a string, otherwise the token as written.
	text   string
	isName bool
}

// scanner reads the tokens of a JSON text. It allocates only for strings with escapes, so
// that logging every answer does not slow down the client.
type scanner struct {
	rest string
	// isWhole reports whether the text is complete.
	isWhole bool
	open    []byte // unclosed '{' and '['
	// needsComma is set after a value, and isAfterName after a name.
	needsComma, isAfterName, isEnded bool
	array                            [maxDepth + 2]byte
}

func newScanner(text string, isWhole bool) *scanner {
	s := &scanner{rest: text, isWhole: isWhole}
	s.open = s.array[:0]
	return s
}

// next returns the next token. It returns a token of kind 0 at the end of the text, if the
// text is not JSON, or if the token is truncated.
func (s *scanner) next() token {
	s.skipSpace()
	if s.rest == "" || s.isEnded {
		return token{}
	}
	if c := s.rest[0]; c == '}' || c == ']' {
		return s.close(c)
	}
	if s.needsComma {
		if s.rest[0] != ',' {
			return token{}
		}
		s.rest, s.needsComma = s.rest[1:], false
		s.skipSpace()
		if s.rest == "" || s.rest[0] == '}' || s.rest[0] == ']' {
			return token{}
		}
	}
	if n := len(s.open); n > 0 && s.open[n-1] == '{' && !s.isAfterName {
		return s.name()
	}
	return s.value()
}

func (s *scanner) skipSpace() {
	if s.rest != "" && s.rest[0] <= ' ' {
		s.rest = strings.TrimLeft(s.rest, " \t\r\n")
	}
}

// close reads the end of an object or array.
func (s *scanner) close(c byte) token {
	n := len(s.open)
	if n == 0 || s.isAfterName || s.open[n-1] != c-2 { // '{' and '[' are two below '}' and ']'
		return token{}
	}
	s.open, s.rest = s.open[:n-1], s.rest[1:]
	s.endValue()
	return token{kind: c}
}

// endValue updates the state after a complete value.
func (s *scanner) endValue() {
	s.isAfterName, s.needsComma, s.isEnded = false, true, len(s.open) == 0
}

// name reads the name of a member and the colon.
func (s *scanner) name() token {
	if s.rest[0] != '"' {
		return token{}
	}
	t := s.text()
	s.skipSpace()
	if t.kind == 0 || s.rest == "" || s.rest[0] != ':' {
		return token{}
	}
	s.rest, s.isAfterName, t.isName = s.rest[1:], true, true
	return t
}

func (s *scanner) value() token {
	switch c := s.rest[0]; {
	case c == '{' || c == '[':
		s.open, s.rest = append(s.open, c), s.rest[1:]
		s.needsComma, s.isAfterName = false, false
		return token{kind: c}
	case c == '"':
		t := s.text()
		s.endValue()
		return t
	}
	end := strings.IndexAny(s.rest, ",]} \t\r\n")
	if end < 0 {
		if !s.isWhole {
			return token{} // the token may be truncated
		}
		end = len(s.rest)
	}
	t := token{kind: '0', text: s.rest[:end]}
	switch s.rest = s.rest[end:]; {
	case t.text == "true" || t.text == "false" || t.text == "null":
		t.kind = 't'
	case !isNumber(t.text):
		return token{}
	}
	s.endValue()
	return t
}

// isNumber reports whether text is a JSON number.
func isNumber(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '-' {
			return json.Valid([]byte(text)) // may have a fraction or an exponent
		}
	}
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.IndexByte(digits, '-') < 0 && (digits == "0" || digits[0] != '0')
}

// text reads a string.
func (s *scanner) text() token {
	plain := true
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			raw := s.rest[:i+1]
			s.rest = s.rest[i+1:]
			if plain {
				return token{kind: 's', text: raw[1:i]}
			}
			return unquote(raw)
		case c == '\\':
			plain = false
			i++
		case c < ' ' || c >= utf8.RuneSelf:
			plain = false
		}
	}
	return token{}
}

// unquote decodes a string with escapes.
func unquote(raw string) token {
	t := token{kind: 's'}
	if json.Unmarshal([]byte(raw), &t.text) != nil {
		return token{}
	}
	return t
}
