package sandbox

import (
	"errors"
	"slices"

	"frontdesk/api/sandbox/store"
)

var (
	metadataFields = []string{"public_metadata", "private_metadata", "unsafe_metadata"}
	updateFields   = slices.Concat(profileFields, []string{
		"primary_email_address_id", "primary_phone_number_id", "primary_web3_wallet_id", "notify_primary_email_address_changed",
		"profile_image_id", "sign_out_of_other_sessions",
	})
)

func updateUser(c *call) (any, error) {
	f, err := c.form(updateFields...)
	if err != nil {
		return nil, err
	}
	if c.version >= versionMetadataMoved {
		f.refuseMetadata()
	}
	f.flag("notify_primary_email_address_changed") // accepted and ignored: no mail is sent
	signOut, password := f.flag("sign_out_of_other_sessions"), f.text("password")
	if signOut.value && (!password.set || password.null) {
		f.refuse(errNeeds("password", "sign_out_of_other_sessions"))
	}
	if err := f.problem(); err != nil {
		return nil, err
	}
	return c.changeUser(func(tx *store.Tx, u *store.User) error {
		if len(f.fields) == 0 {
			return errUnchanged
		}
		hadUsername := u.Username != ""
		c.profile(f, u)
		f.primaries(u)
		if err := f.problem(); err != nil {
			return err
		}
		if hadUsername && u.Username == "" && identificationsLeft(u) == 0 {
			return errLastIdentification
		}
		if signOut.value {
			if _, err := tx.EndSessions(u.ID, sessionRevoked, c.nowMS); err != nil {
				return err
			}
		}
		return c.chooseImage(tx, f, u)
	})
}

// refuseMetadata rejects metadata, which has its own endpoints from 2026-05-12 on.
func (f *form) refuseMetadata() {
	for _, name := range metadataFields {
		if _, there := f.fields[name]; there {
			f.refuse(failParam(422, "form_param_deprecated", name, "is deprecated", name+
				" is deprecated. Use `PATCH /v1/users/{user_id}/metadata` to merge or `PUT /v1/users/{user_id}/metadata` to replace it."))
		}
	}
}

// primaries sets the user's primary ids to verified identifications of the user; null
// clears them.
func (f *form) primaries(u *store.User) {
	f.primary("primary_email_address_id", &u.PrimaryEmailID, func(id string) (*store.Verification, bool) {
		i := slices.IndexFunc(u.Emails, func(e store.Email) bool { return e.ID == id })
		if i < 0 {
			return nil, false
		}
		return u.Emails[i].Verification, true
	})
	f.primary("primary_phone_number_id", &u.PrimaryPhoneID, func(id string) (*store.Verification, bool) {
		i := slices.IndexFunc(u.Phones, func(p store.Phone) bool { return p.ID == id })
		if i < 0 {
			return nil, false
		}
		return u.Phones[i].Verification, true
	})
	f.primary("primary_web3_wallet_id", &u.PrimaryWalletID, func(id string) (*store.Verification, bool) {
		i := slices.IndexFunc(u.Wallets, func(w store.Wallet) bool { return w.ID == id })
		if i < 0 {
			return nil, false
		}
		return u.Wallets[i].Verification, true
	})
}

func (f *form) primary(name string, into *string, find func(id string) (*store.Verification, bool)) {
	got := f.text(name)
	if !got.set {
		return
	}
	if got.value != "" {
		switch verification, found := find(got.value); {
		case !found:
			f.refuse(errRefersToNothing(name))
			return
		case !isVerified(verification):
			f.refuse(errUnverified(name))
			return
		}
	}
	*into = got.value
}

// chooseImage sets the profile image to one that was uploaded before.
func (c *call) chooseImage(tx *store.Tx, f *form, u *store.User) error {
	got := f.text("profile_image_id")
	if err := f.problem(); err != nil {
		return err
	}
	if !got.set || got.value == u.ImageID {
		return nil
	}
	if got.value == "" {
		return deleteUploadedImage(tx, u)
	}
	if _, err := tx.Image(got.value); errors.Is(err, store.ErrNotFound) {
		return errRefersToNothing("profile_image_id")
	} else if err != nil {
		return err
	}
	u.ImageID = got.value
	return nil
}
