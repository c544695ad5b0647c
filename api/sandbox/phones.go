package sandbox

import (
	"slices"

	"frontdesk/api/sandbox/store"
)

func phoneAt(u *store.User, id string) int {
	return slices.IndexFunc(u.Phones, func(p store.Phone) bool { return p.ID == id })
}

func getPhone(c *call) (any, error) {
	id := c.path["phone_number_id"]
	var out wirePhone
	err := c.read(func(tx *store.Tx) error {
		u, err := c.identificationOwner(tx, id)
		if err != nil {
			return err
		}
		i := phoneAt(u, id)
		if i < 0 {
			return errResourceNotFound
		}
		out = viewPhone(u.Phones[i])
		return nil
	})
	return out, err
}

func createPhone(c *call) (any, error) {
	f, err := c.openForm()
	if err != nil {
		return nil, err
	}
	userID, number := f.requiredText("user_id"), f.requiredText("phone_number")
	verified, primary, second := f.flag("verified"), f.flag("primary"), f.flag("reserved_for_second_factor")
	if err := f.problem(); err != nil {
		return nil, err
	}
	if number, err = untypedNil(cleanPhone("phone_number", number)); err != nil {
		return nil, err
	}
	if second.value && !verified.value {
		return nil, fail(400, "identification_create_second_factor_unverified", "Create failed",
			"Unverified identifications cannot be a second factor")
	}
	status := identUnverified
	if verified.value {
		status = identVerified
	}
	p, err := c.newPhone(number, status)
	if err != nil {
		return nil, err
	}
	one := *c
	one.path = map[string]string{"user_id": userID}
	_, err = one.changeUser(func(_ *store.Tx, u *store.User) error {
		if slices.ContainsFunc(u.Phones, func(have store.Phone) bool { return have.Number == p.Number }) {
			return errTaken("phone_number")
		}
		if primary.value && !verified.value && len(u.Phones) > 0 {
			return errUnverified("primary")
		}
		if len(u.Phones) == 0 || primary.value {
			u.PrimaryPhoneID = p.ID
		}
		u.Phones = append(u.Phones, p)
		c.setReserved(u, len(u.Phones)-1, second)
		p = u.Phones[len(u.Phones)-1]
		return nil
	})
	return viewPhone(p), err
}

func updatePhone(c *call) (any, error) {
	f, err := c.openForm()
	if err != nil {
		return nil, err
	}
	verified, primary, second := f.flag("verified"), f.flag("primary"), f.flag("reserved_for_second_factor")
	if err := f.problem(); err != nil {
		return nil, err
	}
	id := c.path["phone_number_id"]
	var out wirePhone
	err = c.changeOwner(id, func(_ *store.Tx, u *store.User) error {
		i := phoneAt(u, id)
		if i < 0 {
			return errResourceNotFound
		}
		p := &u.Phones[i]
		p.Verification, p.Reserved = c.changeVerified(p.Verification, p.Reserved, verified)
		if second.value {
			if err := checkSecondFactor(u, p); err != nil {
				return err
			}
		}
		if primary.value {
			if !isVerified(p.Verification) {
				return errUnverified("primary")
			}
			u.PrimaryPhoneID = p.ID
		}
		c.setReserved(u, i, second)
		p.UpdatedAt = c.nowMS
		out = viewPhone(*p)
		return nil
	})
	return out, err
}

// checkSecondFactor rejects a number that is not verified or is the only identification.
func checkSecondFactor(u *store.User, p *store.Phone) error {
	if !isVerified(p.Verification) {
		return fail(400, "identification_update_second_factor_unverified", "Update failed",
			"Cannot update second factor attributes for unverified identification")
	}
	if !p.ReservedForSecondFactor && identificationsLeft(u) <= 1 {
		return fail(400, "identification_update_failed", "Update failed", "You cannot set your last identification as second factor.")
	}
	return nil
}

// setReserved reserves the i-th number for second factors or releases it. The first
// reserved one becomes the default; when the default is released, another takes its place.
func (c *call) setReserved(u *store.User, i int, wanted field[bool]) {
	if !wanted.set || wanted.null {
		return
	}
	had := hasSecondFactor(u)
	u.Phones[i].ReservedForSecondFactor = wanted.value
	chooseDefaultPhone(u)
	c.setMFATimes(u, had)
}

// chooseDefaultPhone leaves exactly one default among the reserved numbers, if there are
// any.
func chooseDefaultPhone(u *store.User) {
	chosen := -1
	for i, p := range u.Phones {
		if p.ReservedForSecondFactor && (chosen < 0 || p.DefaultSecondFactor) {
			chosen = i
		}
	}
	for i := range u.Phones {
		u.Phones[i].DefaultSecondFactor = i == chosen
	}
}

func deletePhone(c *call) (any, error) {
	id := c.path["phone_number_id"]
	err := c.changeOwner(id, func(tx *store.Tx, u *store.User) error {
		i := phoneAt(u, id)
		if i < 0 {
			return errResourceNotFound
		}
		if err := checkRemovable(u, !u.Phones[i].ReservedForSecondFactor); err != nil {
			return err
		}
		had := hasSecondFactor(u)
		u.Phones = slices.Delete(u.Phones, i, i+1)
		chooseDefaultPhone(u)
		c.setMFATimes(u, had)
		if u.PrimaryPhoneID == id {
			u.PrimaryPhoneID = nextPrimary(u.Phones, func(p store.Phone) string { return p.ID },
				func(p store.Phone) bool { return isVerified(p.Verification) })
		}
		return deleteCode(tx, id)
	})
	return wireDeleted{Object: "phone_number", ID: id, Deleted: true}, err
}

// replacePhones replaces all phone numbers of the user with one. Removing a reserved
// number disables MFA entirely.
func replacePhones(c *call) (any, error) {
	f, err := c.form("phone_number", "identification_status")
	if err != nil {
		return nil, err
	}
	number, status := f.requiredText("phone_number"), f.status()
	if err := f.problem(); err != nil {
		return nil, err
	}
	if number, err = untypedNil(cleanPhone("phone_number", number)); err != nil {
		return nil, err
	}
	p, err := c.newPhone(number, status)
	if err != nil {
		return nil, err
	}
	_, err = c.changeUser(func(tx *store.Tx, u *store.User) error {
		had, drops := hasSecondFactor(u), false
		for _, old := range u.Phones {
			drops = drops || old.ReservedForSecondFactor
			if err := deleteCode(tx, old.ID); err != nil {
				return err
			}
		}
		u.Phones, u.PrimaryPhoneID = []store.Phone{p}, p.ID
		if drops {
			u.TOTP, u.BackupCodes = nil, nil
		}
		c.setMFATimes(u, had)
		return nil
	})
	return viewPhone(p), err
}
