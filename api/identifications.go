package api

import (
	"context"
	"net/http"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// NewEmailAddress is the body of POST /email_addresses.
type NewEmailAddress struct {
	UserID       wire.Optional[string] `json:"user_id,omitzero"`
	EmailAddress wire.Optional[string] `json:"email_address,omitzero"`
	Verified     wire.Optional[bool]   `json:"verified,omitzero"`
	Primary      wire.Optional[bool]   `json:"primary,omitzero"`
	// NotifyPrimaryChanged e-mails the user about a new primary address.
	NotifyPrimaryChanged wire.Optional[bool] `json:"notify_primary_email_address_changed,omitzero"`
}

// EmailAddressChange is the body of PATCH /email_addresses/{id}.
type EmailAddressChange struct {
	Verified             wire.Optional[bool] `json:"verified,omitzero"`
	Primary              wire.Optional[bool] `json:"primary,omitzero"`
	NotifyPrimaryChanged wire.Optional[bool] `json:"notify_primary_email_address_changed,omitzero"`
}

// CreateEmailAddress calls POST /email_addresses. It fails with 422 form_identifier_exists
// or form_param_format_invalid, with 409, or with 403 not_allowed_access.
func (c *Client) CreateEmailAddress(ctx context.Context, n NewEmailAddress) (*EmailAddress, error) {
	k := call{op: "add the e-mail address", method: http.MethodPost, path: "/email_addresses"}
	address, _ := n.EmailAddress.Get()
	return sendObject(ctx, c, k, wire.Fields(n), "an e-mail address", func(e *EmailAddress) error {
		return checkSame(!e.ID.Empty() && strings.EqualFold(e.EmailAddress.Raw(), strings.TrimSpace(address)))
	})
}

// GetEmailAddress calls GET /email_addresses/{id}.
func (c *Client) GetEmailAddress(ctx context.Context, id clean.Text) (*EmailAddress, error) {
	k, err := newCall("read the e-mail address", http.MethodGet, "/email_addresses/", id, "")
	if err != nil {
		return nil, err
	}
	return doObject(ctx, c, k, "an e-mail address", func(e *EmailAddress) error { return checkSame(e.ID == id) })
}

// UpdateEmailAddress calls PATCH /email_addresses/{id}: it marks the address as verified,
// or makes it the primary one.
func (c *Client) UpdateEmailAddress(ctx context.Context, id clean.Text, change EmailAddressChange) (*EmailAddress, error) {
	k, err := newCall("update the e-mail address", http.MethodPatch, "/email_addresses/", id, "")
	if err != nil {
		return nil, err
	}
	return sendObject(ctx, c, k, wire.Fields(change), "an e-mail address", func(e *EmailAddress) error { return checkSame(e.ID == id) })
}

// DeleteEmailAddress calls DELETE /email_addresses/{id}. It fails with 400
// identification_deletion_failed for the user's last identification, and
// delete_linked_identification_disallowed for one that a connected account uses.
func (c *Client) DeleteEmailAddress(ctx context.Context, id clean.Text) (*Deleted, error) {
	k, err := newCall("delete the e-mail address", http.MethodDelete, "/email_addresses/", id, "")
	if err != nil {
		return nil, err
	}
	return c.doDelete(ctx, k, id)
}

// NewPhoneNumber is the body of POST /phone_numbers.
type NewPhoneNumber struct {
	UserID      wire.Optional[string] `json:"user_id,omitzero"`
	PhoneNumber wire.Optional[string] `json:"phone_number,omitzero"` // E.164
	Verified    wire.Optional[bool]   `json:"verified,omitzero"`
	Primary     wire.Optional[bool]   `json:"primary,omitzero"`
	// ReservedForSecondFactor makes the number a second factor that cannot be used to sign
	// in.
	ReservedForSecondFactor wire.Optional[bool] `json:"reserved_for_second_factor,omitzero"`
}

// PhoneNumberChange is the body of PATCH /phone_numbers/{id}.
type PhoneNumberChange struct {
	Verified                wire.Optional[bool] `json:"verified,omitzero"`
	Primary                 wire.Optional[bool] `json:"primary,omitzero"`
	ReservedForSecondFactor wire.Optional[bool] `json:"reserved_for_second_factor,omitzero"`
}

// CreatePhoneNumber calls POST /phone_numbers. It fails with 422 form_identifier_exists or
// form_param_format_invalid, or with 403 unsupported_country_code.
func (c *Client) CreatePhoneNumber(ctx context.Context, n NewPhoneNumber) (*PhoneNumber, error) {
	k := call{op: "add the phone number", method: http.MethodPost, path: "/phone_numbers"}
	number, _ := n.PhoneNumber.Get()
	return sendObject(ctx, c, k, wire.Fields(n), "a phone number", func(p *PhoneNumber) error {
		return checkSame(!p.ID.Empty() && p.PhoneNumber.Raw() == number)
	})
}

// GetPhoneNumber calls GET /phone_numbers/{id}.
func (c *Client) GetPhoneNumber(ctx context.Context, id clean.Text) (*PhoneNumber, error) {
	k, err := newCall("read the phone number", http.MethodGet, "/phone_numbers/", id, "")
	if err != nil {
		return nil, err
	}
	return doObject(ctx, c, k, "a phone number", func(p *PhoneNumber) error { return checkSame(p.ID == id) })
}

// UpdatePhoneNumber calls PATCH /phone_numbers/{id}. It fails with 400
// identification_update_second_factor_unverified.
func (c *Client) UpdatePhoneNumber(ctx context.Context, id clean.Text, change PhoneNumberChange) (*PhoneNumber, error) {
	k, err := newCall("update the phone number", http.MethodPatch, "/phone_numbers/", id, "")
	if err != nil {
		return nil, err
	}
	return sendObject(ctx, c, k, wire.Fields(change), "a phone number", func(p *PhoneNumber) error { return checkSame(p.ID == id) })
}

// DeletePhoneNumber calls DELETE /phone_numbers/{id}. It fails with 400
// identification_deletion_failed for the user's last identification.
func (c *Client) DeletePhoneNumber(ctx context.Context, id clean.Text) (*Deleted, error) {
	k, err := newCall("delete the phone number", http.MethodDelete, "/phone_numbers/", id, "")
	if err != nil {
		return nil, err
	}
	return c.doDelete(ctx, k, id)
}

// DeletePasskey calls DELETE /users/{id}/passkeys/{passkey} with an id from User.Passkeys.
// Clerk tells the user by e-mail. It fails with 403 where passkeys are off, and with 404
// if the passkey does not exist.
func (c *Client) DeletePasskey(ctx context.Context, userID, passkeyID clean.Text) (*Deleted, error) {
	return c.deleteUserPart(ctx, "delete the passkey", userID, "/passkeys/", passkeyID)
}

// DeleteWeb3Wallet calls DELETE /users/{id}/web3_wallets/{wallet}. It fails with 400
// identification_deletion_failed for the user's last identification.
func (c *Client) DeleteWeb3Wallet(ctx context.Context, userID, walletID clean.Text) (*Deleted, error) {
	return c.deleteUserPart(ctx, "delete the wallet", userID, "/web3_wallets/", walletID)
}

// DeleteExternalAccount calls DELETE /users/{id}/external_accounts/{account}; accountID is
// ExternalAccount.DeletableID. It fails with 404 external_account_not_found, or with 400
// for the user's last identification.
func (c *Client) DeleteExternalAccount(ctx context.Context, userID, accountID clean.Text) (*Deleted, error) {
	return c.deleteUserPart(ctx, "delete the connected account", userID, "/external_accounts/", accountID)
}

// DeletableID returns the id that DeleteExternalAccount takes. For Google and Facebook
// accounts, ID can be the identification's instead.
func (a ExternalAccount) DeletableID() clean.Text {
	if !a.ExternalAccountID.Empty() {
		return a.ExternalAccountID
	}
	return a.ID
}

// deleteUserPart deletes a part of a user that has an id of its own.
func (c *Client) deleteUserPart(ctx context.Context, op string, userID clean.Text, before string, id clean.Text) (*Deleted, error) {
	k, err := newCall(op, http.MethodDelete, before, id, "")
	if err != nil {
		return nil, err
	}
	k, err = newUserCall(op, http.MethodDelete, userID, k.path)
	if err != nil {
		return nil, err
	}
	return c.doDelete(ctx, k, id)
}

// sendObject sends a call with a JSON body whose response is one object.
func sendObject[T any](ctx context.Context, c *Client, k call, body any, what string, check func(*T) error) (*T, error) {
	if err := k.setJSON(body); err != nil {
		return nil, err
	}
	return doObject(ctx, c, k, what, check)
}

// checkSame returns an error unless the response is about the requested object.
func checkSame(so bool) error {
	if so {
		return nil
	}
	return errWrongObject
}

// PrepareEmailVerification calls POST /email_addresses/{id}/prepare_verification, which
// e-mails a code. The ID of the result is needed for the attempt.
func (c *Client) PrepareEmailVerification(ctx context.Context, id clean.Text) (*Verification, error) {
	return c.prepareVerification(ctx, "/email_addresses/", id)
}

// AttemptEmailVerification calls POST /email_addresses/{id}/attempt_verification. A wrong
// code is not an error: Status of the result says whether the address is verified now.
func (c *Client) AttemptEmailVerification(ctx context.Context, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	return c.attemptVerification(ctx, "/email_addresses/", id, verificationID, code)
}

// PreparePhoneVerification calls POST /phone_numbers/{id}/prepare_verification, which
// sends a code by SMS. It fails with 429 within 30 seconds of another code.
func (c *Client) PreparePhoneVerification(ctx context.Context, id clean.Text) (*Verification, error) {
	return c.prepareVerification(ctx, "/phone_numbers/", id)
}

// AttemptPhoneVerification calls POST /phone_numbers/{id}/attempt_verification. See
// AttemptEmailVerification.
func (c *Client) AttemptPhoneVerification(ctx context.Context, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	return c.attemptVerification(ctx, "/phone_numbers/", id, verificationID, code)
}

func (c *Client) prepareVerification(ctx context.Context, before string, id clean.Text) (*Verification, error) {
	k, err := newCall("send the code", http.MethodPost, before, id, "/prepare_verification")
	if err != nil {
		return nil, err
	}
	return doObject(ctx, c, k, "a verification", checkVerification)
}

func (c *Client) attemptVerification(ctx context.Context, before string, id, verificationID clean.Text, code wire.Secret) (*Verification, error) {
	k, err := newCall("check the code", http.MethodPost, before, id, "/attempt_verification")
	if err != nil {
		return nil, err
	}
	body := map[string]string{"verification_id": verificationID.Raw(), "code": code.Reveal()}
	return sendObject(ctx, c, k, body, "a verification", checkVerification)
}

// checkVerification returns an error unless the response is a verification with a status.
func checkVerification(v *Verification) error { return checkSame(!v.Status.Empty()) }
