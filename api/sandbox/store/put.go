package store

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A PreparedUser is a user ready to be written: the result of the work that needs no
// transaction, so that another goroutine can do it ahead.
type PreparedUser struct {
	id              string
	createdAt       int64
	identifications []identification
	words           searchWords
	columns         []any // of users, in the order of columnNames
	doc             string
}

// PrepareUser prepares u, which must not change until it is put.
func PrepareUser(u *User) (*PreparedUser, error) {
	if u.ID == "" {
		return nil, errors.New("a user needs an id")
	}
	var b strings.Builder // about a kilobyte, which json.Marshal would copy to make a string
	if err := json.NewEncoder(&b).Encode(u); err != nil {
		return nil, fmt.Errorf("user %s cannot be stored: %w", u.ID, err)
	}
	doc := strings.TrimSuffix(b.String(), "\n")
	if strings.Contains(doc, `\ufffd`) {
		// Bad UTF-8 becomes U+FFFD in the document. The same must be indexed, or it could never be
		// deleted from the index.
		var err error
		if u, err = decodeUser([]byte(doc)); err != nil {
			return nil, err
		}
	}
	w := searchWordsOf(u)
	return &PreparedUser{
		id: u.ID, createdAt: u.CreatedAt, identifications: identifications(u), words: w, doc: doc,
		columns: columnsOf(u, w),
	}, nil
}

// columnNames are the columns of users except seq.
var columnNames = []string{
	"id", "created_at", "updated_at", "last_active_at", "last_sign_in_at",
	"first_name", "last_name", "username", "email_address", "phone_number", "web3wallet", "banned",
}

// The inserts, without their rows.
const (
	insertColumns = `INSERT INTO users (id, created_at, updated_at, last_active_at, last_sign_in_at,
		first_name, last_name, username, email_address, phone_number, web3wallet, banned, seq) VALUES `
	insertDoc            = "INSERT INTO docs (seq, doc) VALUES "
	insertIdentification = "INSERT INTO identifications (kind, value, id, user) VALUES "
	insertSession        = "INSERT OR REPLACE INTO sessions (id, user_id, client_id, status, created_at, updated_at, doc) VALUES "
	insertMembership     = "INSERT OR REPLACE INTO memberships (id, user_id, organization_id, created_at, doc) VALUES "
	insertWords          = "INSERT INTO search (rowid, name, email, phone, username, wallet) VALUES "
)

// columnsOf returns the values of columnNames.
func columnsOf(u *User, w searchWords) []any {
	return []any{
		u.ID, u.CreatedAt, u.UpdatedAt, orNull(u.LastActiveAt), orNull(u.LastSignInAt),
		orNull(w.first), orNull(w.last), orNull(w.username),
		orNull(w.email), orNull(w.phone), orNull(w.wallet), u.Banned,
	}
}

// PutUser inserts or replaces u together with its columns, identifications and search
// index. An identification of another user is a *TakenError, and nothing has changed then.
func (t *Tx) PutUser(u *User) error {
	p, err := PrepareUser(u)
	if err != nil {
		return err
	}
	return t.PutPrepared(p)
}

// PutPrepared is PutUser for what [PrepareUser] has prepared.
func (t *Tx) PutPrepared(p *PreparedUser) error {
	if err := t.outer.Err(); err != nil {
		return err
	}
	if t.bulk != nil {
		return t.insertUser(p)
	}
	seq, old, err := t.userByID(p.id)
	if errors.Is(err, ErrNotFound) {
		return t.insertUser(p)
	}
	if err != nil {
		return err
	}
	return t.replaceUser(seq, old, p)
}

func (t *Tx) insertUser(p *PreparedUser) error {
	if err := t.loadOrder(); err != nil {
		return err
	}
	seq := t.order.seq + 1
	if t.bulk != nil {
		t.appendOrder(p.id, p.createdAt)
		return t.bulkInsertUser(seq, p)
	}
	if err := t.claimAll(seq, p.identifications); err != nil {
		return err
	}
	t.appendOrder(p.id, p.createdAt)
	// seq is given rather than read with RETURNING, which makes a savepoint of every insert,
	// at which the text index writes everything it holds.
	err := t.c.exec(t.ctx, insertColumns+placeholders(len(columnNames)+1), append(p.columns, seq)...)
	if err != nil {
		return err
	}
	if err := t.c.exec(t.ctx, insertDoc+placeholders(2), seq, p.doc); err != nil {
		return err
	}
	return t.index(seq, p.words)
}

// bulkInsertUser is insertUser in a file that is being built: all users are new, and there
// is no index to check.
func (t *Tx) bulkInsertUser(seq int64, p *PreparedUser) error {
	for _, i := range p.identifications {
		if err := t.bulk.identifications.add(t, int64(i.kind), orNull(i.value), orNull(i.id), seq); err != nil {
			return err
		}
	}
	return cmp.Or(
		t.bulk.users.add(t, append(p.columns, seq)...),
		t.bulk.docs.add(t, seq, p.doc),
		t.bulk.text.add(p.words),
	)
}

// claimAll claims all identifications of a new user or none.
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

func (t *Tx) replaceUser(seq int64, old *User, p *PreparedUser) error {
	if old.CreatedAt != p.createdAt {
		t.changesOrder = true
	}
	had, before := identifications(old), searchWordsOf(old)
	if err := t.checkUnclaimed(seq, without(p.identifications, had)); err != nil {
		return err
	}
	if err := t.updateColumns(seq, columnsOf(old, before), p.columns); err != nil {
		return err
	}
	if err := t.c.exec(t.ctx, "UPDATE docs SET doc = ? WHERE seq = ?", p.doc, seq); err != nil {
		return err
	}
	if err := t.reclaim(seq, had, p.identifications); err != nil {
		return err
	}
	if before != p.words {
		if err := t.unindex(seq, before); err != nil {
			return err
		}
		return t.index(seq, p.words)
	}
	return nil
}

// updateColumns writes what has changed, and so touches only those indexes.
func (t *Tx) updateColumns(seq int64, before, after []any) error {
	set, args := []string{}, []any{}
	for i, name := range columnNames {
		if before[i] != after[i] {
			set, args = append(set, name+" = ?"), append(args, after[i])
		}
	}
	if len(set) == 0 {
		return nil
	}
	return t.c.exec(t.ctx, "UPDATE users SET "+strings.Join(set, ", ")+" WHERE seq = ?", append(args, seq)...)
}

// without returns the elements of all that are not in these.
func without(all, these []identification) []identification {
	return slices.DeleteFunc(slices.Clone(all), func(i identification) bool { return slices.Contains(these, i) })
}

// reclaim releases old identifications before it claims new ones.
func (t *Tx) reclaim(seq int64, before, after []identification) error {
	for _, i := range without(before, after) {
		if err := t.release(seq, i); err != nil {
			return err
		}
	}
	for _, i := range without(after, before) {
		if err := t.claim(seq, i); err != nil {
			return err
		}
	}
	return nil
}

// checkUnclaimed finds another user who owns one of these.
func (t *Tx) checkUnclaimed(seq int64, all []identification) error {
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

// ofKind returns the predicate for the unique index. The kind is written out, because with
// a parameter SQLite would plan the statement again for each value.
func ofKind(kind int) string { return "kind < 6 AND kind = " + strconv.Itoa(kind) }

func (t *Tx) claim(seq int64, i identification) error {
	err := t.c.exec(t.ctx, insertIdentification+placeholders(4),
		i.kind, orNull(i.value), orNull(i.id), seq)
	if sqliteCode(err) == codeConstraint {
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

func (t *Tx) index(seq int64, w searchWords) error {
	return t.c.exec(t.ctx, insertWords+placeholders(6), seq, w.name, w.email, w.phone, w.username, w.wallet)
}

func (t *Tx) unindex(seq int64, w searchWords) error {
	return t.c.exec(t.ctx, "INSERT INTO search (search, rowid, name, email, phone, username, wallet) VALUES ('delete',?,?,?,?,?,?)",
		seq, w.name, w.email, w.phone, w.username, w.wallet)
}
