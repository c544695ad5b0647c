package sandbox

import (
	"frontdesk/api/sandbox/store"
)

// wireClient is a browser or an app. A client exists only through its sessions.
type wireClient struct {
	Object        string        `json:"object"`
	ID            string        `json:"id"`
	SessionIDs    []string      `json:"session_ids"`
	Sessions      []wireSession `json:"sessions"`
	SignInID      *string       `json:"sign_in_id"`
	SignUpID      *string       `json:"sign_up_id"`
	LastSessionID *string       `json:"last_active_session_id"`
	LastStrategy  *string       `json:"last_authentication_strategy"`
	CreatedAt     int64         `json:"created_at"`
	UpdatedAt     int64         `json:"updated_at"`
}

func getClient(c *call) (any, error) {
	id := c.path["client_id"]
	page, err := c.sessions("", id, "", maxLimit, 0)
	if err != nil {
		return nil, err
	}
	if len(page.Data) == 0 {
		return nil, fail(404, "resource_not_found", "not found", "No client was found with id "+id)
	}
	out := wireClient{Object: "client", ID: id, Sessions: page.Data, CreatedAt: page.Data[len(page.Data)-1].CreatedAt}
	for _, s := range page.Data {
		out.SessionIDs = append(out.SessionIDs, s.ID)
		out.UpdatedAt = max(out.UpdatedAt, s.UpdatedAt)
		if s.Status == sessionActive && out.LastSessionID == nil {
			out.LastSessionID = &s.ID
		}
	}
	return out, nil
}

// listClients responds that the endpoint was removed, as Clerk does.
func listClients(*call) (any, error) { return nil, errDeprecated }

// getBilling responds as for a user without a subscription.
func getBilling(c *call) (any, error) {
	if err := c.read(func(tx *store.Tx) error { _, err := c.user(tx); return err }); err != nil {
		return nil, err
	}
	return nil, errFeatureOff
}
