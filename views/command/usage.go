package command

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// NoArgs is the Args of a command that takes no operands: what stands there is a
// command that nobody knows, and a mistake in the usage.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	says := "there is no command “" + plain(args[0]) + "”"
	if strings.EqualFold(args[0], "version") {
		return usage(says + ": did you mean " + cmd.Root().Name() + " --version?")
	}
	for _, level := range [][]*cobra.Command{cmd.Commands(), grandchildren(cmd)} {
		paths := map[string]string{}
		for _, c := range level {
			paths[bareName(c.Name())] = c.CommandPath()
		}
		var meant []string
		for _, name := range closest(bareName(args[0]), paths) {
			meant = append(meant, paths[name])
		}
		if len(meant) > 0 {
			return usage(says + ": did you mean " + strings.Join(meant, " or ") + "?")
		}
	}
	return usage(says + ": " + cmd.CommandPath() + " --help lists them")
}

// grandchildren are the commands two levels down.
func grandchildren(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range cmd.Commands() {
		out = append(out, c.Commands()...)
	}
	return out
}

// bareName is a name without what people leave out of it.
func bareName(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// FlagError is a mistake in the flags, in a sentence that names the flag which
// may be meant. Of a value that was given there is nothing in it, because it may
// be a secret in the wrong place.
func FlagError(cmd *cobra.Command, err error) error {
	var exit Exit
	if errors.As(err, &exit) {
		return exit
	}
	says := flagErrorText(err)
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		says += suggestFlags(cmd, unknown)
	}
	return usage(plain(says))
}

// suggestFlags is what an unknown flag may have been, as the end of the sentence.
func suggestFlags(cmd *cobra.Command, unknown *pflag.NotExistError) string {
	if letters := unknown.GetSpecifiedShortnames(); letters != "" {
		return suggestLetter(cmd, letters)
	}
	typed := unknown.GetSpecifiedName()
	if found := closest(typed, flagsOf(cmd)); len(found) > 0 {
		return ": did you mean --" + strings.Join(found, " or --") + "?"
	}
	below, where := map[string]bool{}, map[string]string{}
	for _, c := range cmd.Commands() {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && (!isBypassFlag(f) || f.Name == typed) {
				below[f.Name], where[f.Name] = true, c.CommandPath()
			}
		})
	}
	switch found := closest(typed, below); {
	case len(found) == 0:
		return ""
	case cmd.Name() == doName: // which of the operations is not for this to say
		return ": --" + strings.Join(found, " or --") + " goes behind the operation, as in: frontdesk do OPERATION --" + found[0]
	default:
		return ": did you mean " + where[found[0]] + " --" + found[0] + "?"
	}
}

// isBypassFlag says of a flag that it leaves a question out or shows what is hidden: nobody
// is to come to it by a slip of the hand.
func isBypassFlag(f *pflag.Flag) bool {
	return slices.Contains([]string{"yes", "force", "reveal"}, f.Name)
}

// suggestLetter is the same of a flag of one letter.
func suggestLetter(cmd *cobra.Command, letters string) string {
	root := cmd.Root()
	switch {
	case letters == "?" || strings.EqualFold(letters, "h"):
		return "; did you mean -h?"
	case strings.EqualFold(letters, "v"):
		return "; did you mean " + root.Name() + " --version?"
	case cmd.Name() == usersName:
		return "; what begins with - and is no flag goes after --, as in: frontdesk users -- -word"
	}
	return ""
}

// flagsOf are the flags that a command has, as far as they are spoken of.
func flagsOf(cmd *cobra.Command) map[string]bool {
	names := map[string]bool{}
	add := func(f *pflag.Flag) {
		if !f.Hidden && !isBypassFlag(f) {
			names[f.Name] = true
		}
	}
	cmd.Flags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return names
}

// EscapeExclusions are the arguments of the program with the tokens of `frontdesk users` that
// exclude (-is:banned) behind a --, where no flag is looked for. No flag has a
// colon after one dash.
func EscapeExclusions(args []string) []string {
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	if !slices.Contains(args[:end], usersName) || args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd {
		return args
	}
	var kept, tokens []string
	for _, a := range args[:end] {
		if isExclusion(a) {
			tokens = append(tokens, a)
		} else {
			kept = append(kept, a)
		}
	}
	if len(tokens) == 0 {
		return args
	}
	return slices.Concat(kept, []string{"--"}, tokens, args[min(end+1, len(args)):])
}

// isExclusion says that an argument is a minus and a token: -is:banned.
func isExclusion(arg string) bool {
	name, _, ok := strings.Cut(strings.TrimPrefix(arg, "-"), ":")
	return ok && strings.HasPrefix(arg, "-") && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }) && name[0] != '-'
}
