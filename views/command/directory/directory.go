// Package directory is the command line of the embedded directory: `frontdesk
// sandbox` serves it, `sandbox seed` makes one of any size, and `sandbox reset` resets
// the demo.
//
// It holds flags, messages, progress and exit codes. How a directory is made and served
// belongs in api/sandbox; main knows where the demo's file is.
package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/host"
	"frontdesk/views/command"
)

// Env is what the commands need from outside.
type Env struct {
	// DB is the value of --db.
	DB *string
	// DemoFile returns the path of the demo's file.
	DemoFile func() (string, error)
	// Stdout is for results and Stderr for progress.
	Stdout, Stderr io.Writer
	// Width returns the width of Stderr in cells, 0 if it is not a terminal.
	Width func() int
	Now   func() time.Time
	Rand  io.Reader
	// SetGCPercent is debug.SetGCPercent.
	SetGCPercent func(percent int) int
}

// New returns `frontdesk sandbox` with its subcommands.
func New(env Env) *cobra.Command {
	o := host.ServeOptions{Now: env.Now, Rand: env.Rand, Out: env.Stdout, Log: env.Stderr}
	var off []string
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the embedded Clerk-compatible directory on loopback",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Users < 0 {
				return usage("--users must be 0 or more")
			}
			o.Empty = cmd.Flags().Changed("users") && o.Users == 0
			if err := o.Instance.Off(off...); err != nil {
				return usage("--off: " + err.Error())
			}
			if err := o.Check(); err != nil {
				return usage(err.Error())
			}
			o.DB, o.Progress = *env.DB, newProgressBar(env).report
			return wordError(host.Serve(cmd.Context(), o))
		},
	}
	serveFlags(cmd, &o)
	cmd.Flags().StringSliceVar(&off, "off", nil, "features that the instance lacks: "+strings.Join(sandbox.Features(), ", "))
	command.CompleteLists(cmd, "off", sandbox.Features()...)
	command.CompleteFiles(cmd, "secret-key-file")
	command.CompleteValues(cmd, "drop", "before", "after")
	cmd.AddCommand(seedCommand(env), resetCommand(env))
	return cmd
}

func serveFlags(cmd *cobra.Command, o *host.ServeOptions) {
	f := cmd.Flags()
	f.StringVar(&o.Listen, "listen", "127.0.0.1:0", "address to listen on; port 0 picks a free one")
	f.IntVar(&o.Users, "users", 0, "number of users in a new directory; 0 for none (default 1248)")
	f.StringVar(&o.SecretKeyFile, "secret-key-file", "", "read the secret key from this file instead of making one")
	f.BoolVar(&o.Production, "production", false, "serve as a production instance: sk_live_ key, 1000 requests in 10 s")
	f.BoolVar(&o.NoRateLimit, "no-rate-limit", false, "never answer 429")
	f.DurationVar((*time.Duration)(&o.Faults.Latency), "latency", 0, "wait this long before every answer")
	f.DurationVar((*time.Duration)(&o.Faults.Jitter), "jitter", 0, "wait a random time up to this in addition")
	f.Float64Var(&o.Faults.ErrorRate, "error-rate", 0, "share of requests that fail, 0 to 1")
	f.IntVar(&o.Faults.ErrorStatus, "error-status", 0, "the status they fail with (default 500)")
	f.StringVar(&o.Faults.RetryAfter, "retry-after", "", "answer 429 with this Retry-After")
	f.BoolVar(&o.Faults.HTML, "html", false, "answer with a gateway's HTML page")
	f.BoolVar(&o.Faults.CutBody, "cut-body", false, "cut every answer off half-way")
	f.StringVar(&o.Faults.Drop, "drop", "", "close the connection \"before\" or \"after\" acting")
	f.DurationVar((*time.Duration)(&o.Faults.ActAfter), "act-after", 0, "with --drop before, --html, --latency or 500 errors: still carry the request out, this much later")
}

func resetCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: "Reset the demo directory to its first day",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path := *env.DB
			if path == "" {
				var err error
				if path, err = env.DemoFile(); err != nil {
					return err
				}
			}
			err := host.Reset(cmd.Context(), host.OpenOptions{Path: path, Now: env.Now, Rand: env.Rand, OnSetAside: func(kept string) {
				fmt.Fprintln(env.Stderr, "The file was damaged. A new one was made in its place; the damaged one is kept as "+kept)
			}})
			if err != nil && *env.DB == "" && !errors.Is(err, context.Canceled) {
				return fmt.Errorf("%w; use --db FILE to name another file", err)
			}
			return wordError(err)
		},
	}
}

func usage(says string) error {
	return command.Exit{Code: command.CodeUsage, Err: errors.New(says)}
}

// wordError rewords the error of work that was stopped. A path that cannot be a
// directory's file is an error in the usage of --db.
func wordError(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return errors.New("stopped; nothing was left behind")
	case errors.Is(err, host.ErrInvalidPath):
		return usage(err.Error())
	}
	return err
}

// ExplainOpen explains why the demo's directory could not be opened, and what to do; db is
// the file that --db names, "" for none. A path that cannot hold a file is a mistake in
// the flag that names it.
func ExplainOpen(err error, db string) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case db != "" && errors.Is(err, host.ErrInvalidPath):
		return command.Exit{Code: command.CodeUsage, Err: err}
	case db == "" && host.IsDamaged("demo.db", err):
		return fmt.Errorf("%w; `frontdesk sandbox reset` makes a new one in its place", err)
	case host.IsDamaged(db, err):
		return fmt.Errorf("%w; `frontdesk sandbox reset --db %s` makes a new one in its place", err, clean.NewText(db).Display())
	case db == "":
		return fmt.Errorf("%w; use --db FILE to name another file", err)
	}
	return err
}
