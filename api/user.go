package api

import (
	"bytes"
	"encoding/json"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// User is a Clerk user with every field that the API documents. Decoding is lenient: an
// unknown field, a null, or a missing or ill-typed optional field is never an error;
// Problems lists what was wrong.
type User struct {
	ID              clean.Text `json:"id" wire:"required"`
	ExternalID      clean.Text `json:"external_id"`
	Username        clean.Text `json:"username"`
	FirstName       clean.Text `json:"first_name"`
	LastName        clean.Text `json:"last_name"`
	Locale          clean.Text `json:"locale"`
	Timezone        clean.Text `json:"timezone"` // IANA name, "Europe/Berlin"
	ImageURL        clean.Text `json:"image_url"`
	ProfileImageURL clean.Text `json:"profile_image_url"`
	HasImage        bool       `json:"has_image"`

	PrimaryEmailAddressID clean.Text `json:"primary_email_address_id"`
	PrimaryPhoneNumberID  clean.Text `json:"primary_phone_number_id"`
	PrimaryWeb3WalletID   clean.Text `json:"primary_web3_wallet_id"`

	EmailAddresses     []EmailAddress      `json:"email_addresses" wire:"required"`
	PhoneNumbers       []PhoneNumber       `json:"phone_numbers" wire:"required"`
	Web3Wallets        []Web3Wallet        `json:"web3_wallets"`
	Passkeys           []Passkey           `json:"passkeys"`
	ExternalAccounts   []ExternalAccount   `json:"external_accounts"`
	SAMLAccounts       []SAMLAccount       `json:"saml_accounts"`
	EnterpriseAccounts []EnterpriseAccount `json:"enterprise_accounts"`

	OrganizationMemberships []OrganizationMembership `json:"organization_memberships"`

	PublicMetadata  json.RawMessage `json:"public_metadata"`
	PrivateMetadata json.RawMessage `json:"private_metadata"`
	UnsafeMetadata  json.RawMessage `json:"unsafe_metadata"`

	PasswordEnabled       bool      `json:"password_enabled" wire:"required"`
	TwoFactorEnabled      bool      `json:"two_factor_enabled" wire:"required"`
	TOTPEnabled           bool      `json:"totp_enabled"`
	BackupCodeEnabled     bool      `json:"backup_code_enabled"`
	RequiresPasswordReset bool      `json:"requires_password_reset"`
	PasswordLastUpdatedAt wire.Time `json:"password_last_updated_at"`
	MFAEnabledAt          wire.Time `json:"mfa_enabled_at"`
	MFADisabledAt         wire.Time `json:"mfa_disabled_at"`

	LastSignInAt    wire.Time `json:"last_sign_in_at" wire:"required"`
	LastActiveAt    wire.Time `json:"last_active_at"`
	LegalAcceptedAt wire.Time `json:"legal_accepted_at"`
	CreatedAt       wire.Time `json:"created_at" wire:"required"`
	UpdatedAt       wire.Time `json:"updated_at"`

	Banned        bool `json:"banned" wire:"required"`
	Locked        bool `json:"locked" wire:"required"`
	Deprovisioned bool `json:"deprovisioned"`
	// LockoutExpiresInSeconds counts from ReadAt, the time of the response. nil for a
	// locked user means that the lock does not expire.
	LockoutExpiresInSeconds *int64 `json:"lockout_expires_in_seconds" wire:"required"`
	// VerificationAttemptsRemaining is nil if lockout is off in the instance.
	VerificationAttemptsRemaining *int64 `json:"verification_attempts_remaining"`

	DeleteSelfEnabled         bool   `json:"delete_self_enabled"`
	CreateOrganizationEnabled bool   `json:"create_organization_enabled"`
	CreateOrganizationsLimit  *int64 `json:"create_organizations_limit"` // 0 = unlimited
	BypassClientTrust         bool   `json:"bypass_client_trust"`

	// TOTPPending reports whether an authenticator secret was, or may have been, generated
	// of which no code has been verified yet. The response does not show this: it is what
	// this client knows, see [Client.MarkTOTPPending].
	TOTPPending bool `json:"-"`
	// Masked marks a copy that is for showing only: its texts are not the user's. No
	// operation takes one.
	Masked bool `json:"-"`
	// ReadAt is when this response was read; the client sets it.
	ReadAt time.Time `json:"-"`
	// Problems lists, in words, the fields that could not be decoded, one entry per field.
	// A list marks such a user and never fails because of it.
	Problems []clean.Text `json:"-" wire:"problems"`
	// Body is the response as received, for the JSON tab.
	Body json.RawMessage `json:"-" wire:"body"`
}

// EmailAddress is an e-mail identification.
type EmailAddress struct {
	ID                   clean.Text    `json:"id"`
	EmailAddress         clean.Text    `json:"email_address"`
	Reserved             bool          `json:"reserved"`
	Verification         *Verification `json:"verification"`
	LinkedTo             []Link        `json:"linked_to"`
	MatchesSSOConnection bool          `json:"matches_sso_connection"`
	CreatedAt            wire.Time     `json:"created_at"`
	UpdatedAt            wire.Time     `json:"updated_at"`
}

// Link names an identification that another one is linked to.
type Link struct {
	Type clean.Text `json:"type"`
	ID   clean.Text `json:"id"`
}

// PhoneNumber is a phone identification; PhoneNumber is E.164.
type PhoneNumber struct {
	ID                      clean.Text    `json:"id"`
	PhoneNumber             clean.Text    `json:"phone_number"`
	ReservedForSecondFactor bool          `json:"reserved_for_second_factor"`
	DefaultSecondFactor     bool          `json:"default_second_factor"`
	Reserved                bool          `json:"reserved"`
	Verification            *Verification `json:"verification"`
	LinkedTo                []Link        `json:"linked_to"`
	BackupCodes             []clean.Text  `json:"backup_codes"`
	CreatedAt               wire.Time     `json:"created_at"`
	UpdatedAt               wire.Time     `json:"updated_at"`
}

// Web3Wallet is a wallet identification.
type Web3Wallet struct {
	ID           clean.Text    `json:"id"`
	Web3Wallet   clean.Text    `json:"web3_wallet"`
	Verification *Verification `json:"verification"`
	CreatedAt    wire.Time     `json:"created_at"`
	UpdatedAt    wire.Time     `json:"updated_at"`
}

// Passkey is a passkey identification.
type Passkey struct {
	ID           clean.Text    `json:"id"`
	Name         clean.Text    `json:"name"`
	LastUsedAt   wire.Time     `json:"last_used_at"`
	Verification *Verification `json:"verification"`
}

// ExternalAccount is a connected OAuth account.
type ExternalAccount struct {
	Object               clean.Text      `json:"object"`
	ID                   clean.Text      `json:"id"`
	ExternalAccountID    clean.Text      `json:"external_account_id"`
	Provider             clean.Text      `json:"provider"`
	IdentificationID     clean.Text      `json:"identification_id"`
	ProviderUserID       clean.Text      `json:"provider_user_id"`
	ApprovedScopes       clean.Text      `json:"approved_scopes"`
	EmailAddress         clean.Text      `json:"email_address"`
	EmailAddressVerified *bool           `json:"email_address_verified"`
	FirstName            clean.Text      `json:"first_name"`
	LastName             clean.Text      `json:"last_name"`
	ImageURL             clean.Text      `json:"image_url"`
	AvatarURL            clean.Text      `json:"avatar_url"`
	Username             clean.Text      `json:"username"`
	PhoneNumber          clean.Text      `json:"phone_number"`
	Label                clean.Text      `json:"label"`
	PublicMetadata       json.RawMessage `json:"public_metadata"`
	Verification         *Verification   `json:"verification"`
	CreatedAt            wire.Time       `json:"created_at"`
	UpdatedAt            wire.Time       `json:"updated_at"`
}

// SAMLAccount is the legacy view of a SAML enterprise account.
type SAMLAccount struct {
	ID                  clean.Text            `json:"id"`
	Provider            clean.Text            `json:"provider"`
	Active              bool                  `json:"active"`
	EmailAddress        clean.Text            `json:"email_address"`
	FirstName           clean.Text            `json:"first_name"`
	LastName            clean.Text            `json:"last_name"`
	ProviderUserID      clean.Text            `json:"provider_user_id"`
	LastAuthenticatedAt wire.Time             `json:"last_authenticated_at"`
	PublicMetadata      json.RawMessage       `json:"public_metadata"`
	Verification        *Verification         `json:"verification"`
	Connection          *EnterpriseConnection `json:"saml_connection"`
}

// EnterpriseAccount is an enterprise SSO account.
type EnterpriseAccount struct {
	ID                     clean.Text            `json:"id"`
	Protocol               clean.Text            `json:"protocol"` // oauth or saml
	Provider               clean.Text            `json:"provider"`
	Active                 bool                  `json:"active"`
	EmailAddress           clean.Text            `json:"email_address"`
	FirstName              clean.Text            `json:"first_name"`
	LastName               clean.Text            `json:"last_name"`
	ProviderUserID         clean.Text            `json:"provider_user_id"`
	EnterpriseConnectionID clean.Text            `json:"enterprise_connection_id"`
	LastAuthenticatedAt    wire.Time             `json:"last_authenticated_at"`
	PublicMetadata         json.RawMessage       `json:"public_metadata"`
	Verification           *Verification         `json:"verification"`
	Connection             *EnterpriseConnection `json:"enterprise_connection"`
}

// EnterpriseConnection is the connection of an enterprise or SAML account.
type EnterpriseConnection struct {
	ID                               clean.Text   `json:"id"`
	Protocol                         clean.Text   `json:"protocol"`
	Name                             clean.Text   `json:"name"`
	LogoPublicURL                    clean.Text   `json:"logo_public_url"`
	Active                           bool         `json:"active"`
	Provider                         clean.Text   `json:"provider"`
	Domain                           clean.Text   `json:"domain"`
	Domains                          []clean.Text `json:"domains"`
	SyncUserAttributes               bool         `json:"sync_user_attributes"`
	AllowSubdomains                  bool         `json:"allow_subdomains"`
	AllowIDPInitiated                bool         `json:"allow_idp_initiated"`
	DisableAdditionalIdentifications bool         `json:"disable_additional_identifications"`
	CreatedAt                        wire.Time    `json:"created_at"`
	UpdatedAt                        wire.Time    `json:"updated_at"`
}

// Verification is the verification of an identification.
type Verification struct {
	Object                          clean.Text `json:"object"`
	ID                              clean.Text `json:"id"`
	Status                          clean.Text `json:"status"` // unverified, verified, failed, expired, transferable
	Strategy                        clean.Text `json:"strategy"`
	Channel                         clean.Text `json:"channel"`
	Attempts                        *int64     `json:"attempts"`
	ExpireAt                        wire.Time  `json:"expire_at"`
	VerifiedAtClient                clean.Text `json:"verified_at_client"`
	ExternalVerificationRedirectURL clean.Text `json:"external_verification_redirect_url"`
	Nonce                           clean.Text `json:"nonce"`
	Message                         clean.Text `json:"message"`
	Error                           *ErrorItem `json:"error"`
}

// OrganizationMembership is a user's membership in an organization.
type OrganizationMembership struct {
	ID              clean.Text      `json:"id"`
	Role            clean.Text      `json:"role"`
	RoleName        clean.Text      `json:"role_name"`
	Permissions     []clean.Text    `json:"permissions"`
	PublicMetadata  json.RawMessage `json:"public_metadata"`
	PrivateMetadata json.RawMessage `json:"private_metadata"`
	Organization    Organization    `json:"organization"`
	CreatedAt       wire.Time       `json:"created_at"`
	UpdatedAt       wire.Time       `json:"updated_at"`
	// Problems is like User.Problems.
	Problems []clean.Text `json:"-" wire:"problems"`
}

// Organization is the organization of a membership.
type Organization struct {
	ID                    clean.Text      `json:"id"`
	Name                  clean.Text      `json:"name"`
	Slug                  clean.Text      `json:"slug"`
	ImageURL              clean.Text      `json:"image_url"`
	HasImage              bool            `json:"has_image"`
	MembersCount          *int64          `json:"members_count"`
	MaxAllowedMemberships int64           `json:"max_allowed_memberships"`
	AdminDeleteEnabled    bool            `json:"admin_delete_enabled"`
	PublicMetadata        json.RawMessage `json:"public_metadata"`
	CreatedAt             wire.Time       `json:"created_at"`
	UpdatedAt             wire.Time       `json:"updated_at"`
}

// UnmarshalJSON decodes a user as the client does: it only fails on invalid JSON, and
// lists everything else that is wrong in Problems. ReadAt stays zero.
func (u *User) UnmarshalJSON(b []byte) (err error) {
	*u, err = wire.Decode[User](string(bytes.ToValidUTF8(b, []byte("\uFFFD"))), "a user")
	return err
}
