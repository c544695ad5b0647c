package command

import (
	"context"
	"fmt"
	"io"
	"slices"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
)

// Execute runs the program's command line and says its error on stderr: one plain
// sentence, without a box, because ops boxes log it. Help is fang's, which asks the
// terminal for its colours and waits for the answer; for all else that would be in
// the way, and would swallow the keys that are meant for the shell.
func Execute(ctx context.Context, root *cobra.Command, args []string, version string, stderr io.Writer) error {
	args = Args(args)
	root.SetArgs(args)
	say := func(_ io.Writer, _ fang.Styles, err error) {
		if says := err.Error(); says != "" {
			fmt.Fprintln(stderr, "frontdesk: "+keyless(says, args))
		}
	}
	if helps(root, args) {
		return fang.Execute(ctx, root, fang.WithVersion(version), fang.WithoutManpage(), fang.WithErrorHandler(say))
	}
	root.SilenceUsage, root.SilenceErrors = true, true
	err := root.ExecuteContext(ctx)
	if err != nil {
		say(stderr, fang.Styles{}, err)
	}
	return err
}

// helps says that help, the version or a completion script is what will be printed.
func helps(root *cobra.Command, args []string) bool {
	asked := slices.ContainsFunc(args, func(arg string) bool {
		return slices.Contains([]string{"-h", "--help", "-v", "--version", "help", "completion"}, arg)
	})
	named, rest, err := root.Find(args)
	return asked || err == nil && named != root && named.Name() == "do" && len(rest) == 0
}
