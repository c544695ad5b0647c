package clean

import "strings"

// Prefixes of Clerk's secret keys, for production and for development.
const (
	LiveKeyPrefix = "sk_live_"
	TestKeyPrefix = "sk_test_"
)

// display returns s cleaned for a destination and with secret keys masked. Text that is
// sent or edited is not displayed and stays unchanged.
func display(s string, m style) string { return cleanText(MaskKeys(s), m) }

// keyPrefixes returns the prefixes of secret keys in lower case: plain, with escaped
// underscores, and in base64.
func keyPrefixes() [6]string {
	return [...]string{LiveKeyPrefix, TestKeyPrefix, "sk%5flive%5f", "sk%5ftest%5f", "c2tfbgl2zv", "c2tfdgvzdf"}
}

// minMasked is how many key characters must follow a prefix: "sk_test_" alone is not a
// secret, and neither is a word after it.
const minMasked = 6

// MaskKeys returns s without the secret part of anything that looks like a Clerk secret
// key: "sk_live_…". A text without one is returned unchanged.
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

// mayContainKey is a fast test, because it runs on every displayed text.
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

// keyPrefixLen returns the length of the key prefix that s begins with, or 0.
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

// isKeyByte reports whether a byte may be part of a key, plain, in base64 or
// percent-encoded.
func isKeyByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("_-+/=%", c) >= 0
}
