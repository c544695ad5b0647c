package ops

import (
	"frontdesk/api"
	"frontdesk/api/clean"
)

// Part is a kind of part that a user has and an operation applies to.
type Part int

const (
	PartNone Part = iota
	PartEmail
	PartPhone
	PartWallet
	PartPasskey
	PartExternalAccount
	PartSession      // not in the User; listed by the client
	PartOrganization // a membership

	// A user has at most one of the following, or it belongs to another part. No operation
	// takes one by id; some are related to one.
	PartPassword
	PartMFA
	PartTOTP
	PartBackupCodes
	PartSMS // a phone number as second factor
)

// String returns the part in words, in the singular.
func (p Part) String() string {
	return [...]string{"part", "e-mail address", "phone number", "web3 wallet", "passkey",
		"connected account", "session", "organization",
		"password", "MFA", "authenticator app", "backup codes", "SMS code"}[p]
}

// InUser reports whether GET /users/{id} has the parts of this kind.
func (p Part) InUser() bool {
	return p != PartNone && p < PartSession
}

// Item is one part of a user: the id for Request.PartID, and its label.
type Item struct {
	ID    clean.Text
	Label clean.Text
	// Note is its state in words ("primary", "not verified"), or "".
	Note string
}

// Items returns the user's parts of that kind in the user's order. Sessions are not
// included, since they are not in the User.
func (p Part) Items(u *api.User) []Item {
	n := p.Count(u)
	if n == 0 {
		return nil
	}
	items := make([]Item, n)
	for i := range items {
		items[i] = p.At(u, i)
	}
	return items
}

// Count returns how many parts of that kind the user has, without building them, as there
// may be thousands.
func (p Part) Count(u *api.User) int {
	if u == nil {
		return 0
	}
	switch p {
	case PartEmail:
		return len(u.EmailAddresses)
	case PartPhone:
		return len(u.PhoneNumbers)
	case PartWallet:
		return len(u.Web3Wallets)
	case PartPasskey:
		return len(u.Passkeys)
	case PartExternalAccount:
		return len(u.ExternalAccounts)
	case PartOrganization:
		return len(u.OrganizationMemberships)
	}
	return 0
}

// At returns the part at index i.
func (p Part) At(u *api.User, i int) Item {
	switch p {
	case PartEmail:
		e := &u.EmailAddresses[i]
		return Item{e.ID, e.EmailAddress, identificationNote(e.ID == u.PrimaryEmailAddressID, e.Reserved, e.Verification)}
	case PartPhone:
		n := &u.PhoneNumbers[i]
		return Item{n.ID, n.PhoneNumber, identificationNote(n.ID == u.PrimaryPhoneNumberID, n.Reserved, n.Verification)}
	case PartWallet:
		w := &u.Web3Wallets[i]
		return Item{w.ID, w.Web3Wallet, identificationNote(w.ID == u.PrimaryWeb3WalletID, false, w.Verification)}
	case PartPasskey:
		k := &u.Passkeys[i]
		return Item{k.ID, k.Name, identificationNote(false, false, k.Verification)}
	case PartExternalAccount:
		a := &u.ExternalAccounts[i]
		return Item{a.DeletableID(), a.Provider, a.EmailAddress.Display()}
	case PartOrganization:
		m := &u.OrganizationMemberships[i]
		return Item{m.Organization.ID, m.Organization.Name, m.Role.Display()}
	}
	return Item{}
}

// Find returns the user's part with that id.
func (p Part) Find(u *api.User, id clean.Text) (Item, bool) {
	if id.Empty() {
		return Item{}, false
	}
	for i := range p.Count(u) {
		if item := p.At(u, i); item.ID == id {
			return item, true
		}
	}
	return Item{}, false
}

func identificationNote(primary, reserved bool, v *api.Verification) string {
	switch {
	case primary:
		return "primary"
	case reserved:
		return "reserved, not verified"
	case isVerified(v):
		return ""
	}
	return "not verified"
}

func isVerified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

// isVerified reports whether the user's part with that id is verified.
func (p Part) isVerified(u *api.User, id clean.Text) bool {
	for i := range p.Count(u) {
		if p.At(u, i).ID == id {
			return p.isVerifiedAt(u, i)
		}
	}
	return false
}

func (p Part) isVerifiedAt(u *api.User, i int) bool {
	switch p {
	case PartEmail:
		return isVerified(u.EmailAddresses[i].Verification)
	case PartPhone:
		return isVerified(u.PhoneNumbers[i].Verification)
	}
	return false
}
