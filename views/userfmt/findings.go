package userfmt

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Finding is something about a user that deserves a second look. Value is the
// address or name it is about, if any.
type Finding struct{ Text, Value, Note string }

const (
	// An address added within recentlyAdded is worth a look on an account older than
	// settled.
	recentlyAdded    = 24 * time.Hour
	establishedAfter = 7 * 24 * time.Hour
)

// Findings returns what deserves a second look: unreadable parts of the answer,
// addresses that imitate others, contacts added recently.
func Findings(u *api.User, now time.Time) []Finding {
	var out []Finding
	for _, p := range u.Problems {
		out = append(out, Finding{Text: "unexpected data from the server: " + p.Display()})
	}
	if name := u.Name(); name.IsLookalike() {
		out = append(out, Finding{Text: "the name " + name.LookalikeReason(), Value: name.Display(), Note: "it may imitate another"})
	}
	if u.Username.IsLookalike() && u.Username != u.Name() {
		out = append(out, Finding{Text: "the username " + u.Username.LookalikeReason(), Value: u.Username.Display(), Note: "it may imitate another"})
	}
	eachContact(u, func(a contact) {
		if a.text.IsLookalike() {
			out = append(out, Finding{Text: a.kind + " " + a.text.LookalikeReason(), Value: a.display(), Note: "it may imitate another"})
		}
		if added := now.Sub(a.added.Time); !a.added.IsZero() && added >= 0 && added < recentlyAdded && a.added.Sub(u.CreatedAt.Time) > establishedAfter {
			out = append(out, Finding{Text: a.kind + " added " + Ago(a.added.Time, now), Value: a.display()})
		}
	})
	if u.RequiresPasswordReset {
		out = append(out, Finding{Text: "the password is marked as compromised: it must be reset at the next sign-in"})
	}
	return out
}

// contact is one address or account of a user.
type contact struct {
	kind  string
	text  clean.Text
	added wire.Time
	phone bool
}

// display returns the contact as people write it.
func (a contact) display() string {
	if a.phone {
		return Phone(a.text)
	}
	return a.text.Display()
}

// eachContact visits all contacts without building a list: there may be thousands.
func eachContact(u *api.User, look func(contact)) {
	for i := range u.EmailAddresses {
		e := &u.EmailAddresses[i]
		look(contact{kind: "e-mail address", text: e.EmailAddress, added: e.CreatedAt})
	}
	for i := range u.PhoneNumbers {
		p := &u.PhoneNumbers[i]
		look(contact{kind: "phone number", text: p.PhoneNumber, added: p.CreatedAt, phone: true})
	}
	for _, w := range u.Web3Wallets {
		look(contact{kind: "web3 wallet", text: w.Web3Wallet, added: w.CreatedAt})
	}
	for _, a := range u.ExternalAccounts {
		label := a.EmailAddress
		if label.Empty() {
			label = a.Username
		}
		look(contact{kind: Provider(a.Provider) + " account", text: label, added: a.CreatedAt})
	}
}

// VerificationText says whether an identification is verified: "verified", "not
// verified", "reserved, not verified", "not verified, expired".
func VerificationText(v *api.Verification, reserved bool) (word string, ok bool) {
	switch {
	case v != nil && v.Status.Raw() == "verified":
		return "verified", true
	case reserved:
		return "reserved, not verified", false
	case v != nil && (v.Status.Raw() == "expired" || v.Status.Raw() == "failed"):
		return "not verified, " + v.Status.Display(), false
	}
	return "not verified", false
}
