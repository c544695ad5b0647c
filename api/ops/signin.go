package ops

import (
	"context"
	"time"

	"frontdesk/api"
)

// signIn is how a person proves who they are.
func signIn() []Operation {
	return []Operation{disableMFA()}
}

func disableMFA() Operation {
	return Operation{
		ID: "disable_mfa", Title: "Reset MFA enrollments", Verb: "Reset MFA", Doing: "Resetting MFA", Done: "Reset MFA", Of: "for",
		Group: GroupSignIn, Concerns: []Part{PartMFA, PartTOTP, PartBackupCodes, PartSMS}, Tier: T3, TakesAway: true,
		Effects: func(s Subject) []string {
			if s.User == nil {
				return []string{"removes the authenticator app, SMS as second factor and the backup codes, all at once",
					"signs in without a second factor until one is set up again"}
			}
			if s.User.TOTPPending && len(factors(s.User)) == 0 {
				return []string{takesSecretBack}
			}
			return some(removesFactors(s.User),
				either(s.User.TOTPPending, takesSecretBack, ""),
				"signs in without a second factor until one is set up again",
				leavesWaysIn(s.User))
		},
		When: func(u *api.User, _ time.Time) string {
			return either(hasNoMFA(u), "no MFA is set up", "")
		},
		Checklist: callerChecks("they know that MFA must be set up again"),
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return nil, c.DisableMFA(ctx, r.UserID)
		},
		Retry: RetryGone,
		Applied: func(before, after *api.User, _ Request) bool {
			if len(factors(before)) > 0 { // what shows is proof enough
				return len(factors(after)) == 0
			}
			return hasNoMFA(after)
		},
		Suspect: (*api.Client).SuspectTOTP,
		State:   mfaState,
	}
}

func hasNoMFA(u *api.User) bool { return len(factors(u)) == 0 && !u.TOTPPending }

// removesFactors names what the API says is there, and no number it does not give.
func removesFactors(u *api.User) string {
	var gone []string
	if u.TOTPEnabled {
		gone = append(gone, "the authenticator app")
	}
	if n := smsNumbers(u); n > 0 {
		gone = append(gone, either(n == 1, "SMS as second factor", "SMS as second factor on "+count(n, "number")))
	}
	if u.BackupCodeEnabled {
		gone = append(gone, "the backup codes")
	}
	if len(gone) == 0 {
		return "removes every second factor"
	}
	return "removes " + list(gone, "and") + either(len(gone) > 1, ", all at once", "")
}

func leavesWaysIn(u *api.User) string {
	ways := waysIn(u)
	if len(ways) == 0 {
		return ""
	}
	return "leaves as ways in: " + list(ways, "and")
}

func mfaState(u *api.User, _ time.Time) string {
	have := factors(u)
	if len(have) == 0 {
		return "no MFA"
	}
	return list(have, "and")
}

// callerChecks are the questions of T3: the two that tell the caller from
// somebody who only knows the name, then what this operation adds.
func callerChecks(more ...string) []string {
	return append([]string{
		"the caller was reached on a phone or e-mail of this account",
		"the caller named something that only the account's owner knows",
	}, more...)
}
