package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"frontdesk/api/sandbox/store"
)

// A ticket signs somebody in once, as themselves (a sign-in token) or as another user (an
// actor token). The server accepts none, so a ticket is pending until it is revoked or
// expires.
type ticket struct {
	ID        string          `json:"id"`
	UserID    string          `json:"user_id"`
	Actor     json.RawMessage `json:"actor,omitempty"`
	Secret    string          `json:"token"`
	Status    string          `json:"status"`
	CreatedAt int64           `json:"created_at"`
	UpdatedAt int64           `json:"updated_at"`
	ExpiresAt int64           `json:"expires_at"`
}

// ticketKind has the differences between the two on the wire.
type ticketKind struct {
	object, prefix, noun, refusal string
	life                          time.Duration
}

var (
	signInTicket = ticketKind{object: "sign_in_token", prefix: "sit", noun: "Sign in token", refusal: "sign_in_token_cannot_be_revoked_code", life: 30 * 24 * time.Hour}
	actorTicket  = ticketKind{object: "actor_token", prefix: "act", noun: "Actor token", refusal: "actor_token_cannot_be_revoked_code", life: time.Hour}
)

const (
	ticketPending = "pending"
	ticketRevoked = "revoked"
	ticketExpired = "expired"
)

type wireTicket struct {
	Object    string          `json:"object"`
	ID        string          `json:"id"`
	Status    string          `json:"status"`
	UserID    string          `json:"user_id"`
	Actor     json.RawMessage `json:"actor,omitempty"`
	Token     string          `json:"token,omitempty"` // omitted, not null, once the ticket is used up
	URL       string          `json:"url,omitempty"`
	CreatedAt int64           `json:"created_at"`
	UpdatedAt int64           `json:"updated_at"`
}

// viewTicket shows the secret as long as the ticket is pending.
func (c *call) viewTicket(kind ticketKind, t ticket) wireTicket {
	w := wireTicket{Object: kind.object, ID: t.ID, Status: t.Status, UserID: t.UserID, Actor: t.Actor, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt}
	if t.Status == ticketPending {
		w.Token, w.URL = t.Secret, c.baseURL+"/v1/tickets/accept?ticket="+t.Secret
	}
	return w
}

func createSignInToken(c *call) (any, error) {
	f, err := c.form("user_id", "org_id", "expires_in_seconds")
	if err != nil {
		return nil, err
	}
	return c.createTicket(signInTicket, f, nil)
}

func createActorToken(c *call) (any, error) {
	f, err := c.form("user_id", "actor", "expires_in_seconds", "session_max_duration_in_seconds")
	if err != nil {
		return nil, err
	}
	actor := f.metadata("actor")
	sub, _ := actor.value["sub"].(string)
	switch {
	case !actor.set && f.fields["actor"] == nil:
		f.refuse(errMissing("actor"))
	case actor.set && sub == "":
		f.refuse(errMissing("actor.sub"))
	}
	f.seconds("session_max_duration_in_seconds", 1)
	return c.createTicket(actorTicket, f, f.fields["actor"])
}

func (c *call) createTicket(kind ticketKind, f *form, actor json.RawMessage) (any, error) {
	userID, life := f.requiredText("user_id"), f.seconds("expires_in_seconds", 1)
	organization := f.text("org_id")
	if err := f.problem(); err != nil {
		return nil, err
	}
	t := ticket{UserID: userID, Actor: actor, Status: ticketPending, CreatedAt: c.nowMS, UpdatedAt: c.nowMS, ExpiresAt: c.nowMS + kind.life.Milliseconds()}
	if life > 0 {
		t.ExpiresAt = c.nowMS + life.Milliseconds()
	}
	var raw [32]byte
	if _, err := io.ReadFull(c.rand, raw[:]); err != nil {
		return nil, fmt.Errorf("no randomness for a ticket: %w", err)
	}
	t.Secret = base64.RawURLEncoding.EncodeToString(raw[:])
	var err error
	if t.ID, err = c.newID(kind.prefix); err != nil {
		return nil, err
	}
	err = c.write(func(tx *store.Tx) error {
		u, err := userByID(tx, userID)
		if err != nil {
			return err
		}
		if u.Banned {
			return fail(403, "user_banned", "User banned", "You have been banned. If you think this was by mistake, please contact support.")
		}
		if organization.value != "" {
			if _, err := memberOf(tx, userID, organization.value); err != nil {
				return notAMember("org_id", err)
			}
		}
		return saveTicket(tx, t)
	})
	return c.viewTicket(kind, t), err
}

func revokeSignInToken(c *call) (any, error) {
	return c.revokeTicket(signInTicket, c.path["sign_in_token_id"])
}

func revokeActorToken(c *call) (any, error) {
	return c.revokeTicket(actorTicket, c.path["actor_token_id"])
}

func (c *call) revokeTicket(kind ticketKind, id string) (any, error) {
	var t ticket
	err := c.write(func(tx *store.Tx) error {
		note, err := tx.Note(ticketNote(id))
		if err != nil {
			return err
		}
		if note == "" {
			return fail(404, "resource_not_found", "not found", fmt.Sprintf("No %s was found with id %s", kind.object, id))
		}
		if err := json.Unmarshal([]byte(note), &t); err != nil {
			return err
		}
		if t.Status == ticketPending && t.ExpiresAt <= c.nowMS {
			t.Status = ticketExpired
		}
		if t.Status != ticketPending {
			return fail(400, kind.refusal, "cannot revoke",
				fmt.Sprintf("%s cannot be revoked because its status is %s. Only pending tokens can be revoked.", kind.noun, t.Status))
		}
		t.Status, t.UpdatedAt = ticketRevoked, c.nowMS
		return saveTicket(tx, t)
	})
	return c.viewTicket(kind, t), err
}

func ticketNote(id string) string { return "ticket " + id }

func saveTicket(tx *store.Tx, t ticket) error {
	note, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return tx.SetNote(ticketNote(t.ID), string(note))
}
