package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// upgrade updates a file of an earlier version in one transaction, before the first
// search: words that were folded differently would not be found.
func (c *conn) upgrade(ctx context.Context) error {
	if err := c.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("bringing it up to date from an older frontdesk: %w", err)
	}
	err := c.upgradeHere(ctx)
	if err == nil {
		err = c.exec(context.WithoutCancel(ctx), "COMMIT")
	}
	if err != nil {
		_ = c.exec(context.WithoutCancel(ctx), "ROLLBACK")
		return fmt.Errorf("bringing it up to date from an older frontdesk: %w", err)
	}
	return nil
}

func (c *conn) upgradeHere(ctx context.Context) error {
	var version int
	if err := c.row(ctx, "PRAGMA user_version", nil, &version); err != nil {
		return err
	}
	if version >= schemaVersion { // another program did it meanwhile
		return nil
	}
	t := &Tx{ctx: context.WithoutCancel(ctx), c: c, outer: ctx}
	if err := t.refoldAll(); err != nil {
		return err
	}
	return c.execAll(t.ctx, fmt.Sprintf("PRAGMA user_version=%d", schemaVersion))
}

// refoldedGlob matches the characters that version 2 folds differently from version 1.
const refoldedGlob = "*[\u0591-\u06ff\u200c\u200d]*"

// refoldAll updates columns and text index where folding has changed since version 1. The
// words to delete from the index are those in the columns.
func (t *Tx) refoldAll() error {
	var all []int64
	err := t.c.rows(t.ctx, "SELECT seq FROM users WHERE first_name GLOB ?1 OR last_name GLOB ?1 OR username GLOB ?1 OR email_address GLOB ?1 OR web3wallet GLOB ?1",
		[]any{refoldedGlob}, func(scan func(...any) error) error {
			var seq int64
			err := scan(&seq)
			all = append(all, seq)
			return err
		})
	if err != nil {
		return err
	}
	for _, seq := range all {
		if err := t.outer.Err(); err != nil {
			return err
		}
		u, err := t.userBySeq(seq)
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotFound) {
			continue // the words are unknown
		}
		if err != nil {
			return err
		}
		if err := t.refoldUser(seq, u); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) refoldUser(seq int64, u *User) error {
	var w searchWords
	err := t.c.row(t.ctx, `SELECT coalesce(first_name,''), coalesce(last_name,''), coalesce(username,''),
		coalesce(email_address,''), coalesce(phone_number,''), coalesce(web3wallet,'') FROM users WHERE seq = ?`,
		[]any{seq}, &w.first, &w.last, &w.username, &w.email, &w.phone, &w.wallet)
	if err != nil {
		return err
	}
	w.name = nameOf(w.first, w.last)
	is := searchWordsOf(u)
	if w == is {
		return nil
	}
	return cmp.Or(
		t.updateColumns(seq, columnsOf(u, w), columnsOf(u, is)),
		t.unindex(seq, w),
		t.index(seq, is),
	)
}
