// Package command is the command line: a subcommand of `frontdesk do` for each
// operation of the catalogue, and `frontdesk users`, which lists users.
//
// It holds flags, questions as text, tables, CSV, JSON and exit codes. What an
// operation does belongs in api/ops, how a write is carried out in api/desk, and how
// an instance is opened in api/session.
package command

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/session"
	"frontdesk/views/action"
	"frontdesk/views/mask"
)

// Env is what the commands need from outside.
type Env struct {
	// Connect opens the instance. It is called at most once, before the first
	// request. Its error is a sentence.
	Connect func(context.Context) (*session.Session, error)
	// Catalogue has the operations that become subcommands.
	Catalogue      *ops.Catalogue
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// StdinIsTerminal reports that the operator can answer questions, and
	// StderrIsTerminal that they can read messages while a command runs.
	StdinIsTerminal, StderrIsTerminal bool
	// Width returns the width of the terminal, 0 if there is none; nil is none.
	Width func() int
	Now   func() time.Time
	// SavedSearchFile is the operator's file of saved searches; "" for none.
	SavedSearchFile string
	// Sleep waits for d or until ctx ends, and then returns ctx's error. It is used
	// before an operation that can still be stopped and between the pages of a
	// scan. nil sleeps in real time.
	Sleep func(context.Context, time.Duration) error
	mask  *mask.Mask // what is printed goes through it; nil is off
	// Exit ends the program at once with an exit code. If nil, it is not ended.
	Exit func(code int)
}

// Exit codes.
const (
	CodeFailed  = 1 // refused or failed, nothing was done; or the result of a read could not be printed
	CodeUsage   = 2 // the command line is wrong, or there was no terminal to confirm on
	CodeUnknown = 3 // it may have been done
)

// Exit is the error of a command that does not exit with 0. If Err is nil, everything
// has been printed already.
type Exit struct {
	Code int
	Err  error
}

// Error returns one cleaned sentence, perhaps followed by a list of users on lines of
// their own; "" if everything has been printed already.
func (e Exit) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap returns Err.
func (e Exit) Unwrap() error { return e.Err }

// New returns the commands do, undo, users and why.
func New(env Env) []*cobra.Command {
	return []*cobra.Command{doCommand(env), undoCommand(env), usersCommand(env), whyCommand(env)}
}

func usage(message string) error  { return Exit{CodeUsage, errors.New(message)} }
func failed(message string) error { return Exit{CodeFailed, errors.New(message)} }

// errStopped is the error of a command that was interrupted before it sent anything.
var errStopped = failed("Nothing was sent: it was stopped")

// plain cleans text that may come from someone else and cuts it to one row.
func plain(s string) string { return clean.NewText(s).Display() }

// connect opens the instance. closeSession closes it.
func (e Env) connect(ctx context.Context) (s *session.Session, closeSession func(), err error) {
	s, err = e.Connect(ctx)
	if err != nil {
		var exit Exit
		if errors.As(err, &exit) {
			return nil, nil, exit
		}
		return nil, nil, failed(clean.Sentence(err.Error()))
	}
	if s.Close == nil {
		return s, func() {}, nil
	}
	return s, s.Close, nil
}

// screens returns the environment that package action needs for its questions.
func (e Env) screens(s *session.Session) *action.Env {
	return &action.Env{Session: *s, Now: e.Now, Sleep: e.Sleep, Mask: e.mask}
}
