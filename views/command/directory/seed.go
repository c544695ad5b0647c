package directory

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"frontdesk/api/sandbox/host"
	"frontdesk/views/command"
)

// seedGCPercent is how much garbage there may be while people are invented, in
// percent of what is kept. That is next to nothing, and so the collector would
// run ten times a second: a twentieth of the work, for thirty megabytes.
const seedGCPercent = 400

// seedCommand makes a directory of any size and says what to do with it.
func seedCommand(env Env) *cobra.Command {
	o := host.OpenOptions{Now: env.Now, Rand: env.Rand}
	replace := false
	cmd := &cobra.Command{
		Use:     "seed --users N --db FILE",
		Short:   "Make a directory of any size in a file of its own",
		Long:    "Invent a directory of N people in FILE, a million as well as ten. FILE takes its name only when it is whole: stopping leaves nothing behind.",
		Example: "frontdesk sandbox seed --users 1000000 --db large.db",
		Args:    command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Path, o.Progress = *env.DB, newProgressBar(env).report
			switch {
			case o.Path == "":
				return usage("--db names the file to make")
			case o.Users < 1:
				return usage("--users is how many people there are to be, 1 or more")
			}
			defer env.SetGCPercent(env.SetGCPercent(seedGCPercent))
			began := env.Now()
			made, err := host.Seed(cmd.Context(), o, replace)
			switch {
			case errors.Is(err, fs.ErrExist):
				return fmt.Errorf("%s is there already and was left as it is; --force replaces it", o.Path)
			case err != nil:
				return wordError(err)
			}
			return report(env.Stdout, o.Path, made, env.Now().Sub(began))
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVar(&o.Users, "users", 0, "how many people to invent")
	f.Uint64Var(&o.Seed, "seed", 0, "which people: the same number gives the same ones (default the demo's)")
	f.BoolVar(&replace, "force", false, "replace the directory that FILE holds")
	return cmd
}

// report says what was made and how to use it.
func report(out io.Writer, path string, made host.SeedResult, took time.Duration) error {
	_, err := fmt.Fprintf(out, `%s: %s people, %s of them banned; %s, made in %s

look at it   frontdesk --db %[6]s
serve it     frontdesk sandbox --db %[6]s
`, path, humanize.Comma(int64(made.Users)), humanize.Comma(int64(made.Banned)), humanize.Bytes(uint64(made.Bytes)),
		took.Round(100*time.Millisecond), quoteShell(path))
	return err
}

// quoteShell is path as a shell takes it.
func quoteShell(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+=:@,~", r)
	}
	if !strings.ContainsFunc(path, func(r rune) bool { return !plain(r) }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
