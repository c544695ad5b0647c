package userfmt

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Finding is something about a user that deserves a second look. Value is the
// address or name it is about, "" where the text says it all.
type Finding struct{ Text, Value, Note string }

const (
	// fresh is how new an address is news on an account that is older than settled.
	fresh   = 24 * time.Hour
	settled = 7 * 24 * time.Hour
)

// WorthALook are the things that an attentive colleague would point at: what
// the answer had that could not be understood, addresses that pose as others,
// ways in that were added only just now.
func WorthALook(u *api.User, now time.Time) []Finding {
	var out []Finding
	for _, p := range u.Problems {
		out = append(out, Finding{Text: "the answer was odd: " + p.Display()})
	}
	if name := u.Name(); name.Mixed() {
		out = append(out, Finding{Text: "the name " + name.Posing(), Value: name.Display(), Note: "it may be made to look like another"})
	}
	if u.Username.Mixed() && u.Username != u.Name() {
		out = append(out, Finding{Text: "the username " + u.Username.Posing(), Value: u.Username.Display(), Note: "it may be made to look like another"})
	}
	eachWay(u, func(a way) {
		if a.text.Mixed() {
			out = append(out, Finding{Text: a.kind + " " + a.text.Posing(), Value: a.shown(), Note: "it may be made to look like another"})
		}
		if added := now.Sub(a.added.Time); !a.added.IsZero() && added >= 0 && added < fresh && a.added.Sub(u.CreatedAt.Time) > settled {
			out = append(out, Finding{Text: a.kind + " added " + Ago(a.added.Time, now), Value: a.shown()})
		}
	})
	if u.RequiresPasswordReset {
		out = append(out, Finding{Text: "the password is marked as compromised: it must be reset at the next sign-in"})
	}
	return out
}

// way is one address or account by which a user can be reached or sign in.
type way struct {
	kind  string
	text  clean.Text
	added wire.Time
	phone bool
}

// shown is it as people write it.
func (a way) shown() string {
	if a.phone {
		return Phone(a.text)
	}
	return a.text.Display()
}

// eachWay looks at all of them; somebody may have thousands, so no list is made.
func eachWay(u *api.User, look func(way)) {
	for i := range u.EmailAddresses {
		e := &u.EmailAddresses[i]
		look(way{kind: "e-mail address", text: e.EmailAddress, added: e.CreatedAt})
	}
	for i := range u.PhoneNumbers {
		p := &u.PhoneNumbers[i]
		look(way{kind: "phone number", text: p.PhoneNumber, added: p.CreatedAt, phone: true})
	}
	for _, w := range u.Web3Wallets {
		look(way{kind: "web3 wallet", text: w.Web3Wallet, added: w.CreatedAt})
	}
	for _, a := range u.ExternalAccounts {
		label := a.EmailAddress
		if label.Empty() {
			label = a.Username
		}
		look(way{kind: Provider(a.Provider) + " account", text: label, added: a.CreatedAt})
	}
}

// Verified says how far an identification is verified, in words: "verified",
// "not verified", "reserved, not verified", "expired", "failed".
func Verified(v *api.Verification, reserved bool) (word string, ok bool) {
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
