package sandbox

import (
	"slices"

	"frontdesk/api/sandbox/store"
)

var createFields = slices.Concat(profileFields, []string{
	"email_address", "email_address_identification_status", "phone_number", "phone_number_identification_status",
	"web3_wallet", "skip_password_requirement", "skip_user_requirement", "banned", "locked",
})

func createUser(c *call) (any, error) {
	f, err := c.form(createFields...)
	if err != nil {
		return nil, err
	}
	u := &store.User{
		CreatedAt: c.nowMS, UpdatedAt: c.nowMS, DeleteSelfEnabled: true, CreateOrganizationEnabled: true,
	}
	if u.ID, err = c.newID("user"); err != nil {
		return nil, err
	}
	if err := c.newIdentifications(f, u); err != nil {
		return nil, err
	}
	c.profile(f, u)
	f.flag("skip_password_requirement") // accepted and ignored: the instance requires no password
	f.flag("skip_user_requirement")
	set(&u.Banned, f.flag("banned"))
	set(&u.Locked, f.flag("locked"))
	if err := f.problem(); err != nil {
		return nil, err
	}
	if err := requireIdentifier(u); err != nil {
		return nil, err
	}
	quarantine(u)
	return c.insertUser(u)
}

// insertUser stores a new user, if the instance allows one to start out banned or locked.
func (c *call) insertUser(u *store.User) (any, error) {
	var out wireUser
	err := c.write(func(tx *store.Tx) error {
		if u.Banned {
			if err := c.banAllowed(tx); err != nil {
				return err
			}
		}
		if u.Locked {
			if err := c.lock(tx, u); err != nil {
				return err
			}
		}
		if err := tx.PutUser(u); err != nil {
			return err
		}
		shown, err := c.viewUser(tx, u)
		out = shown
		return err
	})
	return out, err
}

// requireIdentifier rejects a user without any identification.
func requireIdentifier(u *store.User) error {
	if len(u.Emails)+len(u.Phones)+len(u.Wallets) > 0 || u.Username != "" {
		return nil
	}
	names := []string{"email_address", "phone_number", "username", "web3_wallet"}
	e := fail(422, "form_data_missing", "missing data",
		`["email_address" "phone_number" "username" "web3_wallet"] data doesn't match user requirements set for this instance`)
	e.problems[0].Meta = map[string]any{"param_names": names}
	return e
}

// quarantine requires a new password from a user who set theirs before their address was
// verified.
func quarantine(u *store.User) {
	if isQuarantined(u) {
		u.RequiresPasswordReset = true
	}
}

func isQuarantined(u *store.User) bool {
	return u.PasswordDigest != "" && slices.ContainsFunc(u.Emails, func(e store.Email) bool { return e.Reserved && !isVerified(e.Verification) })
}

const (
	identVerified   = "verified"
	identReserved   = "reserved"
	identUnverified = "unverified"
)

// newIdentifications reads the e-mail addresses, phone numbers and wallets of a new user.
// The first of each kind becomes primary.
func (c *call) newIdentifications(f *form, u *store.User) error {
	for i, item := range f.parallelLists("email_address", cleanEmail) {
		e, err := c.newEmail(item.value, item.status)
		if err != nil {
			return err
		}
		if u.Emails = append(u.Emails, e); i == 0 {
			u.PrimaryEmailID = e.ID
		}
	}
	for i, item := range f.parallelLists("phone_number", cleanPhone) {
		p, err := c.newPhone(item.value, item.status)
		if err != nil {
			return err
		}
		if u.Phones = append(u.Phones, p); i == 0 {
			u.PrimaryPhoneID = p.ID
		}
	}
	for i, item := range f.parallelLists("web3_wallet", cleanWallet) {
		id, err := c.newID("idn")
		if err != nil {
			return err
		}
		w := store.Wallet{ID: id, Address: item.value, Verification: adminVerification(), CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
		if u.Wallets = append(u.Wallets, w); i == 0 {
			u.PrimaryWalletID = w.ID
		}
	}
	return nil
}

func (c *call) newEmail(address, status string) (store.Email, error) {
	id, err := c.newID("idn")
	e := store.Email{ID: id, Address: address, CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
	e.Verification, e.Reserved = verificationOf(status)
	return e, err
}

func (c *call) newPhone(number, status string) (store.Phone, error) {
	id, err := c.newID("idn")
	p := store.Phone{ID: id, Number: number, CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
	p.Verification, p.Reserved = verificationOf(status)
	return p, err
}

// verificationOf returns the verification of an identification that the request declares
// verified or reserved.
func verificationOf(status string) (v *store.Verification, reserved bool) {
	if status == identVerified {
		return adminVerification(), false
	}
	return nil, status == identReserved
}

func adminVerification() *store.Verification {
	return &store.Verification{Object: "verification_admin", Status: statusVerified, Strategy: "admin"}
}

// identificationItem is a value of a list and its status in the parallel list.
type identificationItem struct{ value, status string }

// parallelLists reads the list name and its parallel list of statuses, which has the same
// length or is empty.
func (f *form) parallelLists(name string, clean func(param, text string) (string, *apiError)) []identificationItem {
	list := f.texts(name)
	statusName := name + "_identification_status"
	statuses := f.texts(statusName)
	if len(statuses.value) > 0 && len(statuses.value) != len(list.value) {
		f.refuse(failParam(422, "form_param_array_length_mismatch", statusName, "length mismatch",
			statusName+" must contain exactly one item for each item in "+name+"."))
		return nil
	}
	items := make([]identificationItem, 0, len(list.value))
	seen := map[string]bool{}
	for i, text := range list.value {
		value, err := clean(name, text)
		if err != nil {
			f.refuse(err)
			continue
		}
		if seen[value] {
			f.refuse(failParam(422, "form_param_duplicate", name, "duplicate values", name+" contains duplicate values"))
		}
		seen[value] = true
		item := identificationItem{value: value, status: identVerified}
		if len(statuses.value) > 0 {
			item.status = statuses.value[i]
		}
		if item.status != identVerified && item.status != identReserved {
			f.refuse(errValue(statusName, quoteTruncated(item.status)))
		}
		items = append(items, item)
	}
	return items
}
