package sandbox

import (
	"slices"

	"frontdesk/api/sandbox/store"
)

// emailAt returns the index of the user's e-mail address with that id, or -1.
func emailAt(u *store.User, id string) int {
	return slices.IndexFunc(u.Emails, func(e store.Email) bool { return e.ID == id })
}

func getEmail(c *call) (any, error) {
	id := c.path["email_address_id"]
	var out wireEmail
	err := c.read(func(tx *store.Tx) error {
		u, err := c.identificationOwner(tx, id)
		if err != nil {
			return err
		}
		i := emailAt(u, id)
		if i < 0 { // the id is another identification's
			return errResourceNotFound
		}
		out = viewEmail(u.Emails[i])
		return nil
	})
	return out, err
}

func createEmail(c *call) (any, error) {
	f, err := c.openForm()
	if err != nil {
		return nil, err
	}
	userID, address := f.requiredText("user_id"), f.requiredText("email_address")
	verified, primary := f.flag("verified"), f.flag("primary")
	f.flag("notify_primary_email_address_changed")
	if err := f.problem(); err != nil {
		return nil, err
	}
	if address, err = untypedNil(cleanEmail("email_address", address)); err != nil {
		return nil, err
	}
	status := identUnverified
	if verified.value {
		status = identVerified
	}
	e, err := c.newEmail(address, status)
	if err != nil {
		return nil, err
	}
	one := *c
	one.path = map[string]string{"user_id": userID}
	_, err = one.changeUser(func(_ *store.Tx, u *store.User) error {
		if slices.ContainsFunc(u.Emails, func(have store.Email) bool { return have.Address == e.Address }) {
			return errTaken("email_address")
		}
		if primary.value && !verified.value && len(u.Emails) > 0 {
			return errUnverified("primary")
		}
		if len(u.Emails) == 0 || primary.value {
			u.PrimaryEmailID = e.ID
		}
		u.Emails = append(u.Emails, e)
		return nil
	})
	return viewEmail(e), err
}

// untypedNil turns a nil *apiError into a nil error.
func untypedNil[T any](value T, refused *apiError) (T, error) {
	if refused != nil {
		return value, refused
	}
	return value, nil
}

func updateEmail(c *call) (any, error) {
	f, err := c.openForm()
	if err != nil {
		return nil, err
	}
	verified, primary := f.flag("verified"), f.flag("primary")
	f.flag("notify_primary_email_address_changed")
	if err := f.problem(); err != nil {
		return nil, err
	}
	id := c.path["email_address_id"]
	var out wireEmail
	err = c.changeOwner(id, func(_ *store.Tx, u *store.User) error {
		i := emailAt(u, id)
		if i < 0 {
			return errResourceNotFound
		}
		e := &u.Emails[i]
		e.Verification, e.Reserved = c.changeVerified(e.Verification, e.Reserved, verified)
		if primary.value {
			if !isVerified(e.Verification) {
				return errUnverified("primary")
			}
			u.PrimaryEmailID = e.ID
		}
		e.UpdatedAt = c.nowMS
		out = viewEmail(*e)
		return nil
	})
	return out, err
}

// changeVerified applies the field verified: true marks the address as verified by an
// administrator, false removes the verification, absent changes nothing.
func (c *call) changeVerified(v *store.Verification, reserved bool, wanted field[bool]) (*store.Verification, bool) {
	switch {
	case !wanted.set || wanted.null || wanted.value == isVerified(v):
		return v, reserved
	case wanted.value:
		return adminVerification(), false
	}
	return nil, reserved
}

func deleteEmail(c *call) (any, error) {
	id := c.path["email_address_id"]
	err := c.changeOwner(id, func(tx *store.Tx, u *store.User) error {
		i := emailAt(u, id)
		if i < 0 {
			return errResourceNotFound
		}
		if len(u.Emails[i].LinkedTo) > 0 {
			return errLinkedEmail
		}
		if err := checkRemovable(u, true); err != nil {
			return err
		}
		u.Emails = slices.Delete(u.Emails, i, i+1)
		if u.PrimaryEmailID == id {
			u.PrimaryEmailID = nextPrimary(u.Emails, func(e store.Email) string { return e.ID },
				func(e store.Email) bool { return isVerified(e.Verification) })
		}
		return deleteCode(tx, id)
	})
	return wireDeleted{Object: "email_address", ID: id, Deleted: true}, err
}

// replaceEmails replaces all e-mail addresses of the user with one.
func replaceEmails(c *call) (any, error) {
	f, err := c.form("email_address", "identification_status", "notify_primary_email_address_changed")
	if err != nil {
		return nil, err
	}
	address := f.requiredText("email_address")
	status := f.status()
	f.flag("notify_primary_email_address_changed")
	if err := f.problem(); err != nil {
		return nil, err
	}
	if address, err = untypedNil(cleanEmail("email_address", address)); err != nil {
		return nil, err
	}
	e, err := c.newEmail(address, status)
	if err != nil {
		return nil, err
	}
	_, err = c.changeUser(func(tx *store.Tx, u *store.User) error {
		for _, old := range u.Emails {
			if len(old.LinkedTo) > 0 {
				return errLinkedEmail
			}
			if err := deleteCode(tx, old.ID); err != nil {
				return err
			}
		}
		u.Emails, u.PrimaryEmailID = []store.Email{e}, e.ID
		return nil
	})
	return viewEmail(e), err
}

// status reads identification_status of the replacing operations.
func (f *form) status() string {
	got := f.text("identification_status")
	switch got.value {
	case "":
		return identVerified
	case identVerified, identReserved, identUnverified:
	default:
		f.refuse(errValue("identification_status", quoteTruncated(got.value)))
	}
	return got.value
}
