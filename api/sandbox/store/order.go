package store

import "errors"

// The note that seq does not grow with (created_at, id) in this file, because a user was
// backdated.
const (
	orderNote   = "order"
	orderBroken = "broken"
)

// maxRechecked is how many users are checked to find out whether the order holds again
// after created_at changed; with more it counts as broken.
const maxRechecked = 20000

// isOrdered reports whether newest first is seq descending.
func (t *Tx) isOrdered() (bool, error) {
	if err := t.loadOrder(); err != nil {
		return false, err
	}
	return t.order.holds, nil
}

func (t *Tx) loadOrder() error {
	if t.order.known {
		return nil
	}
	note, err := t.Note(orderNote)
	if err != nil {
		return err
	}
	o := orderState{known: true, holds: note == ""}
	err = t.c.row(t.ctx, "SELECT seq, created_at, id FROM users ORDER BY seq DESC LIMIT 1", nil, &o.seq, &o.newest, &o.id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	t.order = o
	return nil
}

// appendOrder records a new user, who gets the next seq.
func (t *Tx) appendOrder(id string, createdAt int64) {
	o := &t.order
	o.seq++
	if o.id != "" && (createdAt < o.newest || createdAt == o.newest && id < o.id) {
		o.changed = o.changed || o.holds
		o.holds = false
		return
	}
	o.newest, o.id = createdAt, id
}

// flush writes what was collected, and what the transaction found out about the order.
func (t *Tx) flush() error {
	if err := t.bulk.flush(t); err != nil {
		return err
	}
	if t.changesOrder {
		if err := t.recheckOrder(); err != nil {
			return err
		}
	}
	if !t.order.changed {
		return nil
	}
	if t.order.holds {
		return t.SetNote(orderNote, "")
	}
	return t.SetNote(orderNote, orderBroken)
}

func (t *Tx) recheckOrder() error {
	if err := t.loadOrder(); err != nil {
		return err
	}
	var inversions, users int
	err := t.c.row(t.ctx, "SELECT count(*) FROM (SELECT 1 FROM users LIMIT ?)", []any{maxRechecked + 1}, &users)
	if err != nil {
		return err
	}
	holds := false
	if users <= maxRechecked {
		err = t.c.row(t.ctx, `SELECT count(*) FROM (SELECT created_at AS c, id AS i,
			lag(created_at) OVER w AS pc, lag(id) OVER w AS pi FROM users WINDOW w AS (ORDER BY seq))
			WHERE (pc, pi) > (c, i)`, nil, &inversions)
		holds = inversions == 0
	}
	t.order.changed = t.order.changed || holds != t.order.holds
	t.order.holds = holds
	return err
}
