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

// keep is how many people are remembered; who was seen longest ago goes first.
const keep = 300

// Cache are the people seen. It is for one goroutine: Update.
type Cache struct {
	byID  map[clean.Text]*list.Element
	order *list.List // of *Person, the latest first
	most  int
}

// New remembers nobody yet.
func New() *Cache { return &Cache{byID: map[clean.Text]*list.Element{}, order: list.New(), most: keep} }

// Person is what is known of one person: the newest answer, and the lists that
// it does not carry.
type Person struct {
	User        *api.User
	Memberships List[api.OrganizationMembership]
	Invitations List[api.OrganizationInvitation]
	Sessions    List[api.Session]
}

// Learn takes an answer, unless a newer one is known, and gives what is known
// then. A user without a ReadAt is only an id to look up.
func (p *Cache) Learn(u *api.User) *Person {
	if at, known := p.byID[u.ID]; known {
		p.order.MoveToFront(at)
		who := at.Value.(*Person)
		if !u.ReadAt.Before(who.User.ReadAt) {
			who.User = u
		}
		return who
	}
	who := &Person{User: u}
	p.byID[u.ID] = p.order.PushFront(who)
	for p.order.Len() > p.most {
		last := p.order.Back()
		delete(p.byID, last.Value.(*Person).User.ID)
		p.order.Remove(last)
	}
	return who
}

// Newest is u, or what is known of the same person since.
func (p *Cache) Newest(u *api.User) *api.User {
	if at, known := p.byID[u.ID]; known {
		if now := at.Value.(*Person).User; now.ReadAt.After(u.ReadAt) {
			return now
		}
	}
	return u
}

// MembershipsOf are the organizations of somebody as they were last read; nil where
// nobody has looked.
func (p *Cache) MembershipsOf(id clean.Text) *List[api.OrganizationMembership] {
	if at, known := p.byID[id]; known && at.Value.(*Person).Memberships.Known() {
		return &at.Value.(*Person).Memberships
	}
	return nil
}

// Knows says that somebody of that id was seen.
func (p *Cache) Knows(id clean.Text) bool { return p.byID[id] != nil }

// Each calls f with every person seen, the latest first.
func (p *Cache) Each(f func(*api.User)) {
	for at := p.order.Front(); at != nil; at = at.Next() {
		f(at.Value.(*Person).User)
	}
}

// Forget drops somebody who is not there any more.
func (p *Cache) Forget(id clean.Text) {
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
	ReadAt time.Time
	asked  time.Time
}

// Take takes what came of a request that was sent at asked, unless what is
// there was asked for later.
func (l *List[T]) Take(page api.Page[T], asked, now time.Time) {
	if asked.Before(l.asked) {
		return
	}
	*l = List[T]{Rows: page.Rows, Total: page.Total, ReadAt: now, asked: asked}
}

// Add takes what was read of the list beyond Rows: page is all of it then. It is as
// old as its beginning. What was read again meanwhile is not taken back.
func (l *List[T]) Add(page api.Page[T], to time.Time) {
	if to.Equal(l.asked) {
		l.Rows, l.Total = page.Rows, page.Total
	}
}

// Asked is when what is there was asked for.
func (l *List[T]) Asked() time.Time { return l.asked }

// More says that there is more of it than Rows.
func (l *List[T]) More() bool { return l.Total > len(l.Rows) }

// Known says that the list was read at all.
func (l *List[T]) Known() bool { return !l.ReadAt.IsZero() }
