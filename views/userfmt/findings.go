package userfmt

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/verdict"
)

// Finding is something about a user that deserves a second look. Value is the
// address or name it is about, if any.
type Finding struct {
	Text, Value, Note string
	IsSign            bool // of a takeover
}

// Findings returns what deserves a second look: the signs of a takeover, unreadable parts
// of the answer, names and addresses that imitate others.
func Findings(k verdict.Facts, now time.Time) []Finding {
	u := k.User
	var out []Finding
	for _, s := range verdict.Signs(k, now) {
		out = append(out, Finding{Text: SignText(s, now), Value: SignValue(s), IsSign: true})
	}
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
	})
	return out
}

// contact is one address or account of a user.
type contact struct {
	kind  string
	text  clean.Text
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
		look(contact{kind: "e-mail address", text: e.EmailAddress})
	}
	for i := range u.PhoneNumbers {
		p := &u.PhoneNumbers[i]
		look(contact{kind: "phone number", text: p.PhoneNumber, phone: true})
	}
	for _, w := range u.Web3Wallets {
		look(contact{kind: "web3 wallet", text: w.Web3Wallet})
	}
	for _, a := range u.ExternalAccounts {
		label := a.EmailAddress
		if label.Empty() {
			label = a.Username
		}
		look(contact{kind: Provider(a.Provider) + " account", text: label})
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
