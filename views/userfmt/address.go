package userfmt

import (
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/tui/text"
)

// Phone writes an E.164 number as people read it ("+1 (415) 555-0142",
// "+48 601 555 012"). What is not E.164 is shown as it came.
func Phone(e164 clean.Text) string {
	digits, ok := strings.CutPrefix(e164.Raw(), "+")
	if !ok || len(digits) < 7 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return e164.Display()
	}
	if digits[0] == '1' && len(digits) == 11 {
		return "+1 (" + digits[1:4] + ") " + digits[4:7] + "-" + digits[7:]
	}
	code := len(input.CountryCode(digits))
	groups := []string{"+" + digits[:code]}
	rest := digits[code:]
	for len(rest) > 4 {
		groups, rest = append(groups, rest[:3]), rest[3:]
	}
	return strings.Join(append(groups, rest), " ")
}

const (
	idHead = 3 // characters kept after the prefix
	idTail = 4 // as many as a question asks to be typed
)

// ShortID cuts an id in the middle ("user_2xk…m9aQ"): the prefix says what it
// is, the ends tell two apart.
func ShortID(id clean.Text) string {
	shown := id.Display()
	for i := 0; i < len(shown); i++ {
		if shown[i] >= 0x80 { // no id of Clerk's: cut by cells
			return text.Cut(shown, 14)
		}
	}
	_, rest, found := strings.Cut(shown, "_")
	prefix := 0
	if found {
		prefix = len(shown) - len(rest)
	}
	if prefix > 8 || len(shown)-prefix <= idHead+idTail+1 {
		return text.Cut(shown, 14)
	}
	return shown[:prefix+idHead] + "…" + shown[len(shown)-idTail:]
}

// ReadableEmail is an e-mail address whose domain is kept in ASCII (xn--…) with the
// letters that people know it by, "" where there is nothing to read. It stands beside
// the address, never in its place.
func ReadableEmail(address clean.Text) clean.Text {
	return clean.NewText(input.ReadableEmail(address.Raw()))
}

// ReadsAs is Readable in words, "" where there is nothing to read.
func ReadsAs(address clean.Text) string {
	if readable := ReadableEmail(address); !readable.Empty() {
		return "reads as " + readable.Display()
	}
	return ""
}
