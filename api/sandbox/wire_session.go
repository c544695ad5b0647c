package sandbox

import (
	"strings"

	"frontdesk/api/sandbox/store"
)

// wireSession is a Session.
type wireSession struct {
	Object         string        `json:"object"`
	ID             string        `json:"id"`
	UserID         string        `json:"user_id"`
	ClientID       string        `json:"client_id"`
	Actor          *wireActor    `json:"actor"`
	Status         string        `json:"status"`
	OrganizationID *string       `json:"last_active_organization_id"`
	LastActiveAt   int64         `json:"last_active_at"`
	Activity       *wireActivity `json:"latest_activity"`
	ExpireAt       int64         `json:"expire_at"`
	AbandonAt      int64         `json:"abandon_at"`
	CreatedAt      int64         `json:"created_at"`
	UpdatedAt      int64         `json:"updated_at"`
	Tasks          *[]wireTask   `json:"tasks,omitempty"`
}

type wireActor struct {
	Sub string `json:"sub"`
}

type wireTask struct {
	Key string `json:"key"`
}

type wireActivity struct {
	ID             string `json:"id"`
	Object         string `json:"object"`
	DeviceType     string `json:"device_type,omitempty"`
	IsMobile       bool   `json:"is_mobile"`
	BrowserName    string `json:"browser_name,omitempty"`
	BrowserVersion string `json:"browser_version,omitempty"`
	IPAddress      string `json:"ip_address,omitempty"`
	City           string `json:"city,omitempty"`
	Country        string `json:"country,omitempty"`
}

// The statuses of a session that the server uses.
const (
	sessionActive    = "active"
	sessionPending   = "pending"
	sessionRevoked   = "revoked"
	sessionExpired   = "expired"
	sessionAbandoned = "abandoned"
)

// sessionStatus returns the status at a time, which may have expired since it was stored.
func sessionStatus(s *store.Session, nowMS int64) string {
	if s.Status != sessionActive && s.Status != sessionPending {
		return s.Status
	}
	switch {
	case s.ExpireAt != 0 && s.ExpireAt <= nowMS:
		return sessionExpired
	case s.AbandonAt != 0 && s.AbandonAt <= nowMS:
		return sessionAbandoned
	}
	return s.Status
}

func (v viewer) session(s *store.Session) wireSession {
	w := wireSession{
		Object: "session", ID: s.ID, UserID: s.UserID, ClientID: s.ClientID, Status: sessionStatus(s, v.nowMS),
		OrganizationID: orNull(s.OrganizationID), LastActiveAt: s.LastActiveAt, ExpireAt: s.ExpireAt, AbandonAt: s.AbandonAt,
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	}
	if s.ActorSub != "" {
		w.Actor = &wireActor{Sub: s.ActorSub}
	}
	if s.DeviceType != "" || s.BrowserName != "" || s.IPAddress != "" {
		w.Activity = &wireActivity{
			ID: "sess_activity_" + strings.TrimPrefix(s.ID, "sess_"), Object: "session_activity", DeviceType: s.DeviceType,
			IsMobile: s.IsMobile, BrowserName: s.BrowserName, BrowserVersion: s.BrowserVersion, IPAddress: s.IPAddress,
			City: s.City, Country: s.Country,
		}
	}
	if v.version >= versionPending {
		tasks := []wireTask{}
		if w.Status == sessionPending {
			tasks = append(tasks, wireTask{Key: "choose-organization"})
		}
		w.Tasks = &tasks
	}
	return w
}
