package api

import (
	"encoding/json"
	"time"
)

// User is a Clerk user with every field of the reference (section 7.1). It
// decodes leniently: an unknown field, a null, a missing or ill-typed optional
// never fails it; what was wrong is listed in Problems.
type User struct {
	ID              Text `json:"id"`
	ExternalID      Text `json:"external_id"`
	Username        Text `json:"username"`
	FirstName       Text `json:"first_name"`
	LastName        Text `json:"last_name"`
	Locale          Text `json:"locale"`
	Timezone        Text `json:"timezone"` // IANA name, "Europe/Berlin"
	ImageURL        Text `json:"image_url"`
	ProfileImageURL Text `json:"profile_image_url"`
	HasImage        bool `json:"has_image"`

	PrimaryEmailAddressID Text `json:"primary_email_address_id"`
	PrimaryPhoneNumberID  Text `json:"primary_phone_number_id"`
	PrimaryWeb3WalletID   Text `json:"primary_web3_wallet_id"`

	EmailAddresses     []EmailAddress      `json:"email_addresses"`
	PhoneNumbers       []PhoneNumber       `json:"phone_numbers"`
	Web3Wallets        []Web3Wallet        `json:"web3_wallets"`
	Passkeys           []Passkey           `json:"passkeys"`
	ExternalAccounts   []ExternalAccount   `json:"external_accounts"`
	SAMLAccounts       []SAMLAccount       `json:"saml_accounts"`
	EnterpriseAccounts []EnterpriseAccount `json:"enterprise_accounts"`

	OrganizationMemberships []OrganizationMembership `json:"organization_memberships"`

	PublicMetadata  json.RawMessage `json:"public_metadata"`
	PrivateMetadata json.RawMessage `json:"private_metadata"`
	UnsafeMetadata  json.RawMessage `json:"unsafe_metadata"`

	PasswordEnabled       bool `json:"password_enabled"`
	TwoFactorEnabled      bool `json:"two_factor_enabled"`
	TOTPEnabled           bool `json:"totp_enabled"`
	BackupCodeEnabled     bool `json:"backup_code_enabled"`
	RequiresPasswordReset bool `json:"requires_password_reset"`
	PasswordLastUpdatedAt Time `json:"password_last_updated_at"`
	MFAEnabledAt          Time `json:"mfa_enabled_at"`
	MFADisabledAt         Time `json:"mfa_disabled_at"`

	LastSignInAt    Time `json:"last_sign_in_at"`
	LastActiveAt    Time `json:"last_active_at"`
	LegalAcceptedAt Time `json:"legal_accepted_at"`
	CreatedAt       Time `json:"created_at"`
	UpdatedAt       Time `json:"updated_at"`

	Banned        bool `json:"banned"`
	Locked        bool `json:"locked"`
	Deprovisioned bool `json:"deprovisioned"`
	// LockoutExpiresInSeconds counts from the moment of the answer; nil while
	// locked means the lock never opens by itself. ReadAt is that moment.
	LockoutExpiresInSeconds *int64 `json:"lockout_expires_in_seconds"`
	// VerificationAttemptsRemaining is nil where the instance has lockout off.
	VerificationAttemptsRemaining *int64 `json:"verification_attempts_remaining"`

	DeleteSelfEnabled         bool   `json:"delete_self_enabled"`
	CreateOrganizationEnabled bool   `json:"create_organization_enabled"`
	CreateOrganizationsLimit  *int64 `json:"create_organizations_limit"` // 0 = unlimited
	BypassClientTrust         bool   `json:"bypass_client_trust"`

	// TOTPPending says that a secret for an authenticator app is, or may be, handed
	// out of which no code was checked yet. The answer does not show it: it is
	// what this client knows, see [Client.SuspectTOTP].
	TOTPPending bool `json:"-"`
	// ReadAt is when this answer was read; the client fills it.
	ReadAt time.Time `json:"-"`
	// Problems says in words what in the answer could not be understood, one
	// entry a field; a list shows such a user marked, never fails.
	Problems []Text `json:"-"`
	// Body is the answer as it came, for the JSON tab.
	Body json.RawMessage `json:"-"`
}

// EmailAddress is an e-mail identification (7.2).
type EmailAddress struct {
	ID                   Text          `json:"id"`
	EmailAddress         Text          `json:"email_address"`
	Reserved             bool          `json:"reserved"`
	Verification         *Verification `json:"verification"`
	LinkedTo             []Link        `json:"linked_to"`
	MatchesSSOConnection bool          `json:"matches_sso_connection"`
	CreatedAt            Time          `json:"created_at"`
	UpdatedAt            Time          `json:"updated_at"`
}

// Link names an identification another one is connected to.
type Link struct {
	Type Text `json:"type"`
	ID   Text `json:"id"`
}

// PhoneNumber is a phone identification (7.3); PhoneNumber is E.164.
type PhoneNumber struct {
	ID                      Text          `json:"id"`
	PhoneNumber             Text          `json:"phone_number"`
	ReservedForSecondFactor bool          `json:"reserved_for_second_factor"`
	DefaultSecondFactor     bool          `json:"default_second_factor"`
	Reserved                bool          `json:"reserved"`
	Verification            *Verification `json:"verification"`
	LinkedTo                []Link        `json:"linked_to"`
	BackupCodes             []Text        `json:"backup_codes"`
	CreatedAt               Time          `json:"created_at"`
	UpdatedAt               Time          `json:"updated_at"`
}

// Web3Wallet is a wallet identification (7.4).
type Web3Wallet struct {
	ID           Text          `json:"id"`
	Web3Wallet   Text          `json:"web3_wallet"`
	Verification *Verification `json:"verification"`
	CreatedAt    Time          `json:"created_at"`
	UpdatedAt    Time          `json:"updated_at"`
}

// Passkey is a passkey identification (7.5).
type Passkey struct {
	ID           Text          `json:"id"`
	Name         Text          `json:"name"`
	LastUsedAt   Time          `json:"last_used_at"`
	Verification *Verification `json:"verification"`
}

// ExternalAccount is a connected OAuth account (7.6).
type ExternalAccount struct {
	Object               Text            `json:"object"`
	ID                   Text            `json:"id"`
	ExternalAccountID    Text            `json:"external_account_id"`
	Provider             Text            `json:"provider"`
	IdentificationID     Text            `json:"identification_id"`
	ProviderUserID       Text            `json:"provider_user_id"`
	ApprovedScopes       Text            `json:"approved_scopes"`
	EmailAddress         Text            `json:"email_address"`
	EmailAddressVerified *bool           `json:"email_address_verified"`
	FirstName            Text            `json:"first_name"`
	LastName             Text            `json:"last_name"`
	ImageURL             Text            `json:"image_url"`
	AvatarURL            Text            `json:"avatar_url"`
	Username             Text            `json:"username"`
	PhoneNumber          Text            `json:"phone_number"`
	Label                Text            `json:"label"`
	PublicMetadata       json.RawMessage `json:"public_metadata"`
	Verification         *Verification   `json:"verification"`
	CreatedAt            Time            `json:"created_at"`
	UpdatedAt            Time            `json:"updated_at"`
}

// SAMLAccount is the legacy view of a SAML enterprise account (7.7).
type SAMLAccount struct {
	ID                  Text                  `json:"id"`
	Provider            Text                  `json:"provider"`
	Active              bool                  `json:"active"`
	EmailAddress        Text                  `json:"email_address"`
	FirstName           Text                  `json:"first_name"`
	LastName            Text                  `json:"last_name"`
	ProviderUserID      Text                  `json:"provider_user_id"`
	LastAuthenticatedAt Time                  `json:"last_authenticated_at"`
	PublicMetadata      json.RawMessage       `json:"public_metadata"`
	Verification        *Verification         `json:"verification"`
	Connection          *EnterpriseConnection `json:"saml_connection"`
}

// EnterpriseAccount is an enterprise SSO account (7.7).
type EnterpriseAccount struct {
	ID                     Text                  `json:"id"`
	Protocol               Text                  `json:"protocol"` // oauth or saml
	Provider               Text                  `json:"provider"`
	Active                 bool                  `json:"active"`
	EmailAddress           Text                  `json:"email_address"`
	FirstName              Text                  `json:"first_name"`
	LastName               Text                  `json:"last_name"`
	ProviderUserID         Text                  `json:"provider_user_id"`
	EnterpriseConnectionID Text                  `json:"enterprise_connection_id"`
	LastAuthenticatedAt    Time                  `json:"last_authenticated_at"`
	PublicMetadata         json.RawMessage       `json:"public_metadata"`
	Verification           *Verification         `json:"verification"`
	Connection             *EnterpriseConnection `json:"enterprise_connection"`
}

// EnterpriseConnection is the connection an enterprise or SAML account came by (7.7).
type EnterpriseConnection struct {
	ID                               Text   `json:"id"`
	Protocol                         Text   `json:"protocol"`
	Name                             Text   `json:"name"`
	LogoPublicURL                    Text   `json:"logo_public_url"`
	Active                           bool   `json:"active"`
	Provider                         Text   `json:"provider"`
	Domain                           Text   `json:"domain"`
	Domains                          []Text `json:"domains"`
	SyncUserAttributes               bool   `json:"sync_user_attributes"`
	AllowSubdomains                  bool   `json:"allow_subdomains"`
	AllowIDPInitiated                bool   `json:"allow_idp_initiated"`
	DisableAdditionalIdentifications bool   `json:"disable_additional_identifications"`
	CreatedAt                        Time   `json:"created_at"`
	UpdatedAt                        Time   `json:"updated_at"`
}

// Verification is how an identification was verified (7.8).
type Verification struct {
	Object                          Text       `json:"object"`
	ID                              Text       `json:"id"`
	Status                          Text       `json:"status"` // unverified, verified, failed, expired, transferable
	Strategy                        Text       `json:"strategy"`
	Channel                         Text       `json:"channel"`
	Attempts                        *int64     `json:"attempts"`
	ExpireAt                        Time       `json:"expire_at"`
	VerifiedAtClient                Text       `json:"verified_at_client"`
	ExternalVerificationRedirectURL Text       `json:"external_verification_redirect_url"`
	Nonce                           Text       `json:"nonce"`
	Message                         Text       `json:"message"`
	Error                           *ErrorItem `json:"error"`
}

// OrganizationMembership is a user's place in an organization (7.10).
type OrganizationMembership struct {
	ID              Text            `json:"id"`
	Role            Text            `json:"role"`
	RoleName        Text            `json:"role_name"`
	Permissions     []Text          `json:"permissions"`
	PublicMetadata  json.RawMessage `json:"public_metadata"`
	PrivateMetadata json.RawMessage `json:"private_metadata"`
	Organization    Organization    `json:"organization"`
	CreatedAt       Time            `json:"created_at"`
	UpdatedAt       Time            `json:"updated_at"`
	// Problems is as in User.
	Problems []Text `json:"-"`
}

// Organization is the organization of a membership (7.10).
type Organization struct {
	ID                    Text            `json:"id"`
	Name                  Text            `json:"name"`
	Slug                  Text            `json:"slug"`
	ImageURL              Text            `json:"image_url"`
	HasImage              bool            `json:"has_image"`
	MembersCount          *int64          `json:"members_count"`
	MaxAllowedMemberships int64           `json:"max_allowed_memberships"`
	AdminDeleteEnabled    bool            `json:"admin_delete_enabled"`
	PublicMetadata        json.RawMessage `json:"public_metadata"`
	CreatedAt             Time            `json:"created_at"`
	UpdatedAt             Time            `json:"updated_at"`
}
