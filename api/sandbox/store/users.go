package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Tx is one transaction; it must not outlive the function it was given to.
type Tx struct {
	ctx   context.Context // of the statements
	outer context.Context // of the caller
	c     *conn
	few   int
	bulk  bool // no indexes yet: ids and identifications are trusted until the end

	order    orderState
	reorders bool // created_at of somebody changed
}

// orderState says whether seq grows with (created_at, id).
type orderState struct {
	known   bool
	holds   bool
	seq     int64 // the last one given
	newest  int64
	id      string
	changed bool
}

// User is the user with that id, or ErrNotFound.
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
		return nil, fmt.Errorf("a user's record in the directory file is damaged: %w", err)
	}
	return u, nil
}

// PutUser inserts or replaces, keeping columns, identifications and the search
// index in step. An identification of somebody else gives *TakenError, and
// nothing has changed then.
func (t *Tx) PutUser(u *User) error {
	if err := t.outer.Err(); err != nil {
		return err
	}
	if u.ID == "" {
		return errors.New("a user needs an id")
	}
	doc, err := json.Marshal(u)
	if err != nil {
		return fmt.Errorf("user %s cannot be stored: %w", u.ID, err)
	}
	if bytes.Contains(doc, []byte(`\ufffd`)) {
		// Bad UTF-8 becomes U+FFFD in the document. What is indexed must be the
		// same, or it could never be taken out again.
		if u, err = decodeUser(doc); err != nil {
			return err
		}
	}
	w := wordsOf(u)
	columns := []any{
		u.ID, u.CreatedAt, u.UpdatedAt, orNull(u.LastActiveAt), orNull(u.LastSignInAt),
		orNull(foldText(u.FirstName)), orNull(foldText(u.LastName)), orNull(w.username),
		orNull(w.email), orNull(w.phone), orNull(w.wallet), u.Banned,
	}
	if t.bulk {
		return t.insertUser(u, w, columns, string(doc))
	}
	seq, old, err := t.userByID(u.ID)
	if errors.Is(err, ErrNotFound) {
		return t.insertUser(u, w, columns, string(doc))
	}
	if err != nil {
		return err
	}
	return t.replaceUser(seq, old, u, w, columns, string(doc))
}

func (t *Tx) insertUser(u *User, w words, columns []any, doc string) error {
	if err := t.loadOrder(); err != nil {
		return err
	}
	seq := t.order.seq + 1
	if err := t.claimAll(seq, identifications(u)); err != nil {
		return err
	}
	t.appendOrder(u)
	// The number is given here rather than asked for with RETURNING: that makes
	// a savepoint of every insert, at which the text index writes all it holds.
	err := t.c.exec(t.ctx, `INSERT INTO users (id, created_at, updated_at, last_active_at, last_sign_in_at,
		first_name, last_name, username, email_address, phone_number, web3wallet, banned, seq)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, append(columns, seq)...)
	if err != nil {
		return err
	}
	if err := t.c.exec(t.ctx, "INSERT INTO docs (seq, doc) VALUES (?,?)", seq, doc); err != nil {
		return err
	}
	return t.index(seq, w)
}

// claimAll claims all of a new user's or none.
func (t *Tx) claimAll(seq int64, all []identification) error {
	for n, i := range all {
		err := t.claim(seq, i)
		if err == nil {
			continue
		}
		for _, claimed := range all[:n] {
			if undo := t.release(seq, claimed); undo != nil {
				return undo
			}
		}
		return err
	}
	return nil
}

func (t *Tx) replaceUser(seq int64, old, u *User, w words, columns []any, doc string) error {
	if old.CreatedAt != u.CreatedAt {
		t.reorders = true
	}
	if err := t.free(seq, identifications(u)); err != nil {
		return err
	}
	err := t.c.exec(t.ctx, `UPDATE users SET id=?, created_at=?, updated_at=?, last_active_at=?, last_sign_in_at=?,
		first_name=?, last_name=?, username=?, email_address=?, phone_number=?, web3wallet=?, banned=?
		WHERE seq=?`, append(columns, seq)...)
	if err != nil {
		return err
	}
	if err := t.c.exec(t.ctx, "UPDATE docs SET doc = ? WHERE seq = ?", doc, seq); err != nil {
		return err
	}
	if err := t.reclaim(seq, identifications(old), identifications(u)); err != nil {
		return err
	}
	if before := wordsOf(old); before != w {
		if err := t.unindex(seq, before); err != nil {
			return err
		}
		return t.index(seq, w)
	}
	return nil
}

// reclaim gives up what is no longer there before it claims what is new.
func (t *Tx) reclaim(seq int64, before, after []identification) error {
	has := func(all []identification, i identification) bool {
		for _, o := range all {
			if o == i {
				return true
			}
		}
		return false
	}
	for _, i := range before {
		if !has(after, i) {
			if err := t.release(seq, i); err != nil {
				return err
			}
		}
	}
	for _, i := range after {
		if !has(before, i) {
			if err := t.claim(seq, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// free looks for somebody other than seq who owns one of these.
func (t *Tx) free(seq int64, all []identification) error {
	for _, i := range all {
		if i.kind >= kindAccount {
			continue
		}
		var other int64
		err := t.c.row(t.ctx, "SELECT user FROM identifications WHERE "+ofKind(i.kind)+" AND value = ?", []any{i.value}, &other)
		if err == nil && other != seq {
			return &TakenError{Kind: kindNames[i.kind], Value: i.value}
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// ofKind is the predicate that the unique index answers. The kind is written
// out: as a parameter SQLite would plan the statement anew for each value.
func ofKind(kind int) string { return "kind < 6 AND kind = " + strconv.Itoa(kind) }

func (t *Tx) claim(seq int64, i identification) error {
	err := t.c.exec(t.ctx, "INSERT INTO identifications (kind, value, id, user) VALUES (?,?,?,?)",
		i.kind, orNull(i.value), orNull(i.id), seq)
	if code(err) == codeConstraint {
		return &TakenError{Kind: kindNames[i.kind], Value: i.value}
	}
	return err
}

func (t *Tx) release(seq int64, i identification) error {
	if i.id != "" {
		return t.c.exec(t.ctx, "DELETE FROM identifications WHERE id = ? AND kind = ? AND value IS ? AND user = ?",
			i.id, i.kind, orNull(i.value), seq)
	}
	return t.c.exec(t.ctx, "DELETE FROM identifications WHERE "+ofKind(i.kind)+" AND value = ? AND user = ?", i.value, seq)
}

func (t *Tx) index(seq int64, w words) error {
	return t.c.exec(t.ctx, "INSERT INTO search (rowid, name, email, phone, username, wallet) VALUES (?,?,?,?,?,?)",
		seq, w.name, w.email, w.phone, w.username, w.wallet)
}

func (t *Tx) unindex(seq int64, w words) error {
	return t.c.exec(t.ctx, "INSERT INTO search (search, rowid, name, email, phone, username, wallet) VALUES ('delete',?,?,?,?,?,?)",
		seq, w.name, w.email, w.phone, w.username, w.wallet)
}

// DeleteUser removes the user and all that belongs to them.
func (t *Tx) DeleteUser(id string) error {
	seq, u, err := t.userByID(id)
	if err != nil {
		return err
	}
	if err := t.reclaim(seq, identifications(u), nil); err != nil {
		return err
	}
	if err := t.unindex(seq, wordsOf(u)); err != nil {
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
	return first(
		t.c.exec(t.ctx, "DELETE FROM users WHERE seq = ?", seq),
		t.c.exec(t.ctx, "DELETE FROM docs WHERE seq = ?", seq),
	)
}

// UserOfIdentification finds who owns an email, phone, wallet, passkey or external account id.
func (t *Tx) UserOfIdentification(id string) (*User, error) {
	var seq int64
	if err := t.c.row(t.ctx, "SELECT user FROM identifications WHERE id = ?", []any{id}, &seq); err != nil {
		return nil, err
	}
	return t.userBySeq(seq)
}

// orNull stores the zero value as NULL, which orders last and takes no room.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// Clear removes every record; the file's notes stay.
func (t *Tx) Clear() error {
	for _, table := range []string{"users", "docs", "identifications", "sessions", "organizations", "memberships", "invitations", "tokens", "images"} {
		if err := t.c.exec(t.ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	if err := t.c.exec(t.ctx, "INSERT INTO search (search) VALUES ('delete-all')"); err != nil {
		return err
	}
	t.order, t.reorders = orderState{known: true, holds: true, changed: true}, false
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
