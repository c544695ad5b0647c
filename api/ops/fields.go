package ops

import (
	"encoding/base32"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/input"
)

// Checks that need no server. Rules that depend on the instance (usernames, password
// strength) are left to the server: rejecting what it would accept is worse than no check.
const (
	maxText = 256 // characters of a name or an id
	yes, no = "yes", "no"
)

// yesNo returns the choices of a field that is sent as a boolean.
func yesNo() []string { return []string{no, yes} }

func checkText(value string) string {
	if n := len([]rune(value)); n > maxText {
		return fmt.Sprintf("has %d characters; the limit is %d", n, maxText)
	}
	return ""
}

func checkEmail(value string) string {
	switch email, err := input.ParseEmail(value); {
	case err != nil:
		return err.Error()
	case email.Name != "": // a display name does not belong in this field
		return "must be an e-mail address, like sam@pine.example"
	}
	return ""
}

func checkPhone(value string) string {
	phone, err := input.ParsePhone(value)
	switch _, whole := phone.E164(); {
	case errors.Is(err, input.ErrManyPhones):
		return err.Error()
	case err == nil && phone.NeedsCountry():
		return input.AskCountry
	case err == nil && phone.IsComplete() && phone.WrongLength() != "":
		return phone.WrongLength()
	case err != nil || !whole:
		return "must be a number with its country code, like +14155550142"
	case phone.Extension != "":
		return "has an extension, which cannot be stored: leave out “" + phone.Extension + "”"
	}
	return ""
}

// canonicalEmail returns an address without what surrounds it. Other text is returned
// unchanged for the check to reject.
func canonicalEmail(value string) string {
	if email, err := input.ParseEmail(value); err == nil && email.Name == "" {
		return email.Address
	}
	return value
}

// canonicalPhone returns a number in E.164.
func canonicalPhone(value string) string {
	phone, err := input.ParsePhone(value)
	if number, whole := phone.E164(); err == nil && whole && phone.Extension == "" {
		return number
	}
	return value
}

func checkLocale(value string) string {
	if value != "" && !regexp.MustCompile(`^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$`).MatchString(value) {
		return "must be a language tag, like en-US"
	}
	return ""
}

func checkTime(value string) string {
	if value == "" {
		return ""
	}
	if _, err := time.Parse(time.RFC3339, value); err != nil {
		return "must be a time like 2026-08-01T09:00:00Z"
	}
	return ""
}

// checkCreated is checkTime for a time that cannot be cleared.
func checkCreated(value string) string {
	if value == "" {
		return "cannot be empty"
	}
	return checkTime(value)
}

func checkLimit(value string) string {
	if value == "" {
		return ""
	}
	if n, err := strconv.ParseInt(value, 10, 32); err != nil || n < 0 {
		return "must be a whole number; 0 means no limit"
	}
	return ""
}

func checkSecret(value string) string {
	if strings.ContainsAny(value, "\r\n\x00") {
		return "must be one line"
	}
	return ""
}

// checkCode accepts a code of six digits or a backup code, whose format depends on
// the application.
func checkCode(value string) string {
	if value != strings.TrimSpace(value) || len(value) > 64 {
		return "must be the six digits, or one backup code"
	}
	return ""
}

func checkBase32(value string) string {
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimRight(strings.ToUpper(value), "=")); err != nil {
		return "must be base32: the letters A to Z and the digits 2 to 7"
	}
	return ""
}

func checkWallet(value string) string {
	if !regexp.MustCompile(`^(0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})$`).MatchString(value) {
		return "must be a wallet address: 0x and 40 hex digits, or base58"
	}
	return ""
}

// checkProvider accepts a provider with or without the prefix oauth_.
func checkProvider(value string) string {
	if !regexp.MustCompile(`^[a-z0-9_]{2,64}$`).MatchString(value) {
		return "must be a provider's name, like oauth_google"
	}
	return ""
}

// checkEach applies a check to each entry of a comma-separated list.
func checkEach(check func(string) string) func(string) string {
	return func(value string) string {
		for _, one := range input.SplitList(value) {
			if wrong := check(one); wrong != "" {
				return wrong
			}
		}
		return ""
	}
}

// canonicalEach applies a Canonical to each entry of a comma-separated list.
func canonicalEach(plain func(string) string) func(string) string {
	return func(value string) string {
		list := input.SplitList(value)
		for i := range list {
			list[i] = plain(list[i])
		}
		return strings.Join(list, ",")
	}
}

func (f Field) currentOf(u *api.User) string {
	if u == nil || f.Current == nil {
		return ""
	}
	return f.Current(u)
}
