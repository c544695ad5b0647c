package input

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var errNotText = errors.New("it is neither UTF-8 nor UTF-16 text")

// DecodeText returns the text of a file as editors and spreadsheets write it: UTF-8, or
// UTF-16 of either byte order, with or without a byte order mark. Lines end in \n.
func DecodeText(raw []byte) (string, error) {
	var text string
	switch order := utf16Order(raw); {
	case order == nil && utf8.Valid(raw):
		text = string(bytes.TrimPrefix(raw, []byte("\ufeff")))
	case order == nil, len(raw)%2 != 0:
		return "", errNotText
	default:
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = order.Uint16(raw[2*i:])
		}
		text = strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
		if strings.ContainsRune(text, utf8.RuneError) {
			return "", errNotText
		}
	}
	return normalizeNewlines(text), nil
}

// utf16Order returns the byte order of UTF-16 text, or nil if it is not UTF-16. Without a
// byte order mark it judges by the zero bytes of Latin letters, which are all on one side.
func utf16Order(raw []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe, 0, 0}): // UTF-32
		return nil
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	var zeros [2]int
	for i, c := range raw {
		if c == 0 {
			zeros[i%2]++
		}
	}
	units := len(raw) / 2
	switch {
	case units == 0 || len(raw)%2 != 0:
	case zeros[1] > units/2 && zeros[0] == 0:
		return binary.LittleEndian
	case zeros[0] > units/2 && zeros[1] == 0:
		return binary.BigEndian
	}
	return nil
}

// normalizeNewlines replaces all kinds of line ends by \n.
func normalizeNewlines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
}
