package store

import (
	"encoding/json"
	"strings"
)

// Session returns the session with that id, or ErrNotFound.
func (t *Tx) Session(id string) (*Session, error) {
	all, err := t.sessions("id = ?", []any{id}, 1, 0)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrNotFound
	}
	return all[0], nil
}

// Sessions returns sessions, newest first, and the total; empty userID, clientID or status
// do not filter, a limit of 0 means no limit.
func (t *Tx) Sessions(userID, clientID, status string, limit, offset int) ([]*Session, int, error) {
	where, args := where("user_id", userID, "client_id", clientID, "status", status)
	var total int
	if err := t.c.row(t.ctx, "SELECT count(*) FROM sessions WHERE "+where, args, &total); err != nil {
		return nil, 0, err
	}
	all, err := t.sessions(where, args, limit, offset)
	return all, total, err
}

// where joins the given columns with AND, leaving out empty values.
func where(pairs ...string) (string, []any) {
	parts, args := []string{"true"}, []any{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			parts = append(parts, pairs[i]+" = ?")
			args = append(args, pairs[i+1])
		}
	}
	return strings.Join(parts, " AND "), args
}

// limitOrAll returns SQL's value for no limit if limit is 0.
func limitOrAll(limit int) int {
	if limit <= 0 {
		return -1
	}
	return limit
}

// sessions reads records; status and updated_at are taken from the columns, because
// EndSessions changes only these.
func (t *Tx) sessions(where string, args []any, limit, offset int) ([]*Session, error) {
	var all []*Session
	args = append(append([]any{}, args...), limitOrAll(limit), offset)
	err := t.c.rows(t.ctx, "SELECT status, updated_at, doc FROM sessions WHERE "+where+
		" ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", args, func(scan func(...any) error) error {
		var status string
		var updated int64
		var doc []byte
		if err := scan(&status, &updated, &doc); err != nil {
			return err
		}
		s := &Session{}
		if err := json.Unmarshal(doc, s); err != nil {
			return err
		}
		s.Status, s.UpdatedAt = status, updated
		all = append(all, s)
		return nil
	})
	return all, err
}

// PutSession inserts or replaces s.
func (t *Tx) PutSession(s *Session) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return err
	}
	row := []any{s.ID, s.UserID, s.ClientID, s.Status, s.CreatedAt, s.UpdatedAt, string(doc)}
	if t.bulk != nil {
		return t.bulk.sessions.add(t, row...)
	}
	return t.c.exec(t.ctx, insertSession+placeholders(len(row)), row...)
}

// EndSessions sets the status of all active and pending sessions of the user and returns
// how many there were.
func (t *Tx) EndSessions(userID, status string, now int64) (int, error) {
	return t.c.execCount(t.ctx, `UPDATE sessions SET status = ?, updated_at = ?
		WHERE user_id = ? AND status IN ('active', 'pending')`, status, now, userID)
}
