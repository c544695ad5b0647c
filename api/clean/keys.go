package clean

import "strings"

// How Clerk's secret keys begin: of production, and of development.
const (
	LiveKeyPrefix = "sk_live_"
	TestKeyPrefix = "sk_test_"
)

// display is s as a place shows it: cleaned, and without secret keys. What is sent and
// edited is not shown, and stays as it is.
func display(s string, m style) string { return cleanText(MaskKeys(s), m) }

// keyPrefixes returns how secret keys begin, in lower case: plain, with the underscores
// escaped, and in base64.
func keyPrefixes() [6]string {
	return [...]string{LiveKeyPrefix, TestKeyPrefix, "sk%5flive%5f", "sk%5ftest%5f", "c2tfbgl2zv", "c2tfdgvzdf"}
}

// minMasked is how much of a key must follow its beginning: "sk_test_" alone is
// no secret, and neither is a word after it.
const minMasked = 6

// MaskKeys gives s with the secret part of whatever looks like a Clerk secret key
// left out: "sk_live_…". A text without one comes back as it is.
func MaskKeys(s string) string {
	if !mayContainKey(s) {
		return s
	}
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); i++ {
		begin := keyPrefixLen(s[i:])
		if begin == 0 {
			continue
		}
		end := i + begin
		for end < len(s) && isKeyByte(s[end]) {
			end++
		}
		if end-i-begin < minMasked {
			continue
		}
		b.WriteString(s[from:i+begin] + "…")
		from, i = end, end-1
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// mayContainKey looks as quickly as it can, because it looks at every text on a screen.
func mayContainKey(s string) bool {
	if len(s) < len(TestKeyPrefix)+minMasked {
		return false
	}
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '_')
		if at < 0 {
			break
		}
		if i += at; i >= 2 && s[i-1]|0x20 == 'k' && s[i-2]|0x20 == 's' {
			return true
		}
		i++
	}
	return strings.Contains(s, "%5") || strings.Contains(s, "c2t")
}

// keyPrefixLen returns how many bytes of s are the beginning of a secret key, 0 where they
// are none.
func keyPrefixLen(s string) int {
	if len(s) == 0 || s[0]|0x20 != 's' && s[0] != 'c' {
		return 0
	}
	for _, word := range keyPrefixes() {
		if len(s) >= len(word) && strings.EqualFold(s[:len(word)], word) {
			return len(word)
		}
	}
	return 0
}

// isKeyByte reports whether a byte may stand in a key, plain or written in base64 or with
// %.
func isKeyByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("_-+/=%", c) >= 0
}
