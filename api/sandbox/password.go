package sandbox

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"frontdesk/api/sandbox/store"
)

const (
	minPassword      = 8
	maxPassword      = 72
	maxPasswordBytes = 4096 // even with all checks skipped
)

// breached replaces the breach lists of the real service with their most common passwords.
var breached = map[string]bool{
	"password": true, "password1": true, "password123": true, "12345678": true, "123456789": true, "1234567890": true,
	"qwertyuiop": true, "qwerty123": true, "11111111": true, "iloveyou": true, "sunshine": true, "football": true,
	"baseball": true, "princess": true, "welcome1": true, "abc12345": true, "passw0rd": true, "trustno1": true,
	"letmein1": true, "superman": true, "00000000": true, "1q2w3e4r": true, "changeme": true,
}

// password reads a new password, in clear text or as a digest, into u.
func (c *call) password(f *form, u *store.User) {
	plain, digest, hasherName := f.text("password"), f.text("password_digest"), f.text("password_hasher")
	skip := f.flag("skip_password_checks")
	switch {
	case plain.value != "" && digest.value != "":
		f.refuse(errExcludes("password_digest", "password"))
	case digest.value != "" && hasherName.value == "":
		f.refuse(errNeeds("password_hasher", "password_digest"))
	case hasherName.value != "" && digest.value == "":
		f.refuse(errNeeds("password_digest", "password_hasher"))
	case digest.value != "":
		c.takeDigest(f, u, digest.value, hasherName.value)
	case plain.set && !plain.null:
		c.takePassword(f, u, plain.value, skip.value)
	}
}

func (c *call) takeDigest(f *form, u *store.User, digest, hasherName string) {
	h, known := hashers[hasherName]
	switch {
	case !known:
		f.refuse(errValue("password_hasher", quoteTruncated(hasherName)))
	case !h.form.MatchString(digest):
		f.refuse(failParam(422, "form_password_digest_invalid_code", "password_digest", "is invalid",
			fmt.Sprintf("The password_digest provided is not valid for the password_hasher %s.", hasherName)))
	default:
		u.PasswordDigest, u.PasswordHasher, u.PasswordUpdatedAt, u.RequiresPasswordReset = digest, hasherName, c.nowMS, false
	}
}

func (c *call) takePassword(f *form, u *store.User, password string, skip bool) {
	if err := checkPassword(u, password, skip); err != nil {
		f.refuse(err)
		return
	}
	var salt [16]byte
	if _, err := io.ReadFull(c.rand, salt[:]); err != nil {
		panic(fmt.Errorf("no randomness for a salt: %w", err))
	}
	digest := hashPassword(password, salt[:])
	u.PasswordDigest, u.PasswordHasher, u.PasswordUpdatedAt, u.RequiresPasswordReset = digest, ownHasher, c.nowMS, false
}

// checkPassword applies the instance's policy. With skip it only rejects what no digest
// can represent.
func checkPassword(u *store.User, password string, skip bool) *apiError {
	refuse := func(code, text string) *apiError { return failParam(422, code, "password", text, text) }
	n := len([]rune(password))
	switch {
	case password == "":
		return errNil("password")
	case len(password) > maxPasswordBytes:
		return refuse("form_password_size_in_bytes_exceeded", "Your password is too long. Please use a shorter one.")
	case skip:
		return nil
	case n < minPassword:
		return refuse("form_password_length_too_short", "Passwords must be 8 characters or more.")
	case n > maxPassword:
		return refuse("form_password_length_too_long", "Passwords must be less than 72 characters.")
	case breached[strings.ToLower(password)]:
		return refuse("form_password_pwned",
			"Password has been found in an online data breach. For account safety, please use a different password.")
	case matchesIdentifier(u, password):
		return refuse("form_password_matches_identifier",
			"Password cannot match your email address, phone number or username. For account safety, please use a different password.")
	}
	return nil
}

func matchesIdentifier(u *store.User, password string) bool {
	if strings.EqualFold(password, u.Username) {
		return true
	}
	for _, e := range u.Emails {
		if strings.EqualFold(password, e.Address) {
			return true
		}
	}
	for _, p := range u.Phones {
		if password == p.Number {
			return true
		}
	}
	return false
}

var errNoPassword = fail(400, "no_password_set", "no password set", "This user does not have a password set for their account")

type wireVerified struct {
	Verified bool   `json:"verified"`
	CodeType string `json:"code_type,omitempty"`
}

// verifyPassword responds with verified: true or an error, never with verified: false.
func verifyPassword(c *call) (any, error) {
	f, err := c.form("password")
	if err != nil {
		return nil, err
	}
	password := f.requiredText("password")
	if err := f.problem(); err != nil {
		return nil, err
	}
	var u *store.User
	if err := c.read(func(tx *store.Tx) (err error) {
		u, err = c.user(tx)
		return err
	}); err != nil {
		return nil, err
	}
	if u.PasswordDigest == "" {
		return nil, errNoPassword
	}
	select {
	case c.hashSlots <- struct{}{}:
		defer func() { <-c.hashSlots }()
	case <-c.ctx.Done():
		return nil, c.ctx.Err()
	}
	switch ok, err := checkDigest(u.PasswordHasher, u.PasswordDigest, password); {
	case errors.Is(err, errUncheckable):
		return nil, fail(503, "service_unavailable", "Service unavailable",
			fmt.Sprintf("This directory keeps the user's %s digest but cannot check it.", u.PasswordHasher))
	case !ok:
		return nil, failParam(422, "incorrect_password", "password", "incorrect password",
			"The provided password is not the one the user has set")
	}
	return wireVerified{Verified: true}, nil
}

// removePassword changes nothing for a user without a password.
func removePassword(c *call) (any, error) {
	f, err := c.form("sign_out_of_other_sessions")
	if err != nil {
		return nil, err
	}
	signOut := f.flag("sign_out_of_other_sessions")
	if err := f.problem(); err != nil {
		return nil, err
	}
	return c.changeUser(func(tx *store.Tx, u *store.User) error {
		if u.PasswordDigest == "" {
			return errUnchanged
		}
		u.PasswordDigest, u.PasswordHasher, u.RequiresPasswordReset, u.PasswordUpdatedAt = "", "", false, c.nowMS
		return c.signOut(tx, u, signOut.value)
	})
}

func setCompromised(c *call) (any, error) {
	f, err := c.form("revoke_all_sessions")
	if err != nil {
		return nil, err
	}
	revoke := f.flag("revoke_all_sessions")
	if err := f.problem(); err != nil {
		return nil, err
	}
	return c.changeUser(func(tx *store.Tx, u *store.User) error {
		if u.PasswordDigest == "" {
			return errNoPassword
		}
		u.RequiresPasswordReset = true
		return c.signOut(tx, u, revoke.value)
	})
}

// unsetCompromised does not end a quarantine.
func unsetCompromised(c *call) (any, error) {
	return c.changeUser(func(_ *store.Tx, u *store.User) error {
		if u.PasswordDigest == "" {
			return errNoPassword
		}
		if !u.RequiresPasswordReset || isQuarantined(u) {
			return errUnchanged
		}
		u.RequiresPasswordReset = false
		return nil
	})
}

func (c *call) signOut(tx *store.Tx, u *store.User, wanted bool) error {
	if !wanted {
		return nil
	}
	_, err := tx.EndSessions(u.ID, sessionRevoked, c.nowMS)
	return err
}
