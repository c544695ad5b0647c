package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Program is what a command line is run with from outside.
type Program struct {
	Version string
	Stderr  io.Writer
	// Plain has help without colours, which asks the terminal nothing.
	Plain bool
}

// manualName is the command with which fang prints the manual page; it is hidden
// there, so the help of the whole program speaks of it.
const manualName = "man"

// Execute runs the program's command line and says its error on stderr: one plain
// sentence, without a box, because ops boxes log it. Help is fang's, which asks the
// terminal for its colours and waits for the answer; for all else that would be in
// the way, and would swallow the keys that are meant for the shell.
func Execute(ctx context.Context, root *cobra.Command, args []string, p Program) error {
	args = EscapeExclusions(args)
	root.SetArgs(args)
	root.Version = p.Version
	say := func(_ io.Writer, _ fang.Styles, err error) {
		if says := err.Error(); says != "" {
			fmt.Fprintln(p.Stderr, "frontdesk: "+maskKeys(says, args))
		}
	}
	root.InitDefaultCompletionCmd()
	if err := checkHelp(root, args); err != nil {
		say(p.Stderr, fang.Styles{}, err)
		return err
	}
	if manual := slices.Equal(args, []string{manualName}); manual || !p.Plain && printsHelp(root, args) {
		return fang.Execute(ctx, root, fang.WithVersion(p.Version), fang.WithErrorHandler(say))
	}
	root.SilenceUsage, root.SilenceErrors = true, true
	err := root.ExecuteContext(ctx)
	if err != nil {
		say(p.Stderr, fang.Styles{}, err)
	}
	return err
}

// printsHelp says that help, the version or a completion script is what will be printed.
func printsHelp(root *cobra.Command, args []string) bool {
	asked := slices.ContainsFunc(args, func(arg string) bool {
		return slices.Contains([]string{"-h", "--help", "-v", "--version", "help", "completion"}, arg)
	})
	named, rest, err := root.Find(args)
	return asked || err == nil && named != root && named.Name() == doName && len(rest) == 0
}

// checkHelp is the mistake of asking for the help of a command that nobody knows,
// which cobra answers with the help of another.
func checkHelp(root *cobra.Command, args []string) error {
	if len(args) > 1 && args[0] == manualName && args[1] != "-h" && args[1] != "--help" {
		return usage("frontdesk man takes nothing more: it prints the whole manual page")
	}
	flagged := slices.ContainsFunc(args, func(arg string) bool { return arg == "-h" || arg == "--help" })
	worded := len(args) > 1 && args[0] == "help"
	scripts := len(args) > 1 && args[0] == "completion"
	if !flagged && !worded && !scripts {
		return nil
	}
	if worded {
		args = args[1:]
	}
	named, rest, err := root.Find(args)
	if err != nil || !named.HasSubCommands() {
		return nil
	}
	words := operands(named, rest)
	if len(words) == 0 || words[0] == "help" || words[0] == manualName {
		return nil
	}
	if named.Name() == doName {
		return named.RunE(named, words)
	}
	return NoArgs(named, words)
}

// operands are the words among arguments that are neither flags nor their values.
func operands(cmd *cobra.Command, args []string) (words []string) {
	for i := 0; i < len(args); i++ {
		name, value := strings.TrimLeft(args[i], "-"), strings.Contains(args[i], "=")
		if !strings.HasPrefix(args[i], "-") {
			words = append(words, args[i])
			continue
		}
		var known *pflag.Flag
		for _, set := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags(), cmd.InheritedFlags()} {
			if f := set.Lookup(name); f != nil {
				known = f
			}
		}
		if known != nil && known.NoOptDefVal == "" && !value {
			i++
		}
	}
	return words
}
