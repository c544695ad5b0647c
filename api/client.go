package api

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Config is all a Client needs from outside.
type Config struct {
	// BaseURL is https://api.clerk.com/v1 when empty; with or without /v1.
	// https only, unless the host is loopback.
	BaseURL string
	// Key is the instance's secret key, sk_test_… or sk_live_….
	Key Key
	// Transport carries the requests; nil is a tuned net/http transport.
	Transport http.RoundTripper
	UserAgent string
	// Clock and Sleep are time itself; Sleep returns early with ctx's error.
	Clock func() time.Time
	Sleep func(context.Context, time.Duration) error
	// Jitter gives a number in [0,1).
	Jitter func() float64
}

// Key is a secret key. It prints as sk_live_… with the secret part left out,
// whatever the format verb; only the client reads the value.
type Key struct{ secret string }

// NewKey checks the shape of a key; the error never quotes it.
func NewKey(s string) (Key, error) { panic("unwritten") }

// Live says that the key belongs to a production instance (sk_live_).
func (k Key) Live() bool { panic("unwritten") }

// Client speaks to one Clerk instance. It is safe for concurrent use.
type Client struct{}

// New checks the configuration; nothing is sent.
func New(c Config) (*Client, error) { panic("unwritten") }

// Host is the host spoken to, for screens.
func (c *Client) Host() string { panic("unwritten") }

// ListUsers is GET /users (reference 5): one page, in the server's order.
func (c *Client) ListUsers(ctx context.Context, q Query) ([]User, error) { panic("unwritten") }

// CountUsers is GET /users/count for the query's filters.
func (c *Client) CountUsers(ctx context.Context, q Query) (int, error) { panic("unwritten") }

// GetUser is GET /users/{id}.
func (c *Client) GetUser(ctx context.Context, id Text) (*User, error) { panic("unwritten") }

func (c *Client) BanUser(ctx context.Context, id Text) (*User, error)    { panic("unwritten") }
func (c *Client) UnbanUser(ctx context.Context, id Text) (*User, error)  { panic("unwritten") }
func (c *Client) LockUser(ctx context.Context, id Text) (*User, error)   { panic("unwritten") }
func (c *Client) UnlockUser(ctx context.Context, id Text) (*User, error) { panic("unwritten") }

// DisableMFA is DELETE /users/{id}/mfa; the answer is only the id, so callers re-read.
func (c *Client) DisableMFA(ctx context.Context, id Text) error { panic("unwritten") }

// SetProfileImage streams an image of at most 10 MB; open is called once per attempt.
// Type and size are checked before anything is sent (CheckImage).
func (c *Client) SetProfileImage(ctx context.Context, id Text, img ImageFile) (*User, error) {
	panic("unwritten")
}

func (c *Client) DeleteProfileImage(ctx context.Context, id Text) (*User, error) { panic("unwritten") }

// Picture fetches an image_url, capped at 10 MB, without the key.
func (c *Client) Picture(ctx context.Context, url Text) ([]byte, error) { panic("unwritten") }

// ImageFile is an image on its way to the server.
type ImageFile struct {
	Name string
	Size int64  // bytes
	Type string // image/jpeg, image/png, image/gif, image/webp, from its first bytes
	Open func() (io.ReadCloser, error)
}

// CheckImage looks at a file before anything is sent: a regular, readable file
// of at most 10 MB that is a jpg, png, gif or webp. The error is one sentence.
func CheckImage(path string) (ImageFile, error) { panic("unwritten") }
