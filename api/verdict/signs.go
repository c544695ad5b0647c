package verdict

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Kind is the kind of a sign.
type Kind string

const (
	PasswordChanged Kind = "password_changed"
	MFASwitchedOff  Kind = "mfa_switched_off"
	ContactAdded    Kind = "contact_added"
	PrimaryAdded    Kind = "primary_contact_added" // added and already made primary
	AccountAdded    Kind = "connected_account_added"
	NewCountry      Kind = "sign_in_from_new_country"
	SeveralPlaces   Kind = "used_in_several_countries"
)

// A Sign is a recent event that somebody other than the user may have caused.
type Sign struct {
	Kind Kind
	Text string // "password changed"
	// Value is the address, number or place concerned, if any.
	Value   clean.Text
	IsPhone bool // Value is a phone number
	At      time.Time
}

const (
	// A password change within passwordRecent, or another event within recent, is a sign
	// unless the account itself is new.
	passwordRecent = time.Hour
	recent         = 24 * time.Hour
	established    = 7 * 24 * time.Hour
)

// HasSigns reports whether the user's record shows a sign, without looking at sessions. It
// is fast enough for every row of a list.
func HasSigns(u *api.User, now time.Time) bool {
	found := false
	userSigns(u, now, func(Sign) { found = true })
	return found
}

// Signs returns the signs, newest first. New passkeys and used backup codes are missing,
// because the API does not report when they were created or used.
func Signs(k Facts, now time.Time) []Sign {
	var out []Sign
	add := func(s Sign) { out = append(out, s) }
	userSigns(k.User, now, add)
	if k.SessionsRead {
		sessionSigns(k.User, k.Sessions, now, add)
	}
	slices.SortStableFunc(out, func(a, b Sign) int { return b.At.Compare(a.At) })
	return out
}

// userSigns finds the signs in the user's record. It finds none on a new account, where
// everything is recent.
func userSigns(u *api.User, now time.Time, add func(Sign)) {
	is := func(t time.Time, d time.Duration) bool {
		return within(t, now, d) && t.Sub(u.CreatedAt.Time) > established
	}
	if t := u.PasswordLastUpdatedAt.Time; u.PasswordEnabled && is(t, passwordRecent) {
		add(Sign{Kind: PasswordChanged, Text: passwordChanged, At: t})
	}
	if t := u.MFADisabledAt.Time; !u.TwoFactorEnabled && is(t, recent) {
		add(Sign{Kind: MFASwitchedOff, Text: mfaSwitchedOff, At: t})
	}
	for i := range u.EmailAddresses {
		if e := &u.EmailAddresses[i]; is(e.CreatedAt.Time, recent) {
			s := Sign{Kind: ContactAdded, Text: emailAdded, Value: e.EmailAddress, At: e.CreatedAt.Time}
			if e.ID == u.PrimaryEmailAddressID && !e.ID.Empty() {
				s.Kind, s.Text = PrimaryAdded, emailMadePrimary
			}
			add(s)
		}
	}
	for i := range u.PhoneNumbers {
		if p := &u.PhoneNumbers[i]; is(p.CreatedAt.Time, recent) {
			s := Sign{Kind: ContactAdded, Text: phoneAdded, Value: p.PhoneNumber, IsPhone: true, At: p.CreatedAt.Time}
			if p.ID == u.PrimaryPhoneNumberID && !p.ID.Empty() {
				s.Kind, s.Text = PrimaryAdded, phoneMadePrimary
			}
			add(s)
		}
	}
	for i := range u.Web3Wallets {
		if w := &u.Web3Wallets[i]; is(w.CreatedAt.Time, recent) {
			add(Sign{Kind: AccountAdded, Text: walletAdded, Value: w.Web3Wallet, At: w.CreatedAt.Time})
		}
	}
	for i := range u.ExternalAccounts {
		if a := &u.ExternalAccounts[i]; is(a.CreatedAt.Time, recent) {
			add(Sign{Kind: AccountAdded, Text: accountAdded(api.ProviderName(a.Provider)), Value: accountLabel(a), At: a.CreatedAt.Time})
		}
	}
}

func accountLabel(a *api.ExternalAccount) clean.Text {
	if a.EmailAddress.Empty() {
		return a.Username
	}
	return a.EmailAddress
}

// sessionSigns finds the signs in the sessions. It compares countries rather than cities,
// because a mobile network may place one person in several cities. It ignores
// impersonation sessions.
func sessionSigns(u *api.User, all []api.Session, now time.Time, add func(Sign)) {
	known := map[string]bool{} // countries of earlier sessions
	for i := range all {
		if s := &all[i]; isOwn(s) && !within(s.CreatedAt.Time, now, recent) {
			known[country(s)] = true
		}
	}
	delete(known, "")
	newest := map[string]*api.Session{}
	used := map[string]bool{} // countries of sessions used within a day
	var order []string
	var last *api.Session
	for i := range all {
		s := &all[i]
		where := country(s)
		if !isOwn(s) || where == "" {
			continue
		}
		if s.IsLive() && within(s.LastActiveAt.Time, now, recent) {
			used[where] = true
			if last == nil || s.LastActiveAt.After(last.LastActiveAt.Time) {
				last = s
			}
		}
		if len(known) > 0 && !known[where] && within(s.CreatedAt.Time, now, recent) && now.Sub(u.CreatedAt.Time) > established {
			if newest[where] == nil {
				order = append(order, where)
			}
			if newest[where] == nil || s.CreatedAt.Before(newest[where].CreatedAt.Time) {
				newest[where] = s // the first session from that country
			}
		}
	}
	for _, where := range order {
		s := newest[where]
		add(Sign{Kind: NewCountry, Text: newCountry, Value: place(s), At: s.CreatedAt.Time})
	}
	if len(used) > 1 {
		countries := make([]string, 0, len(used))
		for where := range used {
			countries = append(countries, where)
		}
		slices.Sort(countries)
		add(Sign{Kind: SeveralPlaces, Text: severalCountries, Value: clean.NewText(api.JoinWords(countries, "and")), At: last.LastActiveAt.Time})
	}
}

func isOwn(s *api.Session) bool {
	actor := strings.TrimSpace(string(s.Actor))
	return actor == "" || actor == "null"
}

func country(s *api.Session) string {
	if s.LatestActivity == nil {
		return ""
	}
	return strings.ToUpper(strings.TrimSpace(s.LatestActivity.Country.Raw()))
}

// place returns "Bucharest, RO".
func place(s *api.Session) clean.Text {
	return clean.NewText(strings.Trim(s.LatestActivity.City.Raw()+", "+s.LatestActivity.Country.Raw(), ", "))
}

// IsTakeover reports whether the signs are strong enough to think of a taken-over account.
func (v Verdict) IsTakeover() bool { return isTakeover(v.Signs) }

// isTakeover reports whether the signs are strong enough to suggest securing the account:
// two of different kinds, or one that owners rarely cause themselves.
func isTakeover(all []Sign) bool {
	for _, s := range all {
		if s.Kind == PrimaryAdded || s.Kind == NewCountry || s.Kind != all[0].Kind {
			return true
		}
	}
	return false
}
