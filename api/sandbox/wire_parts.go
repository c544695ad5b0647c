package sandbox

import (
	"encoding/json"
	"strings"
	"time"

	"frontdesk/api/sandbox/store"
)

const (
	protocolSAML  = "saml"
	protocolOAuth = "oauth"
)

// wireVerification is the union of Clerk's verifications, distinguished by Object. Their
// schemas forbid unknown fields, so fields that only some have are omitted elsewhere.
type wireVerification struct {
	Object   string  `json:"object"`
	Status   string  `json:"status"`
	Strategy string  `json:"strategy"`
	Attempts *int    `json:"attempts"`
	ExpireAt *int64  `json:"expire_at"`
	Channel  *string `json:"channel,omitempty"`
}

func viewVerification(v *store.Verification) *wireVerification {
	if v == nil {
		return nil
	}
	return &wireVerification{
		Object: v.Object, Status: v.Status, Strategy: v.Strategy, Attempts: v.Attempts, ExpireAt: msOrNull(v.ExpireAt),
	}
}

type wireLink struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

func viewLink(l store.Link) wireLink { return wireLink(l) }

type wireEmail struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	Address      string            `json:"email_address"`
	Reserved     bool              `json:"reserved"`
	Verification *wireVerification `json:"verification"`
	LinkedTo     []wireLink        `json:"linked_to"`
	MatchesSSO   bool              `json:"matches_sso_connection"`
	CreatedAt    int64             `json:"created_at"`
	UpdatedAt    int64             `json:"updated_at"`
}

func viewEmail(e store.Email) wireEmail {
	return wireEmail{
		ID: e.ID, Object: "email_address", Address: e.Address, Reserved: e.Reserved,
		Verification: viewVerification(e.Verification), LinkedTo: each(e.LinkedTo, viewLink), MatchesSSO: e.MatchesSSO,
		CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt,
	}
}

type wirePhone struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	Number       string            `json:"phone_number"`
	SecondFactor bool              `json:"reserved_for_second_factor"`
	Default      bool              `json:"default_second_factor"`
	Reserved     bool              `json:"reserved"`
	Verification *wireVerification `json:"verification"`
	LinkedTo     []wireLink        `json:"linked_to"`
	BackupCodes  []string          `json:"backup_codes"`
	CreatedAt    int64             `json:"created_at"`
	UpdatedAt    int64             `json:"updated_at"`
}

func viewPhone(p store.Phone) wirePhone {
	return wirePhone{
		ID: p.ID, Object: "phone_number", Number: p.Number, SecondFactor: p.ReservedForSecondFactor, Default: p.DefaultSecondFactor,
		Reserved: p.Reserved, Verification: viewVerification(p.Verification), LinkedTo: each(p.LinkedTo, viewLink),
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
	}
}

type wireWallet struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	Address      string            `json:"web3_wallet"`
	Verification *wireVerification `json:"verification"`
	CreatedAt    int64             `json:"created_at"`
	UpdatedAt    int64             `json:"updated_at"`
}

func viewWallet(w store.Wallet) wireWallet {
	return wireWallet{
		ID: w.ID, Object: "web3_wallet", Address: w.Address, Verification: viewVerification(w.Verification),
		CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
	}
}

type wirePasskey struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	Name         string            `json:"name"`
	LastUsedAt   int64             `json:"last_used_at"`
	Verification *wireVerification `json:"verification"`
}

func viewPasskey(p store.Passkey) wirePasskey {
	used := p.LastUsedAt
	if used == 0 { // the API has no null here
		used = p.CreatedAt
	}
	return wirePasskey{ID: p.ID, Object: "passkey", Name: p.Name, LastUsedAt: used, Verification: viewVerification(p.Verification)}
}

// wireExternal is an external account. For Google and Facebook it may have its
// identification's id as id and the deletable id beside it.
type wireExternal struct {
	ID               string            `json:"id"`
	Object           string            `json:"object"`
	ExternalID       string            `json:"external_account_id,omitempty"`
	Provider         string            `json:"provider"`
	IdentificationID string            `json:"identification_id"`
	ProviderUserID   string            `json:"provider_user_id"`
	Scopes           string            `json:"approved_scopes"`
	EmailAddress     string            `json:"email_address"`
	EmailVerified    *bool             `json:"email_address_verified"`
	FirstName        string            `json:"first_name"`
	LastName         string            `json:"last_name"`
	AvatarURL        string            `json:"avatar_url"`
	ImageURL         *string           `json:"image_url"`
	Username         *string           `json:"username"`
	PhoneNumber      *string           `json:"phone_number"`
	Public           json.RawMessage   `json:"public_metadata"`
	Label            *string           `json:"label"`
	CreatedAt        int64             `json:"created_at"`
	UpdatedAt        int64             `json:"updated_at"`
	Verification     *wireVerification `json:"verification"`
}

func viewExternal(e store.ExternalAccount) wireExternal {
	w := wireExternal{
		ID: e.ID, Object: "external_account", Provider: e.Provider, IdentificationID: e.IdentificationID,
		ProviderUserID: e.ProviderUserID, Scopes: e.Scopes, EmailAddress: e.EmailAddress,
		FirstName: e.FirstName, LastName: e.LastName, AvatarURL: e.ImageURL, ImageURL: orNull(e.ImageURL),
		Username: orNull(e.Username), Label: orNull(e.Label), Public: object(nil),
		CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt, Verification: viewOAuth(e.Verification, e.CreatedAt),
	}
	if v := e.Verification; v != nil && v.Status == statusVerified && e.EmailAddress != "" {
		verified := true
		w.EmailVerified = &verified
	}
	if e.LegacyID && (e.Provider == "oauth_google" || e.Provider == "oauth_facebook") {
		w.ID, w.ExternalID = e.IdentificationID, e.ID
		w.Object = strings.TrimPrefix(e.Provider, "oauth_") + "_account"
	}
	return w
}

// viewOAuth sets expire_at, which must not be null for OAuth: its verification lasts ten
// minutes.
func viewOAuth(v *store.Verification, createdAt int64) *wireVerification {
	w := viewVerification(v)
	if w != nil && w.ExpireAt == nil && w.Object == "verification_oauth" {
		expired := createdAt + (10 * time.Minute).Milliseconds()
		w.ExpireAt = &expired
	}
	return w
}

// wireConnection is the enterprise or SAML connection of an account.
type wireConnection struct {
	ID              string   `json:"id"`
	Protocol        string   `json:"protocol,omitempty"`
	Name            string   `json:"name"`
	Domain          string   `json:"domain"`
	Domains         []string `json:"domains"`
	Active          bool     `json:"active"`
	Provider        string   `json:"provider"`
	Sync            bool     `json:"sync_user_attributes"`
	Subdomains      bool     `json:"allow_subdomains"`
	IDPInitiated    bool     `json:"allow_idp_initiated"`
	NoOtherIdentity bool     `json:"disable_additional_identifications"`
	CreatedAt       int64    `json:"created_at"`
	UpdatedAt       int64    `json:"updated_at"`
}

func viewConnection(e store.EnterpriseAccount) *wireConnection {
	if e.ConnectionID == "" {
		return nil
	}
	return &wireConnection{
		ID: e.ConnectionID, Name: e.ConnectionName, Domain: e.ConnectionDomain, Domains: []string{e.ConnectionDomain},
		Active: e.Active, Provider: e.Provider, Sync: true, CreatedAt: e.CreatedAt, UpdatedAt: e.UpdatedAt,
	}
}

// wireSAML is the legacy form of an enterprise account over SAML.
type wireSAML struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Provider            string            `json:"provider"`
	Active              bool              `json:"active"`
	EmailAddress        string            `json:"email_address"`
	FirstName           *string           `json:"first_name"`
	LastName            *string           `json:"last_name"`
	ProviderUserID      *string           `json:"provider_user_id"`
	LastAuthenticatedAt *int64            `json:"last_authenticated_at"`
	Public              json.RawMessage   `json:"public_metadata"`
	Verification        *wireVerification `json:"verification"`
	Connection          *wireConnection   `json:"saml_connection"`
}

func viewSAML(e store.EnterpriseAccount) wireSAML {
	return wireSAML{
		ID: e.ID, Object: "saml_account", Provider: e.Provider, Active: e.Active, EmailAddress: e.EmailAddress,
		FirstName: orNull(e.FirstName), LastName: orNull(e.LastName), ProviderUserID: orNull(e.ProviderUserID),
		LastAuthenticatedAt: msOrNull(e.LastAuthenticatedAt), Public: object(nil),
		Verification: viewVerification(e.Verification), Connection: viewConnection(e),
	}
}

// wireBusiness is an enterprise account.
type wireBusiness struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Protocol            string            `json:"protocol"`
	Provider            string            `json:"provider"`
	Active              bool              `json:"active"`
	EmailAddress        string            `json:"email_address"`
	FirstName           *string           `json:"first_name"`
	LastName            *string           `json:"last_name"`
	ProviderUserID      *string           `json:"provider_user_id"`
	ConnectionID        *string           `json:"enterprise_connection_id"`
	LastAuthenticatedAt *int64            `json:"last_authenticated_at"`
	Public              json.RawMessage   `json:"public_metadata"`
	Verification        *wireVerification `json:"verification"`
	Connection          *wireBusinessLink `json:"enterprise_connection"`
}

// wireBusinessLink adds the fields that only enterprise connections have.
type wireBusinessLink struct {
	wireConnection
	Logo *string `json:"logo_public_url"`
}

func viewBusiness(e store.EnterpriseAccount) wireBusiness {
	w := wireBusiness{
		ID: e.ID, Object: "enterprise_account", Protocol: e.Protocol, Provider: e.Provider, Active: e.Active,
		EmailAddress: e.EmailAddress, FirstName: orNull(e.FirstName), LastName: orNull(e.LastName),
		ProviderUserID: orNull(e.ProviderUserID), ConnectionID: orNull(e.ConnectionID),
		LastAuthenticatedAt: msOrNull(e.LastAuthenticatedAt), Public: object(nil),
		Verification: viewOAuth(e.Verification, e.CreatedAt),
	}
	if connection := viewConnection(e); connection != nil {
		connection.Protocol = e.Protocol
		w.Connection = &wireBusinessLink{wireConnection: *connection}
	}
	return w
}

// The statuses of a verification.
const (
	statusUnverified = "unverified"
	statusVerified   = "verified"
	statusFailed     = "failed"
	statusExpired    = "expired"
)

func isVerified(v *store.Verification) bool { return v != nil && v.Status == statusVerified }

// wireDeleted is the response to a deletion.
type wireDeleted struct {
	Object     string `json:"object"`
	ID         string `json:"id"`
	ExternalID string `json:"external_id,omitempty"`
	Deleted    bool   `json:"deleted"`
}
