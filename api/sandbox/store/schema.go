package store

import "fmt"

// kinds of identifications. The first five are unique in the directory.
const (
	kindEmail = iota + 1
	kindPhone
	kindUsername
	kindWallet
	kindExternalID
	kindAccount // value: provider, newline, the provider's user id
	kindOther   // no value: only the id counts (passkeys, enterprise accounts, …)
)

// tables have columns for everything that is searched and ordered, folded as in fold.go.
// The whole record is JSON in docs, with the same seq: a page of users is a walk along an
// index and as many reads there, and what looks at all users does not read documents.
// email_address, phone_number and web3wallet have every value of the user, the primary one
// first, separated by newlines: they order by the primary one and are searched whole.
//
// seq grows with (created_at, id) unless a user is backdated, which the note "order"
// records: while it holds, newest first is a walk along rowids, also in the text index.
const tables = `
CREATE TABLE users (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	last_active_at INTEGER,
	last_sign_in_at INTEGER,
	first_name TEXT,
	last_name TEXT,
	username TEXT,
	email_address TEXT,
	phone_number TEXT,
	web3wallet TEXT,
	banned INTEGER NOT NULL
) STRICT;
CREATE TABLE docs (
	seq INTEGER PRIMARY KEY,
	doc TEXT NOT NULL
) STRICT;
CREATE TABLE identifications (
	kind INTEGER NOT NULL,
	value TEXT,
	id TEXT,
	user INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
	id TEXT NOT NULL,
	user_id TEXT NOT NULL,
	client_id TEXT NOT NULL,
	status TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	doc TEXT NOT NULL
) STRICT;
CREATE TABLE organizations (
	id TEXT PRIMARY KEY,
	doc TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE memberships (
	id TEXT NOT NULL,
	user_id TEXT NOT NULL,
	organization_id TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	doc TEXT NOT NULL
) STRICT;
CREATE TABLE invitations (
	id TEXT PRIMARY KEY,
	email_address TEXT NOT NULL,
	status TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	doc TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
	user_id TEXT NOT NULL,
	provider TEXT NOT NULL,
	external_account_id TEXT NOT NULL,
	doc TEXT NOT NULL,
	PRIMARY KEY (user_id, provider, external_account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE images (
	id TEXT PRIMARY KEY,
	content_type TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	bytes BLOB NOT NULL
) STRICT;
CREATE TABLE notes (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

// searchTable is the text index.
const searchTable = `
CREATE VIRTUAL TABLE search USING fts5(
	name, email, phone, username, wallet,
	content='', columnsize=0, tokenize='trigram case_sensitive 1'
);
`

// indexes are separate from the tables because a large new file gets them last. Each order
// walks (column, created_at, seq); created_at alone has the id, because cursors use it.
// Ids are indexed without case to search by their beginning.
const indexes = `
CREATE INDEX users_id ON users(id COLLATE NOCASE);
CREATE INDEX users_created ON users(created_at, id);
CREATE INDEX users_updated ON users(updated_at, created_at);
CREATE INDEX users_active ON users(last_active_at, created_at);
CREATE INDEX users_sign_in ON users(last_sign_in_at, created_at);
CREATE INDEX users_first_name ON users(first_name, created_at);
CREATE INDEX users_last_name ON users(last_name, created_at);
CREATE INDEX users_username ON users(username, created_at);
CREATE INDEX users_email ON users(email_address, created_at);
CREATE INDEX users_phone ON users(phone_number, created_at);
CREATE INDEX users_wallet ON users(web3wallet, created_at);
CREATE INDEX users_banned ON users(created_at, id, banned) WHERE banned;
CREATE UNIQUE INDEX identifications_value ON identifications(kind, value) WHERE kind < 6;
CREATE INDEX identifications_account ON identifications(value) WHERE kind = 6;
CREATE INDEX identifications_id ON identifications(id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX sessions_id ON sessions(id);
CREATE INDEX sessions_user ON sessions(user_id, created_at);
CREATE INDEX sessions_client ON sessions(client_id, created_at);
CREATE UNIQUE INDEX memberships_id ON memberships(id);
CREATE INDEX memberships_user ON memberships(user_id, created_at);
CREATE INDEX memberships_organization ON memberships(organization_id, user_id);
CREATE INDEX invitations_email ON invitations(email_address, created_at);
`

// stamp marks the file as ours.
var stamp = fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, schemaVersion)
