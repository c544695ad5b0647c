// Package userfmt describes users: names, addresses, status, verdict, times. Every
// string it returns is cleaned text, safe to draw. Layout, keys and calls do not
// belong here.
package userfmt

import (
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// secondFactorNote names the second factor of an active account, in one word because
// the column is narrow.
func secondFactorNote(u *api.User) string {
	switch {
	case u.HasMFA():
		return " · MFA"
	case len(u.Passkeys) > 0:
		return passkeyNote
	}
	return ""
}

const passkeyNote = " · passkey"

// lockNote mentions a lock hidden by a ban: unbanning alone would not let the user in.
func lockNote(u *api.User, now time.Time) string {
	if left, never := u.LockRemaining(now); never || left > 0 {
		return " · locked"
	}
	return ""
}

// Identify returns the strings that identify a user: name, e-mail address or phone
// number, shortened id; none twice.
func Identify(u *api.User) []string {
	name := Name(u)
	who := []string{name}
	for _, more := range []string{u.Email().Display(), Phone(u.Phone())} {
		if more != "" && more != name {
			who = append(who, more)
			break
		}
	}
	if id := ShortID(u.ID); id != "" && id != name {
		who = append(who, id)
	}
	return who
}

// NameAndAddress returns the user for a sentence: "Sam Carter · sam.c@pine.example".
func NameAndAddress(u *api.User) string {
	who := Identify(u)
	return strings.Join(who[:min(2, len(who))], " · ")
}

// Name returns the user's name, or else an address, number or id.
func Name(u *api.User) string {
	name := u.Name()
	if !name.Empty() && name == u.Phone() {
		return Phone(name)
	}
	if name.Empty() {
		return "(no name)"
	}
	return name.Display()
}

// Factors returns the ways in which a user signs in, first factors first, as far as
// the API reports them ("password", "authenticator app", "Google").
func Factors(u *api.User) []string {
	var out []string
	add := func(so bool, word string) {
		if so {
			out = append(out, word)
		}
	}
	add(u.PasswordEnabled, "password")
	add(len(u.Passkeys) == 1, "passkey")
	add(len(u.Passkeys) > 1, Count(len(u.Passkeys), "passkey"))
	add(u.TOTPEnabled, "authenticator app")
	sms := false
	for _, p := range u.PhoneNumbers {
		sms = sms || p.ReservedForSecondFactor
	}
	add(sms, "SMS code")
	add(u.BackupCodeEnabled, "backup codes")
	for _, a := range u.ExternalAccounts {
		out = append(out, Provider(a.Provider))
	}
	for _, a := range u.EnterpriseAccounts {
		out = append(out, "enterprise SSO ("+Provider(a.Provider)+")")
	}
	add(len(u.Web3Wallets) > 0, "web3 wallet")
	return out
}

// CodeChannels says what code could be sent to the user to sign in with ("a code by
// e-mail or SMS"), "" where no address is verified. The API does not report whether
// the instance sends them.
func CodeChannels(u *api.User) string {
	var by []string
	for _, e := range u.EmailAddresses {
		if _, ok := VerificationText(e.Verification, e.Reserved); ok {
			by = append(by, "e-mail")
			break
		}
	}
	for _, p := range u.PhoneNumbers {
		if _, ok := VerificationText(p.Verification, p.Reserved); ok {
			by = append(by, "SMS")
			break
		}
	}
	if len(by) == 0 {
		return ""
	}
	return "a code by " + strings.Join(by, " or ")
}

// Provider returns the usual name of a connection: "Google" for oauth_google; unknown
// ones unchanged.
func Provider(p clean.Text) string { return api.ProviderName(p) }

// FullName returns first and last name, "" if there is neither.
func FullName(u *api.User) string {
	return strings.Trim(strings.TrimSpace(u.FirstName.Display())+" "+strings.TrimSpace(u.LastName.Display()), " ")
}
