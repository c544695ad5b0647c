package sandbox

import (
	"errors"

	"frontdesk/api/sandbox/store"
)

type wireCount struct {
	Object string `json:"object"`
	Total  int    `json:"total_count"`
}

// wirePage is the envelope of lists with a total.
type wirePage[T any] struct {
	Data  []T `json:"data"`
	Total int `json:"total_count"`
}

func listUsers(c *call) (any, error) {
	params, refused := c.query()
	if refused != nil {
		return nil, refused
	}
	q, refused := params.listing()
	if refused != nil {
		return nil, refused
	}
	out := []wireUser{}
	err := c.read(func(tx *store.Tx) error {
		settings, err := c.settings(tx)
		if err != nil {
			return err
		}
		list, err := tx.Users(q)
		if errors.Is(err, store.ErrNotFound) {
			return errRefersToNothing("starting_after")
		}
		if err != nil {
			return err
		}
		out = c.viewer(settings).users(list)
		return nil
	})
	return out, err
}

func countUsers(c *call) (any, error) {
	params, refused := c.query()
	if refused != nil {
		return nil, refused
	}
	q, refused := params.filters()
	if refused != nil {
		return nil, refused
	}
	out := wireCount{Object: "total_count"}
	err := c.read(func(tx *store.Tx) (err error) {
		out.Total, err = tx.CountUsers(q)
		return err
	})
	return out, err
}

func getUser(c *call) (any, error) {
	var out wireUser
	err := c.read(func(tx *store.Tx) error {
		u, err := c.user(tx)
		if err != nil {
			return err
		}
		out, err = c.viewUser(tx, u)
		return err
	})
	return out, err
}

// user loads the user of the path.
func (c *call) user(tx *store.Tx) (*store.User, error) { return userByID(tx, c.path["user_id"]) }

func userByID(tx *store.Tx, id string) (*store.User, error) {
	u, err := tx.User(id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errUserNotFound(id)
	}
	return u, err
}

// viewUser returns the user's wire form at the time of the call.
func (c *call) viewUser(tx *store.Tx, u *store.User) (wireUser, error) {
	settings, err := c.settings(tx)
	if err != nil {
		return wireUser{}, err
	}
	return c.viewer(settings).user(u), nil
}

// changeUser does what most writes do: load the user in the path, change them, store them
// with a new updated_at, and return the whole user. change may return errUnchanged to
// leave everything as it is.
func (c *call) changeUser(change func(*store.Tx, *store.User) error) (any, error) {
	var out wireUser
	err := c.write(func(tx *store.Tx) (err error) {
		out, err = c.changeWithin(tx, change)
		return err
	})
	return out, err
}

// changeWithin is changeUser within a transaction.
func (c *call) changeWithin(tx *store.Tx, change func(*store.Tx, *store.User) error) (wireUser, error) {
	u, err := c.user(tx)
	if err != nil {
		return wireUser{}, err
	}
	switch err := change(tx, u); {
	case errors.Is(err, errUnchanged):
	case err != nil:
		return wireUser{}, err
	default:
		u.UpdatedAt = c.nowMS
		if err := tx.PutUser(u); err != nil {
			return wireUser{}, err
		}
	}
	return c.viewUser(tx, u)
}

// errUnchanged means that a change had nothing to do.
var errUnchanged = errors.New("unchanged")

func deleteUser(c *call) (any, error) {
	var out wireDeleted
	err := c.write(func(tx *store.Tx) error {
		u, err := c.user(tx)
		if err != nil {
			return err
		}
		if u.SCIMManaged {
			return fail(409, "user_managed_by_scim", "user managed by directory sync",
				"This user is managed by a directory and cannot be deleted manually.")
		}
		if err := deleteUploadedImage(tx, u); err != nil {
			return err
		}
		out = wireDeleted{Object: "user", ID: u.ID, ExternalID: u.ExternalID, Deleted: true}
		return tx.DeleteUser(u.ID)
	})
	return out, err
}
