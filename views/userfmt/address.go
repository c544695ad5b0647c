package userfmt

import (
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/tui/text"
)

// Phone formats an E.164 number for reading ("+1 (415) 555-0142", "+48 601 555
// 012"); other text is returned as it is.
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

// ShortID shortens an id in the middle ("user_2xk…m9aQ"), keeping the prefix and both
// ends.
func ShortID(id clean.Text) string {
	shown := id.Display()
	for i := 0; i < len(shown); i++ {
		if shown[i] >= 0x80 { // not one of Clerk's ids: cut by cells
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

// ReadableEmail returns an address with its ASCII domain (xn--…) in readable letters,
// empty if that makes no difference. It is shown beside the address, never instead.
func ReadableEmail(address clean.Text) clean.Text {
	return clean.NewText(input.ReadableEmail(address.Raw()))
}

// ReadsAs returns ReadableEmail as a phrase, "" if it is empty.
func ReadsAs(address clean.Text) string {
	if readable := ReadableEmail(address); !readable.Empty() {
		return "reads as " + readable.Display()
	}
	return ""
}
