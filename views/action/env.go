// Package action holds the action views: what can be done with a person as
// tui.Actions drawn from the catalogue, the question before, the call through
// the desk, and the result in words.
//
// What may live here: the way from a catalogue entry to a question and a toast.
// What may not: what an operation means (api/ops), lists and details of people.
package action

import (
	"context"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/views/avatar"
	"frontdesk/views/mask"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// Env is what every screen of views/ is given: a session, what was seen and done in it,
// and what is the operator's whatever instance they work on. A switch of instances makes
// another Env with ForSession; an Env never changes its session.
type Env struct {
	session.Session
	// memory is of this session alone.
	memory *memory

	Now func() time.Time
	// Home is the operator's home directory, for paths in forms.
	Home string
	// SavedSearchFile is the operator's file of saved searches; "" for none.
	SavedSearchFile string
	// Sleep waits before something that a quick hand would make pointless, such
	// as a picture while moving through a list; it returns early with ctx's
	// error. nil waits in real time.
	Sleep func(context.Context, time.Duration) error

	// Editor is the operator's own; nil where they have named none.
	Editor *Editor

	// NewUserView is the screen of one person, for operations that end there (open,
	// create); nil stays where one is. It is views/user's, which this package may
	// not know. Of a user with nothing but an id it shows what is known of them
	// and reads the rest.
	NewUserView func(*Env, *api.User) tui.View

	// Mask is the privacy mask, the operator's in all sessions; nil is always off.
	Mask *mask.Mask
}

// memory is what was seen and done in one session.
type memory struct {
	avatars *avatar.Cache
	users   *usercache.Cache
	history undoHistory
	// unconfirmed are the operations, by key, of which nobody knows how they ended.
	unconfirmed map[string]bool
}

// ForSession is the Env of another session: nothing of what was seen and done in this
// one is in it.
func (e *Env) ForSession(s session.Session) *Env {
	next := *e
	next.Session, next.memory = s, nil
	return &next
}

// remembered is what was seen and done in the session. It is for Update and View, which one
// goroutine calls.
func (e *Env) remembered() *memory {
	if e.memory == nil {
		e.memory = &memory{users: usercache.New(), avatars: avatar.New(e.Client.FetchImage, e.Pause), unconfirmed: map[string]bool{}}
	}
	return e.memory
}

// Avatars are the pictures of people, kept for all screens together. It is
// for Update and View, which one goroutine calls.
func (e *Env) Avatars() *avatar.Cache {
	return e.remembered().avatars
}

// UserCache are the people seen, for all screens together. It is for Update, which
// one goroutine calls.
func (e *Env) UserCache() *usercache.Cache {
	return e.remembered().users
}

// ReportWaits is ctx for the calls of a task: while one of them waits because the service
// asked for it, the task's progress says so and for how long.
func (e *Env) ReportWaits(ctx context.Context, report func(tui.Progress)) context.Context {
	return api.OnRateLimitWait(ctx, func(wait time.Duration) {
		var p tui.Progress
		if wait > 0 {
			p.Text = "waits " + userfmt.Duration(wait) + " (429)"
		}
		report(p)
	})
}

// Pause waits for d, or until ctx ends; for Tasks.
func (e *Env) Pause(ctx context.Context, d time.Duration) error {
	if e.Sleep != nil {
		return e.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// UserChangedMsg is the fact that a user is now like this; every View patches
// its copy by id.
type UserChangedMsg struct {
	User *api.User
	// PictureChanged tells that a cached picture of the user is old.
	PictureChanged bool
	// By is the operation that made them so, "" where they were only read.
	By string
}

// UserCreatedMsg is the fact that a user was made here; no View has a copy yet.
type UserCreatedMsg struct{ User *api.User }

// UserWrittenMsg is the fact that something was done to a user, or may have been:
// what hangs on them beside the user itself (sessions, memberships) may be old.
type UserWrittenMsg struct{ ID clean.Text }

// UserGoneMsg is the fact that a user is not there any more.
type UserGoneMsg struct{ ID clean.Text }
