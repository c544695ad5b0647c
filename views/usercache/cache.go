// Package usercache keeps the users that were shown, so that one who is opened again
// is there at once, even without a network.
//
// What may live here: the last known state of a user and when it was read, in memory
// and bounded. What may not: reading it (views/user), wording it (views/userfmt),
// files: no customer data outlives the program.
package usercache

import (
	"container/list"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// maxUsers is how many users are kept; the least recently used is dropped first.
const maxUsers = 300

// Cache holds the users that were shown. It is not safe for concurrent use: only
// Update may use it, and View may read it.
type Cache struct {
	byID  map[clean.Text]*list.Element
	order *list.List // of *Entry, the latest first
	max   int
}

// New returns an empty cache.
func New() *Cache {
	return &Cache{byID: map[clean.Text]*list.Element{}, order: list.New(), max: maxUsers}
}

// Entry is what is known of one user: the newest answer, and the lists that are read
// separately.
type Entry struct {
	User        *api.User
	Memberships List[api.OrganizationMembership]
	Invitations List[api.OrganizationInvitation]
	Sessions    List[api.Session]
}

// Update stores u, unless a newer answer is known, and returns the entry. A user
// without a ReadAt is only an id to look up.
func (c *Cache) Update(u *api.User) *Entry {
	if at, known := c.byID[u.ID]; known {
		c.order.MoveToFront(at)
		entry := at.Value.(*Entry)
		if !u.ReadAt.Before(entry.User.ReadAt) {
			entry.User = u
		}
		return entry
	}
	entry := &Entry{User: u}
	c.byID[u.ID] = c.order.PushFront(entry)
	for c.order.Len() > c.max {
		last := c.order.Back()
		delete(c.byID, last.Value.(*Entry).User.ID)
		c.order.Remove(last)
	}
	return entry
}

// Newest returns u, or a newer answer about the same user.
func (c *Cache) Newest(u *api.User) *api.User {
	if at, known := c.byID[u.ID]; known {
		if now := at.Value.(*Entry).User; now.ReadAt.After(u.ReadAt) {
			return now
		}
	}
	return u
}

// MembershipsOf returns the organizations of a user as last read, nil if they were
// not.
func (c *Cache) MembershipsOf(id clean.Text) *List[api.OrganizationMembership] {
	if at, known := c.byID[id]; known && at.Value.(*Entry).Memberships.IsRead() {
		return &at.Value.(*Entry).Memberships
	}
	return nil
}

// SessionsOf returns the sessions of a user as last read, nil if they were not.
func (c *Cache) SessionsOf(id clean.Text) *List[api.Session] {
	if at, known := c.byID[id]; known && at.Value.(*Entry).Sessions.IsRead() {
		return &at.Value.(*Entry).Sessions
	}
	return nil
}

// Contains reports whether the user was shown.
func (c *Cache) Contains(id clean.Text) bool { return c.byID[id] != nil }

// Each calls f with every user, the most recently used first.
func (c *Cache) Each(f func(*api.User)) {
	for at := c.order.Front(); at != nil; at = at.Next() {
		f(at.Value.(*Entry).User)
	}
}

// Remove drops a user who was deleted.
func (c *Cache) Remove(id clean.Text) {
	if at, known := c.byID[id]; known {
		c.order.Remove(at)
		delete(c.byID, id)
	}
}

// List is a list of a user's as last read. The zero value was never read.
type List[T any] struct {
	Rows []T
	// Total counts the whole list, of which Rows may be only the beginning; -1 if the
	// server did not say.
	Total int
	// ReadAt is when the rows were received, zero for never.
	ReadAt  time.Time
	askedAt time.Time
}

// SetIfNewer stores the answer to a request sent at asked, unless the answer to a
// later request is known.
func (l *List[T]) SetIfNewer(page api.Page[T], asked, now time.Time) {
	if asked.Before(l.askedAt) {
		return
	}
	*l = List[T]{Rows: page.Rows, Total: page.Total, ReadAt: now, askedAt: asked}
}

// Extend stores the whole list after more of it was read. It keeps the age of the
// beginning, which was requested at to; if that was read again since, page is dropped.
func (l *List[T]) Extend(page api.Page[T], to time.Time) {
	if to.Equal(l.askedAt) {
		l.Rows, l.Total = page.Rows, page.Total
	}
}

// AskedAt returns when the list was requested.
func (l *List[T]) AskedAt() time.Time { return l.askedAt }

// HasMore reports whether the list is longer than Rows.
func (l *List[T]) HasMore() bool { return l.Total > len(l.Rows) }

// IsRead reports whether the list was read.
func (l *List[T]) IsRead() bool { return !l.ReadAt.IsZero() }
