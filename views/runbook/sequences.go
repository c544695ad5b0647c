package runbook

import (
	"slices"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/views/userfmt"
)

// sequence is a runbook: its steps in the order in which they are done.
type sequence struct {
	id    string // the first word of a case's id
	title string
	help  string // what it is for, in a sentence
	does  string // the same in a clause, for menus
	// keywords are other words by which people look for it.
	keywords []string
	// suggested reports whether the user's state suggests it; nil is never.
	suggested func(f facts) bool
	// showsSigns has the signs of a takeover above the steps.
	showsSigns bool
	steps      []step
}

// step is one row of a sequence.
type step struct {
	// operation is the catalogue's. Without one the operator does the step, and says so;
	// title names it then.
	operation, title string
	// parts are those of the user's parts that get a step each; nil if the operation takes
	// none. none says that there are none; if it is "", nothing is shown then.
	parts func(f facts) []found
	none  string
	// unless returns why the step is not needed beyond what the catalogue knows; "" if it
	// is. It may be nil.
	unless func(f facts) string
	// ask is what the caller has to answer before the step is done, "" if the signs or the
	// matter itself decide.
	ask string
	why string
	// tell are what the operator says or checks, a line each.
	tell func(f facts) []string
	// export writes the user's data into a file.
	export bool
}

func sequences() []sequence { return []sequence{secureAccount(), lostPhone(), wantsToLeave()} }

// secureAccount is for an account that somebody else got into: first they are put out,
// then every way back is closed, then the owner gets in again.
func secureAccount() sequence {
	return sequence{
		id: "secure", title: "Secure this account",
		does:      "puts an intruder out and gives the account back",
		help:      "Step by step: puts an intruder out, closes the ways back in, and returns the account to its owner.",
		keywords:  []string{"taken over", "hacked", "stolen account", "intruder", "takeover"},
		suggested: func(f facts) bool { return f.verdict.IsTakeover() }, showsSigns: true,
		steps: []step{
			{operation: "revoke_all_sessions", unless: noSessions, why: "Puts the intruder out now. The owner signs in again later."},
			{title: "Check who is calling", why: "Use a phone number or address that was on the account before today.", tell: identityChecks},
			{operation: "disable_mfa", ask: "Did they set up MFA themselves within the last day?", why: "With a second factor of the intruder's the owner cannot sign in.", unless: func(f facts) string {
				if isMFANew(f) {
					return ""
				}
				return "not set up lately"
			}},
			{operation: "user_passkey_delete", parts: allPasskeys, none: "no passkey", ask: "Is it theirs? Clerk does not say when a passkey was added.",
				why: "A passkey of the intruder's still signs in after a new password."},
			{operation: "delete_external_account", parts: newAccounts, none: "none added lately", why: "It signs in without the password."},
			{operation: "user_web3_wallet_delete", parts: newWallets, why: "It signs in without the password."},
			{operation: "delete_email_address", parts: newEmails, none: "none added lately", why: "Whoever reads it can get codes for a new password."},
			{operation: "delete_phone_number", parts: newPhones, none: "none added lately", why: "Whoever has it can get codes."},
			{operation: "set_user_password_compromised", why: "The intruder knows the password. The owner chooses a new one at the next sign-in."},
			{operation: "set_primary_email_address", parts: ownersEmail, none: "the primary one was not added lately", why: "Codes and notices go to the owner again."},
			{operation: "set_primary_phone_number", parts: ownersPhone, why: "Codes go to the owner again."},
			{title: "Tell the caller what to do", tell: tellSecured},
		},
	}
}

// lostPhone is for somebody whose second factor is gone with their phone.
func lostPhone() sequence {
	return sequence{
		id: "lostphone", title: "Lost phone",
		does:      "takes it off the account; they get in without it",
		help:      "Step by step: takes a lost phone off the account, so that its owner gets in without it and nobody else with it.",
		keywords:  []string{"new phone", "stolen phone", "lost authenticator", "no codes"},
		suggested: func(f facts) bool { return f.user.TwoFactorEnabled && !f.verdict.IsTakeover() }, showsSigns: true,
		steps: []step{
			{title: "Check who is calling", why: "Whoever has the phone may be the one who calls.", tell: identityChecks},
			{operation: "user_passkey_delete", parts: allPasskeys, none: "no passkey", ask: "Is it on the lost phone?", why: "A passkey on the phone signs in with the phone's own lock."},
			{operation: "delete_totp", ask: "Was the app on the lost phone, and do they still have backup codes? If not, skip this and reset MFA.",
				why: "They keep their other second factors."},
			{operation: "disable_mfa", ask: "Do they have no other second factor left?", why: "Removes every second factor at once; they set up a new one."},
			{operation: "revoke_all_sessions", unless: noSessions, why: "The phone may still be signed in."},
			{title: "Tell the caller what to do", tell: tellLostPhone},
		},
	}
}

// wantsToLeave is for somebody who asks for their account to be deleted.
func wantsToLeave() sequence {
	return sequence{
		id: "leave", title: "Wants to leave",
		does:     "export their data, close the account or delete it",
		help:     "Step by step: says what is deleted, exports their data, and closes or deletes the account.",
		keywords: []string{"delete account", "gdpr", "erasure", "close account", "export data"},
		steps: []step{
			{title: "Check who is calling", why: "A deleted account does not come back.", tell: identityChecks},
			{title: "Say what is deleted", tell: tellDeletion},
			{title: "Export their data", export: true, ask: "Do they want a copy of their data?",
				why: "Writes what Clerk has on them into a JSON file that only you can read."},
			{operation: "revoke_all_sessions", unless: noSessions, ask: "Would signing out be enough?", why: "They keep the account and sign in again when they like."},
			{operation: "ban_user", ask: "Do they only want it closed for now?", why: "Nobody signs in until you unban them; nothing is lost."},
			{operation: "delete_user", ask: "Do they want it deleted, for good?", why: "Cannot be undone."},
			{title: "Tell the caller what was done", tell: tellLeft},
		},
	}
}

func noSessions(f facts) string {
	if f.sessionsRead && len(f.live) == 0 {
		return "no sessions"
	}
	return ""
}

// identityChecks are the statements that this instance asks for before access is given,
// and the contacts that prove nothing because they were added lately.
func identityChecks(f facts) []string {
	var out []string
	if op, ok := f.catalogue.Get("set_primary_email_address"); ok && len(op.Checklist) > 1 {
		out = slices.Clone(op.Checklist[:len(op.Checklist)-1]) // the last one is about the address
	}
	for _, e := range newEmails(f) {
		out = append(out, e.item.Label.Display()+" does not count: "+e.why)
	}
	for _, p := range newPhones(f) {
		out = append(out, userfmt.Phone(p.item.Label)+" does not count: "+p.why)
	}
	return out
}

func tellSecured(f facts) []string {
	var out []string
	u := f.user
	out = append(out, "Sign in with "+primaryContact(u)+".")
	if u.RequiresPasswordReset {
		out = append(out, "You are asked for a new password: one that you use nowhere else.")
	}
	if !u.TwoFactorEnabled {
		out = append(out, "Set up the second step (MFA) again; it is off now.")
	}
	return append(out, "Change the password of your mailbox too, if it was the same.",
		"Look for anything you did not do, and tell us. We never ask for a code or a password.")
}

func tellLostPhone(f facts) []string {
	var out []string
	u := f.user
	out = append(out, "Sign in with "+primaryContact(u)+" as before.")
	switch {
	case u.TwoFactorEnabled && u.BackupCodeEnabled:
		out = append(out, "When you are asked for a code, use one of your backup codes.")
	case u.TwoFactorEnabled:
		out = append(out, "You are still asked for a second step: "+api.JoinWords(userfmt.Factors(u), "or")+".")
	default:
		out = append(out, "You are not asked for a second step.")
	}
	return append(out, "Set up an authenticator app on the new phone, and keep the new backup codes apart from it.",
		"Have the SIM card blocked, and erase the phone from another device.")
}

func tellDeletion(f facts) []string {
	out := []string{"The sign-in is deleted: name, addresses, numbers, picture, metadata, sessions.", "It cannot be undone, and the same address can sign up again as somebody new."}
	if n := len(f.user.OrganizationMemberships); n > 0 {
		out = append(out, "They leave "+userfmt.Count(n, "organization")+".")
	}
	return append(out, "What the product itself keeps, such as orders and invoices, is not deleted here.")
}

func tellLeft(f facts) []string {
	return []string{"What was done: signed out, closed for now, or deleted for good.", "How they get the copy of their data, if they asked for one."}
}

func primaryContact(u *api.User) string {
	for _, part := range []ops.Part{ops.PartEmail, ops.PartPhone} {
		for i := range part.Count(u) {
			id := part.At(u, i).ID
			if id == u.PrimaryEmailAddressID || id == u.PrimaryPhoneNumberID {
				if part == ops.PartPhone {
					return userfmt.Phone(u.PhoneNumbers[i].PhoneNumber)
				}
				return u.EmailAddresses[i].EmailAddress.Display()
			}
		}
	}
	if !u.Username.Empty() {
		return u.Username.Display()
	}
	return "what you used before"
}
