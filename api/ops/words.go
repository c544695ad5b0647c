package ops

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
)

// count is "1 session", "2 sessions"; the plural only adds an s.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// list is "a", "a and b", "a, b and c".
func list(words []string, and string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + and + " " + words[last]
}

func locked(u *api.User, now time.Time) bool {
	left, never := u.LockLeft(now)
	return never || left > 0
}

// factors are the second factors that the API says a user has, in words. How
// many backup codes are left it does not say.
func factors(u *api.User) []string {
	var have []string
	if u.TOTPEnabled {
		have = append(have, "authenticator app")
	}
	if n := smsNumbers(u); n == 1 {
		have = append(have, "SMS code")
	} else if n > 1 {
		have = append(have, fmt.Sprintf("SMS codes to %d numbers", n))
	}
	if u.BackupCodeEnabled {
		have = append(have, "backup codes")
	}
	if len(have) == 0 && u.TwoFactorEnabled {
		have = append(have, "second factor")
	}
	return have
}

func smsNumbers(u *api.User) int {
	n := 0
	for _, p := range u.PhoneNumbers {
		if p.ReservedForSecondFactor {
			n++
		}
	}
	return n
}

// waysIn are the first factors that the API says a user has, in words.
func waysIn(u *api.User) []string {
	var ways []string
	if u.PasswordEnabled {
		ways = append(ways, "password")
	}
	if n := len(u.Passkeys); n > 0 {
		ways = append(ways, count(n, "passkey"))
	}
	if n := len(u.ExternalAccounts); n > 0 {
		ways = append(ways, count(n, "connected account"))
	}
	if n := len(u.EnterpriseAccounts); n > 0 {
		ways = append(ways, count(n, "enterprise account"))
	}
	if n := len(u.Web3Wallets); n > 0 {
		ways = append(ways, count(n, "web3 wallet"))
	}
	return ways
}

// either is the first word where it is so, else the second.
func either(so bool, yes, no string) string {
	if so {
		return yes
	}
	return no
}

// some drops the empty lines of an effect text.
func some(lines ...string) []string {
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

// user is the subject's user; a help page asks without one.
func (s Subject) user() *api.User {
	if s.User == nil {
		return &api.User{}
	}
	return s.User
}

// mark is a short mark that differs where the text does.
func mark(text []byte) string {
	h := fnv.New32a()
	h.Write(text)
	return fmt.Sprintf("%08x", h.Sum32())
}
