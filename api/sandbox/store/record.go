// Package store keeps a directory in one SQLite file: records, transactions and searches.
// It is independent of HTTP, of Clerk's JSON and of the demo.
package store

import "encoding/json"

// A User is one user with their identifications and factors. Times are milliseconds since
// the epoch, 0 for "never"; an empty string is the wire's null.
type User struct {
	ID         string `json:"id,omitempty"`
	ExternalID string `json:"external_id,omitempty"`
	Username   string `json:"username,omitempty"`
	FirstName  string `json:"first_name,omitempty"`
	LastName   string `json:"last_name,omitempty"`
	Locale     string `json:"locale,omitempty"`
	Timezone   string `json:"timezone,omitempty"` // an IANA name

	PrimaryEmailID  string `json:"primary_email_id,omitempty"`
	PrimaryPhoneID  string `json:"primary_phone_id,omitempty"`
	PrimaryWalletID string `json:"primary_wallet_id,omitempty"`

	Emails     []Email             `json:"emails,omitempty"`
	Phones     []Phone             `json:"phones,omitempty"`
	Wallets    []Wallet            `json:"wallets,omitempty"`
	Passkeys   []Passkey           `json:"passkeys,omitempty"`
	External   []ExternalAccount   `json:"external,omitempty"`
	Enterprise []EnterpriseAccount `json:"enterprise,omitempty"`

	// The three metadata fields hold JSON objects; nil is the empty object.
	Public  json.RawMessage `json:"public,omitempty"`
	Private json.RawMessage `json:"private,omitempty"`
	Unsafe  json.RawMessage `json:"unsafe,omitempty"`

	PasswordDigest        string `json:"password_digest,omitempty"` // "" = no password
	PasswordHasher        string `json:"password_hasher,omitempty"` // argon2id, bcrypt, …
	PasswordUpdatedAt     int64  `json:"password_updated_at,omitempty"`
	RequiresPasswordReset bool   `json:"requires_password_reset,omitempty"`

	TOTP          *TOTP    `json:"totp,omitempty"`
	BackupCodes   []string `json:"backup_codes,omitempty"` // digests or clear text, as given; used ones are removed
	MFAEnabledAt  int64    `json:"mfa_enabled_at,omitempty"`
	MFADisabledAt int64    `json:"mfa_disabled_at,omitempty"`

	LastSignInAt    int64 `json:"last_sign_in_at,omitempty"`
	LastActiveAt    int64 `json:"last_active_at,omitempty"`
	LegalAcceptedAt int64 `json:"legal_accepted_at,omitempty"`
	CreatedAt       int64 `json:"created_at,omitempty"`
	UpdatedAt       int64 `json:"updated_at,omitempty"`

	Banned bool `json:"banned,omitempty"`
	Locked bool `json:"locked,omitempty"`
	// LockedUntil is when the lock ends; 0 with Locked means that it does not expire.
	LockedUntil    int64 `json:"locked_until,omitempty"`
	FailedAttempts int   `json:"failed_attempts,omitempty"`

	Deprovisioned bool `json:"deprovisioned,omitempty"`
	SCIMManaged   bool `json:"scim_managed,omitempty"`

	DeleteSelfEnabled         bool `json:"delete_self_enabled,omitempty"`
	CreateOrganizationEnabled bool `json:"create_organization_enabled,omitempty"`
	CreateOrganizationsLimit  *int `json:"create_organizations_limit,omitempty"`
	BypassClientTrust         bool `json:"bypass_client_trust,omitempty"`

	// ImageID names the uploaded profile image, "" if there is none.
	ImageID string `json:"image_id,omitempty"`
}

// Verification is the verification of an identification.
type Verification struct {
	Object   string `json:"object,omitempty"` // verification_otp, verification_admin, …
	Status   string `json:"status,omitempty"` // unverified, verified, failed, expired
	Strategy string `json:"strategy,omitempty"`
	Attempts *int   `json:"attempts,omitempty"`
	ExpireAt int64  `json:"expire_at,omitempty"`
	// ID and Code belong to a code that was sent and not yet checked.
	ID   string `json:"id,omitempty"`
	Code string `json:"code,omitempty"`
}

// Link names the identification that another one belongs to.
type Link struct {
	Type string `json:"type,omitempty"`
	ID   string `json:"id,omitempty"`
}

type Email struct {
	ID           string        `json:"id,omitempty"`
	Address      string        `json:"address,omitempty"`
	Reserved     bool          `json:"reserved,omitempty"`
	Verification *Verification `json:"verification,omitempty"`
	LinkedTo     []Link        `json:"linked_to,omitempty"`
	MatchesSSO   bool          `json:"matches_sso,omitempty"`
	CreatedAt    int64         `json:"created_at,omitempty"`
	UpdatedAt    int64         `json:"updated_at,omitempty"`
}

type Phone struct {
	// Number is E.164
	ID                      string        `json:"id,omitempty"`
	Number                  string        `json:"number,omitempty"`
	ReservedForSecondFactor bool          `json:"reserved_for_second_factor,omitempty"`
	DefaultSecondFactor     bool          `json:"default_second_factor,omitempty"`
	Reserved                bool          `json:"reserved,omitempty"`
	Verification            *Verification `json:"verification,omitempty"`
	LinkedTo                []Link        `json:"linked_to,omitempty"`
	CreatedAt               int64         `json:"created_at,omitempty"`
	UpdatedAt               int64         `json:"updated_at,omitempty"`
}

type Wallet struct {
	ID           string        `json:"id,omitempty"`
	Address      string        `json:"address,omitempty"`
	Verification *Verification `json:"verification,omitempty"`
	CreatedAt    int64         `json:"created_at,omitempty"`
	UpdatedAt    int64         `json:"updated_at,omitempty"`
}

type Passkey struct {
	ID           string        `json:"id,omitempty"`
	Name         string        `json:"name,omitempty"`
	LastUsedAt   int64         `json:"last_used_at,omitempty"`
	Verification *Verification `json:"verification,omitempty"`
	CreatedAt    int64         `json:"created_at,omitempty"`
}

type ExternalAccount struct {
	ID               string `json:"id,omitempty"`                // eac_…
	IdentificationID string `json:"identification_id,omitempty"` // idn_…
	// LegacyID makes the wire show the identification id as id and the eac_ id as
	// external_account_id, as Clerk does for some Google accounts.
	LegacyID       bool          `json:"legacy_id,omitempty"`
	Provider       string        `json:"provider,omitempty"` // oauth_google, …
	ProviderUserID string        `json:"provider_user_id,omitempty"`
	Scopes         string        `json:"scopes,omitempty"`
	EmailAddress   string        `json:"email_address,omitempty"`
	FirstName      string        `json:"first_name,omitempty"`
	LastName       string        `json:"last_name,omitempty"`
	Username       string        `json:"username,omitempty"`
	Label          string        `json:"label,omitempty"`
	ImageURL       string        `json:"image_url,omitempty"`
	Verification   *Verification `json:"verification,omitempty"`
	CreatedAt      int64         `json:"created_at,omitempty"`
	UpdatedAt      int64         `json:"updated_at,omitempty"`
}

type EnterpriseAccount struct {
	ID                  string        `json:"id,omitempty"`
	Protocol            string        `json:"protocol,omitempty"`
	Provider            string        `json:"provider,omitempty"`
	Active              bool          `json:"active,omitempty"`
	EmailAddress        string        `json:"email_address,omitempty"`
	FirstName           string        `json:"first_name,omitempty"`
	LastName            string        `json:"last_name,omitempty"`
	ProviderUserID      string        `json:"provider_user_id,omitempty"`
	ConnectionID        string        `json:"connection_id,omitempty"`
	ConnectionName      string        `json:"connection_name,omitempty"`
	ConnectionDomain    string        `json:"connection_domain,omitempty"`
	LastAuthenticatedAt int64         `json:"last_authenticated_at,omitempty"`
	Verification        *Verification `json:"verification,omitempty"`
	CreatedAt           int64         `json:"created_at,omitempty"`
	UpdatedAt           int64         `json:"updated_at,omitempty"`
}

// TOTP is an authenticator app's shared secret (RFC 6238, base32).
type TOTP struct {
	ID        string `json:"id,omitempty"`
	Secret    string `json:"secret,omitempty"`
	Verified  bool   `json:"verified,omitempty"`
	CreatedAt int64  `json:"created_at,omitempty"`
	UpdatedAt int64  `json:"updated_at,omitempty"`
}

// A Session is one signed-in client of a user.
type Session struct {
	ID             string `json:"id,omitempty"`
	UserID         string `json:"user_id,omitempty"`
	ClientID       string `json:"client_id,omitempty"`
	Status         string `json:"status,omitempty"` // active, ended, expired, removed, replaced, revoked, abandoned, pending
	LastActiveAt   int64  `json:"last_active_at,omitempty"`
	ExpireAt       int64  `json:"expire_at,omitempty"`
	AbandonAt      int64  `json:"abandon_at,omitempty"`
	CreatedAt      int64  `json:"created_at,omitempty"`
	UpdatedAt      int64  `json:"updated_at,omitempty"`
	OrganizationID string `json:"organization_id,omitempty"`
	ActorSub       string `json:"actor_sub,omitempty"`
	IsMobile       bool   `json:"is_mobile,omitempty"`
	DeviceType     string `json:"device_type,omitempty"`
	BrowserName    string `json:"browser_name,omitempty"`
	BrowserVersion string `json:"browser_version,omitempty"`
	IPAddress      string `json:"ip_address,omitempty"`
	City           string `json:"city,omitempty"`
	Country        string `json:"country,omitempty"`
}

type Organization struct {
	ID         string          `json:"id,omitempty"`
	Name       string          `json:"name,omitempty"`
	Slug       string          `json:"slug,omitempty"`
	CreatedBy  string          `json:"created_by,omitempty"`
	MaxMembers int             `json:"max_members,omitempty"`
	Public     json.RawMessage `json:"public,omitempty"`
	CreatedAt  int64           `json:"created_at,omitempty"`
	UpdatedAt  int64           `json:"updated_at,omitempty"`
}

type Membership struct {
	ID             string          `json:"id,omitempty"`
	UserID         string          `json:"user_id,omitempty"`
	OrganizationID string          `json:"organization_id,omitempty"`
	Role           string          `json:"role,omitempty"` // org:admin, org:member
	Permissions    []string        `json:"permissions,omitempty"`
	Public         json.RawMessage `json:"public,omitempty"`
	Private        json.RawMessage `json:"private,omitempty"`
	CreatedAt      int64           `json:"created_at,omitempty"`
	UpdatedAt      int64           `json:"updated_at,omitempty"`
}

type Invitation struct {
	ID             string `json:"id,omitempty"`
	OrganizationID string `json:"organization_id,omitempty"`
	EmailAddress   string `json:"email_address,omitempty"`
	Role           string `json:"role,omitempty"`
	Status         string `json:"status,omitempty"`
	InviterID      string `json:"inviter_id,omitempty"`
	CreatedAt      int64  `json:"created_at,omitempty"`
	UpdatedAt      int64  `json:"updated_at,omitempty"`
	ExpiresAt      int64  `json:"expires_at,omitempty"`
}

// A Token is the OAuth token of an external account.
type Token struct {
	UserID            string   `json:"user_id,omitempty"`
	Provider          string   `json:"provider,omitempty"`
	ExternalAccountID string   `json:"external_account_id,omitempty"`
	AccessToken       string   `json:"access_token,omitempty"`
	RefreshToken      string   `json:"refresh_token,omitempty"`
	Scopes            []string `json:"scopes,omitempty"`
	Label             string   `json:"label,omitempty"`
	ExpiresAt         int64    `json:"expires_at,omitempty"`
}

// An Image is a stored profile image.
type Image struct {
	ID          string `json:"id,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Bytes       []byte `json:"bytes,omitempty"`
	CreatedAt   int64  `json:"created_at,omitempty"`
}

// Settings are the instance's features and limits.
type Settings struct {
	InstanceID       string `json:"instance_id,omitempty"`
	Environment      string `json:"environment,omitempty"`   // development, production
	Name             string `json:"name,omitempty"`          // "Harbor & Pine"
	BanOff           bool   `json:"ban_off,omitempty"`       // banning fails with 402
	LockoutOff       bool   `json:"lockout_off,omitempty"`   // locking fails with 403
	LockoutPermanent bool   `json:"lockout_never,omitempty"` // a lock does not expire
	OrganizationsOff bool   `json:"organizations_off,omitempty"`
	PasskeysOff      bool   `json:"passkeys_off,omitempty"`
	// LockoutMillis is how long a lock lasts; MaxAttempts, the number of failed attempts
	// that lock a user.
	LockoutMillis int64 `json:"lockout_millis,omitempty"`
	MaxAttempts   int   `json:"max_attempts,omitempty"`
}
