package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Page is one page of a list. Total counts the whole list; it is -1 where the
// server does not tell it.
type Page[T any] struct {
	Rows  []T
	Total int
	// Bodies are the rows as the server gave them, byte for byte.
	Bodies []wire.Secret
}

// page sends a call that answers with a list.
func page[T any](ctx context.Context, c *Client, k call, what string) (Page[T], error) {
	var p Page[T]
	k.read = func(body []byte, _ time.Time) error {
		list, err := wire.DecodeList[T](body, what)
		if err != nil {
			return err
		}
		p = Page[T]{Rows: list.Rows, Total: list.Total, Bodies: make([]wire.Secret, len(list.Texts))}
		for i, text := range list.Texts {
			p.Bodies[i] = wire.NewSecret(text)
		}
		return nil
	}
	if err := c.do(ctx, k); err != nil {
		return Page[T]{}, err
	}
	return p, nil
}

// paging is limit (0 leaves the server's, else 1 to 500) and offset.
func paging(limit, offset int) url.Values {
	return Query{Limit: limit, Offset: offset}.Values()
}

// Memberships is GET /users/{id}/organization_memberships (6.1, 7.10), newest
// first. 403 organization_not_enabled_in_instance.
func (c *Client) Memberships(ctx context.Context, id clean.Text, limit, offset int) (Page[OrganizationMembership], error) {
	k, err := onUser("list the organizations of the user", http.MethodGet, id, "/organization_memberships")
	if err != nil {
		return Page[OrganizationMembership]{}, err
	}
	k.query = paging(limit, offset)
	return page[OrganizationMembership](ctx, c, k, "a membership")
}

// OrganizationInvitation is an invitation of the user to an organization (section 8).
type OrganizationInvitation struct {
	ID             clean.Text      `json:"id"`
	EmailAddress   clean.Text      `json:"email_address"`
	Role           clean.Text      `json:"role"`
	RoleName       clean.Text      `json:"role_name"`
	OrganizationID clean.Text      `json:"organization_id"`
	Status         clean.Text      `json:"status"` // pending, accepted, revoked, expired
	URL            wire.Secret     `json:"url"`    // whoever has it can accept
	InviterID      clean.Text      `json:"inviter_id"`
	Organization   Organization    `json:"public_organization_data"`
	PublicMetadata json.RawMessage `json:"public_metadata"`
	ExpiresAt      wire.Time       `json:"expires_at"`
	CreatedAt      wire.Time       `json:"created_at"`
	UpdatedAt      wire.Time       `json:"updated_at"`
	Problems       []clean.Text    `json:"-" wire:"problems"`
}

// Invitations is GET /users/{id}/organization_invitations (section 8); status ""
// is all.
func (c *Client) Invitations(ctx context.Context, id clean.Text, status string, limit, offset int) (Page[OrganizationInvitation], error) {
	k, err := onUser("list the invitations of the user", http.MethodGet, id, "/organization_invitations")
	if err != nil {
		return Page[OrganizationInvitation]{}, err
	}
	k.query = paging(limit, offset)
	if status != "" {
		k.query.Set("status", status)
	}
	return page[OrganizationInvitation](ctx, c, k, "an invitation")
}

// OAuthToken is an access token that the user's provider gave (7.9).
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

// OAuthTokens is GET /users/{id}/oauth_access_tokens/{provider} (6.1, 7.9).
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
	k, err := onUser("read the OAuth token", http.MethodGet, id, "/oauth_access_tokens/"+url.PathEscape(name))
	if err != nil {
		return nil, err
	}
	k.once = true
	p, err := page[OAuthToken](ctx, c, k, "a token")
	for i := range p.Rows {
		p.Rows[i].Body = p.Bodies[i]
	}
	return p.Rows, err
}

// Instance is what GET /instance says of the instance.
type Instance struct {
	ID              clean.Text   `json:"id"`
	EnvironmentType clean.Text   `json:"environment_type"` // production, development
	AllowedOrigins  []clean.Text `json:"allowed_origins"`
	WorkspaceID     clean.Text   `json:"workspace_id"`
	// Body is the answer as it came.
	Body wire.Secret `json:"-"`
}

// GetInstance is GET /instance (section 8): the instance that the key belongs to.
func (c *Client) GetInstance(ctx context.Context) (*Instance, error) {
	var out *Instance
	k := call{op: "read the instance", method: http.MethodGet, path: "/instance"}
	k.read = func(body []byte, _ time.Time) (err error) {
		if out, err = wire.DecodeObject[Instance](body, "an instance"); err == nil {
			out.Body = wire.NewSecret(string(body))
		}
		return err
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return out, nil
}

// listQuery is paging for the endpoints that answer with a total only when asked.
func listQuery(limit, offset int) url.Values {
	v := paging(limit, offset)
	v.Set("paginated", strconv.FormatBool(true))
	return v
}
