package ops

import (
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// RecreateID is the operation that creates a deleted user again.
const RecreateID = "create_user"

// RecreateValues returns the inputs of [RecreateID] that create the user again, as far
// as the API takes what it reports: names, addresses, metadata and settings. An address
// that was not verified does not become so.
func RecreateValues(u *api.User) map[string]string {
	values := map[string]string{"skip_password_requirement": yes}
	set := func(name, value string) {
		if value != "" {
			values[name] = value
		}
	}
	for _, f := range slices.Concat(formFields(), []Field{{Name: "created_at", Current: func(u *api.User) string { return rfc3339(u.CreatedAt) }}}) {
		set(f.Name, f.Current(u))
	}
	for _, contact := range []struct {
		part    Part
		name    string
		primary clean.Text
	}{
		{PartEmail, "email_address", u.PrimaryEmailAddressID},
		{PartPhone, "phone_number", u.PrimaryPhoneNumberID},
	} {
		addresses, statuses := primaryFirst(u, contact.part, contact.primary)
		set(contact.name, strings.Join(addresses, ","))
		if slices.Contains(statuses, statusReserved) {
			set(contact.name+"_identification_status", strings.Join(statuses, ","))
		}
	}
	var wallets []string
	for _, item := range PartWallet.Items(u) {
		wallets = append(wallets, item.Label.Raw())
	}
	set("web3_wallet", strings.Join(wallets, ","))
	for _, k := range metadataKinds() {
		if stored, err := object(k.of(u)); err == nil && len(stored) > 0 {
			set(k.name, string(k.of(u)))
		}
	}
	set("banned", choose(u.Banned, yes, ""))
	return values
}

const statusVerified, statusReserved = "verified", "reserved"

// primaryFirst returns a user's addresses, the primary one first, and of each whether it
// was verified.
func primaryFirst(u *api.User, part Part, primary clean.Text) (addresses, statuses []string) {
	items := slices.Clone(part.Items(u))
	slices.SortStableFunc(items, func(a, b Item) int {
		switch {
		case a.ID == primary:
			return -1
		case b.ID == primary:
			return 1
		}
		return 0
	})
	for _, item := range items {
		addresses = append(addresses, item.Label.Raw())
		statuses = append(statuses, choose(part.isVerified(u, item.ID), statusVerified, statusReserved))
	}
	return addresses, statuses
}

// LostByRecreating returns what a user who is created again does not get back.
func LostByRecreating() string {
	return "does not come back: the id (a new one is given), password, second factors, passkeys, connected accounts, sessions, organizations, picture"
}
