package api

import (
	"context"
	"net/http"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// PrepareEmailVerification is POST /email_addresses/{id}/prepare_verification
// (section 8): it mails a code. The answer's ID goes into the attempt.
func (c *Client) PrepareEmailVerification(ctx context.Context, id clean.Text) (*Verification, error) {
	return c.prepare(ctx, "/email_addresses/", id)
}

// AttemptEmailVerification is POST /email_addresses/{id}/attempt_verification
// (section 8). A wrong code is no error: the answer's Status says whether it is
// verified now.
func (c *Client) AttemptEmailVerification(ctx context.Context, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	return c.attemptCode(ctx, "/email_addresses/", id, verificationID, code)
}

// PreparePhoneVerification is POST /phone_numbers/{id}/prepare_verification
// (section 8): it sends a code by SMS. 429 for half a minute after another.
func (c *Client) PreparePhoneVerification(ctx context.Context, id clean.Text) (*Verification, error) {
	return c.prepare(ctx, "/phone_numbers/", id)
}

// AttemptPhoneVerification is POST /phone_numbers/{id}/attempt_verification, as
// AttemptEmailVerification.
func (c *Client) AttemptPhoneVerification(ctx context.Context, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	return c.attemptCode(ctx, "/phone_numbers/", id, verificationID, code)
}

func (c *Client) prepare(ctx context.Context, before string, id clean.Text) (*Verification, error) {
	k, err := on("send the code", http.MethodPost, before, id, "/prepare_verification")
	if err != nil {
		return nil, err
	}
	return one(ctx, c, k, "a verification", isVerification)
}

func (c *Client) attemptCode(ctx context.Context, before string, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	k, err := on("check the code", http.MethodPost, before, id, "/attempt_verification")
	if err != nil {
		return nil, err
	}
	body := map[string]string{"verification_id": verificationID.Raw(), "code": code.Reveal()}
	return send(ctx, c, k, body, "a verification", isVerification)
}

// isVerification is the check of an answer that is a verification with a state.
func isVerification(v *Verification) error { return same(!v.Status.Empty()) }
