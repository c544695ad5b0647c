package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// ListUsers calls GET /users and returns one page in the server's order. A user whose JSON
// is broken is in the list, with Problems. Only a response that is not a list is an error.
func (c *Client) ListUsers(ctx context.Context, q Query) ([]User, error) {
	var users []User
	err := c.do(ctx, call{
		op: "list users", method: http.MethodGet, path: "/users", query: q.Values(),
		decode: func(body []byte, at time.Time) (err error) {
			users, err = decodeUsers(body, at)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	c.totpPending.markAll(users)
	return users, nil
}

// CountUsers calls GET /users/count with the query's filters.
func (c *Client) CountUsers(ctx context.Context, q Query) (int, error) {
	var total int
	err := c.do(ctx, call{
		op: "count users", method: http.MethodGet, path: "/users/count", query: q.Filters(),
		decode: func(body []byte, _ time.Time) error {
			got, err := wire.DecodeObject[countAnswer](body, "a count")
			if err != nil {
				return err
			}
			if got.Total == nil || *got.Total < 0 || *got.Total > wire.MaxTotal {
				return errors.New("it has no count in it")
			}
			total = int(*got.Total)
			return nil
		},
	})
	return total, err
}

// countAnswer is the response of GET /users/count.
type countAnswer struct {
	Total *int64 `json:"total_count"`
}

// GetUser calls GET /users/{id}. The error for a missing user is KindNotFound with the
// code resource_not_found.
func (c *Client) GetUser(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "read the user", http.MethodGet, id, "", nil)
}

// callUser makes a call on a user whose response is the user. body is sent as JSON unless
// it is nil.
func (c *Client) callUser(ctx context.Context, op, method string, id clean.Text, rest string, body any) (*User, error) {
	k, err := newUserCall(op, method, id, rest)
	if err != nil {
		return nil, err
	}
	if body != nil {
		if err := k.setJSON(body); err != nil {
			return nil, err
		}
	}
	return c.doUser(ctx, k, checkUserID(id))
}

// checkUserID returns a check that a response is about the user with that id.
func checkUserID(id clean.Text) func(*User) error {
	return func(u *User) error {
		if u.ID.Empty() || u.ID != id {
			return errWrongUser
		}
		return nil
	}
}

// doUser sends a call whose response is a user that must pass the check.
func (c *Client) doUser(ctx context.Context, k call, check func(*User) error) (*User, error) {
	var user *User
	k.decode = func(body []byte, at time.Time) error {
		u, err := wire.Decode[User](string(body), "a user")
		if err != nil {
			return err
		}
		u.ReadAt = at
		// Another user in the response must never be shown as this one.
		if err := check(&u); err != nil {
			return err
		}
		user = &u
		return nil
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	c.totpPending.mark(user)
	return user, nil
}

// decodeUsers decodes a list of users.
func decodeUsers(body []byte, at time.Time) ([]User, error) {
	list, err := wire.DecodeArray[User](body, "a user")
	for i := range list.Rows {
		list.Rows[i].ReadAt = at
	}
	return list.Rows, err
}
