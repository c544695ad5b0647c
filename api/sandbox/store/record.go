// Package store is the directory on disk: what the embedded Clerk-compatible
// server remembers, in one SQLite file. It knows records, transactions and
// searches; it knows nothing of HTTP, of Clerk's JSON, or of the demo world.
//
// What may live here: the schema and its migrations, the records, the queries
// over them. What may not: request parsing, error bodies, generated data.
package store

import "encoding/json"

// A User is one person of the directory. Times are milliseconds since the
// epoch with 0 for "never"; an empty string is the wire's null.
type User struct {
	ID         string
	ExternalID string
	Username   string
	FirstName  string
	LastName   string
	Locale     string

	PrimaryEmailID  string
	PrimaryPhoneID  string
	PrimaryWalletID string

	Emails     []Email
	Phones     []Phone
	Wallets    []Wallet
	Passkeys   []Passkey
	External   []ExternalAccount
	Enterprise []EnterpriseAccount

	// The three metadata fields hold JSON objects; nil is the empty object.
	Public, Private, Unsafe json.RawMessage

	PasswordDigest        string // "" = no password
	PasswordHasher        string // argon2id, bcrypt, …
	PasswordUpdatedAt     int64
	RequiresPasswordReset bool

	TOTP          *TOTP
	BackupCodes   []string // digests or plain, as given; spent ones are removed
	MFAEnabledAt  int64
	MFADisabledAt int64

	LastSignInAt    int64
	LastActiveAt    int64
	LegalAcceptedAt int64
	CreatedAt       int64
	UpdatedAt       int64

	Banned bool
	Locked bool
	// LockedUntil is when the lock opens by itself; 0 with Locked is "never".
	LockedUntil    int64
	FailedAttempts int

	Deprovisioned bool
	SCIMManaged   bool

	DeleteSelfEnabled         bool
	CreateOrganizationEnabled bool
	CreateOrganizationsLimit  *int
	BypassClientTrust         bool

	// ImageID names the uploaded profile image, "" while the avatar is generated.
	ImageID string
}

// Verification says how an identification was verified (Clerk's reference, 7.8).
type Verification struct {
	Object   string // verification_otp, verification_admin, …
	Status   string // unverified, verified, failed, expired
	Strategy string
	Attempts *int
	ExpireAt int64
	// ID and Code belong to a code that was sent and not yet checked.
	ID, Code string
}

// Link names an identification that another one belongs to.
type Link struct{ Type, ID string }

type Email struct {
	ID, Address  string
	Reserved     bool
	Verification *Verification
	LinkedTo     []Link
	MatchesSSO   bool
	CreatedAt    int64
	UpdatedAt    int64
}

type Phone struct {
	ID, Number              string // Number is E.164
	ReservedForSecondFactor bool
	DefaultSecondFactor     bool
	Reserved                bool
	Verification            *Verification
	LinkedTo                []Link
	CreatedAt               int64
	UpdatedAt               int64
}

type Wallet struct {
	ID, Address  string
	Verification *Verification
	CreatedAt    int64
	UpdatedAt    int64
}

type Passkey struct {
	ID, Name     string
	LastUsedAt   int64
	Verification *Verification
	CreatedAt    int64
}

type ExternalAccount struct {
	ID               string // eac_…
	IdentificationID string // idn_…
	// LegacyID makes the wire show the identification id as id and the eac_ id
	// as external_account_id, as Clerk does for some Google accounts.
	LegacyID       bool
	Provider       string // oauth_google, …
	ProviderUserID string
	Scopes         string
	EmailAddress   string
	FirstName      string
	LastName       string
	Username       string
	Label          string
	ImageURL       string
	Verification   *Verification
	CreatedAt      int64
	UpdatedAt      int64
}

type EnterpriseAccount struct {
	ID, Protocol, Provider string
	Active                 bool
	EmailAddress           string
	FirstName, LastName    string
	ProviderUserID         string
	ConnectionID           string
	ConnectionName         string
	ConnectionDomain       string
	LastAuthenticatedAt    int64
	Verification           *Verification
	CreatedAt, UpdatedAt   int64
}

// TOTP is an authenticator app's shared secret (RFC 6238, base32).
type TOTP struct {
	ID, Secret string
	Verified   bool
	CreatedAt  int64
	UpdatedAt  int64
}

// A Session is one signed-in client of a user.
type Session struct {
	ID, UserID, ClientID string
	Status               string // active, ended, expired, removed, replaced, revoked, abandoned, pending
	LastActiveAt         int64
	ExpireAt             int64
	AbandonAt            int64
	CreatedAt            int64
	UpdatedAt            int64
	OrganizationID       string
	ActorSub             string
	IsMobile             bool
	DeviceType           string
	BrowserName          string
	BrowserVersion       string
	IPAddress            string
	City, Country        string
}

type Organization struct {
	ID, Name, Slug string
	CreatedBy      string
	MaxMembers     int
	Public         json.RawMessage
	CreatedAt      int64
	UpdatedAt      int64
}

type Membership struct {
	ID, UserID, OrganizationID string
	Role                       string // org:admin, org:member
	Permissions                []string
	Public, Private            json.RawMessage
	CreatedAt, UpdatedAt       int64
}

type Invitation struct {
	ID, OrganizationID, EmailAddress, Role, Status, InviterID string
	CreatedAt, UpdatedAt, ExpiresAt                           int64
}

// A Token is an OAuth access token kept for an external account.
type Token struct {
	UserID, Provider, ExternalAccountID string
	AccessToken, RefreshToken           string
	Scopes                              []string
	Label                               string
	ExpiresAt                           int64
}

// An Image is a stored profile image.
type Image struct {
	ID, ContentType string
	Bytes           []byte
	CreatedAt       int64
}

// Settings are the instance's switches.
type Settings struct {
	InstanceID       string
	Environment      string // development, production
	Name             string // "Harbor & Pine"
	BanOff           bool   // ban answers 402
	LockoutOff       bool   // lock answers 403
	LockoutNever     bool   // a lock never opens by itself
	OrganizationsOff bool
	PasskeysOff      bool
	// LockoutMillis is how long a lock lasts; MaxAttempts how many failures lead to it.
	LockoutMillis int64
	MaxAttempts   int
}
