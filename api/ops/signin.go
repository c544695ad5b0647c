package ops

import (
	"context"
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// signIn lists the operations on MFA as a whole.
func signIn() []Operation {
	return []Operation{disableMFA()}
}

func disableMFA() Operation {
	return Operation{
		ID: "disable_mfa", Title: "Reset MFA enrollments", Verb: "Reset MFA", Doing: "Resetting MFA", Done: "Reset MFA", Preposition: "for",
		Keywords: []string{"2fa", "two-factor", "two-step verification", "lost phone"},
		Group:    GroupSignIn, RelatedParts: []Part{PartMFA, PartTOTP, PartBackupCodes, PartSMS}, Tier: T3, Destructive: true, GivesAccess: true,
		Effects: func(s Subject) []string {
			if s.User == nil {
				return []string{"removes the authenticator app, SMS as second factor and the backup codes, all at once",
					"they sign in without a second factor until they set one up again"}
			}
			if s.User.TOTPPending && len(secondFactorNames(s.User)) == 0 {
				return []string{takesSecretBack}
			}
			return nonEmpty(removedFactors(s.User),
				choose(s.User.TOTPPending, takesSecretBack, ""),
				"they sign in without a second factor until they set one up again",
				stillWorking(s.User))
		},
		WhyNot: func(u *api.User, _ time.Time) string {
			return choose(hasNoMFA(u), "no MFA is set up", "")
		},
		Checklist: callerChecks("they know they must set up MFA again"),
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return nil, c.DisableMFA(ctx, r.UserID)
		},
		Retry: RetryGone,
		Applied: func(before, after *api.User, _ Request) bool {
			if len(secondFactorNames(before)) > 0 { // what is reported is proof enough
				return len(secondFactorNames(after)) == 0
			}
			return hasNoMFA(after)
		},
		MarkUnseen: (*api.Client).MarkTOTPPending,
		State:      mfaState,
	}
}

// stillWorking says what is left after the second factors are gone. It names the passkeys:
// one may be on the device that was lost.
func stillWorking(u *api.User) string {
	without := *u
	without.Passkeys = nil
	ways := signInMethods(&without)
	for i := range u.Passkeys {
		if i == maxNamedPasskeys {
			ways = append(ways, count(len(u.Passkeys)-i, "more passkey"))
			break
		}
		ways = append(ways, choose(u.Passkeys[i].Name.Empty(), "a passkey without a name", "passkey “"+u.Passkeys[i].Name.Display()+"”"))
	}
	if len(ways) == 0 {
		return ""
	}
	return api.JoinWords(ways, "and") + choose(len(ways) == 1, " still works", " still work")
}

// maxNamedPasskeys bounds how many passkeys a question names.
const maxNamedPasskeys = 3

func hasNoMFA(u *api.User) bool { return len(secondFactorNames(u)) == 0 && !u.TOTPPending }

// removedFactors names the second factors that the API reports.
func removedFactors(u *api.User) string {
	var gone []string
	if u.TOTPEnabled {
		gone = append(gone, "the authenticator app")
	}
	if n := smsNumbers(u); n > 0 {
		gone = append(gone, choose(n == 1, "SMS as second factor", "SMS as second factor on "+count(n, "number")))
	}
	if u.BackupCodeEnabled {
		gone = append(gone, "the backup codes")
	}
	if len(gone) == 0 {
		return "removes every second factor"
	}
	return "removes " + api.JoinWords(gone, "and") + choose(len(gone) > 1, ", all at once", "")
}

func remainingSignIn(u *api.User) string {
	ways := signInMethods(u)
	if len(ways) == 0 {
		return ""
	}
	return "they can still sign in with: " + api.JoinWords(ways, "and")
}

func mfaState(u *api.User, _ time.Time) string {
	have := secondFactorNames(u)
	if len(have) == 0 {
		return "no MFA"
	}
	return api.JoinWords(have, "and")
}

// callerChecks returns the checklist of T3: two statements that identify the caller,
// followed by this operation's own.
func callerChecks(more ...string) []string { return append(identityChecks(), more...) }

// identityChecks returns the statements that identify the caller.
func identityChecks() []string {
	return []string{
		"you reached the caller on a phone or e-mail of this account",
		"the caller told you something only the account's owner knows",
	}
}

// WithIdentityChecks returns the same entries with these statements in place of the ones
// that identify the caller; none keeps those.
func (c *Catalogue) WithIdentityChecks(statements []string) *Catalogue {
	if len(statements) == 0 {
		return c
	}
	shown := make([]string, len(statements))
	for i, s := range statements {
		shown[i] = strings.TrimRight(clean.NewText(strings.TrimSpace(s)).Display(), ".")
	}
	replace := func(list []string) []string {
		supplied := identityChecks()
		if len(list) < len(supplied) || !slices.Equal(list[:len(supplied)], supplied) {
			return list
		}
		return slices.Concat(shown, list[len(supplied):])
	}
	changed := *c
	changed.ops = slices.Clone(c.ops)
	for i := range changed.ops {
		o := &changed.ops[i]
		o.Checklist, o.Escalations = replace(o.Checklist), slices.Clone(o.Escalations)
		for at := range o.Escalations {
			o.Escalations[at].Checklist = replace(o.Escalations[at].Checklist)
		}
	}
	return &changed
}
