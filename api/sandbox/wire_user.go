package sandbox

import (
	"encoding/json"
	"time"

	"frontdesk/api/sandbox/store"
)

// wireUser is a User on the wire. Pointers are fields that may be null; fields without
// omitempty are always present.
type wireUser struct {
	ID              string          `json:"id"`
	Object          string          `json:"object"`
	Username        *string         `json:"username"`
	FirstName       *string         `json:"first_name"`
	LastName        *string         `json:"last_name"`
	Locale          *string         `json:"locale"`
	Timezone        *string         `json:"timezone"`
	ImageURL        string          `json:"image_url"`
	HasImage        bool            `json:"has_image"`
	PrimaryEmailID  *string         `json:"primary_email_address_id"`
	PrimaryPhoneID  *string         `json:"primary_phone_number_id"`
	PrimaryWalletID *string         `json:"primary_web3_wallet_id"`
	PasswordEnabled bool            `json:"password_enabled"`
	TwoFactor       bool            `json:"two_factor_enabled"`
	TOTPEnabled     bool            `json:"totp_enabled"`
	BackupEnabled   bool            `json:"backup_code_enabled"`
	Emails          []wireEmail     `json:"email_addresses"`
	Phones          []wirePhone     `json:"phone_numbers"`
	Wallets         []wireWallet    `json:"web3_wallets"`
	Passkeys        []wirePasskey   `json:"passkeys"`
	External        []wireExternal  `json:"external_accounts"`
	SAML            []wireSAML      `json:"saml_accounts"`
	Enterprise      []wireBusiness  `json:"enterprise_accounts"`
	PasswordUpdated *int64          `json:"password_last_updated_at"`
	Public          json.RawMessage `json:"public_metadata"`
	Private         json.RawMessage `json:"private_metadata"`
	Unsafe          json.RawMessage `json:"unsafe_metadata"`
	ExternalID      *string         `json:"external_id"`
	LastSignInAt    *int64          `json:"last_sign_in_at"`
	Banned          bool            `json:"banned"`
	Locked          bool            `json:"locked"`
	LockoutExpires  *int64          `json:"lockout_expires_in_seconds"`
	AttemptsLeft    *int            `json:"verification_attempts_remaining"`
	Deprovisioned   bool            `json:"deprovisioned"`
	CreatedAt       int64           `json:"created_at"`
	UpdatedAt       int64           `json:"updated_at"`
	DeleteSelf      bool            `json:"delete_self_enabled"`
	BypassTrust     bool            `json:"bypass_client_trust"`
	CreateOrgs      bool            `json:"create_organization_enabled"`
	CreateOrgsLimit *int            `json:"create_organizations_limit,omitempty"`
	LastActiveAt    *int64          `json:"last_active_at"`
	MFAEnabledAt    *int64          `json:"mfa_enabled_at"`
	MFADisabledAt   *int64          `json:"mfa_disabled_at"`
	LegalAcceptedAt *int64          `json:"legal_accepted_at"`
	ResetRequired   bool            `json:"requires_password_reset"`
	ProfileImageURL string          `json:"profile_image_url"`
}

// viewer converts records to wire forms, for one time and one instance.
type viewer struct {
	server   *Server
	settings store.Settings
	nowMS    int64
	version  version
}

func (c *call) viewer(settings store.Settings) viewer {
	return viewer{server: c.Server, settings: settings, nowMS: c.nowMS, version: c.version}
}

func (v viewer) user(u *store.User) wireUser {
	lock := lockOf(u, v.settings, v.nowMS)
	image := v.server.imageURL(v.settings.InstanceID, u)
	w := wireUser{
		ID: u.ID, Object: "user", Username: orNull(u.Username), FirstName: orNull(u.FirstName), LastName: orNull(u.LastName),
		Locale: orNull(u.Locale), Timezone: orNull(u.Timezone), ImageURL: image, HasImage: u.ImageID != "", ProfileImageURL: image,
		PrimaryEmailID: orNull(u.PrimaryEmailID), PrimaryPhoneID: orNull(u.PrimaryPhoneID), PrimaryWalletID: orNull(u.PrimaryWalletID),
		PasswordEnabled: u.PasswordDigest != "", TOTPEnabled: hasTOTP(u), BackupEnabled: len(u.BackupCodes) > 0, TwoFactor: hasSecondFactor(u),
		Emails: each(u.Emails, viewEmail), Phones: each(u.Phones, viewPhone), Wallets: each(u.Wallets, viewWallet),
		Passkeys: each(u.Passkeys, viewPasskey), External: each(u.External, viewExternal),
		SAML: []wireSAML{}, Enterprise: each(u.Enterprise, viewBusiness),
		PasswordUpdated: msOrNull(u.PasswordUpdatedAt),
		Public:          object(u.Public), Private: object(u.Private), Unsafe: object(u.Unsafe),
		ExternalID: orNull(u.ExternalID), LastSignInAt: msOrNull(u.LastSignInAt), LastActiveAt: msOrNull(u.LastActiveAt),
		Banned: u.Banned, Locked: lock.locked, LockoutExpires: lock.seconds, AttemptsLeft: lock.attemptsLeft,
		Deprovisioned: u.Deprovisioned, CreatedAt: u.CreatedAt, UpdatedAt: u.UpdatedAt,
		DeleteSelf: u.DeleteSelfEnabled, BypassTrust: u.BypassClientTrust,
		CreateOrgs: u.CreateOrganizationEnabled, CreateOrgsLimit: u.CreateOrganizationsLimit,
		MFAEnabledAt: msOrNull(u.MFAEnabledAt), MFADisabledAt: msOrNull(u.MFADisabledAt),
		LegalAcceptedAt: msOrNull(u.LegalAcceptedAt), ResetRequired: u.RequiresPasswordReset,
	}
	for _, account := range u.Enterprise {
		if account.Protocol == protocolSAML {
			w.SAML = append(w.SAML, viewSAML(account))
		}
	}
	return w
}

func (v viewer) users(list []*store.User) []wireUser {
	out := make([]wireUser, len(list))
	for i, u := range list {
		out[i] = v.user(u)
	}
	return out
}

// lockState is a lock at one time. It expires by itself, and nothing is stored when it
// does.
type lockState struct {
	locked       bool
	seconds      *int64 // nil while locked means "never expires"
	attemptsLeft *int   // nil means "this instance does not lock"
}

func lockOf(u *store.User, settings store.Settings, nowMS int64) lockState {
	var state lockState
	failed := u.FailedAttempts
	switch {
	case !u.Locked:
	case u.LockedUntil == 0:
		state.locked = true
	case u.LockedUntil > nowMS:
		state.locked = true
		left := (u.LockedUntil - nowMS + 999) / int64(time.Second/time.Millisecond)
		state.seconds = &left
	default: // the lock has expired, and with it the failed attempts that caused it
		failed = 0
	}
	if !settings.LockoutOff {
		left := max(0, settings.MaxAttempts-failed)
		state.attemptsLeft = &left
	}
	return state
}

func hasTOTP(u *store.User) bool { return u.TOTP != nil && u.TOTP.Verified }

// hasSecondFactor reports whether the user has an authenticator app or a phone reserved
// for codes. Backup codes alone do not count.
func hasSecondFactor(u *store.User) bool {
	if hasTOTP(u) {
		return true
	}
	for _, phone := range u.Phones {
		if phone.ReservedForSecondFactor {
			return true
		}
	}
	return false
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func msOrNull(ms int64) *int64 {
	if ms == 0 {
		return nil
	}
	return &ms
}

// object returns a metadata field's wire form.
func object(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("{}")
	}
	return raw
}

// each maps a list; an empty one is [] rather than null.
func each[From, To any](list []From, view func(From) To) []To {
	out := make([]To, len(list))
	for i, item := range list {
		out[i] = view(item)
	}
	return out
}
