// Package session opens an instance and holds what belongs together from then on:
// the client, the desk and the catalogue that work on it.
//
// What may live here: that bundle and how it is built. What may not: which instance is
// meant and where its key is (api/profile), and anything of a screen.
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

// Session is an open instance. The screens and the command line are given the same one.
type Session struct {
	Client    *api.Client
	Desk      *desk.Desk
	Catalogue *ops.Catalogue
	Instance  profile.Instance
	// Exchanges are what was sent and answered lately.
	Exchanges *exchange.Log
	// Journal is what was done, nil where nothing is recorded. No write is sent while it
	// cannot be written: see JournalErr.
	Journal  *journal.Journal
	recorder *recorder.Recorder
	// forwarding sends it on, nil where nothing is.
	forwarding *forwarding
	// Ticket is the reference that is asked for beside the reason, Reasons are those that a
	// key fills in; both as configured.
	Ticket  config.Ticket
	Reasons []config.Reason
	// Demo is the embedded directory behind a demo instance, nil on a real one. All its
	// methods but Close accept nil.
	Demo *host.Embedded
	// Close ends it; nil has nothing to end.
	Close func()
}

// JournalErr returns why nothing can be recorded, and so nothing changed, at present; nil
// where all is well. It touches no file and fits View.
func (s *Session) JournalErr() error {
	if s.Journal == nil {
		return nil
	}
	return s.Journal.Err()
}

// StartJournal does what is due at the start of a program: it says why the journal cannot
// be written, removes old snapshots, begins to forward, and looks for what became of writes on this instance
// whose outcome nobody wrote down. It reads files and the API, so it belongs in a task.
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

// LastUndo returns the operator's last change on this instance that can be undone. It
// reads files and belongs in a task; without a journal it is the zero Undo.
func (s *Session) LastUndo(ctx context.Context) (recorder.Undo, error) {
	if s.recorder == nil {
		return recorder.Undo{}, nil
	}
	return s.recorder.LastUndo(ctx)
}

// FindUndo is LastUndo for one record. The error says why it cannot be undone.
func (s *Session) FindUndo(ctx context.Context, record string) (recorder.Undo, error) {
	if s.recorder == nil {
		return recorder.Undo{}, errors.New("nothing is recorded on this instance, so nothing can be undone from the journal")
	}
	return s.recorder.FindUndo(ctx, record)
}

// Instances lists the instances that can be opened, and opens them by ID.
type Instances interface {
	List() []profile.Instance
	Open(ctx context.Context, id string) (*Session, error)
}
