package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
)

// trait is a value of is:, has: and no:.
type trait struct {
	name       string
	means, not string // "locked now", "not locked"
	aliases    []string
	holds      test
	// scan says that the server cannot filter by it.
	scan bool
}

// states are the values of is:, in the words of the status column.
func states() []trait {
	status := func(s api.Status) test {
		return func(u *api.User, now time.Time) bool { return u.Status(now) == s }
	}
	return []trait{
		{name: "banned", means: "banned", not: "not banned", holds: func(u *api.User, _ time.Time) bool { return u.Banned }},
		{name: "locked", means: "locked out now", not: "not locked out", scan: true, holds: locked},
		{name: "active", means: "active: has signed in, not banned or locked", not: "not active", scan: true, holds: status(api.StatusActive)},
		{name: "deprovisioned", means: "deprovisioned", not: "not deprovisioned", scan: true, holds: func(u *api.User, _ time.Time) bool { return u.Deprovisioned }},
	}
}

func locked(u *api.User, now time.Time) bool {
	left, never := u.LockRemaining(now)
	return left > 0 || never
}

// havings are the values of has: and no:.
func havings() []trait {
	has := func(name, noun string, holds func(*api.User) bool, aliases ...string) trait {
		return trait{name: name, means: "has " + noun, not: "no " + strings.TrimPrefix(strings.TrimPrefix(noun, "an "), "a "), aliases: aliases, scan: true,
			holds: func(u *api.User, _ time.Time) bool { return holds(u) }}
	}
	return []trait{
		has("mfa", "MFA", (*api.User).HasMFA, "2fa"),
		has("email-verified", "a verified e-mail address", func(u *api.User) bool {
			return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool { return verified(e.Verification) })
		}, "verified-email", "verified"),
		has("phone-verified", "a verified phone number", func(u *api.User) bool {
			return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return verified(p.Verification) })
		}, "verified-phone"),
		has("email", "an e-mail address", func(u *api.User) bool { return len(u.EmailAddresses) > 0 }, "mail"),
		has("phone", "a phone number", func(u *api.User) bool { return len(u.PhoneNumbers) > 0 }),
		has("name", "a name", func(u *api.User) bool { return !u.FirstName.Empty() || !u.LastName.Empty() }),
		has("username", "a username", func(u *api.User) bool { return !u.Username.Empty() }),
		has("ext", "an external id", func(u *api.User) bool { return !u.ExternalID.Empty() }, "external-id"),
		has("password", "a password", func(u *api.User) bool { return u.PasswordEnabled }),
		has("passkey", "a passkey", func(u *api.User) bool { return len(u.Passkeys) > 0 }, "passkeys"),
		has("totp", "an authenticator app", func(u *api.User) bool { return u.TOTPEnabled }),
		has("backup-codes", "backup codes", func(u *api.User) bool { return u.BackupCodeEnabled }),
		has("account", "a connected account", func(u *api.User) bool { return len(u.ExternalAccounts) > 0 }, "oauth"),
		has("sso", "enterprise SSO", func(u *api.User) bool { return len(u.EnterpriseAccounts)+len(u.SAMLAccounts) > 0 }, "saml"),
		has("wallet", "a wallet", func(u *api.User) bool { return len(u.Web3Wallets) > 0 }),
		has("image", "a profile image", func(u *api.User) bool { return u.HasImage }, "picture", "avatar"),
	}
}

func verified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

// trait is a token of is:, has: or no:. A minus turns it around.
func (p *parser) trait(t *Token, all []trait, want bool) {
	value := strings.ToLower(t.Value)
	at := slices.IndexFunc(all, func(tr trait) bool { return tr.name == value || slices.Contains(tr.aliases, value) })
	if at < 0 {
		t.Problem = t.Name + ": takes " + oneOf(all) + "."
		t.Suggestion = p.meant(t, all, value)
		return
	}
	tr := all[at]
	want = want != t.Exclude
	t.Value, t.Meaning, t.scan = tr.name, tr.means, tr.scan
	if !want {
		t.Meaning = tr.not
	}
	t.holds = func(u *api.User, now time.Time) bool { return tr.holds(u, now) == want }
	if tr.scan {
		return
	}
	if p.s.Query.Banned != nil && *p.s.Query.Banned != want {
		t.Problem = "Nobody is banned and not banned at once."
		return
	}
	p.s.Query.Banned = &want
}

// meant is what a wrong value is likely to mean: one spelt nearly so, or one
// that belongs to another name (is:mfa is has:mfa).
func (p *parser) meant(t *Token, all []trait, value string) string {
	minus := ""
	if t.Exclude {
		minus = "-"
	}
	if near := nearest(value, traitNames(all)); near != "" {
		return minus + t.Name + ":" + near
	}
	elsewhere, name := havings(), "has"
	if t.Name != "is" {
		elsewhere, name = states(), "is"
		if t.Name == "no" {
			minus = "-"
		}
	}
	if near := nearest(value, traitNames(elsewhere)); near != "" {
		return minus + name + ":" + near
	}
	if strings.HasPrefix(value, "never") {
		return "signed-in:never"
	}
	return ""
}

func traitNames(all []trait) []string {
	var names []string
	for _, tr := range all {
		names = append(names, tr.name)
	}
	return names
}

// oneOf lists the first values there are, as one says them.
func oneOf(all []trait) string {
	const shown = 5
	names := traitNames(all)
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + " …"
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

func count(n int, noun, nouns string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + nouns
}
