package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// OAuthToken is an access token that a provider issued for the user.
type OAuthToken struct {
	ExternalAccountID clean.Text      `json:"external_account_id"`
	Provider          clean.Text      `json:"provider"`
	ProviderUserID    clean.Text      `json:"provider_user_id"`
	Label             clean.Text      `json:"label"`
	Scopes            []clean.Text    `json:"scopes"`
	Token             wire.Secret     `json:"token"`
	TokenSecret       wire.Secret     `json:"token_secret"` // OAuth 1.0 only
	IDToken           wire.Secret     `json:"id_token"`     // OIDC only
	ExpiresAt         *int64          `json:"expires_at"`   // in seconds or milliseconds: see Expires
	PublicMetadata    json.RawMessage `json:"public_metadata"`
	Problems          []clean.Text    `json:"-" wire:"problems"`
	// Body is the token's object as received.
	Body wire.Secret `json:"-"`
}

// Expires returns when the token expires, or the zero time if that is unknown. Clerk
// documents no unit: a value past the year 5000 in seconds is taken as milliseconds.
func (t OAuthToken) Expires() wire.Time {
	const lastSeconds = 100_000_000_000
	if t.ExpiresAt == nil {
		return wire.Time{}
	}
	ms := *t.ExpiresAt
	if ms <= lastSeconds && ms >= -lastSeconds { // larger values would overflow into a plausible time
		ms *= 1000
	}
	at, _ := wire.TimeOf(ms)
	return at
}

// OAuthTokens calls GET /users/{id}/oauth_access_tokens/{provider}. provider is
// oauth_google and the like; the prefix may be omitted. Clerk refreshes an expired token
// at the provider first, so this GET has a side effect and is not repeated after a lost
// response. Without a connection to the provider, some services return an empty list and
// others 404. It fails with 400 oauth_token_retrieval_error or 422
// oauth_missing_refresh_token if the provider issues no new token.
func (c *Client) OAuthTokens(ctx context.Context, id clean.Text, provider clean.Text) ([]OAuthToken, error) {
	name := provider.Raw()
	if !strings.HasPrefix(name, "oauth_") {
		name = "oauth_" + name
	}
	k, err := newUserCall("read the OAuth token", http.MethodGet, id, "/oauth_access_tokens/"+url.PathEscape(name))
	if err != nil {
		return nil, err
	}
	k.noRetry = true
	p, err := doPage[OAuthToken](ctx, c, k, "a token")
	for i := range p.Rows {
		p.Rows[i].Body = p.Bodies[i]
	}
	return p.Rows, err
}
