package api

import (
	"sync"

	"frontdesk/api/clean"
)

// pendingTOTP remembers whom a secret for an authenticator app was handed out to
// that no code of was checked since. The service deletes such a secret with the
// others, but shows nothing of it in the user. It is safe for concurrent use.
type pendingTOTP struct {
	mu  sync.Mutex
	ids map[clean.Text]bool
}

func (p *pendingTOTP) set(id clean.Text, pending bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !pending {
		delete(p.ids, id)
		return
	}
	if p.ids == nil {
		p.ids = map[clean.Text]bool{}
	}
	p.ids[id] = true
}

// note marks a user who was just read. An app that works has no pending secret.
func (p *pendingTOTP) note(u *User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if u.TOTPEnabled {
		delete(p.ids, u.ID)
	}
	u.TOTPPending = p.ids[u.ID]
}

// noteAll is note for a list.
func (p *pendingTOTP) noteAll(users []User) {
	p.mu.Lock()
	none := len(p.ids) == 0
	p.mu.Unlock()
	if none {
		return
	}
	for i := range users {
		p.note(&users[i])
	}
}

// MarkTOTPPending marks the user as one to whom a secret may have been handed out by
// somebody else, which only who asks to take it back can know of.
func (c *Client) MarkTOTPPending(u *User) {
	if !u.TOTPEnabled {
		c.handedOut.set(u.ID, true)
	}
	c.handedOut.note(u)
}
