package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// NewUser is the body of POST /users. The API requires no field; which ones are needed
// depends on the instance's settings.
type NewUser struct {
	ExternalID wire.Optional[string] `json:"external_id,omitzero"`
	FirstName  wire.Optional[string] `json:"first_name,omitzero"`
	LastName   wire.Optional[string] `json:"last_name,omitzero"`
	Locale     wire.Optional[string] `json:"locale,omitzero"` // BCP 47
	Username   wire.Optional[string] `json:"username,omitzero"`
	// The first of each list becomes primary. They count as verified unless the status
	// below says reserved.
	EmailAddress       wire.Optional[[]string] `json:"email_address,omitzero"`
	EmailAddressStatus wire.Optional[[]string] `json:"email_address_identification_status,omitzero"`
	PhoneNumber        wire.Optional[[]string] `json:"phone_number,omitzero"` // E.164
	PhoneNumberStatus  wire.Optional[[]string] `json:"phone_number_identification_status,omitzero"`
	Web3Wallet         wire.Optional[[]string] `json:"web3_wallet,omitzero"`

	Password                wire.Optional[wire.Secret]   `json:"password,omitzero"`
	PasswordDigest          wire.Optional[wire.Secret]   `json:"password_digest,omitzero"`
	PasswordHasher          wire.Optional[string]        `json:"password_hasher,omitzero"` // bcrypt, argon2id and the like
	SkipPasswordChecks      wire.Optional[bool]          `json:"skip_password_checks,omitzero"`
	SkipPasswordRequirement wire.Optional[bool]          `json:"skip_password_requirement,omitzero"`
	SkipUserRequirement     wire.Optional[bool]          `json:"skip_user_requirement,omitzero"`
	TOTPSecret              wire.Optional[wire.Secret]   `json:"totp_secret,omitzero"`  // base32
	BackupCodes             wire.Optional[[]wire.Secret] `json:"backup_codes,omitzero"` // plain, or bcrypt digests

	PublicMetadata  wire.Optional[RawObject] `json:"public_metadata,omitzero"`
	PrivateMetadata wire.Optional[RawObject] `json:"private_metadata,omitzero"`
	UnsafeMetadata  wire.Optional[RawObject] `json:"unsafe_metadata,omitzero"`

	DeleteSelfEnabled         wire.Optional[bool]      `json:"delete_self_enabled,omitzero"`
	CreateOrganizationEnabled wire.Optional[bool]      `json:"create_organization_enabled,omitzero"`
	CreateOrganizationsLimit  wire.Optional[int64]     `json:"create_organizations_limit,omitzero"` // 0 = unlimited
	LegalAcceptedAt           wire.Optional[time.Time] `json:"legal_accepted_at,omitzero"`
	SkipLegalChecks           wire.Optional[bool]      `json:"skip_legal_checks,omitzero"`
	CreatedAt                 wire.Optional[time.Time] `json:"created_at,omitzero"`
	BypassClientTrust         wire.Optional[bool]      `json:"bypass_client_trust,omitzero"`
	Banned                    wire.Optional[bool]      `json:"banned,omitzero"` // 402 where the plan has no bans
	Locked                    wire.Optional[bool]      `json:"locked,omitzero"`
}

// UserChange is the body of PATCH /users/{id}. Only what the operator changed is set. It
// has no metadata, which the newest version of the API rejects here (see UpdateMetadata),
// and no e-mail addresses or phone numbers (see CreateEmailAddress and the like).
type UserChange struct {
	ExternalID wire.Optional[string] `json:"external_id,omitzero"`
	FirstName  wire.Optional[string] `json:"first_name,omitzero"`
	LastName   wire.Optional[string] `json:"last_name,omitzero"`
	Locale     wire.Optional[string] `json:"locale,omitzero"`
	// A null Username removes it for good.
	Username wire.Optional[string] `json:"username,omitzero"`

	PrimaryEmailAddressID wire.Optional[string] `json:"primary_email_address_id,omitzero"`
	PrimaryPhoneNumberID  wire.Optional[string] `json:"primary_phone_number_id,omitzero"`
	PrimaryWeb3WalletID   wire.Optional[string] `json:"primary_web3_wallet_id,omitzero"`
	NotifyPrimaryChanged  wire.Optional[bool]   `json:"notify_primary_email_address_changed,omitzero"`
	ProfileImageID        wire.Optional[string] `json:"profile_image_id,omitzero"`

	Password           wire.Optional[wire.Secret] `json:"password,omitzero"`
	PasswordDigest     wire.Optional[wire.Secret] `json:"password_digest,omitzero"` // never null
	PasswordHasher     wire.Optional[string]      `json:"password_hasher,omitzero"`
	SkipPasswordChecks wire.Optional[bool]        `json:"skip_password_checks,omitzero"`
	// SignOutOfOtherSessions is only valid together with Password.
	SignOutOfOtherSessions wire.Optional[bool]          `json:"sign_out_of_other_sessions,omitzero"`
	TOTPSecret             wire.Optional[wire.Secret]   `json:"totp_secret,omitzero"`
	BackupCodes            wire.Optional[[]wire.Secret] `json:"backup_codes,omitzero"`

	DeleteSelfEnabled         wire.Optional[bool]      `json:"delete_self_enabled,omitzero"`
	CreateOrganizationEnabled wire.Optional[bool]      `json:"create_organization_enabled,omitzero"`
	CreateOrganizationsLimit  wire.Optional[int64]     `json:"create_organizations_limit,omitzero"`
	LegalAcceptedAt           wire.Optional[time.Time] `json:"legal_accepted_at,omitzero"`
	SkipLegalChecks           wire.Optional[bool]      `json:"skip_legal_checks,omitzero"`
	CreatedAt                 wire.Optional[time.Time] `json:"created_at,omitzero"`
	BypassClientTrust         wire.Optional[bool]      `json:"bypass_client_trust,omitzero"`
}

// Empty reports whether the change is empty.
func (u UserChange) Empty() bool { return len(wire.Fields(u)) == 0 }

// CreateUser calls POST /users and returns the new user. It fails with 422
// form_data_missing, form_identifier_exists, form_param_* or form_password_*, which name
// the fields (ErrorItem.Param), or with 402 or 403 user_quota_exceeded. After an unknown
// outcome look for the user by external id or e-mail; never send the call again.
func (c *Client) CreateUser(ctx context.Context, u NewUser) (*User, error) {
	k := call{op: "create the user", method: http.MethodPost, path: "/users"}
	for _, metadata := range []wire.Optional[RawObject]{u.PublicMetadata, u.PrivateMetadata, u.UnsafeMetadata} {
		if raw, ok := metadata.Get(); ok {
			if err := CheckMetadata(raw); err != nil {
				return nil, k.newError(KindRefused, err)
			}
		}
	}
	if err := k.setJSON(wire.Fields(u)); err != nil {
		return nil, err
	}
	return c.doUser(ctx, k, u.checkCreated)
}

// checkCreated returns an error if the response is not about the user of the request,
// judging by the first identifier that was sent.
func (u NewUser) checkCreated(got *User) error {
	emails, _ := u.EmailAddress.Get()
	phones, _ := u.PhoneNumber.Get()
	username, _ := u.Username.Get()
	same := true
	switch {
	case got.ID.Empty():
		same = false
	case len(emails) > 0:
		same = slices.ContainsFunc(got.EmailAddresses, func(e EmailAddress) bool {
			return strings.EqualFold(e.EmailAddress.Raw(), strings.TrimSpace(emails[0]))
		})
	case len(phones) > 0:
		same = slices.ContainsFunc(got.PhoneNumbers, func(p PhoneNumber) bool { return p.PhoneNumber.Raw() == phones[0] })
	case username != "":
		same = strings.EqualFold(got.Username.Raw(), strings.TrimSpace(username))
	}
	if !same {
		return errWrongUser
	}
	return nil
}

// UpdateUser calls PATCH /users/{id}, limited to 10 calls in 10 s per user, and returns
// the user. It fails with 409 resource_locked, or with 422 by field. An empty change is
// not sent.
func (c *Client) UpdateUser(ctx context.Context, id clean.Text, change UserChange) (*User, error) {
	const op = "update the user"
	fields := wire.Fields(change)
	if len(fields) == 0 {
		k := call{op: op, method: http.MethodPatch}
		return nil, k.newError(KindRefused, errors.New("nothing was changed"))
	}
	return c.callUser(ctx, op, http.MethodPatch, id, "", fields)
}

// DeleteUser calls DELETE /users/{id}; the user cannot be restored. It fails with 404 if
// the user does not exist, or with 409 user_managed_by_scim for a user of a company
// directory.
func (c *Client) DeleteUser(ctx context.Context, id clean.Text) (*Deleted, error) {
	k, err := newUserCall("delete the user", http.MethodDelete, id, "")
	if err != nil {
		return nil, err
	}
	return c.doDelete(ctx, k, id)
}

// Deleted is Clerk's DeletedObject.
type Deleted struct {
	Object  clean.Text `json:"object"` // the type of the deleted object
	ID      clean.Text `json:"id"`
	Deleted bool       `json:"deleted"`
}

// doDelete sends a call whose response is a DeletedObject. The id in it is optional, but
// must match if present.
func (c *Client) doDelete(ctx context.Context, k call, id clean.Text) (*Deleted, error) {
	return doObject(ctx, c, k, "an object", func(gone *Deleted) error {
		switch {
		case !gone.Deleted:
			return errors.New("it does not say that anything was deleted")
		case !gone.ID.Empty() && gone.ID != id:
			return errWrongObject
		}
		return nil
	})
}

// Why a response does not confirm the call.
var (
	errWrongUser   = errors.New("it is for another user")
	errWrongObject = errors.New("it is for something else")
)

// doObject sends a call whose response is one object. check returns an error if the object
// does not confirm the call: a write only counts as done if the response is about the
// requested object.
func doObject[T any](ctx context.Context, c *Client, k call, what string, check func(*T) error) (*T, error) {
	var out *T
	k.decode = func(body []byte, _ time.Time) (err error) {
		if out, err = wire.DecodeObject[T](body, what); err == nil {
			err = check(out)
		}
		return err
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return out, nil
}
