package ops

import (
	"context"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// secondFactors lists the operations on single second factors.
func secondFactors() []Operation {
	return []Operation{createTOTP(), setTOTP(), deleteTOTP(), deleteBackupCodes(), verifyTOTP()}
}

func createTOTP() Operation {
	return Operation{
		ID: "create_user_totp", Title: "Set up authenticator app", Verb: "Set up", Doing: "Setting up an authenticator app", Done: "Set up an authenticator app", Preposition: "for",
		Keywords: []string{"2fa", "mfa", "totp"},
		Group:    GroupSignIn, RelatedParts: []Part{PartTOTP}, Tier: T3, GivesAccess: true, MustShowResult: true,
		Effects: func(Subject) []string {
			return []string{"creates a secret for an authenticator app and shows it once",
				"give it only to the user: whoever has it can generate the codes"}
		},
		Checklist: callerChecks(secretIsTheirs),
		WayBack:   "Remove authenticator app", RemovedBy: "delete_totp", Alternative: "set_user_totp",
		WhyNot: noTOTPYet,
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			totp, err := c.CreateTOTP(ctx, r.UserID)
			if err != nil {
				return Result{}, err
			}
			says := "The authenticator app is set up."
			if !totp.Verified {
				says = "The secret is ready. It takes effect once a code from it is checked: Check a code."
			}
			return totpResult(says, totp), nil
		},
		// The secret is in the lost response. Asking again makes a new one.
		Retry: RetryNever,
		State: mfaState,
	}
}

// setTOTP works where the service no longer generates secrets.
func setTOTP() Operation {
	return Operation{
		ID: "set_user_totp", Title: "Set authenticator secret", Verb: "Set secret", Doing: "Setting an authenticator secret", Done: "Set an authenticator secret", Preposition: "for",
		Keywords: []string{"2fa", "mfa", "totp"},
		Group:    GroupSignIn, RelatedParts: []Part{PartTOTP}, Tier: T3, GivesAccess: true, MustShowResult: true,
		Checklist: callerChecks(secretIsTheirs),
		Effects: func(Subject) []string {
			return []string{"creates a secret on this machine, sets it on the account and shows it once",
				"it applies from the next sign-in, even if the user has not scanned it",
				"give it only to the user: whoever has it can generate the codes"}
		},
		WayBack: "Remove authenticator app", RemovedBy: "delete_totp",
		WhyNot: noTOTPYet,
		Fields: []Field{
			{Name: "account", Label: "Account", Required: true, Check: checkText, Hint: "what the app shows", Current: accountName},
			{Name: "issuer", Label: "Product", Check: checkText, Hint: "what the app shows above it"},
		},
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			totp, err := api.NewTOTP(r.random(), r.Values["issuer"], r.Values["account"])
			if err != nil {
				return Result{}, err
			}
			u, err := c.SetTOTP(ctx, r.UserID, totp.Secret)
			if err != nil {
				return Result{}, err
			}
			out := totpResult("The authenticator app is set up.", totp)
			out.User = u
			return out, nil
		},
		// The secret is in the lost response. Asking again makes a new one.
		Retry: RetryNever,
		State: mfaState,
	}
}

const secretIsTheirs = "they are ready to scan the secret, and nobody else gets it"

func noTOTPYet(u *api.User, _ time.Time) string {
	return choose(u.TOTPEnabled, "an authenticator app is already set up", "")
}

func accountName(u *api.User) string {
	if mail := u.Email(); !mail.Empty() {
		return mail.Raw()
	}
	return u.Name().Raw()
}

// totpResult shows an authenticator secret, which the service reveals only once.
func totpResult(says string, totp *api.TOTP) Result {
	out := Result{Summary: says + " This is the only time the secret is shown.", Lines: []Line{
		{Label: "Secret", Secret: totp.Secret}, {Label: "Scan", Secret: totp.URI, QR: true}}}
	for _, code := range totp.BackupCodes {
		out.Lines = append(out.Lines, Line{Label: "Backup code", Secret: code})
	}
	return out
}

// factorRemoval fills in what is common to removals of a factor that a user has at most
// one of.
func factorRemoval(part Part, has func(*api.User) bool, none, knows string, o Operation) Operation {
	o.Group, o.RelatedParts, o.Tier, o.Destructive, o.Retry = GroupSignIn, []Part{part}, T3, true, RetryGone
	o.WhyNot = func(u *api.User, _ time.Time) string { return choose(has(u), "", none) }
	o.Checklist = callerChecks(knows)
	o.Applied = func(_, after *api.User, _ Request) bool { return !has(after) }
	return o
}

// hasTOTP includes a secret that was issued and never used: Clerk deletes that too.
func hasTOTP(u *api.User) bool        { return u.TOTPEnabled || u.TOTPPending }
func hasBackupCodes(u *api.User) bool { return u.BackupCodeEnabled }
func hasPassword(u *api.User) bool    { return u.PasswordEnabled }

// verification fills in what is common to checks of a secret: they change nothing, are
// confirmed and are never repeated automatically.
func verification(o Operation) Operation {
	o.Verb, o.Preposition, o.Group, o.Tier, o.ConfirmsRead, o.Retry = "Check", "of", GroupSignIn, T0, true, RetryNever
	return o
}

// takesSecretBack is the effect if there may only be an unused secret, which the API does
// not show.
const takesSecretBack = "cancels an authenticator secret that is set up but not used yet, if any"

func deleteTOTP() Operation {
	return factorRemoval(PartTOTP, hasTOTP, "no authenticator app is set up", "they know their authenticator app will stop working for this account", Operation{
		ID: "delete_totp", Title: "Remove authenticator app", Verb: "Remove", Doing: "Removing the authenticator app", Done: "Removed the authenticator app", Preposition: "of",
		Keywords: []string{"2fa", "mfa", "totp"},
		Effects: func(s Subject) []string {
			if s.User != nil && s.User.TOTPPending {
				return []string{takesSecretBack}
			}
			return nonEmpty("removes the authenticator app; its codes stop working",
				choose(s.userOrEmpty().BackupCodeEnabled, "may remove the backup codes too: Clerk does not document this", ""),
				choose(s.User != nil && smsNumbers(s.userOrEmpty()) > 0, "leaves SMS as second factor", ""),
				choose(s.User != nil && smsNumbers(s.userOrEmpty()) == 0, "leaves no second factor except backup codes, if any", ""))
		},
		WayBack:    "Set up authenticator app, with a new secret",
		Call:       noUser((*api.Client).DeleteTOTP),
		MarkUnseen: (*api.Client).MarkTOTPPending,
		State:      mfaState,
	})
}

func deleteBackupCodes() Operation {
	return factorRemoval(PartBackupCodes, hasBackupCodes, "no backup codes are set up", "they know their printed codes will stop working", Operation{
		ID: "delete_backup_code", Title: "Remove backup codes", Verb: "Remove", Doing: "Removing the backup codes", Done: "Removed the backup codes", Preposition: "of",
		Keywords: []string{"2fa", "mfa", "recovery codes"},
		Effects: func(s Subject) []string {
			return nonEmpty("removes all backup codes; none of them works any more",
				choose(s.userOrEmpty().TOTPEnabled, "leaves the authenticator app", ""),
				choose(s.User != nil && smsNumbers(s.User) > 0, "leaves SMS as second factor", ""))
		},
		Call:  noUser((*api.Client).DeleteBackupCodes),
		State: mfaState,
	})
}

func verifyTOTP() Operation {
	return verification(Operation{
		ID: "verify_totp", Title: "Check a code", Doing: "Checking a code", Done: "Checked a code",
		Keywords:     []string{"2fa", "mfa", "totp", "backup code"},
		RelatedParts: []Part{PartTOTP, PartBackupCodes},
		Effects: func(Subject) []string {
			return []string{"checks whether the code is right"}
		},
		Consumes: "checking a backup code uses it up",
		// A secret without a verified code does not show in the user.
		WhyNot: always,
		Fields: []Field{{Name: "code", Label: "Code", Kind: FieldSecret, Required: true, Check: checkCode,
			Hint: "six digits, or one backup code"}},
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			check, err := c.VerifyTOTP(ctx, r.UserID, wire.NewSecret(r.Values["code"]))
			switch {
			case err != nil:
				return Result{}, err
			case !check.Verified:
				return Result{IsNo: true, RetryField: "code", Summary: "The code is wrong."}, nil
			case check.BackupCode:
				return Result{Summary: "The code is right. It was a backup code and is now used up."}, nil
			}
			return Result{Summary: "The code is right. It came from the authenticator app."}, nil
		},
		State: mfaState,
	})
}

// keys lists the removals of passkeys, wallets and connected accounts.
func keys() []Operation {
	return []Operation{
		removal(PartPasskey, Operation{
			ID: "user_passkey_delete", Title: "Remove passkey", Verb: "Remove", Doing: "Removing a passkey", Done: "Removed a passkey", Preposition: "from",
			Keywords: []string{"webauthn", "security key"},
			Group:    GroupSignIn,
			Effects: func(s Subject) []string {
				return nonEmpty("removes "+partPhrase(PartPasskey, s)+"; it no longer works for signing in",
					"notifies the user by e-mail", remainingParts(s, PartPasskey))
			},
		}, byPart((*api.Client).DeletePasskey)),
		removal(PartWallet, Operation{
			ID: "user_web3_wallet_delete", Title: "Remove web3 wallet", Verb: "Remove", Doing: "Removing a web3 wallet", Done: "Removed a web3 wallet", Preposition: "from",
			Keywords: []string{"crypto wallet"},
			Group:    GroupSignIn,
			Effects: func(s Subject) []string {
				return nonEmpty("removes "+partPhrase(PartWallet, s)+"; it no longer works for signing in",
					"fails if it is the last identification", remainingParts(s, PartWallet))
			},
		}, byPart((*api.Client).DeleteWeb3Wallet)),
		removal(PartExternalAccount, Operation{
			ID: "delete_external_account", Title: "Remove connected account", Verb: "Remove", Doing: "Removing a connected account", Done: "Removed a connected account", Preposition: "from",
			Keywords: []string{"unlink", "social login", "oauth"},
			Group:    GroupSignIn,
			Effects: func(s Subject) []string {
				return nonEmpty("removes "+partPhrase(PartExternalAccount, s)+"; it no longer works for signing in",
					"fails if it is the last identification", remainingParts(s, PartExternalAccount))
			},
		}, byPart((*api.Client).DeleteExternalAccount)),
		getOAuthToken(),
	}
}

// remainingParts returns how many others of the kind are left, or "" if none.
func remainingParts(s Subject, part Part) string {
	if n := part.Count(s.User) - 1; n > 0 {
		return "leaves " + count(n, "other "+part.String())
	}
	return ""
}

// noUser adapts a client method that takes only the id and returns no user to
// Operation.Call.
func noUser(send func(*api.Client, context.Context, clean.Text) error) func(context.Context, *api.Client, Request) (*api.User, error) {
	return func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
		return nil, send(c, ctx, r.UserID)
	}
}

// byPart adapts a client method that takes the user's id and the part's to removal.
func byPart(send func(*api.Client, context.Context, clean.Text, clean.Text) (*api.Deleted, error)) func(context.Context, *api.Client, Request) error {
	return func(ctx context.Context, c *api.Client, r Request) error {
		_, err := send(c, ctx, r.UserID, r.PartID)
		return err
	}
}
