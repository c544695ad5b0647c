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

// Program configures Execute.
type Program struct {
	Version string
	Stderr  io.Writer
	// Plain prints help without colours and does not query the terminal.
	Plain bool
}

// manualName is fang's command that prints the manual page. It is hidden, so the help
// of the root command mentions it.
const manualName = "man"

// Execute runs the command line and prints its error on stderr as one plain sentence,
// without the box that fang draws, because logs keep it. Help is printed by fang, which
// queries the terminal for its colours. Nothing else is, because waiting for the
// terminal's answer takes time and swallows keys that were typed for the shell.
func Execute(ctx context.Context, root *cobra.Command, args []string, p Program) error {
	args = EscapeExclusions(args)
	root.SetArgs(args)
	root.Version = p.Version
	printError := func(_ io.Writer, _ fang.Styles, err error) {
		if message := err.Error(); message != "" {
			fmt.Fprintln(p.Stderr, "frontdesk: "+maskKeys(message, args))
		}
	}
	root.InitDefaultCompletionCmd()
	if err := checkHelp(root, args); err != nil {
		printError(p.Stderr, fang.Styles{}, err)
		return err
	}
	if isManual := slices.Equal(args, []string{manualName}); isManual || !p.Plain && printsHelp(root, args) {
		return fang.Execute(ctx, root, fang.WithVersion(p.Version), fang.WithErrorHandler(printError))
	}
	root.SilenceUsage, root.SilenceErrors = true, true
	err := root.ExecuteContext(ctx)
	if err != nil {
		printError(p.Stderr, fang.Styles{}, err)
	}
	return err
}

// printsHelp reports whether the arguments ask for help, the version or a completion
// script.
func printsHelp(root *cobra.Command, args []string) bool {
	asked := slices.ContainsFunc(args, func(arg string) bool {
		return slices.Contains([]string{"-h", "--help", "-v", "--version", "help", "completion"}, arg)
	})
	cmd, rest, err := root.Find(args)
	return asked || err == nil && cmd != root && cmd.Name() == doName && len(rest) == 0
}

// checkHelp returns an error if help is asked for a command that does not exist. cobra
// would print the help of its parent.
func checkHelp(root *cobra.Command, args []string) error {
	if len(args) > 1 && args[0] == manualName && args[1] != "-h" && args[1] != "--help" {
		return usage("frontdesk man takes no arguments: it prints the whole manual page")
	}
	hasFlag := slices.ContainsFunc(args, func(arg string) bool { return arg == "-h" || arg == "--help" })
	isHelp := len(args) > 1 && args[0] == "help"
	isCompletion := len(args) > 1 && args[0] == "completion"
	if !hasFlag && !isHelp && !isCompletion {
		return nil
	}
	if isHelp {
		args = args[1:]
	}
	cmd, rest, err := root.Find(args)
	if err != nil || !cmd.HasSubCommands() {
		return nil
	}
	words := operands(cmd, rest)
	if len(words) == 0 || words[0] == "help" || words[0] == manualName {
		return nil
	}
	if cmd.Name() == doName {
		return cmd.RunE(cmd, words)
	}
	return NoArgs(cmd, words)
}

// operands returns the arguments that are neither flags nor values of flags.
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
