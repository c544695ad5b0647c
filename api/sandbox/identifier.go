package sandbox

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

const (
	maxName       = 256 // characters of a first or last name or an external id
	minUsername   = 4
	maxUsername   = 64
	maxEmailBytes = 254
	maxTimezone   = 64
)

var (
	phonePattern   = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	ethereumWallet = regexp.MustCompile(`^0x[0-9a-fA-F]{40}$`)
	solanaWallet   = regexp.MustCompile(`^[1-9A-HJ-NP-Za-km-z]{32,44}$`)
	usernameRunes  = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	// Area/Place, or an old short name (UTC, EST5EDT, Etc/GMT+3)
	timezonePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$`)
	onlyDigits      = regexp.MustCompile(`^[0-9]+$`)
)

// cleanEmail returns the address in the form in which it is stored.
func cleanEmail(param, text string) (string, *apiError) {
	text = strings.TrimSpace(text)
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text || len(text) > maxEmailBytes ||
		!isAddress(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return "", errFormat(param, "must be a valid email address.")
	}
	return strings.ToLower(text), nil
}

const (
	maxLocalBytes  = 64 // before the @
	maxLabelBytes  = 63 // between two dots of the domain
	maxDomainBytes = 253
)

// isAddress checks both sides of the @, because the standard parser accepts domains to
// which no mail can be sent.
func isAddress(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 1 || at > maxLocalBytes {
		return false
	}
	domain := text[at+1:]
	labels := strings.Split(domain, ".")
	if len(labels) < 2 || len(domain) > maxDomainBytes || onlyDigits.MatchString(labels[len(labels)-1]) {
		return false
	}
	return !slices.ContainsFunc(labels, func(label string) bool { return !isDomainLabel(label) })
}

// isDomainLabel accepts letters, digits and marks of every script, because domains can be
// internationalized, and hyphens inside.
func isDomainLabel(label string) bool {
	return label != "" && len(label) <= maxLabelBytes && !strings.HasPrefix(label, "-") && !strings.HasSuffix(label, "-") &&
		!strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
		})
}

func cleanPhone(param, text string) (string, *apiError) {
	if !phonePattern.MatchString(text) {
		return "", errFormat(param, "must be a valid phone number according to E.164 international standard.")
	}
	return text, nil
}

func cleanWallet(param, text string) (string, *apiError) {
	if !ethereumWallet.MatchString(text) && !solanaWallet.MatchString(text) {
		return "", errFormat(param, "must be a valid web3 wallet address.")
	}
	return text, nil
}

func cleanUsername(text string) (string, *apiError) {
	const param = "username"
	refuse := func(code, message string) *apiError { return failParam(422, code, param, message, message) }
	switch n := len([]rune(text)); {
	case phonePattern.MatchString(text):
		return "", refuse("form_username_cannot_be_phone_number", "username cannot be a phone number. Please choose a different username.")
	case n < minUsername || n > maxUsername:
		return "", refuse("form_username_invalid_length", "Username must be between 4 and 64 characters long.")
	case !usernameRunes.MatchString(text):
		return "", refuse("form_username_invalid_character", "Username can only contain letters, numbers and '_', '-' or '.'.")
	case onlyDigits.MatchString(text):
		return "", refuse("form_username_needs_non_number_char", "Username must contain one non-number character.")
	}
	return strings.ToLower(text), nil
}

// checkTimezone checks the form of an IANA name such as Europe/Oslo. Which names exist
// depends on the machine's tables.
func checkTimezone(text string) *apiError {
	if len(text) > maxTimezone || !timezonePattern.MatchString(text) {
		return errFormat("timezone", "must be a valid IANA time zone name.")
	}
	return nil
}

func checkLocale(text string) *apiError {
	if _, err := language.Parse(text); err != nil {
		return errFormat("locale", "must be a valid BCP-47 language tag.")
	}
	return nil
}
