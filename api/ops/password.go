package ops

import (
	"context"
	"time"

	"frontdesk/api"
	"frontdesk/api/wire"
)

const noPassword = "no password is set"

// passwords lists the operations on the password.
func passwords() []Operation {
	return []Operation{setCompromised(), unsetCompromised(), setPassword(), removePassword(), verifyPassword()}
}

func setCompromised() Operation {
	return Operation{
		ID: "set_user_password_compromised", Title: "Set password as compromised", Verb: "Set compromised", Doing: "Setting the password as compromised", Done: "Set the password as compromised", Preposition: "for",
		Keywords: []string{"force password reset", "leaked"},
		Group:    GroupSignIn, RelatedParts: []Part{PartPassword}, Tier: T2, Destructive: true,
		Effects: func(s Subject) []string {
			return nonEmpty("they must reset the password at the next sign-in",
				choose(s.Values["revoke_all_sessions"] == yes, endsSessions(s), "keeps the sessions unless you choose to end them"))
		},
		WayBack: "Unset password as compromised", Inverse: "unset_user_password_compromised",
		WhyNot: func(u *api.User, _ time.Time) string {
			return choose(!u.PasswordEnabled, noPassword, choose(u.RequiresPasswordReset, "already set as compromised", ""))
		},
		Fields: []Field{{Name: "revoke_all_sessions", Label: "End sessions", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: signs out everywhere"}},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.SetPasswordCompromised(ctx, r.UserID, r.isYes("revoke_all_sessions"))
		},
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return after.RequiresPasswordReset },
		State:   passwordState,
	}
}

func unsetCompromised() Operation {
	return Operation{
		ID: "unset_user_password_compromised", Title: "Unset password as compromised", Verb: "Unset compromised", Doing: "Unsetting the password as compromised", Done: "Unset the password as compromised", Preposition: "for",
		Group: GroupSignIn, RelatedParts: []Part{PartPassword}, Tier: T1,
		Effects: func(Subject) []string {
			return []string{"they no longer have to reset the password at the next sign-in",
				"they still have to if the password was set with an e-mail address that is only reserved"}
		},
		WayBack: "Set password as compromised", Inverse: "set_user_password_compromised",
		WhyNot: func(u *api.User, _ time.Time) string {
			return choose(u.RequiresPasswordReset, "", "not set as compromised")
		},
		Call:    byID((*api.Client).UnsetPasswordCompromised),
		Retry:   RetryReadBack,
		Applied: func(_, after *api.User, _ Request) bool { return !after.RequiresPasswordReset },
		State:   passwordState,
	}
}

func setPassword() Operation {
	return Operation{
		ID: "set_user_password", Title: "Set password", Verb: "Set password", Doing: "Setting the password", Done: "Set the password", Preposition: "of",
		Keywords: []string{"reset password", "change password", "forgot password"},
		Group:    GroupSignIn, RelatedParts: []Part{PartPassword}, Tier: T3, Destructive: true, GivesAccess: true,
		Effects: func(s Subject) []string {
			return nonEmpty(choose(s.userOrEmpty().PasswordEnabled, "replaces the password; the old one stops working", "sets a password"),
				choose(s.Values["sign_out_of_other_sessions"] == yes, endsSessions(s), "keeps the sessions unless you choose to end them"),
				choose(s.Values["skip_password_checks"] == yes, "skips the instance's password checks", ""))
		},
		Checklist: callerChecks("they know the old password will stop working"),
		WhyNot:    always,
		Fields: []Field{
			{Name: "password", Label: "New password", Kind: FieldSecret, Required: true, Check: checkSecret},
			{Name: "sign_out_of_other_sessions", Label: "End sessions", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: signs out everywhere"},
			{Name: "skip_password_checks", Label: "Skip checks", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.UpdateUser(ctx, r.UserID, changeOf(r))
		},
		Retry: RetryReadBack,
		Applied: func(before, after *api.User, _ Request) bool {
			return after.PasswordEnabled && (before == nil || after.PasswordLastUpdatedAt.After(before.PasswordLastUpdatedAt.Time))
		},
		State: passwordState,
	}
}

func removePassword() Operation {
	return factorRemoval(PartPassword, hasPassword, noPassword, "they have another way to sign in", Operation{
		ID: "remove_user_password", Title: "Remove password", Verb: "Remove password", Doing: "Removing the password", Done: "Removed the password", Preposition: "of",
		Keywords: []string{"delete password"},
		Effects: func(s Subject) []string {
			return nonEmpty("removes the password; it no longer works for signing in",
				remainingWithoutPassword(s.User),
				choose(s.Values["sign_out_of_other_sessions"] == yes, endsSessions(s), ""))
		},
		WayBack: "Set password, to a new one",
		Fields:  []Field{{Name: "sign_out_of_other_sessions", Label: "End sessions", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: signs out everywhere"}},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.RemovePassword(ctx, r.UserID, r.isYes("sign_out_of_other_sessions"))
		},
		State: passwordState,
	})
}

func verifyPassword() Operation {
	return verification(Operation{
		ID: "verify_password", Title: "Check a password", Doing: "Checking a password", Done: "Checked a password",
		Keywords:     []string{"test password"},
		RelatedParts: []Part{PartPassword},
		Effects:      func(Subject) []string { return []string{"checks whether the password is right and changes nothing"} },
		WhyNot:       func(u *api.User, _ time.Time) string { return choose(u.PasswordEnabled, "", noPassword) },
		Fields:       []Field{{Name: "password", Label: "Password", Kind: FieldSecret, Required: true, Check: checkSecret}},
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			right, err := c.VerifyPassword(ctx, r.UserID, wire.NewSecret(r.Values["password"]))
			if err != nil {
				return Result{}, err
			}
			if !right {
				return Result{IsNo: true, RetryField: "password", Summary: "The password is wrong."}, nil
			}
			return Result{Summary: "The password is right."}, nil
		},
	})
}

func remainingWithoutPassword(u *api.User) string {
	if u == nil {
		return ""
	}
	without := *u
	without.PasswordEnabled = false
	return choose(len(signInMethods(&without)) == 0, "they can then sign in only with a code by e-mail or SMS, if this instance sends codes", remainingSignIn(&without))
}

func passwordState(u *api.User, _ time.Time) string {
	switch {
	case !u.PasswordEnabled:
		return "no password"
	case u.RequiresPasswordReset:
		return "a password that must be reset"
	case u.PasswordLastUpdatedAt.IsZero():
		return "a password"
	}
	return "a password set " + u.PasswordLastUpdatedAt.UTC().Format("2 Jan 2006 15:04:05")
}
