// Package journal implements `frontdesk journal` and its subcommands show, verify, export,
// tail and resolve.
//
// What may live here: flags, tables, CSV, JSON and exit codes. What may not: the record
// format and its verification (api/journal), and opening an instance (views/command/place).
package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/session"
	"frontdesk/views/command"
)

// Env holds the dependencies of the commands.
type Env struct {
	// Journal returns the journal of the selected instance.
	Journal func() (*journal.Journal, error)
	// Connect opens the selected instance. Only resolve needs it.
	Connect        func(context.Context) (*session.Session, error)
	Stdout, Stderr io.Writer
	Now            func() time.Time
	// Local is the time zone in which times are shown.
	Local *time.Location
	// Sleep waits for a duration or until ctx ends; nil waits in real time.
	Sleep func(context.Context, time.Duration) error
}

// New returns `frontdesk journal` and its subcommands.
func New(env Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "Show and verify the record of changes",
		Long: "Every change is recorded in the journal before it is sent. " +
			"The journal is a chain of records: verify detects records that were changed, added or removed in the middle. " +
			"It cannot detect records removed from the end; forward the records to another system to guard against that.",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(showCommand(env), verifyCommand(env), exportCommand(env), tailCommand(env), resolveCommand(env))
	return cmd
}

func usage(says string) error { return command.Exit{Code: command.CodeUsage, Err: errors.New(says)} }

func failed(err error) error {
	return command.Exit{Code: command.CodeFailed, Err: errors.New("the journal: " + clean.Sentence(err.Error()))}
}

// with calls use with the journal and turns its error into an Exit.
func (e Env) with(use func(*journal.Journal) error) error {
	j, err := e.Journal()
	if err != nil {
		return err
	}
	err = use(j)
	var exit command.Exit
	if err == nil || errors.As(err, &exit) {
		return err
	}
	return failed(err)
}

func verifyCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check that no record was changed, and report the first that was",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return env.with(func(j *journal.Journal) error {
				report, err := j.Verify(cmd.Context())
				if err != nil {
					return err
				}
				if p := report.Problem; p != nil {
					what := "the journal was altered: "
					if p.IsCutOff {
						what = "the last write to the journal was cut off: "
					}
					return command.Exit{Code: command.CodeFailed, Err: errors.New(what + clean.Sentence(p.String()))}
				}
				_, err = fmt.Fprintln(env.Stdout, describeReport(report))
				return err
			})
		},
	}
}

func describeReport(r journal.Report) string {
	if r.Records == 0 {
		return "The journal is empty."
	}
	says := fmt.Sprintf("All %d records are intact. The last one is record %d with the hash %s.", r.Records, r.Last, r.Head)
	if r.First > 1 {
		says += fmt.Sprintf(" The journal begins with record %d: older files were removed.", r.First)
	}
	if r.Recovered > 0 {
		says += fmt.Sprintf(" Interrupted writes: %d.", r.Recovered)
	}
	return says
}

func exportCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the whole journal as stored, oldest record first",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return env.with(func(j *journal.Journal) error { return j.Export(cmd.Context(), env.Stdout) })
		},
	}
}

func resolveCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "resolve",
		Short: "Find out what became of changes whose outcome was not recorded",
		Long: "If frontdesk is killed, it cannot record the outcome of a change in progress. This command reads the users and records what it finds. " +
			"The console does the same at every start.",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := env.Connect(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			resolved, err := s.StartJournal(cmd.Context())
			for _, r := range resolved {
				fmt.Fprintf(env.Stdout, "%s, %s: %s\n", r.Title, describeTargets(r.Targets), describeOutcome(r.Outcome))
			}
			switch {
			case err != nil:
				return failed(err)
			case len(resolved) == 0:
				fmt.Fprintln(env.Stdout, "No outcome is missing.")
			}
			return nil
		},
	}
}
