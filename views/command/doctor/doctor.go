// Package doctor implements `frontdesk doctor`, which checks the setup and says how to fix
// problems.
//
// What may live here: the checks, their messages, and the report. What may not: fixing
// anything. The only thing it may create is an empty journal.
package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/config"
	"frontdesk/api/profile"
	"frontdesk/api/session"
	"frontdesk/views/command"
)

// Env holds the dependencies of the checks.
type Env struct {
	// Instances reads the configuration. Path is the path of the file, which need not exist.
	Instances func() (*session.Configured, error)
	Path      string
	Flag      *string                     // the value of --instance
	Lookup    func(string) (string, bool) // os.LookupEnv
	Environ   []string
	Now       func() time.Time
	// StdinIsTerminal and StdoutIsTerminal report whether the console could run here.
	StdinIsTerminal, StdoutIsTerminal bool
	Stdout                            io.Writer
	// WeakColours names the configured colours whose contrast is below least; nil checks
	// none.
	WeakColours func(own config.Theme, least float64) []string
	// Timeout limits each check; 0 means 10 seconds.
	Timeout time.Duration
	// Forwarding returns the progress of each destination of an instance's journal; nil
	// asks the forwarder.
	Forwarding func(context.Context, *session.Configured, profile.Instance) ([]Destination, error)
}

// Destination is the forwarding status of one destination.
type Destination struct {
	Name   string // "syslog"
	Behind uint64 // number of records not forwarded yet
	Err    error  // error of the last attempt, nil if it succeeded
}

// State is the result of a check.
type State string

const (
	OK   State = "ok"
	Warn State = "warn"
	Fail State = "fail"
)

// Finding is the result of one check with its message.
type Finding struct {
	Check string `json:"check"`
	State State  `json:"state"`
	Says  string `json:"says"`
	// Do says how to fix it; "" if there is nothing to do.
	Do string `json:"do,omitempty"`
}

func ok(says string) Finding       { return Finding{State: OK, Says: says} }
func warn(says, do string) Finding { return Finding{State: Warn, Says: says, Do: do} }
func fail(says, do string) Finding { return Finding{State: Fail, Says: says, Do: do} }

// failed returns a failed finding with the text of an error.
func failed(err error, do string) Finding { return fail(clean.Sentence(err.Error()), do) }

const defaultTimeout = 10 * time.Second

// New returns `frontdesk doctor`.
func New(env Env) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check the configuration, the key, the service, the journal and the terminal",
		Long: "Check the setup and say how to fix problems. Nothing is changed.\n" +
			"Exit codes: 0 no check failed, 1 at least one failed.",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := run(cmd.Context(), env)
			var err error
			if asJSON {
				err = writeJSON(env.Stdout, findings)
			} else {
				err = writeText(env.Stdout, findings)
			}
			if err != nil {
				return err
			}
			for _, f := range findings {
				if f.State == Fail {
					return command.Exit{Code: command.CodeFailed}
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array of check, state, says and do")
	return cmd
}

// examination is one run of all checks. Checks that depend on a failed one are skipped.
type examination struct {
	Env
	ctx      context.Context
	findings []Finding

	all     *session.Configured
	place   profile.Profile
	session *session.Session
	answers *observer
}

func run(ctx context.Context, env Env) []Finding {
	if env.Timeout == 0 {
		env.Timeout = defaultTimeout
	}
	x := &examination{Env: env, ctx: ctx}
	x.check("configuration", x.configuration)
	if x.all != nil {
		x.check("instance", x.instance)
	}
	if x.place.Instance.Name != "" {
		x.check("role", x.role)
		x.check("key", x.key)
		x.service()
		x.check("journal", x.journal)
		x.forwarding()
	}
	x.terminal()
	if x.session != nil {
		x.session.Close()
	}
	return x.findings
}

// check runs one check with a deadline.
func (x *examination) check(name string, look func(context.Context) Finding) {
	ctx, cancel := context.WithTimeout(x.ctx, x.Timeout)
	defer cancel()
	f := look(ctx)
	f.Check = name
	x.findings = append(x.findings, f)
}

func writeJSON(w io.Writer, findings []Finding) error {
	text, err := json.MarshalIndent(findings, "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s\n", text)
	}
	return err
}

// writeText writes a line for each finding, followed by a line that says how to fix it.
func writeText(w io.Writer, findings []Finding) error {
	marks := map[State]string{OK: "✓", Warn: "!", Fail: "✗"}
	counts := map[State]int{}
	for _, f := range findings {
		counts[f.State]++
		if _, err := fmt.Fprintf(w, "%s %-4s  %-14s  %s\n", marks[f.State], f.State, f.Check, f.Says); err != nil {
			return err
		}
		if f.Do != "" {
			fmt.Fprintf(w, "  %-4s  %-14s  → %s\n", "", "", f.Do)
		}
	}
	_, err := fmt.Fprintf(w, "\n%d ok, %d to look at, %d failed\n", counts[OK], counts[Warn], counts[Fail])
	return err
}
