package ops

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/input"
	"frontdesk/api/wire"
)

// Escalation raises an operation to T3, with its Checklist, if one of Fields has Value or,
// where that is "", any value.
type Escalation struct {
	Fields    []string
	Value     string
	Checklist []string
	// IsFinal marks inputs that replace what cannot be restored.
	IsFinal bool
}

func (e Escalation) holds(values map[string]string) bool {
	return slices.ContainsFunc(e.Fields, func(name string) bool {
		return values[name] != "" && (e.Value == "" || values[name] == e.Value)
	})
}

// WithValues returns the operation as it is confirmed with these values.
func (o Operation) WithValues(values map[string]string) Operation {
	if o.Tier >= T3 {
		return o
	}
	for _, e := range o.Escalations {
		if !e.holds(values) {
			continue
		}
		o.Tier, o.GivesAccess, o.Checklist = T3, true, e.Checklist
		if e.IsFinal {
			o.Destructive, o.WayBack, o.Inverse = true, "", ""
		}
		break
	}
	return o
}

// signInFields returns the inputs for sign-in credentials, which Clerk accepts and never
// shows.
func signInFields() []Field {
	return []Field{
		{Name: "password_digest", Label: "Password digest", Kind: FieldSecret, Check: checkSecret, Hint: "in place of the password", IsAdvanced: true},
		{Name: "password_hasher", Label: "Password hasher", Check: checkHasher, Hint: "of the digest, such as bcrypt", Suggestions: hashers(), IsAdvanced: true},
		{Name: "skip_password_checks", Label: "Skip password checks", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		{Name: "totp_secret", Label: "Authenticator secret", Kind: FieldSecret, Check: checkBase32, IsAdvanced: true},
		{Name: "backup_codes", Label: "Backup codes", Kind: FieldSecret, Check: checkBackupCodes, Hint: "plain or bcrypt, with commas", IsAdvanced: true},
	}
}

// newPasswordFields returns the inputs with which PATCH /users/{id} sets a password.
func newPasswordFields() []Field {
	return slices.Concat([]Field{{Name: "password", Label: "Password", Kind: FieldSecret, Check: checkSecret, IsAdvanced: true}}, signInFields(), []Field{
		{Name: "sign_out_of_other_sessions", Label: "End sessions", Kind: FieldChoice, Choices: yesNo(), Hint: "only with a new password", IsAdvanced: true}})
}

// primaryFields returns the inputs that choose the primary address, number, wallet and the
// picture.
func primaryFields() []Field {
	id := func(name, label, hint string, value func(*api.User) string) Field {
		return Field{Name: name, Label: label, Hint: hint, Check: checkText, IsAdvanced: true, Current: value}
	}
	return []Field{
		id("primary_email_address_id", "Primary e-mail address", "id of a verified one", func(u *api.User) string { return u.PrimaryEmailAddressID.Raw() }),
		{Name: "notify_primary_email_address_changed", Label: "Tell them by e-mail", Kind: FieldChoice, Choices: yesNo(), Hint: "that the primary address changed", IsAdvanced: true},
		id("primary_phone_number_id", "Primary phone number", "id of a verified one", func(u *api.User) string { return u.PrimaryPhoneNumberID.Raw() }),
		id("primary_web3_wallet_id", "Primary web3 wallet", "id of a verified one", func(u *api.User) string { return u.PrimaryWeb3WalletID.Raw() }),
		id("profile_image_id", "Profile image", "id of an uploaded image", nil),
	}
}

// permissionFields returns the inputs for what a new user may do themselves.
func permissionFields() []Field {
	return []Field{
		{Name: "delete_self_enabled", Label: "May delete themselves", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		{Name: "create_organization_enabled", Label: "May create organizations", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		{Name: "create_organizations_limit", Label: "Organizations at most", Check: checkLimit, Hint: "0 means no limit", IsAdvanced: true},
		{Name: "bypass_client_trust", Label: "Skip device trust", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
	}
}

// statusFields returns the inputs for whether each address and number of a new user is
// verified.
func statusFields() []Field {
	status := func(name, label string) Field {
		return Field{Name: name, Label: label, Check: checkEach(checkStatus), IsList: true, Suggestions: []string{"verified", "reserved"},
			Hint: "verified or reserved, one for each", IsAdvanced: true}
	}
	return []Field{
		status("email_address_identification_status", "E-mail status"),
		status("phone_number_identification_status", "Phone status"),
	}
}

// skipLegal returns the input that create and update share.
func skipLegal() Field {
	return Field{Name: "skip_legal_checks", Label: "Skip terms", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: they need not accept the terms", IsAdvanced: true}
}

// hashers returns the documented password hashers. Clerk may support others.
func hashers() []string {
	return strings.Fields("bcrypt bcrypt_sha256_django md5 pbkdf2_sha1 pbkdf2_sha256 pbkdf2_sha256_django pbkdf2_sha512 pbkdf2_sha512_hex " +
		"phpass md5_phpass scrypt_firebase scrypt_werkzeug sha256 ldap_ssha argon2i argon2id sha512_symfony")
}

func checkHasher(value string) string {
	if value != strings.ToLower(value) || strings.ContainsAny(value, " \t\r\n,") {
		return "must be the name of a hasher, like bcrypt or argon2id"
	}
	return ""
}

func checkStatus(value string) string {
	return choose(value == "verified" || value == "reserved", "", "must be verified or reserved")
}

func checkBackupCodes(value string) string {
	codes := backupCodes(value)
	for _, code := range codes {
		if strings.ContainsAny(code, " \t\x00") || len(code) > maxText {
			return "must be codes separated by commas or line breaks"
		}
	}
	return choose(len(codes) == 0, "contains no code", "")
}

// backupCodes returns the codes of a list separated by commas or line breaks.
func backupCodes(value string) []string {
	return input.SplitList(strings.NewReplacer("\r", ",", "\n", ",").Replace(value))
}

// checkPasswordFields returns what is wrong with the inputs that set a password.
func checkPasswordFields(r Request) string {
	password, digest, hasher := r.Values["password"] != "", r.Values["password_digest"] != "", r.Values["password_hasher"] != ""
	switch {
	case password && digest:
		return "give the password or its digest, not both"
	case digest != hasher:
		return "give both the digest and its hasher"
	case !password && !digest && r.Values["skip_password_checks"] == yes:
		return "password checks can only be skipped with a new password"
	}
	return ""
}

// checkStatusCount returns what is wrong with a list of states that belongs to a list of
// values.
func checkStatusCount(r Request, of, noun, nouns string) string {
	values, states := len(input.SplitList(r.Values[of])), len(input.SplitList(r.Values[of+"_identification_status"]))
	if states == 0 || states == values {
		return ""
	}
	return fmt.Sprintf("%s but %s: give one status for each", api.CountNoun(values, noun, nouns), api.CountNoun(states, "status", "statuses"))
}

// setsSignIn returns the effects of an edit on how the user signs in.
func setsSignIn(s Subject) []string {
	v := s.Values
	return nonEmpty(
		choose(v["password"] != "" || v["password_digest"] != "", "replaces the password; the old one stops working", ""),
		choose(v["sign_out_of_other_sessions"] == yes, "ends all sessions now", ""),
		choose(v["totp_secret"] != "", "sets up an authenticator app; an older one stops working", ""),
		choose(v["backup_codes"] != "", "replaces the backup codes; the old ones stop working", ""),
		choose(v["notify_primary_email_address_changed"] == yes, "tells them by e-mail that the primary address has changed", ""))
}

// signInApplied reports whether the user shows the sign-in changes of an edit: a password
// by its time, and credentials that are not shown by updated_at.
func signInApplied(before, after *api.User, r Request) bool {
	v := r.Values
	newer := func(was, is wire.Time) bool { return is.After(was.Time) }
	if before == nil {
		before = &api.User{}
	}
	switch {
	case v["profile_image_id"]+v["totp_secret"]+v["backup_codes"] != "" && !newer(before.UpdatedAt, after.UpdatedAt),
		v["totp_secret"] != "" && !after.TOTPEnabled,
		v["backup_codes"] != "" && !after.BackupCodeEnabled,
		v["password"]+v["password_digest"] != "" && (!after.PasswordEnabled || !newer(before.PasswordLastUpdatedAt, after.PasswordLastUpdatedAt)):
		return false
	}
	return true
}
