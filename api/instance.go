package api

import (
	"context"
	"net/http"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Instance is the result of GET /instance.
type Instance struct {
	ID              clean.Text   `json:"id"`
	EnvironmentType clean.Text   `json:"environment_type"` // production or development
	AllowedOrigins  []clean.Text `json:"allowed_origins"`
	WorkspaceID     clean.Text   `json:"workspace_id"`
	// Body is the response as received.
	Body wire.Secret `json:"-"`
}

// GetInstance calls GET /instance: the instance that the key belongs to.
func (c *Client) GetInstance(ctx context.Context) (*Instance, error) {
	var out *Instance
	k := call{op: "read the instance", method: http.MethodGet, path: "/instance"}
	k.decode = func(body []byte, _ time.Time) (err error) {
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
