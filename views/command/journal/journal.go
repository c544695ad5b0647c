// Package journal is the command line of the journal: `frontdesk journal show`,
// verify, export, tail and resolve.
//
// What may live here: flags, tables, CSV, JSON and exit codes. What may not: the
// records and how they are checked (api/journal), how an instance is reached (main).
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

// Env is what the commands need from outside.
type Env struct {
	// Journal is the journal of the instance that the environment names. Its error is
	// a sentence.
	Journal func() (*journal.Journal, error)
	// Connect reaches the instance, where open intents are looked up.
	Connect        func(context.Context) (*session.Session, error)
	Stdout, Stderr io.Writer
	Now            func() time.Time
	// Local is the time zone in which times are shown.
	Local *time.Location
	// Sleep waits between two looks at the end of the journal and returns early with
	// ctx's error. nil waits in real time.
	Sleep func(context.Context, time.Duration) error
}

// New is `frontdesk journal` with all below it.
func New(env Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "Show and check what was done",
		Long: "Every change, and every attempt at one, is written into the journal before it is sent. " +
			"It is a chain of records: verify finds one that was changed, added or taken out of the middle. " +
			"It does not find records cut off the end; forward them to another place for that.",
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

// with calls use with the journal and puts its error into a sentence.
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
		Short: "Check that no record was changed, and name the first that was",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return env.with(func(j *journal.Journal) error {
				report, err := j.Verify(cmd.Context())
				if err != nil {
					return err
				}
				if report.Problem != nil {
					return command.Exit{Code: command.CodeFailed, Err: errors.New("the journal is not as it was written: " + clean.Sentence(report.Problem.String()))}
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
	says := fmt.Sprintf("All %d records are as they were written. The last one is %d, with the hash %s.", r.Records, r.Last, r.Head)
	if r.First > 1 {
		says += fmt.Sprintf(" The journal begins with record %d: older files were taken away.", r.First)
	}
	if r.Recovered > 0 {
		says += fmt.Sprintf(" Times it went on after a write that was cut off: %d.", r.Recovered)
	}
	return says
}

func exportCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the whole journal as it is stored, the oldest record first",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return env.with(func(j *journal.Journal) error { return j.Export(cmd.Context(), env.Stdout) })
		},
	}
}

func resolveCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "resolve",
		Short: "Look for what became of changes whose outcome was never written down",
		Long: "A program that is killed cannot write down how a change ended. This looks at the users and records what shows. " +
			"The console does it at every start.",
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
