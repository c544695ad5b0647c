package directory

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/sandbox/host"
	"frontdesk/views/command"
)

// seedGCPercent is the GC percentage while users are made. Little memory is live then,
// so that at 100 the collector would run ten times a second and take a twentieth of the
// time; this costs thirty megabytes.
const seedGCPercent = 400

// seedCommand returns `sandbox seed`.
func seedCommand(env Env) *cobra.Command {
	o := host.OpenOptions{Now: env.Now, Rand: env.Rand}
	replace := false
	cmd := &cobra.Command{
		Use:     "seed --users N --db FILE",
		Short:   "Make a directory of any size in its own file",
		Long:    "Make a directory of N invented users in FILE, ten or a million. FILE appears only when it is complete: stopping leaves nothing behind.",
		Example: "frontdesk sandbox seed --users 1000000 --db large.db",
		Args:    command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Path, o.Progress = *env.DB, newProgressBar(env).report
			switch {
			case o.Path == "":
				return usage("--db must name the file to make")
			case o.Users < 1:
				return usage("--users must be 1 or more")
			}
			defer env.SetGCPercent(env.SetGCPercent(seedGCPercent))
			began := env.Now()
			made, err := host.Seed(cmd.Context(), o, replace)
			switch {
			case errors.Is(err, fs.ErrExist):
				return fmt.Errorf("%s exists already and was left unchanged; --force replaces it", o.Path)
			case err != nil:
				return wordError(err)
			}
			return report(env.Stdout, o.Path, made, env.Now().Sub(began))
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVar(&o.Users, "users", 0, "number of users to make")
	f.Uint64Var(&o.Seed, "seed", 0, "random seed: the same number makes the same users (default: the demo's)")
	f.BoolVar(&replace, "force", false, "replace the directory in FILE")
	return cmd
}

// report says what was made and how to use it.
func report(out io.Writer, path string, made host.SeedResult, took time.Duration) error {
	_, err := fmt.Fprintf(out, `%s: %s users, %s of them banned; %s, made in %s

look at it   frontdesk --db %[6]s
serve it     frontdesk sandbox --db %[6]s
`, path, humanize.Comma(int64(made.Users)), humanize.Comma(int64(made.Banned)), humanize.Bytes(uint64(made.Bytes)),
		took.Round(100*time.Millisecond), clean.ShellArg(path))
	return err
}
