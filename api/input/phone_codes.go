package input

import "strings"

// stripTrunkPrefix removes a trunk prefix after the country code: "44(0)20…" and "44020…"
// are 4420…. It is kept where numbers may begin with a zero (Italy).
func stripTrunkPrefix(digits string) string {
	plain := stripBrackets(digits)
	code := CountryCode(plain)
	rest := plain[len(code):]
	dialled := strings.TrimPrefix(digits, code)
	switch {
	case keepsLeadingZero(code, rest):
		return plain
	case code == "36" && strings.HasPrefix(rest, "06"): // Hungary
		return code + strings.TrimLeft(rest[len("06"):], "0")
	case code == "7" && strings.HasPrefix(rest, "8") && len(rest) == 11:
		return code + rest[1:] // numbers there have ten digits
	case strings.HasPrefix(dialled, "(8)") && dialsEight(code):
		return code + strings.TrimLeft(rest[1:], "0")
	case strings.HasPrefix(rest, "0"):
		return code + strings.TrimLeft(rest, "0")
	case strings.Contains(digits, "(0)"): // anywhere else than after the country code
		return stripBrackets(strings.ReplaceAll(digits, "(0)", ""))
	}
	return plain
}

// keepsLeadingZero reports whether numbers of a country may begin with a zero. In Norway
// those of five digits may.
func keepsLeadingZero(code, rest string) bool {
	switch code {
	case "39", "378", "379", // Italy, San Marino, the Vatican
		"225", "227", "229", "241", "242", "267", "268", "501", "676", "679", "687", "853":
		return true
	}
	return code == "47" && len(rest) == 5
}

// dialsEight reports whether a country's trunk prefix is 8 instead of 0.
func dialsEight(code string) bool {
	return code == "7" || code == "370" || code == "375" || code == "993"
}

// CountryCode returns the country code at the beginning of digits. In E.164 codes 1 and 7
// have one digit, some have two and all others three.
func CountryCode(digits string) string {
	const two = " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "
	switch {
	case digits == "":
		return ""
	case digits[0] == '1', digits[0] == '7':
		return digits[:1]
	case len(digits) >= 2 && strings.Contains(two, " "+digits[:2]+" "):
		return digits[:2]
	}
	return digits[:min(3, len(digits))]
}
