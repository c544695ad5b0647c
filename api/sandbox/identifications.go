package sandbox

import (
	"errors"
	"slices"

	"frontdesk/api/sandbox/store"
)

// identificationsLeft is how many ways there are to name the user at sign-in.
// Passkeys are not among them: they prove, they do not name.
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

// removable refuses to take the last identification. One that does not count
// as such, like a phone kept for second factors, may always go.
func removable(u *store.User, counts bool) error {
	if counts && identificationsLeft(u) <= 1 {
		return errLastIdentification
	}
	return nil
}

// nextPrimary is the first verified id of those that are left, "" where none is.
func nextPrimary[T any](list []T, id func(T) string, verified func(T) bool) string {
	if i := slices.IndexFunc(list, verified); i >= 0 {
		return id(list[i])
	}
	return ""
}

// owner loads the user of an e-mail address or phone number by its id.
func (c *call) owner(tx *store.Tx, id string) (*store.User, error) {
	u, err := tx.UserOfIdentification(id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errResourceNotFound
	}
	return u, err
}

// changeOwner is changeUser for the user who owns the identification of the path.
func (c *call) changeOwner(id string, change func(*store.Tx, *store.User) error) error {
	return c.write(func(tx *store.Tx) error {
		u, err := c.owner(tx, id)
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
		if err := removable(u, true); err != nil {
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

// deleteExternalAccount takes the eac_ id and no other. The address that came
// with the account stays and is no longer linked; its token goes.
func deleteExternalAccount(c *call) (any, error) {
	id := c.path["external_account_id"]
	_, err := c.changeUser(func(tx *store.Tx, u *store.User) error {
		i := slices.IndexFunc(u.External, func(e store.ExternalAccount) bool { return e.ID == id })
		if i < 0 {
			return fail(404, "external_account_not_found", "Invalid external account", "The External Account was not found.")
		}
		if err := removable(u, true); err != nil {
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
