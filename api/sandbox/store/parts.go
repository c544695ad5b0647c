package store

import (
	"encoding/json"
	"errors"
)

// Tokens returns the user's OAuth tokens of the provider; an empty provider means all.
func (t *Tx) Tokens(userID, provider string) ([]*Token, error) {
	w, args := where("user_id", userID, "provider", provider)
	return getDocs[Token](t, "SELECT doc FROM tokens WHERE "+w+" ORDER BY provider, external_account_id", args...)
}

// PutToken inserts or replaces the token of that external account.
func (t *Tx) PutToken(k *Token) error {
	doc, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO tokens (user_id, provider, external_account_id, doc) VALUES (?,?,?,?)",
		k.UserID, k.Provider, k.ExternalAccountID, string(doc))
}

// DeleteToken deletes the token of that external account, or returns ErrNotFound.
func (t *Tx) DeleteToken(userID, provider, externalAccountID string) error {
	return t.requireDeleted(t.c.execCount(t.ctx, "DELETE FROM tokens WHERE user_id = ? AND provider = ? AND external_account_id = ?",
		userID, provider, externalAccountID))
}

// Image returns the stored image with that id, or ErrNotFound.
func (t *Tx) Image(id string) (*Image, error) {
	i := &Image{ID: id}
	err := t.c.row(t.ctx, "SELECT content_type, created_at, bytes FROM images WHERE id = ?", []any{id}, &i.ContentType, &i.CreatedAt, &i.Bytes)
	if err != nil {
		return nil, err
	}
	return i, nil
}

// PutImage inserts or replaces i.
func (t *Tx) PutImage(i *Image) error {
	bytes := i.Bytes
	if bytes == nil {
		bytes = []byte{}
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO images (id, content_type, created_at, bytes) VALUES (?,?,?,?)",
		i.ID, i.ContentType, i.CreatedAt, bytes)
}

// DeleteImage deletes the image, or returns ErrNotFound.
func (t *Tx) DeleteImage(id string) error {
	return t.requireDeleted(t.c.execCount(t.ctx, "DELETE FROM images WHERE id = ?", id))
}

// settingsNote holds the settings as JSON.
const settingsNote = "settings"

// Settings returns the instance's settings, all zero in a new file.
func (t *Tx) Settings() (Settings, error) {
	var s Settings
	v, err := t.Note(settingsNote)
	if err != nil || v == "" {
		return s, err
	}
	return s, json.Unmarshal([]byte(v), &s)
}

// PutSettings replaces the settings.
func (t *Tx) PutSettings(s Settings) error {
	v, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return t.SetNote(settingsNote, string(v))
}

// Note returns one of the file's notes ("secret_key", "world_seed", …), "" if it is not
// set.
func (t *Tx) Note(key string) (value string, err error) {
	err = t.c.row(t.ctx, "SELECT value FROM notes WHERE key = ?", []any{key}, &value)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return value, err
}

// NotesWithPrefix returns the values of all notes whose keys begin with prefix, ordered by
// key.
func (t *Tx) NotesWithPrefix(prefix string) ([]string, error) {
	var all []string
	err := t.c.rows(t.ctx, "SELECT value FROM notes WHERE key >= ? AND key < ? ORDER BY key", []any{prefix, prefixEnd(prefix)}, func(scan func(...any) error) error {
		var value string
		if err := scan(&value); err != nil {
			return err
		}
		all = append(all, value)
		return nil
	})
	return all, err
}

// SetNote sets a note; "" removes it.
func (t *Tx) SetNote(key, value string) error {
	if value == "" {
		return t.c.exec(t.ctx, "DELETE FROM notes WHERE key = ?", key)
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO notes (key, value) VALUES (?,?)", key, value)
}

// requireDeleted returns ErrNotFound if no row was deleted.
func (t *Tx) requireDeleted(n int, err error) error {
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// getDoc reads a record stored as JSON, or returns ErrNotFound.
func getDoc[T any](t *Tx, query string, args ...any) (*T, error) {
	all, err := getDocs[T](t, query, args...)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrNotFound
	}
	return all[0], nil
}

// getDocs reads records stored as JSON.
func getDocs[T any](t *Tx, query string, args ...any) ([]*T, error) {
	var all []*T
	err := t.c.rows(t.ctx, query, args, func(scan func(...any) error) error {
		var doc []byte
		if err := scan(&doc); err != nil {
			return err
		}
		v := new(T)
		all = append(all, v)
		return json.Unmarshal(doc, v)
	})
	return all, err
}

// jsonArray encodes values for SQLite's json_each.
func jsonArray[T any](values []T) string {
	if len(values) == 0 {
		return "[]"
	}
	b, err := json.Marshal(values)
	if err != nil {
		return "[]" // strings and integers always marshal
	}
	return string(b)
}
