// Package action turns the operations of the catalogue into tui.Actions: the
// menu entry, the question that is asked first, the call through the desk, and
// the toast or screen that shows the outcome.
//
// It belongs here if it leads from a catalogue entry to a question or a result.
// What an operation does belongs in api/ops; lists and details of users belong
// in views/users and views/user.
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

// Env is the environment of every screen below views/: a session, what was seen and
// done in it, and the operator's own settings. ForSession makes the Env of another
// instance; an Env never changes its session.
type Env struct {
	session.Session
	// memory is of this session alone.
	memory *memory

	Now func() time.Time
	// Home is the operator's home directory, for paths in forms.
	Home string
	// SavedSearchFile is the operator's file of saved searches; "" for none.
	SavedSearchFile string
	// Sleep waits for d or until ctx ends, and then returns ctx's error. Screens
	// wait before work that the next key may make pointless, such as fetching a
	// picture while moving through a list. nil sleeps in real time.
	Sleep func(context.Context, time.Duration) error

	// Editor is the operator's text editor, nil if none is configured.
	Editor *Editor

	// NewUserView makes the screen of one user, which operations such as open and
	// create end on. It is a function because views/user imports this package.
	// Of the user only the id is needed; the screen reads the rest. If nil, such
	// operations stay on the current screen.
	NewUserView func(*Env, *api.User) tui.View

	// RunbookActions returns the actions that open the guided sequences for a user, those
	// that the user's state suggests in the group GroupSuggested. It is a function because
	// views/runbook imports this package; nil is none.
	RunbookActions func(*Env, *api.User) []tui.Action

	// Mask is the privacy mask, the operator's in all sessions; nil is always off.
	Mask *mask.Mask
}

// memory is what was seen and done in one session.
type memory struct {
	avatars *avatar.Cache
	users   *usercache.Cache
	history undoHistory
	// unconfirmed holds the keys of the operations with an unknown outcome.
	unconfirmed map[string]bool
	// cases are the guided sequences that were begun.
	cases     map[caseKey]*Case
	namesakes *namesakeCache
	// ownBlocks holds when users were last banned or locked in this session, by the time of
	// change in their record.
	ownBlocks map[clean.Text]time.Time
	// reasons are those given to questions, the last one first.
	reasons []string
	// imageFolder is where the last profile image came from, "" for none.
	imageFolder string
}

// ForSession returns an Env for another session, without anything seen or done in
// this one.
func (e *Env) ForSession(s session.Session) *Env {
	next := *e
	next.Session, next.memory = s, nil
	return &next
}

// remembered returns what was seen and done in the session. Only Update and View may
// use it, so it needs no lock.
func (e *Env) remembered() *memory {
	if e.memory == nil {
		e.memory = &memory{users: usercache.New(), avatars: avatar.New(e.Client.FetchImage, e.Pause), unconfirmed: map[string]bool{}, namesakes: &namesakeCache{},
			cases: map[caseKey]*Case{}, ownBlocks: map[clean.Text]time.Time{}}
	}
	return e.memory
}

// Avatars is the cache of profile images that all screens share. Only Update and
// View may use it.
func (e *Env) Avatars() *avatar.Cache {
	return e.remembered().avatars
}

// UserCache is the cache of users that all screens share. Only Update may use it, and
// View may read it.
func (e *Env) UserCache() *usercache.Cache {
	return e.remembered().users
}

// ReportWaits returns a context for the calls of a task. While a call waits out a
// rate limit, the task's progress says for how long.
func (e *Env) ReportWaits(ctx context.Context, report func(tui.Progress)) context.Context {
	return api.OnRateLimitWait(ctx, func(wait time.Duration) {
		var p tui.Progress
		if wait > 0 {
			p.Text = "waiting " + userfmt.Duration(wait) + " (429)"
		}
		report(p)
	})
}

// Pause waits for d or until ctx ends. Only tasks may call it.
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

// UserChangedMsg carries the current state of a user. Every View replaces its own
// copy, found by id.
type UserChangedMsg struct {
	User *api.User
	// PictureChanged reports that cached pictures of the user are out of date.
	PictureChanged bool
	// By is the operation that changed the user, "" if they were only read.
	By string
}

// UserCreatedMsg reports a user created in this session; no View has a copy yet.
type UserCreatedMsg struct{ User *api.User }

// UserWrittenMsg reports that a user was changed, or may have been. What a View
// has read besides the user itself, such as sessions, may be out of date.
type UserWrittenMsg struct{ ID clean.Text }

// UserGoneMsg reports that a user no longer exists.
type UserGoneMsg struct{ ID clean.Text }
