package search

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/verdict"
)

// predicate is a value of is:, has: and no:.
type predicate struct {
	name              string
	meaning, negation string // "locked now", "not locked"
	aliases           []string
	matches           matchFunc
	// needsScan reports that the server cannot filter by it.
	needsScan bool
}

// statePredicates returns the values of is:, in the words of the status column.
func statePredicates() []predicate {
	status := func(s api.Status) matchFunc {
		return func(u *api.User, now time.Time) bool { return u.Status(now) == s }
	}
	state := func(s verdict.State) matchFunc {
		return func(u *api.User, now time.Time) bool { return verdict.StateOf(u, now) == s }
	}
	return []predicate{
		{name: "banned", meaning: "banned", negation: "not banned", matches: func(u *api.User, _ time.Time) bool { return u.Banned }},
		{name: "locked", meaning: "locked out now", negation: "not locked out", needsScan: true, matches: isLocked},
		{name: "active", meaning: "active: has signed in, not banned or locked", negation: "not active", needsScan: true, matches: status(api.StatusActive)},
		{name: "unverified", meaning: "without a verified way to sign in", negation: "with a verified way to sign in", needsScan: true, matches: state(verdict.Unverified)},
		{name: "new-password", meaning: "must choose a new password", negation: "need not choose a new password", needsScan: true, matches: func(u *api.User, _ time.Time) bool { return u.RequiresPasswordReset }},
		{name: "deprovisioned", meaning: "deprovisioned", negation: "not deprovisioned", needsScan: true, matches: func(u *api.User, _ time.Time) bool { return u.Deprovisioned }},
	}
}

func isLocked(u *api.User, now time.Time) bool {
	left, never := u.LockRemaining(now)
	return left > 0 || never
}

// hasPredicates returns the values of has: and no:.
func hasPredicates() []predicate {
	has := func(name, noun string, holds func(*api.User) bool, aliases ...string) predicate {
		return predicate{name: name, meaning: "has " + noun, negation: "no " + strings.TrimPrefix(strings.TrimPrefix(noun, "an "), "a "), aliases: aliases, needsScan: true,
			matches: func(u *api.User, _ time.Time) bool { return holds(u) }}
	}
	return []predicate{
		has("mfa", "MFA", (*api.User).HasMFA, "2fa"),
		has("email-verified", "a verified e-mail address", func(u *api.User) bool {
			return slices.ContainsFunc(u.EmailAddresses, func(e api.EmailAddress) bool { return isVerified(e.Verification) })
		}, "verified-email", "verified"),
		has("phone-verified", "a verified phone number", func(u *api.User) bool {
			return slices.ContainsFunc(u.PhoneNumbers, func(p api.PhoneNumber) bool { return isVerified(p.Verification) })
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

func isVerified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

// parsePredicate parses an is:, has: or no: token. A minus sign negates it.
func (p *parser) parsePredicate(t *Token, all []predicate, want bool) {
	value := strings.ToLower(t.Value)
	at := slices.IndexFunc(all, func(tr predicate) bool { return tr.name == value || slices.Contains(tr.aliases, value) })
	if at < 0 {
		t.Problem = t.Name + ": needs " + listValues(all) + "."
		t.Suggestion = p.suggestValue(t, all, value)
		return
	}
	tr := all[at]
	want = want != t.Exclude
	t.Value, t.Meaning, t.needsScan = tr.name, tr.meaning, tr.needsScan
	if !want {
		t.Meaning = tr.negation
	}
	t.matches = func(u *api.User, now time.Time) bool { return tr.matches(u, now) == want }
	if tr.needsScan {
		return
	}
	if p.s.Query.Banned != nil && *p.s.Query.Banned != want {
		t.Problem = "No user can be both banned and not banned."
		return
	}
	p.s.Query.Banned = &want
}

// suggestValue returns what a wrong value probably means: one spelled almost like it, or
// one that belongs to another name (is:mfa is has:mfa).
func (p *parser) suggestValue(t *Token, all []predicate, value string) string {
	minus := ""
	if t.Exclude {
		minus = "-"
	}
	if near := closestWord(value, predicateNames(all)); near != "" {
		return minus + t.Name + ":" + near
	}
	elsewhere, name := hasPredicates(), "has"
	if t.Name != "is" {
		elsewhere, name = statePredicates(), "is"
		if t.Name == "no" {
			minus = "-"
		}
	}
	if near := closestWord(value, predicateNames(elsewhere)); near != "" {
		return minus + name + ":" + near
	}
	if strings.HasPrefix(value, "never") {
		return "signed-in:never"
	}
	return ""
}

func predicateNames(all []predicate) []string {
	var names []string
	for _, tr := range all {
		names = append(names, tr.name)
	}
	return names
}

// listValues lists the first possible values in words.
func listValues(all []predicate) string {
	const shown = 5
	names := predicateNames(all)
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + " …"
	}
	return api.JoinWords(names, "or")
}
