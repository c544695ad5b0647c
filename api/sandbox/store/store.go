package store

import (
	"context"
	"errors"
	"fmt"
)

var (
	// ErrNotFound is a record that is not there.
	ErrNotFound = errors.New("not found")
	// ErrNotOurs is a file that is not a frontdesk directory.
	ErrNotOurs = errors.New("not a frontdesk directory file")
	// ErrNewerSchema is a directory written by a later frontdesk.
	ErrNewerSchema = errors.New("directory was written by a newer frontdesk")
)

// TakenError says that an identification belongs to somebody else.
type TakenError struct{ Kind, Value string } // Kind: email_address, phone_number, username, web3_wallet, external_id

func (e *TakenError) Error() string { return fmt.Sprintf("%s %q is taken", e.Kind, e.Value) }

// Store is an open directory file. It is safe for concurrent use, and by two
// processes at once (WAL, busy timeout).
type Store struct{}

// Open opens path, creating the file and its schema where there is none.
// A file that is not ours gives ErrNotOurs, a newer schema ErrNewerSchema;
// nothing is changed in either case.
func Open(ctx context.Context, path string) (*Store, error) { panic("unwritten") }

func (s *Store) Close() error { panic("unwritten") }

// Read runs f on one consistent snapshot.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error { panic("unwritten") }

// Write runs f in one transaction (BEGIN IMMEDIATE); an error rolls it back.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error { panic("unwritten") }

// Tx is one transaction; it must not outlive the function it was given to.
type Tx struct{}

func (t *Tx) User(id string) (*User, error)   { panic("unwritten") }
func (t *Tx) Users(q Query) ([]*User, error)  { panic("unwritten") }
func (t *Tx) CountUsers(q Query) (int, error) { panic("unwritten") }

// PutUser inserts or replaces, keeping columns, identifications and the search
// index in step. An identification of somebody else gives *TakenError.
func (t *Tx) PutUser(u *User) error { panic("unwritten") }

// DeleteUser removes the user and all that belongs to them.
func (t *Tx) DeleteUser(id string) error { panic("unwritten") }

// UserOfIdentification finds who owns an email, phone, wallet, passkey or external account id.
func (t *Tx) UserOfIdentification(id string) (*User, error) { panic("unwritten") }

func (t *Tx) Session(id string) (*Session, error) { panic("unwritten") }

// Sessions are newest first; empty userID, clientID or status do not filter.
func (t *Tx) Sessions(userID, clientID, status string, limit, offset int) ([]*Session, int, error) {
	panic("unwritten")
}
func (t *Tx) PutSession(s *Session) error { panic("unwritten") }

// EndSessions gives every active or pending session of the user that status and says how many there were.
func (t *Tx) EndSessions(userID, status string, now int64) (int, error) { panic("unwritten") }

func (t *Tx) PutOrganization(o *Organization) error         { panic("unwritten") }
func (t *Tx) Organization(id string) (*Organization, error) { panic("unwritten") }
func (t *Tx) PutMembership(m *Membership) error             { panic("unwritten") }

// Memberships are newest first, with the total.
func (t *Tx) Memberships(userID string, limit, offset int) ([]*Membership, int, error) {
	panic("unwritten")
}
func (t *Tx) CountMembers(organizationID string) (int, error) { panic("unwritten") }
func (t *Tx) PutInvitation(i *Invitation) error               { panic("unwritten") }

// Invitations are those sent to any of the user's e-mail addresses.
func (t *Tx) Invitations(userID, status string, limit, offset int) ([]*Invitation, int, error) {
	panic("unwritten")
}

func (t *Tx) Tokens(userID, provider string) ([]*Token, error) { panic("unwritten") }
func (t *Tx) PutToken(k *Token) error                          { panic("unwritten") }

func (t *Tx) Image(id string) (*Image, error) { panic("unwritten") }
func (t *Tx) PutImage(i *Image) error         { panic("unwritten") }
func (t *Tx) DeleteImage(id string) error     { panic("unwritten") }

func (t *Tx) Settings() (Settings, error)  { panic("unwritten") }
func (t *Tx) PutSettings(s Settings) error { panic("unwritten") }

// Meta reads one of the file's own notes ("created_at", "secret_key", "seed", …), "" where it is not set.
func (t *Tx) Meta(key string) (string, error) { panic("unwritten") }
func (t *Tx) SetMeta(key, value string) error { panic("unwritten") }
