package api

import (
	"context"
	"encoding/base32"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// TOTP is an authenticator enrollment: SHA1, 6 digits, 30 s.
type TOTP struct {
	ID          clean.Text    `json:"id"`
	Secret      wire.Secret   `json:"secret"` // base32
	URI         wire.Secret   `json:"uri"`    // otpauth://totp/…, contains the secret
	Verified    bool          `json:"verified"`
	BackupCodes []wire.Secret `json:"backup_codes"`
}

// errTOTPGone is the cause of a CreateTOTP error on a service without this endpoint.
var errTOTPGone = errors.New("this service no longer creates authenticator secrets; you can set one created here instead")

// CreateTOTP calls POST /users/{id}/totp. The result has the secret and its URI, to be
// shown once. The live service has removed this operation: if it answers 405, or 404
// without naming the user, IsTOTPUnsupported reports true for the error, and NewTOTP with
// SetTOTP does the same.
func (c *Client) CreateTOTP(ctx context.Context, id clean.Text) (*TOTP, error) {
	k, err := newUserCall("create a TOTP for the user", http.MethodPost, id, "/totp")
	if err != nil {
		return nil, err
	}
	totp, err := doObject(ctx, c, k, "a TOTP", func(t *TOTP) error {
		if t.Secret.Empty() || t.URI.Empty() {
			return errors.New("it contains no secret")
		}
		return nil
	})
	var e *Error
	if errors.As(err, &e) && (e.Status == http.StatusMethodNotAllowed || (e.Status == http.StatusNotFound && e.Code() != "resource_not_found")) {
		gone := k.newError(KindRefused, errTOTPGone)
		gone.TraceID, gone.Sent = e.TraceID, true
		return nil, gone
	}
	if err == nil {
		c.totpPending.set(id, !totp.Verified)
	}
	return totp, err
}

// IsTOTPUnsupported reports whether err says that the service no longer offers CreateTOTP.
func IsTOTPUnsupported(err error) bool { return errors.Is(err, errTOTPGone) }

// NewTOTP generates a secret of 160 bits and the otpauth URI for it. issuer is the
// product's name; the app shows account below it. Nothing is sent.
func NewTOTP(random io.Reader, issuer, account string) (*TOTP, error) {
	raw := make([]byte, 20)
	if _, err := io.ReadFull(random, raw); err != nil {
		return nil, errors.New("could not generate a random secret")
	}
	secret := base32.StdEncoding.EncodeToString(raw)
	label := escapeURIPart(account)
	query := "secret=" + secret
	if issuer != "" {
		label = escapeURIPart(issuer) + ":" + label
		query += "&issuer=" + escapeURIPart(issuer)
	}
	uri := "otpauth://totp/" + label + "?" + query + "&algorithm=SHA1&digits=6&period=30"
	return &TOTP{Secret: wire.NewSecret(secret), URI: wire.NewSecret(uri)}, nil
}

// escapeURIPart escapes everything that could end a part of an otpauth URI. A space must
// be %20 there, because authenticator apps show a plus sign as it is.
func escapeURIPart(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// SetTOTP sets a locally generated secret: PATCH /users/{id} with totp_secret. It fails
// with 422 invalid_totp_secret_code if the secret is not base32.
func (c *Client) SetTOTP(ctx context.Context, id clean.Text, secret wire.Secret) (*User, error) {
	change := UserChange{TOTPSecret: wire.Set(secret)}
	return c.callUser(ctx, "set the TOTP of the user", http.MethodPatch, id, "", wire.Fields(change))
}

// DeleteTOTP calls DELETE /users/{id}/totp, which removes all of the user's TOTPs. The
// response has only the id. Some services answer 404 if there is none.
func (c *Client) DeleteTOTP(ctx context.Context, id clean.Text) error {
	err := c.deleteFactor(ctx, "delete the TOTP of the user", id, "/totp")
	if err == nil {
		c.totpPending.set(id, false)
	}
	return err
}

// TOTPCheck is the result of VerifyTOTP.
type TOTPCheck struct {
	Verified bool
	// BackupCode reports whether the code was a backup code, which is used up now.
	BackupCode bool
}

// VerifyTOTP calls POST /users/{id}/verify_totp. A wrong code is not an error; Verified is
// false then. It fails with 400 totp_disabled if the user has no TOTP, or 422
// totp_invalid_length. A matching backup code is used up, so the call is never repeated
// after a lost response.
func (c *Client) VerifyTOTP(ctx context.Context, id clean.Text, code wire.Secret) (TOTPCheck, error) {
	k, err := newUserCall("verify the code", http.MethodPost, id, "/verify_totp")
	if err != nil {
		return TOTPCheck{}, err
	}
	if err := k.setJSON(map[string]string{"code": code.Reveal()}); err != nil {
		return TOTPCheck{}, err
	}
	got, err := c.sendVerify(ctx, k, "totp_incorrect_code")
	return TOTPCheck{Verified: got.Verified, BackupCode: got.CodeType.Raw() == "backup_code"}, err
}

// VerifyPassword calls POST /users/{id}/verify_password. A wrong password is not an error;
// the result is false. It fails with 400 no_password_set if the user has none.
func (c *Client) VerifyPassword(ctx context.Context, id clean.Text, password wire.Secret) (bool, error) {
	k, err := newUserCall("verify the password", http.MethodPost, id, "/verify_password")
	if err != nil {
		return false, err
	}
	if err := k.setJSON(map[string]string{"password": password.Reveal()}); err != nil {
		return false, err
	}
	got, err := c.sendVerify(ctx, k, "incorrect_password")
	return got.Verified, err
}

// verifyAnswer is the response of the two verify calls.
type verifyAnswer struct {
	Verified bool       `json:"verified"`
	CodeType clean.Text `json:"code_type"`
}

// sendVerify sends a verify call. An error with the code wrong means "no".
func (c *Client) sendVerify(ctx context.Context, k call, wrong string) (verifyAnswer, error) {
	var got verifyAnswer
	k.decode = func(body []byte, _ time.Time) error {
		v, err := wire.DecodeObject[verifyAnswer](body, "an object")
		if err != nil {
			return err
		}
		if !v.Verified { // not a documented response, so it must not count as "no"
			return errors.New("it does not say whether the check passed")
		}
		got = *v
		return nil
	}
	err := c.do(ctx, k)
	var e *Error
	if errors.As(err, &e) && e.Status == http.StatusUnprocessableEntity && e.Code() == wrong {
		return verifyAnswer{}, nil
	}
	return got, err
}

// pendingTOTP remembers the users for whom an authenticator secret was generated and no
// code has been verified since. Clerk deletes such a secret with the other factors, but
// the User does not show it. It is safe for concurrent use.
type pendingTOTP struct {
	mu  sync.Mutex
	ids map[clean.Text]bool
}

func (p *pendingTOTP) set(id clean.Text, pending bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !pending {
		delete(p.ids, id)
		return
	}
	if p.ids == nil {
		p.ids = map[clean.Text]bool{}
	}
	p.ids[id] = true
}

// mark marks a user who was just read. A user with a working app has no pending secret.
func (p *pendingTOTP) mark(u *User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if u.TOTPEnabled {
		delete(p.ids, u.ID)
	}
	u.TOTPPending = p.ids[u.ID]
}

// markAll marks every user of a list.
func (p *pendingTOTP) markAll(users []User) {
	p.mu.Lock()
	none := len(p.ids) == 0
	p.mu.Unlock()
	if none {
		return
	}
	for i := range users {
		p.mark(&users[i])
	}
}

// MarkTOTPPending marks the user as possibly having a pending secret that another client
// generated, when only the operator who removes it knows of it.
func (c *Client) MarkTOTPPending(u *User) {
	if !u.TOTPEnabled {
		c.totpPending.set(u.ID, true)
	}
	c.totpPending.mark(u)
}
