// Package session opens an instance: it builds the API client, the desk, the catalogue
// and the journal for it.
//
// What may live here: building, holding and closing these parts. What may not: selecting
// an instance or reading its key (api/profile), and anything about screens.
package session

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/api/config"
	"frontdesk/api/desk"
	"frontdesk/api/exchange"
	"frontdesk/api/journal"
	"frontdesk/api/journal/recorder"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/host"
)

// Session is an open instance. The console and the command line both use it.
type Session struct {
	Client    *api.Client
	Desk      *desk.Desk
	Catalogue *ops.Catalogue
	Instance  profile.Instance
	// Exchanges holds the recent requests and their answers.
	Exchanges *exchange.Log
	// Journal records changes; nil if recording is disabled. While it cannot be written,
	// no change is sent: see JournalErr.
	Journal  *journal.Journal
	recorder *recorder.Recorder
	// forwarding forwards the journal; nil if no destination is configured.
	forwarding *forwarding
	// Ticket and Reasons are the configured ticket field and canned reasons.
	Ticket  config.Ticket
	Reasons []config.Reason
	// Demo is the embedded server of a demo, or nil. All its methods except Close accept
	// a nil receiver.
	Demo *host.Embedded
	// Close releases the resources of the session; it may be nil.
	Close func()
}

// JournalErr returns the error that keeps the journal from being written, and so changes
// from being sent. It does not access the disk, so View may call it.
func (s *Session) JournalErr() error {
	if s.Journal == nil {
		return nil
	}
	return s.Journal.Err()
}

// StartJournal prepares the journal when an instance is opened: it checks that the journal
// can be written, removes old snapshots, starts forwarding, and finds out what became of
// changes on this instance whose outcome was never recorded. It reads files and calls the
// API, so call it from a task.
func (s *Session) StartJournal(ctx context.Context) ([]recorder.Resolved, error) {
	if s.recorder == nil {
		return nil, nil
	}
	if err := s.Journal.Check(); err != nil {
		return nil, err
	}
	s.forwarding.start()
	failed := errors.Join(s.Journal.PurgeSnapshots(), s.Journal.Prune())
	resolved, err := s.recorder.Resolve(ctx, s.Desk)
	return resolved, errors.Join(failed, err)
}

// LastUndo returns the operator's last change on this instance that can be undone. Without a
// journal it returns the zero Undo. It reads files, so call it from a task.
func (s *Session) LastUndo(ctx context.Context) (recorder.Undo, error) {
	if s.recorder == nil {
		return recorder.Undo{}, nil
	}
	return s.recorder.LastUndo(ctx)
}

// FindUndo returns how to undo the change in one record, or an error that says why it cannot
// be undone.
func (s *Session) FindUndo(ctx context.Context, record string) (recorder.Undo, error) {
	if s.recorder == nil {
		return recorder.Undo{}, errors.New("the journal is switched off for this instance, so there is nothing to undo")
	}
	return s.recorder.FindUndo(ctx, record)
}

// Instances lists the instances that can be opened, and opens them by ID.
type Instances interface {
	List() []profile.Instance
	Open(ctx context.Context, id string) (*Session, error)
}
