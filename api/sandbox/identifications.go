package sandbox

import (
	"errors"
	"slices"

	"frontdesk/api/sandbox/store"
)

// identificationsLeft counts the identifications with which the user can sign in. Passkeys
// do not count: they authenticate a user but do not name one.
func identificationsLeft(u *store.User) int {
	n := len(u.Emails) + len(u.Wallets) + len(u.External) + len(u.Enterprise)
	for _, p := range u.Phones {
		if !p.ReservedForSecondFactor {
			n++
		}
	}
	if u.Username != "" {
		n++
	}
	return n
}

// checkRemovable refuses to remove the last identification. One that does not count as
// such, like a phone reserved for second factors, can always be removed.
func checkRemovable(u *store.User, counts bool) error {
	if counts && identificationsLeft(u) <= 1 {
		return errLastIdentification
	}
	return nil
}

// nextPrimary returns the id of the first verified entry of list, or "".
func nextPrimary[T any](list []T, id func(T) string, verified func(T) bool) string {
	if i := slices.IndexFunc(list, verified); i >= 0 {
		return id(list[i])
	}
	return ""
}

// identificationOwner loads the user who has the e-mail address or phone number with that
// id.
func (c *call) identificationOwner(tx *store.Tx, id string) (*store.User, error) {
	u, err := tx.UserOfIdentification(id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errResourceNotFound
	}
	return u, err
}

// changeOwner is changeUser for the user who has the identification in the path.
func (c *call) changeOwner(id string, change func(*store.Tx, *store.User) error) error {
	return c.write(func(tx *store.Tx) error {
		u, err := c.identificationOwner(tx, id)
		if err != nil {
			return err
		}
		if err := change(tx, u); errors.Is(err, errUnchanged) {
			return nil
		} else if err != nil {
			return err
		}
		u.UpdatedAt = c.nowMS
		return tx.PutUser(u)
	})
}

func deletePasskey(c *call) (any, error) {
	id := c.path["passkey_identification_id"]
	_, err := c.changeUser(func(tx *store.Tx, u *store.User) error {
		settings, err := c.settings(tx)
		if err != nil {
			return err
		}
		if settings.PasskeysOff {
			return errFeatureOff
		}
		i := slices.IndexFunc(u.Passkeys, func(p store.Passkey) bool { return p.ID == id })
		if i < 0 {
			return fail(404, "passkey_not_registered", "not registered", "Passkey is not registered.")
		}
		u.Passkeys = slices.Delete(u.Passkeys, i, i+1)
		return nil
	})
	return wireDeleted{Object: "passkey", ID: id, Deleted: true}, err
}

func deleteWallet(c *call) (any, error) {
	id := c.path["web3_wallet_identification_id"]
	_, err := c.changeUser(func(_ *store.Tx, u *store.User) error {
		i := slices.IndexFunc(u.Wallets, func(w store.Wallet) bool { return w.ID == id })
		if i < 0 {
			return errResourceNotFound
		}
		if err := checkRemovable(u, true); err != nil {
			return err
		}
		u.Wallets = slices.Delete(u.Wallets, i, i+1)
		if u.PrimaryWalletID == id {
			u.PrimaryWalletID = nextPrimary(u.Wallets, func(w store.Wallet) string { return w.ID },
				func(w store.Wallet) bool { return isVerified(w.Verification) })
		}
		return nil
	})
	return wireDeleted{Object: "web3_wallet", ID: id, Deleted: true}, err
}

// deleteExternalAccount accepts only the eac_ id. The e-mail address that came with the
// account stays, no longer linked; its OAuth token is deleted.
func deleteExternalAccount(c *call) (any, error) {
	id := c.path["external_account_id"]
	_, err := c.changeUser(func(tx *store.Tx, u *store.User) error {
		i := slices.IndexFunc(u.External, func(e store.ExternalAccount) bool { return e.ID == id })
		if i < 0 {
			return fail(404, "external_account_not_found", "Invalid external account", "The External Account was not found.")
		}
		if err := checkRemovable(u, true); err != nil {
			return err
		}
		account := u.External[i]
		u.External = slices.Delete(u.External, i, i+1)
		for e := range u.Emails {
			u.Emails[e].LinkedTo = slices.DeleteFunc(u.Emails[e].LinkedTo, func(l store.Link) bool { return l.ID == account.IdentificationID })
		}
		if err := tx.DeleteToken(u.ID, account.Provider, account.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return nil
	})
	return wireDeleted{Object: "external_account", ID: id, Deleted: true}, err
}
