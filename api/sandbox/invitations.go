package sandbox

import (
	"encoding/json"
	"fmt"
	"time"

	"frontdesk/api/sandbox/store"
)

// An invitation asks somebody to sign up for the application. No mail is sent, so nobody
// accepts one.
type invitation struct {
	ID        string          `json:"id"`
	Email     string          `json:"email_address"`
	Public    json.RawMessage `json:"public_metadata,omitempty"`
	Status    string          `json:"status"`
	CreatedAt int64           `json:"created_at"`
	UpdatedAt int64           `json:"updated_at"`
	ExpiresAt int64           `json:"expires_at"`
}

const (
	invitationLife = 30 * 24 * time.Hour
	maxInvitations = 10 // per bulk request
	invitationKey  = "invitation "
)

type wireAppInvitation struct {
	Object    string          `json:"object"`
	ID        string          `json:"id"`
	Email     string          `json:"email_address"`
	Public    json.RawMessage `json:"public_metadata"`
	Revoked   bool            `json:"revoked"`
	Status    string          `json:"status"`
	URL       string          `json:"url,omitempty"` // omitted, not null, when revoked
	ExpiresAt int64           `json:"expires_at"`
	CreatedAt int64           `json:"created_at"`
	UpdatedAt int64           `json:"updated_at"`
}

func (c *call) viewAppInvitation(i invitation) wireAppInvitation {
	w := wireAppInvitation{
		Object: "invitation", ID: i.ID, Email: i.Email, Public: object(i.Public), Status: i.status(c.nowMS),
		ExpiresAt: i.ExpiresAt, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
	}
	if w.Revoked = w.Status == ticketRevoked; w.Status == ticketPending {
		w.URL = c.baseURL + "/v1/tickets/accept?ticket=" + i.ID
	}
	return w
}

func (i invitation) status(nowMS int64) string {
	if i.Status == ticketPending && i.ExpiresAt <= nowMS {
		return ticketExpired
	}
	return i.Status
}

var invitationFields = []string{"email_address", "public_metadata", "redirect_url", "notify", "ignore_existing", "expires_in_days", "template_slug"}

func createInvitation(c *call) (any, error) {
	f, err := c.form(invitationFields...)
	if err != nil {
		return nil, err
	}
	i, ignore, err := c.newInvitation(f)
	if err != nil {
		return nil, err
	}
	if err := c.write(func(tx *store.Tx) error { return c.addInvitation(tx, i, ignore) }); err != nil {
		return nil, err
	}
	return c.viewAppInvitation(i), nil
}

// createInvitations creates all or none of them.
func createInvitations(c *call) (any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(c.body, &raw); err != nil {
		return nil, errBody("The request body is invalid. It must be a JSON array.")
	}
	if len(raw) > maxInvitations {
		return nil, fail(400, "bulk_size_exceeded", "bulk size exceeded",
			fmt.Sprintf("Parameters exceed the maximum allowed bulk processing size of %d.", maxInvitations))
	}
	out := []wireAppInvitation{}
	err := c.write(func(tx *store.Tx) error {
		for _, one := range raw {
			f, err := formOf(one, invitationFields...)
			if err != nil {
				return err
			}
			i, ignore, err := c.newInvitation(f)
			if err != nil {
				return err
			}
			if err := c.addInvitation(tx, i, ignore); err != nil {
				return err
			}
			out = append(out, c.viewAppInvitation(i))
		}
		return nil
	})
	return out, err
}

func (c *call) newInvitation(f *form) (i invitation, ignoreExisting bool, err error) {
	address := f.requiredText("email_address")
	f.text("redirect_url")
	f.text("template_slug")
	f.flag("notify")
	ignore, days := f.flag("ignore_existing"), f.number("expires_in_days")
	i = invitation{Status: ticketPending, CreatedAt: c.nowMS, UpdatedAt: c.nowMS, ExpiresAt: c.nowMS + invitationLife.Milliseconds()}
	f.metadataInto("public_metadata", &i.Public)
	if days.set && !days.null {
		if days.value < 1 || days.value > 365 {
			f.refuse(errValue("expires_in_days", fmt.Sprint(days.value)))
		}
		i.ExpiresAt = c.nowMS + int64(days.value)*24*time.Hour.Milliseconds()
	}
	if err := f.problem(); err != nil {
		return i, false, err
	}
	if i.Email, err = untypedNil(cleanEmail("email_address", address)); err != nil {
		return i, false, err
	}
	i.ID, err = c.newID("inv")
	return i, ignore.value, err
}

// addInvitation stores i, unless its address has an invitation or an account.
func (c *call) addInvitation(tx *store.Tx, i invitation, ignoreExisting bool) error {
	if !ignoreExisting {
		owners, err := tx.CountUsers(store.Query{Emails: []string{i.Email}})
		if err != nil {
			return err
		}
		if owners > 0 {
			return errTaken("email_address")
		}
		all, err := c.allInvitations(tx)
		if err != nil {
			return err
		}
		for _, have := range all {
			if have.Email == i.Email && have.status(c.nowMS) == ticketPending {
				e := fail(400, "duplicate_record", "duplicate invitation",
					"There are already pending invitations for the following email addresses: "+i.Email)
				e.problems[0].Meta = map[string]any{"email_addresses": []string{i.Email}}
				return e
			}
		}
	}
	return saveInvitation(tx, i)
}

func saveInvitation(tx *store.Tx, i invitation) error {
	note, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return tx.SetNote(invitationKey+i.ID, string(note))
}

func (c *call) allInvitations(tx *store.Tx) ([]invitation, error) {
	notes, err := tx.NotesWithPrefix(invitationKey)
	if err != nil {
		return nil, err
	}
	all := make([]invitation, len(notes))
	for n, note := range notes {
		if err := json.Unmarshal([]byte(note), &all[n]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func revokeInvitation(c *call) (any, error) {
	id := c.path["invitation_id"]
	var i invitation
	err := c.write(func(tx *store.Tx) error {
		note, err := tx.Note(invitationKey + id)
		if err != nil {
			return err
		}
		if note == "" {
			return errInvitationNotFound(id)
		}
		if err := json.Unmarshal([]byte(note), &i); err != nil {
			return err
		}
		if status := i.status(c.nowMS); status != ticketPending {
			return fail(400, "invitation_cannot_be_revoked_code", "cannot revoke",
				fmt.Sprintf("This invitation cannot be revoked because its status is %s. Only pending invitations can be revoked.", status))
		}
		i.Status, i.UpdatedAt = ticketRevoked, c.nowMS
		return saveInvitation(tx, i)
	})
	return c.viewAppInvitation(i), err
}

// deleteInvitation deletes an invitation of any status.
func deleteInvitation(c *call) (any, error) {
	id := c.path["invitation_id"]
	err := c.write(func(tx *store.Tx) error {
		note, err := tx.Note(invitationKey + id)
		if err != nil {
			return err
		}
		if note == "" {
			return errInvitationNotFound(id)
		}
		return tx.SetNote(invitationKey+id, "")
	})
	return wireDeleted{Object: "invitation", ID: id, Deleted: true}, err
}

func errInvitationNotFound(id string) *apiError {
	return fail(404, "resource_not_found", "not found", "No invitation was found with id "+id)
}
