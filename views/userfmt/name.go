// Package userfmt describes users: names, addresses, status, verdict, times. Every
// string it returns is cleaned text, safe to draw. Layout, keys and calls do not
// belong here.
package userfmt

import (
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
)

// Status is a user's status as the list shows it ("◐", "locked 47 min"); Extra
// follows it dimly (" · MFA").
type Status struct {
	Shape, Word, Extra string
	Tone               tui.Tone
}

// StatusOf returns a user's status at now.
func StatusOf(u *api.User, now time.Time) Status {
	if u.ID.Empty() && len(u.Problems) > 0 {
		return Status{Shape: "!", Word: "not readable", Tone: tui.ToneWarn}
	}
	switch u.Status(now) {
	case api.StatusBanned:
		return Status{Shape: "■", Word: "banned", Tone: tui.ToneBad, Extra: lockNote(u, now)}
	case api.StatusDeprovisioned:
		return Status{Shape: "□", Word: "deprovisioned", Tone: tui.ToneBad}
	case api.StatusLocked:
		left, never := u.LockRemaining(now)
		if u.IsLockEndUnknown() {
			return Status{Shape: "◐", Word: "locked", Extra: " · end?", Tone: tui.ToneWarn}
		}
		if never {
			return Status{Shape: "◐", Word: "locked", Extra: " · no end", Tone: tui.ToneWarn}
		}
		return Status{Shape: "◐", Word: "locked " + Duration(left), Tone: tui.ToneWarn}
	case api.StatusNeverSignedIn:
		return Status{Shape: "○", Word: "never signed in", Tone: tui.ToneNone}
	}
	return Status{Shape: "●", Word: "active", Extra: secondFactorNote(u), Tone: tui.ToneOK}
}

// secondFactorNote names the second factor of an active account, in one word because
// the column is narrow.
func secondFactorNote(u *api.User) string {
	switch {
	case u.HasMFA():
		return " · MFA"
	case len(u.Passkeys) > 0:
		return " · passkey"
	}
	return ""
}

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
func Provider(p clean.Text) string {
	raw := strings.TrimPrefix(p.Raw(), "oauth_")
	known := map[string]string{
		"google": "Google", "github": "GitHub", "gitlab": "GitLab", "microsoft": "Microsoft", "apple": "Apple",
		"facebook": "Facebook", "linkedin": "LinkedIn", "linkedin_oidc": "LinkedIn", "x": "X", "twitter": "Twitter",
		"discord": "Discord", "slack": "Slack", "spotify": "Spotify", "tiktok": "TikTok", "twitch": "Twitch",
		"bitbucket": "Bitbucket", "dropbox": "Dropbox", "notion": "Notion", "huggingface": "Hugging Face",
		"saml_okta": "Okta", "okta": "Okta", "saml_google": "Google Workspace", "saml_microsoft": "Microsoft Entra ID",
		"saml_custom": "custom SAML",
	}
	if name, ok := known[raw]; ok {
		return name
	}
	return clean.NewText(raw).Display()
}

// FullName returns first and last name, "" if there is neither.
func FullName(u *api.User) string {
	return strings.Trim(strings.TrimSpace(u.FirstName.Display())+" "+strings.TrimSpace(u.LastName.Display()), " ")
}
