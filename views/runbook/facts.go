package runbook

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/userfmt"
)

// facts are what the steps of a sequence are chosen by.
type facts struct {
	user *api.User
	// live are the sessions with which the user is signed in; meaningful if sessionsRead.
	live         []api.Session
	sessionsRead bool
	now          time.Time
	catalogue    *ops.Catalogue
}

// found is a part of the user that a step is about, and why.
type found struct {
	item ops.Item
	why  string
}

const (
	// What appeared within recent on an account that was established before is a sign.
	recent      = 24 * time.Hour
	established = 7 * 24 * time.Hour
)

// isRecent reports whether t is a sign: recent, and not part of signing up.
func (f facts) isRecent(t time.Time) bool {
	age := f.now.Sub(t)
	return !t.IsZero() && age >= 0 && age < recent && t.Sub(f.user.CreatedAt.Time) > established
}

func isMFANew(f facts) bool { return f.user.TwoFactorEnabled && f.isRecent(f.user.MFAEnabledAt.Time) }

func isMFASwitchedOff(f facts) bool {
	return !f.user.TwoFactorEnabled && f.isRecent(f.user.MFADisabledAt.Time)
}

// isPasswordNew reports whether the password was changed within the hour.
func isPasswordNew(f facts) bool {
	t := f.user.PasswordLastUpdatedAt.Time
	return f.user.PasswordEnabled && f.isRecent(t) && f.now.Sub(t) < time.Hour
}

// signs are what somebody else may have done, each with its time.
func signs(f facts) []string {
	var out []string
	add := func(is bool, what string, at time.Time) {
		if is {
			out = append(out, what+" "+userfmt.Ago(at, f.now))
		}
	}
	u := f.user
	add(isPasswordNew(f), "password changed", u.PasswordLastUpdatedAt.Time)
	add(isMFASwitchedOff(f), "MFA switched off", u.MFADisabledAt.Time)
	add(isMFANew(f), "MFA set up", u.MFAEnabledAt.Time)
	for _, kind := range []struct {
		noun  string
		parts []found
	}{{"e-mail address", newEmails(f)}, {"phone number", newPhones(f)}, {"connected account", newAccounts(f)}, {"wallet", newWallets(f)}} {
		if len(kind.parts) > 0 {
			out = append(out, kind.noun+" "+kind.parts[0].why)
		}
	}
	return out
}

// isTakenOver reports whether the signs are strong: two of them, or a new address or
// number that is the primary one already.
func isTakenOver(f facts) bool {
	return len(signs(f)) > 1 || isAmong(newEmails(f), f.user.PrimaryEmailAddressID) || isAmong(newPhones(f), f.user.PrimaryPhoneNumberID)
}

func isAmong(lately []found, id clean.Text) bool {
	return slices.ContainsFunc(lately, func(p found) bool { return p.item.ID == id })
}

func (f facts) added(t time.Time) string { return "added " + userfmt.Ago(t, f.now) }

// newEmails are the addresses that were added lately.
func newEmails(f facts) []found {
	return f.lately(ops.PartEmail, func(i int) (time.Time, bool) {
		e := f.user.EmailAddresses[i]
		return e.CreatedAt.Time, e.ID == f.user.PrimaryEmailAddressID
	})
}

// newPhones are the phone numbers that were added lately.
func newPhones(f facts) []found {
	return f.lately(ops.PartPhone, func(i int) (time.Time, bool) {
		p := f.user.PhoneNumbers[i]
		return p.CreatedAt.Time, p.ID == f.user.PrimaryPhoneNumberID
	})
}

// newAccounts are the connected accounts that were added lately.
func newAccounts(f facts) []found {
	return f.lately(ops.PartExternalAccount, func(i int) (time.Time, bool) {
		return f.user.ExternalAccounts[i].CreatedAt.Time, false
	})
}

// newWallets are the wallets that were added lately.
func newWallets(f facts) []found {
	return f.lately(ops.PartWallet, func(i int) (time.Time, bool) {
		w := f.user.Web3Wallets[i]
		return w.CreatedAt.Time, w.ID == f.user.PrimaryWeb3WalletID
	})
}

// lately returns the parts of a kind that were added lately.
func (f facts) lately(part ops.Part, at func(i int) (added time.Time, primary bool)) []found {
	var out []found
	for i := range part.Count(f.user) {
		added, primary := at(i)
		item := part.At(f.user, i)
		if !f.isRecent(added) || item.ID.Empty() {
			continue
		}
		why := f.added(added)
		if primary {
			why += ", and it is the primary one"
		}
		out = append(out, found{item, why})
	}
	return out
}

// allPasskeys are the passkeys, the last used first: the API does not say when one was
// added, so the caller has to.
func allPasskeys(f facts) []found {
	keys := slices.Clone(f.user.Passkeys)
	slices.SortStableFunc(keys, func(a, b api.Passkey) int { return b.LastUsedAt.Compare(a.LastUsedAt.Time) })
	var out []found
	for _, k := range keys {
		if item, ok := ops.PartPasskey.Find(f.user, k.ID); ok {
			out = append(out, found{item, "last used " + userfmt.Ago(k.LastUsedAt.Time, f.now)})
		}
	}
	return out
}

// ownersEmail is the address to make primary again, if the primary one was added lately:
// the oldest verified one.
func ownersEmail(f facts) []found {
	return f.oldest(ops.PartEmail, newEmails(f), f.user.PrimaryEmailAddressID, func(i int) (time.Time, bool) {
		e := f.user.EmailAddresses[i]
		return e.CreatedAt.Time, isVerified(e.Verification)
	})
}

// ownersPhone is the same for phone numbers.
func ownersPhone(f facts) []found {
	return f.oldest(ops.PartPhone, newPhones(f), f.user.PrimaryPhoneNumberID, func(i int) (time.Time, bool) {
		p := f.user.PhoneNumbers[i]
		return p.CreatedAt.Time, isVerified(p.Verification)
	})
}

func isVerified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

func (f facts) oldest(part ops.Part, suspects []found, primary clean.Text, at func(i int) (added time.Time, verified bool)) []found {
	isSuspect := func(id clean.Text) bool { return isAmong(suspects, id) }
	if !isSuspect(primary) {
		return nil
	}
	best, since := -1, time.Time{}
	for i := range part.Count(f.user) {
		added, verified := at(i)
		if verified && !isSuspect(part.At(f.user, i).ID) && (best < 0 || added.Before(since)) {
			best, since = i, added
		}
	}
	if best < 0 {
		return nil
	}
	return []found{{part.At(f.user, best), "on the account since " + userfmt.Day(since, f.now)}}
}
