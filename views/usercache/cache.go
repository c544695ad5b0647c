// Package seen remembers the people who were on the screen, so that somebody who
// is opened again is there at once, and still there when the network is not.
//
// What may live here: what was last known of a person and when it was read, in
// memory and bounded. What may not: reading it (views/user), wording it
// (views/person), files: nothing of a customer's is kept when the program ends.
package usercache

import (
	"container/list"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// maxUsers is how many people are remembered; who was seen longest ago goes first.
const maxUsers = 300

// Cache are the people seen. It is for one goroutine: Update.
type Cache struct {
	byID  map[clean.Text]*list.Element
	order *list.List // of *Person, the latest first
	max   int
}

// New remembers nobody yet.
func New() *Cache {
	return &Cache{byID: map[clean.Text]*list.Element{}, order: list.New(), max: maxUsers}
}

// Entry is what is known of one person: the newest answer, and the lists that
// it does not carry.
type Entry struct {
	User        *api.User
	Memberships List[api.OrganizationMembership]
	Invitations List[api.OrganizationInvitation]
	Sessions    List[api.Session]
}

// Update takes an answer, unless a newer one is known, and gives what is known
// then. A user without a ReadAt is only an id to look up.
func (p *Cache) Update(u *api.User) *Entry {
	if at, known := p.byID[u.ID]; known {
		p.order.MoveToFront(at)
		who := at.Value.(*Entry)
		if !u.ReadAt.Before(who.User.ReadAt) {
			who.User = u
		}
		return who
	}
	who := &Entry{User: u}
	p.byID[u.ID] = p.order.PushFront(who)
	for p.order.Len() > p.max {
		last := p.order.Back()
		delete(p.byID, last.Value.(*Entry).User.ID)
		p.order.Remove(last)
	}
	return who
}

// Newest is u, or what is known of the same person since.
func (p *Cache) Newest(u *api.User) *api.User {
	if at, known := p.byID[u.ID]; known {
		if now := at.Value.(*Entry).User; now.ReadAt.After(u.ReadAt) {
			return now
		}
	}
	return u
}

// MembershipsOf are the organizations of somebody as they were last read; nil where
// nobody has looked.
func (p *Cache) MembershipsOf(id clean.Text) *List[api.OrganizationMembership] {
	if at, known := p.byID[id]; known && at.Value.(*Entry).Memberships.IsRead() {
		return &at.Value.(*Entry).Memberships
	}
	return nil
}

// Contains says that somebody of that id was seen.
func (p *Cache) Contains(id clean.Text) bool { return p.byID[id] != nil }

// Each calls f with every person seen, the latest first.
func (p *Cache) Each(f func(*api.User)) {
	for at := p.order.Front(); at != nil; at = at.Next() {
		f(at.Value.(*Entry).User)
	}
}

// Remove drops somebody who is not there any more.
func (p *Cache) Remove(id clean.Text) {
	if at, known := p.byID[id]; known {
		p.order.Remove(at)
		delete(p.byID, id)
	}
}

// List are rows as they were last read. The zero value was never read.
type List[T any] struct {
	Rows []T
	// Total counts the whole list, of which Rows may be the beginning; -1 where
	// the server did not tell.
	Total int
	// ReadAt is when they came, zero for never.
	ReadAt  time.Time
	askedAt time.Time
}

// SetIfNewer takes what came of a request that was sent at asked, unless what is
// there was asked for later.
func (l *List[T]) SetIfNewer(page api.Page[T], asked, now time.Time) {
	if asked.Before(l.askedAt) {
		return
	}
	*l = List[T]{Rows: page.Rows, Total: page.Total, ReadAt: now, askedAt: asked}
}

// Extend takes what was read of the list beyond Rows: page is all of it then. It is as
// old as its beginning. What was read again meanwhile is not taken back.
func (l *List[T]) Extend(page api.Page[T], to time.Time) {
	if to.Equal(l.askedAt) {
		l.Rows, l.Total = page.Rows, page.Total
	}
}

// AskedAt is when what is there was asked for.
func (l *List[T]) AskedAt() time.Time { return l.askedAt }

// HasMore says that there is more of it than Rows.
func (l *List[T]) HasMore() bool { return l.Total > len(l.Rows) }

// IsRead says that the list was read at all.
func (l *List[T]) IsRead() bool { return !l.ReadAt.IsZero() }
