// Package command is the command line as a view of the catalogue: one
// subcommand of `frontdesk do` for each operation, and `frontdesk users`, the
// list for pipes.
//
// What may live here: flags, questions in plain text, sentences, tables, CSV,
// JSON and exit codes. What may not: what an operation means (api/ops), how a
// write is carried out (api/desk), how an instance is reached (main).
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
	// Connect reaches the instance; it is called once, when there is something
	// to ask it. Its error is a sentence.
	Connect func(context.Context) (*session.Session, error)
	// Catalogue is what the subcommands and their help are drawn from.
	Catalogue      *ops.Catalogue
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// StdinIsTerminal says that somebody is there to answer a question, and
	// StderrIsTerminal that somebody reads what is said meanwhile.
	StdinIsTerminal, StderrIsTerminal bool
	Now                               func() time.Time
	// SavedSearchFile is the operator's file of saved searches; "" for none.
	SavedSearchFile string
	// Sleep passes the time in which a deletion can still be stopped, and that
	// between the pages of a scan; it returns early with ctx's error. nil waits in real time.
	Sleep func(context.Context, time.Duration) error
	mask  *mask.Mask // what is printed goes through it; nil is off
	// Exit ends the program at once with an exit code; nil never does.
	Exit func(code int)
}

// Exit codes.
const (
	CodeFailed  = 1 // refused or failed: nothing was done; or what was read could not be printed
	CodeUsage   = 2 // the command line is wrong, or nobody was there to agree
	CodeUnknown = 3 // it may have been done
)

// Exit is the error of a command that did not end with "done". Where Err is
// nil everything was said already, and only the code is left to give.
type Exit struct {
	Code int
	Err  error
}

// Error is one cleaned sentence, with lines below it where it lists people; ""
// where there is nothing left to say.
func (e Exit) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap is the cause.
func (e Exit) Unwrap() error { return e.Err }

// New gives the commands that main hangs below its own: do and users.
func New(env Env) []*cobra.Command { return []*cobra.Command{doCommand(env), usersCommand(env)} }

func usage(says string) error  { return Exit{CodeUsage, errors.New(says)} }
func failed(says string) error { return Exit{CodeFailed, errors.New(says)} }

// plain is text that others may have had a hand in, as one row.
func plain(says string) string { return clean.NewText(says).Display() }

// connect reaches the instance; shut ends it again.
func (e Env) connect(ctx context.Context) (s *session.Session, shut func(), err error) {
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

// screens is the environment that the console's wording asks for.
func (e Env) screens(s *session.Session) *action.Env {
	return &action.Env{Session: *s, Now: e.Now, Sleep: e.Sleep, Mask: e.mask}
}
