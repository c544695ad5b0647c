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

// OAuthToken is an access token that the user's provider gave.
type OAuthToken struct {
	ExternalAccountID clean.Text      `json:"external_account_id"`
	Provider          clean.Text      `json:"provider"`
	ProviderUserID    clean.Text      `json:"provider_user_id"`
	Label             clean.Text      `json:"label"`
	Scopes            []clean.Text    `json:"scopes"`
	Token             wire.Secret     `json:"token"`
	TokenSecret       wire.Secret     `json:"token_secret"` // OAuth 1.0 only
	IDToken           wire.Secret     `json:"id_token"`     // OIDC only
	ExpiresAt         *int64          `json:"expires_at"`   // seconds or milliseconds: see Expires
	PublicMetadata    json.RawMessage `json:"public_metadata"`
	Problems          []clean.Text    `json:"-" wire:"problems"`
	// Body is the token's object as it came.
	Body wire.Secret `json:"-"`
}

// Expires is when the token ends, zero where it is not said. Clerk states no
// unit: what would be past the year 5000 in seconds is milliseconds.
func (t OAuthToken) Expires() wire.Time {
	const lastSeconds = 100_000_000_000
	if t.ExpiresAt == nil {
		return wire.Time{}
	}
	ms := *t.ExpiresAt
	if ms <= lastSeconds && ms >= -lastSeconds { // more would wrap into a time that looks right
		ms *= 1000
	}
	at, _ := wire.TimeOf(ms)
	return at
}

// OAuthTokens calls GET /users/{id}/oauth_access_tokens/{provider}.
// provider is oauth_google and the like; the prefix may be left out. A token
// that has run out is refreshed at the provider first, so this GET changes
// something and is not repeated after a lost answer. No connection to the
// provider is an empty list or a 404, by service; 400
// oauth_token_retrieval_error and 422 oauth_missing_refresh_token where the
// provider gives no new one.
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
