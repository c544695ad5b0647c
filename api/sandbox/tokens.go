package sandbox

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"frontdesk/api/sandbox/store"
)

// wireToken is an OAuthAccessToken.
type wireToken struct {
	Object            string          `json:"object"`
	ExternalAccountID string          `json:"external_account_id"`
	ProviderUserID    string          `json:"provider_user_id"`
	Token             string          `json:"token"`
	ExpiresAt         *int64          `json:"expires_at"`
	Provider          string          `json:"provider"`
	Public            json.RawMessage `json:"public_metadata"`
	Label             *string         `json:"label"`
	Scopes            []string        `json:"scopes"`
}

const (
	tokenLife = time.Hour
	// refusedRefreshToken is a refresh token that its provider no longer accepts.
	refusedRefreshToken = "refuse"
)

var providerPattern = regexp.MustCompile(`^oauth_[a-z0-9]+(_[a-z0-9_-]+)?$`)

// getOAuthTokens also refreshes: an expired access token is exchanged at its provider and
// stored before the response. The refresh token is never shown.
func getOAuthTokens(c *call) (any, error) {
	provider := c.path["provider"]
	if !strings.HasPrefix(provider, "oauth_") {
		provider = "oauth_" + provider
	}
	if !providerPattern.MatchString(provider) {
		return nil, fail(400, "oauth_unsupported_provider", "Unsupported OAuth provider",
			provider+" OAuth is not supported. Please contact us if you think this error should not appear.")
	}
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	paginated, refused := params.flag("paginated")
	if refused != nil {
		return nil, refused
	}
	all, err := c.oauthTokens(provider)
	if err != nil {
		return nil, err
	}
	page := pageOf(all, limit, offset)
	if paginated != nil && *paginated {
		return wirePage[wireToken]{Data: page, Total: len(all)}, nil
	}
	return page, nil
}

// pageOf returns one page of a list.
func pageOf[T any](all []T, limit, offset int) []T {
	offset = min(offset, len(all))
	return all[offset:min(len(all), offset+limit)]
}

// oauthTokens writes only if a token has expired.
func (c *call) oauthTokens(provider string) ([]wireToken, error) {
	var out []wireToken
	stale := false
	look := func(tx *store.Tx) error {
		u, err := c.user(tx)
		if err != nil {
			return err
		}
		list, err := tx.Tokens(u.ID, provider)
		if err != nil {
			return err
		}
		out = make([]wireToken, 0, len(list))
		for _, token := range list {
			stale = stale || c.ranOut(token)
			out = append(out, viewToken(u, token))
		}
		return nil
	}
	if err := c.read(look); err != nil || !stale {
		return out, err
	}
	err := c.write(func(tx *store.Tx) error {
		if err := c.refreshTokens(tx, provider); err != nil {
			return err
		}
		return look(tx)
	})
	return out, err
}

func (c *call) ranOut(t *store.Token) bool {
	return t.AccessToken == "" || (t.ExpiresAt != 0 && t.ExpiresAt <= c.nowMS)
}

func (c *call) refreshTokens(tx *store.Tx, provider string) error {
	list, err := tx.Tokens(c.path["user_id"], provider)
	if err != nil {
		return err
	}
	for _, token := range list {
		if !c.ranOut(token) {
			continue
		}
		switch {
		case token.AccessToken == "" && token.RefreshToken == "":
			return fail(422, "oauth_missing_access_token", "Missing OAuth access token", "OAuth access token is missing")
		case token.RefreshToken == "":
			return fail(422, "oauth_missing_refresh_token", "Cannot refresh OAuth access token",
				"The current access token has expired and we cannot refresh it, because the authorization server hasn't provided us with a refresh token")
		case token.RefreshToken == refusedRefreshToken:
			return fail(400, "oauth_token_retrieval_error", "Token retrieval failed",
				"Failed to retrieve a new access token from the OAuth provider")
		}
		fresh, err := c.newID("sandbox_access")
		if err != nil {
			return err
		}
		token.AccessToken, token.ExpiresAt = fresh, c.nowMS+tokenLife.Milliseconds()
		if err := tx.PutToken(token); err != nil {
			return err
		}
	}
	return nil
}

func viewToken(u *store.User, t *store.Token) wireToken {
	w := wireToken{
		Object: "oauth_access_token", ExternalAccountID: t.ExternalAccountID, Token: t.AccessToken, ExpiresAt: msOrNull(t.ExpiresAt),
		Provider: t.Provider, Public: object(nil), Label: orNull(t.Label), Scopes: t.Scopes,
	}
	if w.Scopes == nil {
		w.Scopes = []string{}
	}
	for _, account := range u.External {
		if account.ID == t.ExternalAccountID {
			w.ProviderUserID = account.ProviderUserID
		}
	}
	return w
}
