package ops

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/input"
	"frontdesk/api/wire"
)

// These methods turn inputs into the fields of an API request. An input that was not given
// is absent, which the server leaves unchanged; an empty one is null, which clears the
// field.

func optional[T any](r Request, name string, read func(string) (T, error)) wire.Optional[T] {
	typed, given := r.Values[name]
	if !given {
		return wire.Optional[T]{}
	}
	value, err := read(typed)
	if typed == "" || err != nil { // Check only accepts valid values
		return wire.Null[T]()
	}
	return wire.Set(value)
}

func (r Request) text(name string) wire.Optional[string] {
	return optional(r, name, func(v string) (string, error) { return v, nil })
}

// flag returns a yes or no. It is absent if it was not answered.
func (r Request) flag(name string) wire.Optional[bool] {
	if r.Values[name] == "" {
		return wire.Optional[bool]{}
	}
	return wire.Set(r.isYes(name))
}

// isYes reports whether a yes or no was answered yes.
func (r Request) isYes(name string) bool { return r.Values[name] == yes }

// secret is absent if empty: an empty field never removes a secret.
func (r Request) secret(name string) wire.Optional[wire.Secret] {
	if r.Values[name] == "" {
		return wire.Optional[wire.Secret]{}
	}
	return wire.Set(wire.NewSecret(r.Values[name]))
}

// nonEmptyText is absent if empty.
func (r Request) nonEmptyText(name string) wire.Optional[string] {
	if r.Values[name] == "" {
		return wire.Optional[string]{}
	}
	return wire.Set(r.Values[name])
}

// codes returns backup codes, absent if there are none.
func (r Request) codes(name string) wire.Optional[[]wire.Secret] {
	var all []wire.Secret
	for _, code := range backupCodes(r.Values[name]) {
		all = append(all, wire.NewSecret(code))
	}
	if len(all) == 0 {
		return wire.Optional[[]wire.Secret]{}
	}
	return wire.Set(all)
}

func (r Request) whole(name string) wire.Optional[int64] {
	return optional(r, name, func(v string) (int64, error) { return strconv.ParseInt(v, 10, 64) })
}

func (r Request) time(name string) wire.Optional[time.Time] {
	return optional(r, name, func(v string) (time.Time, error) { return time.Parse(time.RFC3339, v) })
}

// object returns a JSON object; an empty field is absent, {} clears it.
func (r Request) object(name string) wire.Optional[api.RawObject] {
	typed := strings.TrimSpace(r.Values[name])
	if typed == "" {
		return wire.Optional[api.RawObject]{}
	}
	return wire.Set(json.RawMessage(typed))
}

// list returns a comma-separated list with normalized entries.
func (r Request) list(name string, tidy func(string) string) wire.Optional[[]string] {
	list := input.SplitList(r.Values[name])
	if len(list) == 0 {
		return wire.Optional[[]string]{}
	}
	for i := range list {
		list[i] = tidy(list[i])
	}
	return wire.Set(list)
}

// number returns a whole number, 0 if the field is empty.
func (r Request) number(name string) int {
	n, err := strconv.Atoi(r.Values[name])
	if err != nil {
		return 0
	}
	return n
}

func (r Request) random() io.Reader {
	if r.Random == nil {
		return rand.Reader
	}
	return r.Random
}

func changeOf(r Request) api.UserChange {
	return api.UserChange{
		ExternalID: r.text("external_id"), FirstName: r.text("first_name"), LastName: r.text("last_name"),
		Locale: r.text("locale"), Username: r.text("username"),
		Password: r.secret("password"), SkipPasswordChecks: r.flag("skip_password_checks"),
		SignOutOfOtherSessions: r.flag("sign_out_of_other_sessions"),
		DeleteSelfEnabled:      r.flag("delete_self_enabled"), CreateOrganizationEnabled: r.flag("create_organization_enabled"),
		CreateOrganizationsLimit: r.whole("create_organizations_limit"),
		LegalAcceptedAt:          r.time("legal_accepted_at"), BypassClientTrust: r.flag("bypass_client_trust"),
		PrimaryEmailAddressID: r.text("primary_email_address_id"), PrimaryPhoneNumberID: r.text("primary_phone_number_id"),
		PrimaryWeb3WalletID: r.text("primary_web3_wallet_id"), NotifyPrimaryChanged: r.flag("notify_primary_email_address_changed"),
		ProfileImageID: r.text("profile_image_id"), SkipLegalChecks: r.flag("skip_legal_checks"), CreatedAt: r.time("created_at"),
		PasswordDigest: r.secret("password_digest"), PasswordHasher: r.nonEmptyText("password_hasher"),
		TOTPSecret: r.secret("totp_secret"), BackupCodes: r.codes("backup_codes"),
	}
}

func newUserOf(r Request) api.NewUser {
	// For a new user an empty field is absent, not null.
	filled := Request{Values: map[string]string{}}
	for name, value := range r.Values {
		if value != "" {
			filled.Values[name] = value
		}
	}
	return api.NewUser{
		ExternalID: filled.text("external_id"), FirstName: filled.text("first_name"), LastName: filled.text("last_name"),
		Locale: filled.text("locale"), Username: filled.text("username"),
		EmailAddress: filled.list("email_address", canonicalEmail), PhoneNumber: filled.list("phone_number", canonicalPhone),
		Web3Wallet: filled.list("web3_wallet", strings.TrimSpace),
		Password:   filled.secret("password"), SkipPasswordChecks: filled.flag("skip_password_checks"),
		SkipPasswordRequirement: filled.flag("skip_password_requirement"), TOTPSecret: filled.secret("totp_secret"),
		PublicMetadata: filled.object("public_metadata"), PrivateMetadata: filled.object("private_metadata"),
		UnsafeMetadata: filled.object("unsafe_metadata"), LegalAcceptedAt: filled.time("legal_accepted_at"),
		EmailAddressStatus: filled.list("email_address_identification_status", strings.TrimSpace),
		PhoneNumberStatus:  filled.list("phone_number_identification_status", strings.TrimSpace),
		PasswordDigest:     filled.secret("password_digest"), PasswordHasher: filled.nonEmptyText("password_hasher"),
		SkipUserRequirement: filled.flag("skip_user_requirement"), BackupCodes: filled.codes("backup_codes"),
		DeleteSelfEnabled: filled.flag("delete_self_enabled"), CreateOrganizationEnabled: filled.flag("create_organization_enabled"),
		CreateOrganizationsLimit: filled.whole("create_organizations_limit"), SkipLegalChecks: filled.flag("skip_legal_checks"),
		BypassClientTrust: filled.flag("bypass_client_trust"),
		CreatedAt:         filled.time("created_at"), Banned: filled.flag("banned"), Locked: filled.flag("locked"),
	}
}
