package sandbox

import (
	"frontdesk/api/sandbox/store"
)

type wireInstance struct {
	Object         string   `json:"object"`
	ID             string   `json:"id"`
	Environment    string   `json:"environment_type"`
	AllowedOrigins []string `json:"allowed_origins"`
	WorkspaceID    *string  `json:"workspace_id"`
}

func getInstance(c *call) (any, error) {
	out := wireInstance{Object: "instance"}
	err := c.read(func(tx *store.Tx) error {
		settings, err := c.settings(tx)
		out.ID, out.Environment = settings.InstanceID, settings.Environment
		return err
	})
	return out, err
}

// wireDevice has no fields, because no user has a trusted device.
type wireDevice struct{}

func listTrustedDevices(c *call) (any, error) {
	err := c.read(func(tx *store.Tx) error {
		_, err := c.user(tx)
		return err
	})
	return wirePage[wireDevice]{Data: []wireDevice{}}, err
}

func revokeTrustedDevice(c *call) (any, error) {
	if _, err := listTrustedDevices(c); err != nil {
		return nil, err
	}
	return nil, errResourceNotFound
}

// verifySession responds that the endpoint was removed, in the versions that have it.
func verifySession(*call) (any, error) { return nil, errDeprecated }
