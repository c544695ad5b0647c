package sandbox

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

const (
	maxName       = 256 // characters of a first or last name, an external id
	minUsername   = 4
	maxUsername   = 64
	maxEmailBytes = 254
)

var (
	phonePattern   = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	ethereumWallet = regexp.MustCompile(`^0x[0-9a-fA-F]{40}$`)
	solanaWallet   = regexp.MustCompile(`^[1-9A-HJ-NP-Za-km-z]{32,44}$`)
	usernameRunes  = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	onlyDigits     = regexp.MustCompile(`^[0-9]+$`)
)

// cleanEmail is the address as it is kept, or what is wrong with it.
func cleanEmail(param, text string) (string, *apiError) {
	text = strings.TrimSpace(text)
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Name != "" || parsed.Address != text || len(text) > maxEmailBytes ||
		!strings.Contains(text[strings.LastIndexByte(text, '@'):], ".") || strings.ContainsFunc(text, unicode.IsControl) {
		return "", errFormat(param, "must be a valid email address.")
	}
	return strings.ToLower(text), nil
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

func checkLocale(text string) *apiError {
	if _, err := language.Parse(text); err != nil {
		return errFormat("locale", "must be a valid BCP-47 language tag.")
	}
	return nil
}
