package sandbox

import (
	"encoding/base32"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"frontdesk/api/sandbox/store"
)

const (
	totpPeriod      = 30 // seconds
	totpSecretBytes = 20
	totpSkew        = 1 // periods by which a phone's clock may be off
)

// wireTOTP is a TOTP. The secret is only shown in this response.
type wireTOTP struct {
	Object      string   `json:"object"`
	ID          string   `json:"id"`
	Secret      *string  `json:"secret"`
	URI         *string  `json:"uri"`
	Verified    bool     `json:"verified"`
	BackupCodes []string `json:"backup_codes"`
	CreatedAt   int64    `json:"created_at"`
	UpdatedAt   int64    `json:"updated_at"`
}

// createTOTP creates a secret that becomes a factor once a code of it is verified. It
// replaces an unverified one, but not one in use.
func createTOTP(c *call) (any, error) {
	id, err := c.newID("totp")
	if err != nil {
		return nil, err
	}
	var out wireTOTP
	_, err = c.changeUser(func(tx *store.Tx, u *store.User) error {
		if hasTOTP(u) {
			return fail(400, "totp_already_enabled", "TOTP already enabled", "TOTP is already enabled on this account")
		}
		settings, err := c.settings(tx)
		if err != nil {
			return err
		}
		issuer, account := issuerOf(settings), accountOf(u)
		key, err := totp.Generate(totp.GenerateOpts{
			Issuer: issuer, AccountName: account, Period: totpPeriod, SecretSize: totpSecretBytes,
			Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1, Rand: c.rand,
		})
		if err != nil {
			return err
		}
		u.TOTP = &store.TOTP{ID: id, Secret: key.Secret(), CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
		secret, uri := key.Secret(), keyURI(issuer, account, key.Secret())
		out = wireTOTP{Object: "totp", ID: id, Secret: &secret, URI: &uri, CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
		return nil
	})
	return out, err
}

// keyURI returns the URI that an authenticator app scans. The library's own does not
// escape an ampersand in the issuer.
func keyURI(issuer, account, secret string) string {
	label := strings.ReplaceAll(uriPart(issuer)+":"+uriPart(account), "%40", "@")
	return fmt.Sprintf("otpauth://totp/%s?algorithm=SHA1&digits=%d&issuer=%s&period=%d&secret=%s",
		label, otp.DigitsSix, uriPart(issuer), totpPeriod, secret)
}

// uriPart escapes a part of an otpauth URI. A space must be %20, because apps show a plus
// sign as it is.
func uriPart(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// issuerOf names the application for an authenticator app. A colon would separate issuer
// and account.
func issuerOf(settings store.Settings) string {
	if settings.Name == "" {
		return "Sandbox"
	}
	return strings.ReplaceAll(settings.Name, ":", " ")
}

// accountOf names the user for an authenticator app.
func accountOf(u *store.User) string {
	for _, e := range u.Emails {
		if e.ID == u.PrimaryEmailID {
			return e.Address
		}
	}
	for _, p := range u.Phones {
		if p.ID == u.PrimaryPhoneID {
			return p.Number
		}
	}
	if u.Username != "" {
		return u.Username
	}
	return u.ID
}

// importTOTP sets a secret that is already in the user's app.
func (c *call) importTOTP(f *form, u *store.User, secret string) {
	secret = strings.ToUpper(strings.TrimRight(strings.ReplaceAll(secret, " ", ""), "="))
	if raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret); err != nil || len(raw) == 0 {
		f.refuse(failParam(422, "invalid_totp_secret_code", "totp_secret", "invalid TOTP secret",
			"The TOTP secret is invalid, please provide a valid one base32 encoded"))
		return
	}
	id, err := c.newID("totp")
	if err != nil {
		panic(err)
	}
	u.TOTP = &store.TOTP{ID: id, Secret: secret, Verified: true, CreatedAt: c.nowMS, UpdatedAt: c.nowMS}
}

const (
	codeTOTP   = "totp"
	codeBackup = "backup_code"
)

// verifyTOTP accepts a code of the app, or a backup code, which it uses up. The first
// correct code also enables a new secret.
func verifyTOTP(c *call) (any, error) {
	f, err := c.form("code")
	if err != nil {
		return nil, err
	}
	code := strings.TrimSpace(f.requiredText("code"))
	if err := f.problem(); err != nil {
		return nil, err
	}
	out := wireVerified{Verified: true}
	_, err = c.changeUser(func(_ *store.Tx, u *store.User) error {
		if u.TOTP == nil {
			return fail(400, "totp_disabled", "TOTP is disabled", "This user does not have TOTP enabled in their account")
		}
		if matchesTOTP(u.TOTP.Secret, code, time.UnixMilli(c.nowMS)) {
			out.CodeType = codeTOTP
			return c.enableTOTP(u)
		}
		if i := indexOfBackup(u.BackupCodes, code); i >= 0 {
			out.CodeType = codeBackup
			u.BackupCodes = slices.Delete(slices.Clone(u.BackupCodes), i, i+1)
			return nil
		}
		if len(code) != int(otp.DigitsSix) && len(u.BackupCodes) == 0 {
			return failParam(422, "totp_invalid_length", "code", "invalid length", "The provided TOTP code must be 6 characters long.")
		}
		return failParam(422, "totp_incorrect_code", "code", "incorrect TOTP", "The provided TOTP code is incorrect")
	})
	return out, err
}

// enableTOTP makes a new secret a factor.
func (c *call) enableTOTP(u *store.User) error {
	if u.TOTP.Verified {
		return errUnchanged
	}
	had := hasSecondFactor(u)
	u.TOTP.Verified, u.TOTP.UpdatedAt = true, c.nowMS
	c.setMFATimes(u, had)
	return nil
}

func matchesTOTP(secret, code string, at time.Time) bool {
	ok, err := totp.ValidateCustom(code, secret, at, totp.ValidateOpts{
		Period: totpPeriod, Skew: totpSkew, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1,
	})
	return err == nil && ok
}

// indexOfBackup finds code among backup codes in clear text and as bcrypt digests.
func indexOfBackup(codes []string, code string) int {
	return slices.IndexFunc(codes, func(have string) bool {
		if hashers["bcrypt"].form.MatchString(have) {
			return checkBcrypt(code, have)
		}
		return equal([]byte(have), []byte(code))
	})
}
