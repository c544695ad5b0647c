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
	URI         wire.Secret   `json:"uri"`    // otpauth://totp/…, with the secret in it
	Verified    bool          `json:"verified"`
	BackupCodes []wire.Secret `json:"backup_codes"`
}

// errTOTPGone is the cause of a CreateTOTP error on a service without the route.
var errTOTPGone = errors.New("this service no longer makes authenticator secrets; one made here can be set instead")

// CreateTOTP calls POST /users/{id}/totp. The answer has the secret and its
// URI, to be shown once. The live service took this operation away: where it
// answers 405, or 404 without naming the user, IsTOTPUnsupported says so, and NewTOTP
// with SetTOTP is the way.
func (c *Client) CreateTOTP(ctx context.Context, id clean.Text) (*TOTP, error) {
	k, err := newUserCall("create a TOTP for the user", http.MethodPost, id, "/totp")
	if err != nil {
		return nil, err
	}
	totp, err := doObject(ctx, c, k, "a TOTP", func(t *TOTP) error {
		if t.Secret.Empty() || t.URI.Empty() {
			return errors.New("it has no secret in it")
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

// IsTOTPUnsupported reports whether the service does not offer CreateTOTP any more.
func IsTOTPUnsupported(err error) bool { return errors.Is(err, errTOTPGone) }

// NewTOTP makes a secret of 160 bits here, and the otpauth URI for it. issuer is
// the product's name, account what the app shows below it. Nothing is sent.
func NewTOTP(random io.Reader, issuer, account string) (*TOTP, error) {
	raw := make([]byte, 20)
	if _, err := io.ReadFull(random, raw); err != nil {
		return nil, errors.New("there is no randomness to make a secret from")
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

// escapeURIPart escapes all that could end a part of an otpauth URI. A space must be
// %20 there: authenticator apps show a plus sign as it is.
func escapeURIPart(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// SetTOTP returns the user a secret made here: PATCH /users/{id} with totp_secret.
// 422 invalid_totp_secret_code where it is not base32.
func (c *Client) SetTOTP(ctx context.Context, id clean.Text, secret wire.Secret) (*User, error) {
	change := UserChange{TOTPSecret: wire.Set(secret)}
	return c.callUser(ctx, "set the TOTP of the user", http.MethodPatch, id, "", wire.Fields(change))
}

// DeleteTOTP calls DELETE /users/{id}/totp: all of the user's TOTPs. The
// answer is only the id. 404 where there is none, on some services.
func (c *Client) DeleteTOTP(ctx context.Context, id clean.Text) error {
	err := c.deleteFactor(ctx, "delete the TOTP of the user", id, "/totp")
	if err == nil {
		c.totpPending.set(id, false)
	}
	return err
}

// TOTPCheck is the answer of VerifyTOTP.
type TOTPCheck struct {
	Verified bool
	// BackupCode says that it was a backup code, which is spent now.
	BackupCode bool
}

// VerifyTOTP calls POST /users/{id}/verify_totp. A wrong code is no error but
// Verified false. 400 totp_disabled where the user has no TOTP, 422
// totp_invalid_length. A backup code that matches is spent, so a lost answer is
// never followed by another try.
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

// VerifyPassword calls POST /users/{id}/verify_password. A wrong password is
// no error but false. 400 no_password_set where the user has none.
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

// verifyAnswer is the answer of the two verify calls.
type verifyAnswer struct {
	Verified bool       `json:"verified"`
	CodeType clean.Text `json:"code_type"`
}

// sendVerify sends a verify call; the error with the code wrong means "no".
func (c *Client) sendVerify(ctx context.Context, k call, wrong string) (verifyAnswer, error) {
	var got verifyAnswer
	k.decode = func(body []byte, _ time.Time) error {
		v, err := wire.DecodeObject[verifyAnswer](body, "an object")
		if err != nil {
			return err
		}
		if !v.Verified { // the contract knows no such answer: not to be taken for a "no"
			return errors.New("it says neither yes nor no")
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

// pendingTOTP remembers whom a secret for an authenticator app was handed out to
// that no code of was checked since. The service deletes such a secret with the
// others, but shows nothing of it in the user. It is safe for concurrent use.
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

// mark marks a user who was just read. An app that works has no pending secret.
func (p *pendingTOTP) mark(u *User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if u.TOTPEnabled {
		delete(p.ids, u.ID)
	}
	u.TOTPPending = p.ids[u.ID]
}

// markAll is note for a list.
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

// MarkTOTPPending marks the user as one to whom a secret may have been handed out by
// somebody else, which only who asks to take it back can know of.
func (c *Client) MarkTOTPPending(u *User) {
	if !u.TOTPEnabled {
		c.totpPending.set(u.ID, true)
	}
	c.totpPending.mark(u)
}
