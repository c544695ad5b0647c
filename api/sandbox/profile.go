package sandbox

import (
	"frontdesk/api/sandbox/store"
)

// profileFields are the fields that creating and updating a user have in common.
var profileFields = []string{
	"external_id", "first_name", "last_name", "locale", "timezone", "username", "password", "password_digest", "password_hasher",
	"skip_password_checks", "totp_secret", "backup_codes", "public_metadata", "private_metadata", "unsafe_metadata",
	"delete_self_enabled", "create_organization_enabled", "create_organizations_limit", "legal_accepted_at",
	"skip_legal_checks", "created_at", "bypass_client_trust",
}

// profile reads the common fields into u. Problems are collected in f; u must then not be
// used.
func (c *call) profile(f *form, u *store.User) {
	setText(&u.ExternalID, f.limitedText("external_id", maxName))
	setText(&u.FirstName, f.limitedText("first_name", maxName))
	setText(&u.LastName, f.limitedText("last_name", maxName))
	f.checked("locale", &u.Locale, checkLocale)
	f.checked("timezone", &u.Timezone, checkTimezone)
	f.username(u)
	set(&u.DeleteSelfEnabled, f.flag("delete_self_enabled"))
	set(&u.CreateOrganizationEnabled, f.flag("create_organization_enabled"))
	set(&u.BypassClientTrust, f.flag("bypass_client_trust"))
	set(&u.LegalAcceptedAt, f.time("legal_accepted_at"))
	set(&u.CreatedAt, f.time("created_at"))
	f.flag("skip_legal_checks") // accepted and ignored: there are none
	f.organizationsLimit(u)
	f.metadataInto("public_metadata", &u.Public)
	f.metadataInto("private_metadata", &u.Private)
	f.metadataInto("unsafe_metadata", &u.Unsafe)
	c.factors(f, u)
	c.password(f, u)
}

// set copies a value that is present and not null.
func set[T any](into *T, from field[T]) {
	if from.set && !from.null {
		*into = from.value
	}
}

// setText copies a text; null clears it.
func setText(into *string, from field[string]) {
	if from.set {
		*into = from.value
	}
}

// checked copies a text that has to pass check; null and "" clear it.
func (f *form) checked(name string, into *string, check func(string) *apiError) {
	got := f.text(name)
	if got.value != "" {
		if err := check(got.value); err != nil {
			f.refuse(err)
		}
	}
	setText(into, got)
}

// username sets the username; null and "" remove it.
func (f *form) username(u *store.User) {
	got := f.text("username")
	if got.set && got.value != "" {
		clean, err := cleanUsername(got.value)
		if err != nil {
			f.refuse(err)
		}
		got.value = clean
	}
	setText(&u.Username, got)
}

func (f *form) organizationsLimit(u *store.User) {
	got := f.number("create_organizations_limit")
	switch {
	case !got.set:
	case got.null:
		u.CreateOrganizationsLimit = nil
	case got.value < 0:
		f.refuse(failParam(422, "form_param_value_invalid", "create_organizations_limit", "is invalid",
			"create_organizations_limit must be 0 or more."))
	default:
		u.CreateOrganizationsLimit = &got.value
	}
}

// factors reads the second factors of an imported user.
func (c *call) factors(f *form, u *store.User) {
	had := hasSecondFactor(u)
	if secret := f.text("totp_secret"); secret.set && !secret.null {
		c.importTOTP(f, u, secret.value)
	}
	if codes := f.texts("backup_codes"); codes.set && !codes.null {
		u.BackupCodes = codes.value
	}
	c.setMFATimes(u, had)
}
