package verdict

import (
	"frontdesk/api"
)

// isVerified reports whether an identification is verified.
func isVerified(v *api.Verification) bool { return v != nil && v.Status.Raw() == "verified" }

// noWayIn says why nothing on record can be used to sign in, or returns "". Anything that
// could not be decoded is assumed to be usable.
func noWayIn(u *api.User) string {
	if len(u.Problems) > 0 {
		return ""
	}
	known, named, proven := identifications(u)
	switch {
	case proven:
		return ""
	case named:
		if u.PasswordEnabled {
			return ""
		}
		return nothingToProve
	case known == 0:
		return noIdentifier
	}
	return nothingVerified
}

// identifications counts the user's identifications. It reports whether any can be used with
// a password (named) and whether any is sufficient by itself (proven).
func identifications(u *api.User) (known int, named, proven bool) {
	add := func(v *api.Verification) { known++; proven = proven || isVerified(v) }
	for i := range u.EmailAddresses {
		add(u.EmailAddresses[i].Verification)
		// A reserved address can be used to sign in although it is unverified.
		named = named || u.EmailAddresses[i].Reserved
	}
	for i := range u.PhoneNumbers {
		add(u.PhoneNumbers[i].Verification)
		named = named || u.PhoneNumbers[i].Reserved
	}
	for i := range u.Web3Wallets {
		add(u.Web3Wallets[i].Verification)
	}
	for i := range u.ExternalAccounts {
		add(u.ExternalAccounts[i].Verification)
	}
	for i := range u.EnterpriseAccounts {
		known++
		proven = proven || u.EnterpriseAccounts[i].Active || isVerified(u.EnterpriseAccounts[i].Verification)
	}
	for i := range u.SAMLAccounts {
		known++
		proven = proven || u.SAMLAccounts[i].Active || isVerified(u.SAMLAccounts[i].Verification)
	}
	for i := range u.Passkeys { // assumed usable if the verification is missing
		known++
		proven = proven || u.Passkeys[i].Verification == nil || isVerified(u.Passkeys[i].Verification)
	}
	return known, named || !u.Username.Empty(), proven
}

const wayPassword = "the password"

// ways returns the ways in which the user could sign in.
func ways(u *api.User) []string {
	var out []string
	add := func(is bool, way string) {
		if is {
			out = append(out, way)
		}
	}
	add(u.PasswordEnabled, wayPassword)
	passkeys := 0
	for i := range u.Passkeys {
		if v := u.Passkeys[i].Verification; v == nil || isVerified(v) {
			passkeys++
		}
	}
	add(passkeys == 1, "a passkey")
	add(passkeys > 1, api.CountNoun(passkeys, "passkey", "passkeys"))
	seen := map[string]bool{}
	for i := range u.ExternalAccounts {
		if name := api.ProviderName(u.ExternalAccounts[i].Provider); isVerified(u.ExternalAccounts[i].Verification) && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	enterprise := false
	for i := range u.EnterpriseAccounts {
		enterprise = enterprise || u.EnterpriseAccounts[i].Active
	}
	for i := range u.SAMLAccounts {
		enterprise = enterprise || u.SAMLAccounts[i].Active
	}
	add(enterprise, "enterprise SSO")
	wallet := false
	for i := range u.Web3Wallets {
		wallet = wallet || isVerified(u.Web3Wallets[i].Verification)
	}
	add(wallet, "a web3 wallet")
	mail, phone := codeChannels(u)
	add(mail, codeByEmail)
	add(phone, codeBySMS)
	return out
}

// codeChannels reports whether a code could be sent by e-mail or SMS. Whether the instance
// has that enabled is not known.
func codeChannels(u *api.User) (mail, phone bool) {
	for i := range u.EmailAddresses {
		mail = mail || isVerified(u.EmailAddresses[i].Verification)
	}
	for i := range u.PhoneNumbers {
		phone = phone || isVerified(u.PhoneNumbers[i].Verification)
	}
	return mail, phone
}

func canReceiveCode(u *api.User) bool {
	mail, phone := codeChannels(u)
	return mail || phone
}

// waysBesides returns the ways other than one. It omits codes, because the instance may not
// send any.
func (b *builder) waysBesides(one string) []string {
	var out []string
	for _, w := range b.Ways {
		if w != one && w != codeByEmail && w != codeBySMS {
			out = append(out, w)
		}
	}
	return out
}

// secondFactors returns the second factors on record.
func secondFactors(u *api.User) []string {
	var have []string
	if u.TOTPEnabled {
		have = append(have, "the authenticator app")
	}
	for i := range u.PhoneNumbers {
		if u.PhoneNumbers[i].ReservedForSecondFactor {
			have = append(have, "a code by SMS")
			break
		}
	}
	if u.BackupCodeEnabled {
		have = append(have, "a backup code")
	}
	return have
}

// lacksFactor reports whether a second factor is required and none is on record.
func lacksFactor(u *api.User) bool {
	if !u.TwoFactorEnabled || u.TOTPEnabled || u.BackupCodeEnabled {
		return false
	}
	for i := range u.PhoneNumbers {
		if u.PhoneNumbers[i].ReservedForSecondFactor {
			return false
		}
	}
	return true
}
