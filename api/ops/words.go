package ops

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"frontdesk/api"
)

// count returns "1 session", "2 sessions".
func count(n int, noun string) string { return api.CountNoun(n, noun, noun+"s") }

func isLocked(u *api.User, now time.Time) bool {
	left, never := u.LockRemaining(now)
	return never || left > 0
}

// secondFactorNames returns the second factors that the API reports. It does not report
// how many backup codes are left.
func secondFactorNames(u *api.User) []string {
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

// signInMethods returns the first factors that the API reports.
func signInMethods(u *api.User) []string {
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

// choose returns yes or no, depending on the condition.
func choose(so bool, yes, no string) string {
	if so {
		return yes
	}
	return no
}

// nonEmpty drops empty lines.
func nonEmpty(lines ...string) []string {
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

// userOrEmpty returns the subject's user, or an empty one on help pages.
func (s Subject) userOrEmpty() *api.User {
	if s.User == nil {
		return &api.User{}
	}
	return s.User
}

// fingerprint returns a short hash of a text.
func fingerprint(text []byte) string {
	h := fnv.New32a()
	h.Write(text)
	return fmt.Sprintf("%08x", h.Sum32())
}
