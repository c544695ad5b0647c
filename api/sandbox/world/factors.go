package world

import (
	"strings"

	"frontdesk/api/sandbox/store"
)

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// addFactors adds password, TOTP, backup codes and passkeys.
func (m *maker) addFactors(r *record, p *person) {
	d, u := m.random, r.user
	since := m.between(p.created, p.signedIn)
	if !p.traits.has(passwordless) && !(p.traits.has(neverSignedIn) && !p.traits.has(unverified)) {
		u.PasswordDigest, u.PasswordHasher, u.PasswordUpdatedAt = digest, digestHasher, p.created
		if d.percent(25) {
			u.PasswordUpdatedAt = since
		}
		u.RequiresPasswordReset = p.traits.has(compromised)
	}
	if p.traits.has(authenticator) {
		u.TOTP = &store.TOTP{ID: d.id("totp", since), Secret: d.text(32, base32), Verified: true, CreatedAt: since, UpdatedAt: since}
	}
	if p.traits.has(backupCodes) {
		for range 10 - d.IntN(4) {
			u.BackupCodes = append(u.BackupCodes, d.text(8, "abcdefghjkmnpqrstuvwxyz23456789"))
		}
	}
	if p.traits&(authenticator|smsCode) != 0 {
		u.MFAEnabledAt = since
	} else if p.traits&neverSignedIn == 0 && d.percent(2) {
		u.MFAEnabledAt, u.MFADisabledAt = p.created+1, since
	}
	if p.traits.has(passkey) {
		m.addPasskey(u, pick(d, passkeyNames), since, m.between(since, p.active))
		if d.percent(15) {
			m.addPasskey(u, pick(d, passkeyNames), p.created, since)
		}
	}
}

var passkeyNames = []string{"iPhone 15", "iPhone SE", "MacBook Air", "Pixel 8", "Galaxy S23", "Windows Hello", "YubiKey 5C", "iCloud Keychain", "Bitwarden", "ThinkPad X1"}

func (m *maker) addPasskey(u *store.User, name string, created, used int64) {
	u.Passkeys = append(u.Passkeys, store.Passkey{
		ID: m.random.id("idn", created), Name: name, LastUsedAt: max(used, created), CreatedAt: created,
		Verification: &store.Verification{Object: "verification_passkey", Status: "verified", Strategy: "passkey", Attempts: attempts(1), ExpireAt: created + tenMinutes},
	})
}

// between returns a random time from a to b, or a if b is not later.
func (m *maker) between(a, b int64) int64 {
	if b <= a {
		return a
	}
	return a + m.random.Int64N(b-a)
}

// providers are the OAuth providers, with the form of their user ids and tokens.
var providers = []struct {
	trait          trait
	name, scopes   string
	idSize         int
	idAlphabet     string
	token, refresh string
}{
	{google, "oauth_google", "email openid profile", 21, "0123456789", "ya29.demo-", "1//demo-"},
	{apple, "oauth_apple", "email name", 30, "0123456789abcdef", "apple-demo-", "r.demo-"},
	{microsoft, "oauth_microsoft", "email offline_access openid profile User.Read", 16, "0123456789abcdef", "EwB-demo-", "M.demo-"},
	{github, "oauth_github", "read:user user:email", 8, "123456789", "gho_demo-", ""},
}

const tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// refusedToken is a refresh token that the provider no longer accepts.
const refusedToken = "refuse"

// addAccounts adds the external accounts and what comes with them.
func (m *maker) addAccounts(r *record, p *person) {
	d, u := m.random, r.user
	for _, v := range providers {
		if !p.traits.has(v.trait) {
			continue
		}
		at := p.created
		if !p.traits.has(passwordless) {
			at = m.between(p.created, p.signedIn)
		}
		x := store.ExternalAccount{
			ID: d.id("eac", at), IdentificationID: d.id("idn", at), Provider: v.name, ProviderUserID: d.text(v.idSize, v.idAlphabet), Scopes: v.scopes,
			EmailAddress: p.email, FirstName: p.first, LastName: p.last, CreatedAt: at, UpdatedAt: at,
			LegacyID:     v.trait == google && d.percent(25),
			Verification: &store.Verification{Object: "verification_oauth", Status: "verified", Strategy: v.name, ExpireAt: at + tenMinutes},
		}
		if v.trait == github {
			x.Username = romanise(p.first) + "-" + d.text(3, "0123456789")
		}
		u.External = append(u.External, x)
		// Clerk's own Ruby client of 2024 raises on a list in which an address is linked to any
		// other provider.
		if len(u.Emails) > 0 && v.trait == google {
			u.Emails[0].LinkedTo = append(u.Emails[0].LinkedTo, store.Link{Type: v.name, ID: x.IdentificationID})
		}
		m.addToken(r, x, v.token, v.refresh)
	}
	if p.traits.has(enterprise) {
		m.addEnterpriseAccount(r, p)
	}
}

// addToken adds the provider's OAuth token: most have expired since, and some cannot be
// refreshed.
func (m *maker) addToken(r *record, x store.ExternalAccount, access, refresh string) {
	d := m.random
	if m.total > maxRemembered && !d.percent(20) {
		return
	}
	k := &store.Token{
		UserID: r.user.ID, Provider: x.Provider, ExternalAccountID: x.ID, AccessToken: access + d.text(40, tokenAlphabet),
		Scopes: strings.Fields(x.Scopes), ExpiresAt: m.now + 1000*int64(60+d.IntN(3500)),
	}
	if d.percent(70) {
		k.ExpiresAt = x.CreatedAt + 3600*1000
	}
	if refresh == "" {
		k.ExpiresAt = 0 // GitHub's tokens do not expire
	} else {
		k.RefreshToken = refresh + d.text(32, tokenAlphabet)
	}
	switch {
	case refresh != "" && d.percent(8):
		k.RefreshToken = refusedToken
	case refresh != "" && d.percent(4):
		k.RefreshToken = ""
	}
	r.tokens = append(r.tokens, k)
}

func (m *maker) addEnterpriseAccount(r *record, p *person) {
	d, u := m.random, r.user
	for i, c := range connections {
		if c.org != p.org {
			continue
		}
		u.Enterprise = append(u.Enterprise, store.EnterpriseAccount{
			ID: d.id("idn", p.created), Protocol: "saml", Provider: c.provider, Active: !p.traits.has(deprovisioned), EmailAddress: p.email,
			FirstName: p.first, LastName: p.last, ProviderUserID: d.text(20, "0123456789abcdefghijklmnopqrstuv"),
			ConnectionID: m.connectionID(i), ConnectionName: c.name, ConnectionDomain: c.domain, LastAuthenticatedAt: p.signedIn,
			Verification: &store.Verification{Object: "verification_saml", Status: "verified", Strategy: "saml", ExpireAt: p.created + tenMinutes},
			CreatedAt:    p.created, UpdatedAt: max(p.created, p.signedIn),
		})
		u.SCIMManaged = c.org == "northwind-stage"
	}
}

// connectionID returns the id of the i-th connection, the same for all its users.
func (m *maker) connectionID(i int) string {
	d := newRandom()
	d.reseed(m.seed, 1<<61+uint64(i))
	return d.id("idpconn", m.now-shopAge.Milliseconds())
}
