package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Tx is one transaction. It must not be used after the function that received it.
type Tx struct {
	ctx           context.Context // of the statements
	outer         context.Context // of the caller
	c             *conn
	maxCandidates int
	snapshot      snapshot // of a reader
	bulk          *batches // while the file is being built: ids and identifications are checked at the end

	order        orderState
	changesOrder bool // the created_at of a user has changed
}

// orderState says whether seq grows with (created_at, id).
type orderState struct {
	known   bool
	holds   bool
	seq     int64 // the last one used
	newest  int64
	id      string
	changed bool
}

// User returns the user with that id, or ErrNotFound.
func (t *Tx) User(id string) (*User, error) {
	_, u, err := t.userByID(id)
	return u, err
}

func (t *Tx) userByID(id string) (seq int64, u *User, err error) {
	var doc []byte
	err = t.c.row(t.ctx, "SELECT u.seq, d.doc FROM users u CROSS JOIN docs d USING (seq) WHERE u.id = ?1 COLLATE NOCASE AND u.id = ?1", []any{id}, &seq, &doc)
	if err != nil {
		return 0, nil, err
	}
	u, err = decodeUser(doc)
	return seq, u, err
}

func (t *Tx) userBySeq(seq int64) (*User, error) {
	var doc []byte
	if err := t.c.row(t.ctx, "SELECT doc FROM docs WHERE seq = ?", []any{seq}, &doc); err != nil {
		return nil, err
	}
	return decodeUser(doc)
}

func decodeUser(doc []byte) (*User, error) {
	u := &User{}
	if err := json.Unmarshal(doc, u); err != nil {
		return nil, fmt.Errorf("%w: a user's record: %w", ErrDamaged, err)
	}
	return u, nil
}

// DeleteUser deletes the user and everything that belongs to them.
func (t *Tx) DeleteUser(id string) error {
	seq, u, err := t.userByID(id)
	if err != nil {
		return err
	}
	if err := t.reclaim(seq, identifications(u), nil); err != nil {
		return err
	}
	if err := t.unindex(seq, searchWordsOf(u)); err != nil {
		return err
	}
	for _, table := range []string{"sessions", "memberships", "tokens"} {
		if err := t.c.exec(t.ctx, "DELETE FROM "+table+" WHERE user_id = ?", id); err != nil {
			return err
		}
	}
	if u.ImageID != "" {
		if err := t.DeleteImage(u.ImageID); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return cmp.Or(
		t.c.exec(t.ctx, "DELETE FROM users WHERE seq = ?", seq),
		t.c.exec(t.ctx, "DELETE FROM docs WHERE seq = ?", seq),
	)
}

// UserOfIdentification returns the owner of an e-mail address, phone, wallet, passkey or
// external account by its id.
func (t *Tx) UserOfIdentification(id string) (*User, error) {
	var seq int64
	if err := t.c.row(t.ctx, "SELECT user FROM identifications WHERE id = ?", []any{id}, &seq); err != nil {
		return nil, err
	}
	return t.userBySeq(seq)
}

// orNull stores the zero value as NULL, which orders last and takes no space.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// Clear deletes all records. The file's notes are kept.
func (t *Tx) Clear() error {
	for _, table := range []string{"users", "docs", "identifications", "sessions", "organizations", "memberships", "invitations", "tokens", "images"} {
		if err := t.c.exec(t.ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	if err := t.c.exec(t.ctx, "INSERT INTO search (search) VALUES ('delete-all')"); err != nil {
		return err
	}
	t.order, t.changesOrder = orderState{known: true, holds: true, changed: true}, false
	return nil
}
