package runbook

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/views/userfmt"
)

// facts is the data from which the steps of a sequence are chosen.
type facts struct {
	user *api.User
	// live are the sessions with which the user is signed in; meaningful if sessionsRead.
	live         []api.Session
	sessionsRead bool
	verdict      verdict.Verdict
	now          time.Time
	catalogue    *ops.Catalogue
}

// found is a part of the user that a step is about, and why.
type found struct {
	item ops.Item
	why  string
}

// isSign reports whether a part of the user that was added at t is a sign.
func (f facts) isSign(t time.Time) bool {
	return slices.ContainsFunc(f.verdict.Signs, func(s verdict.Sign) bool {
		return s.At.Equal(t) && slices.Contains([]verdict.Kind{verdict.ContactAdded, verdict.PrimaryAdded, verdict.AccountAdded}, s.Kind)
	})
}

// isMFANew reports whether MFA was set up within a day. The owner may have done it.
func isMFANew(f facts) bool {
	const day = 24 * time.Hour
	age := f.now.Sub(f.user.MFAEnabledAt.Time)
	return f.user.TwoFactorEnabled && age >= 0 && age < day
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
		if !f.isSign(added) || item.ID.Empty() {
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
