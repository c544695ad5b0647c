package ops

import "frontdesk/api"

// Part is the kind of thing of a user that an operation is about.
type Part int

const (
	PartNone Part = iota
	PartEmail
	PartPhone
	PartWallet
	PartPasskey
	PartExternalAccount
	PartSession      // not in the user: the client lists them
	PartOrganization // a membership

	// What follows a user has at most one of, or it is part of another part. No
	// operation is addressed to one by id; some concern one.
	PartPassword
	PartMFA
	PartTOTP
	PartBackupCodes
	PartSMS // a phone number as second factor
)

// String is the part in words, singular.
func (p Part) String() string {
	return [...]string{"part", "e-mail address", "phone number", "web3 wallet", "passkey",
		"connected account", "session", "organization",
		"password", "MFA", "authenticator app", "backup codes", "SMS code"}[p]
}

// InUser says that GET /users/{id} carries the parts of this kind, so that a
// fresh user shows whether one is there.
func (p Part) InUser() bool {
	return p != PartNone && p < PartSession
}

// Item is one part of a user: the id for Request.PartID, and what to call it.
type Item struct {
	ID    api.Text
	Label api.Text
	// Note is the state of it in words ("primary", "unverified"), "" for none.
	Note string
}

// Of are the user's parts of that kind, in the user's order. Sessions are not
// in the user, so there are none here.
func (p Part) Of(u *api.User) []Item {
	if u == nil {
		return nil
	}
	var items []Item
	switch p {
	case PartEmail:
		for _, e := range u.EmailAddresses {
			items = append(items, Item{e.ID, e.EmailAddress, identified(e.ID == u.PrimaryEmailAddressID, e.Reserved, e.Verification)})
		}
	case PartPhone:
		for _, n := range u.PhoneNumbers {
			items = append(items, Item{n.ID, n.PhoneNumber, identified(n.ID == u.PrimaryPhoneNumberID, n.Reserved, n.Verification)})
		}
	case PartWallet:
		for _, w := range u.Web3Wallets {
			items = append(items, Item{w.ID, w.Web3Wallet, identified(w.ID == u.PrimaryWeb3WalletID, false, w.Verification)})
		}
	case PartPasskey:
		for _, k := range u.Passkeys {
			items = append(items, Item{k.ID, k.Name, identified(false, false, k.Verification)})
		}
	case PartExternalAccount:
		for _, a := range u.ExternalAccounts {
			items = append(items, Item{a.DeletableID(), a.Provider, a.EmailAddress.Display()})
		}
	case PartOrganization:
		for _, m := range u.OrganizationMemberships {
			items = append(items, Item{m.Organization.ID, m.Organization.Name, m.Role.Display()})
		}
	}
	return items
}

// Find is the user's part of that id.
func (p Part) Find(u *api.User, id api.Text) (Item, bool) {
	for _, item := range p.Of(u) {
		if item.ID == id && !id.Empty() {
			return item, true
		}
	}
	return Item{}, false
}

func identified(primary, reserved bool, v *api.Verification) string {
	switch {
	case primary:
		return "primary"
	case reserved:
		return "reserved, not verified"
	case verified(v):
		return ""
	}
	return "not verified"
}

func verified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

// verified says that the user's part of that id is.
func (p Part) verified(u *api.User, id api.Text) bool {
	for _, e := range u.EmailAddresses {
		if p == PartEmail && e.ID == id {
			return verified(e.Verification)
		}
	}
	for _, n := range u.PhoneNumbers {
		if p == PartPhone && n.ID == id {
			return verified(n.Verification)
		}
	}
	return false
}
