package command

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// NoArgs is the Args of a command that takes no arguments. It reports an argument as
// an unknown command and suggests similar ones.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := "there is no command “" + plain(args[0]) + "”"
	if strings.EqualFold(args[0], "version") {
		return usage(message + ": did you mean " + cmd.Root().Name() + " --version?")
	}
	for _, level := range [][]*cobra.Command{cmd.Commands(), grandchildren(cmd)} {
		paths := map[string]string{}
		for _, c := range level {
			paths[bareName(c.Name())] = c.CommandPath()
		}
		var suggestions []string
		for _, name := range closest(bareName(args[0]), paths) {
			suggestions = append(suggestions, paths[name])
		}
		if len(suggestions) > 0 {
			return usage(message + ": did you mean " + strings.Join(suggestions, " or ") + "?")
		}
	}
	return usage(message + ": " + cmd.CommandPath() + " --help lists them")
}

// grandchildren returns the commands two levels down.
func grandchildren(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range cmd.Commands() {
		out = append(out, c.Commands()...)
	}
	return out
}

// bareName returns a name in lower case without dashes and underscores.
func bareName(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// FlagError turns an error in the flags into one sentence, with a suggestion. It omits
// values, which may be secrets meant for another flag.
func FlagError(cmd *cobra.Command, err error) error {
	var exit Exit
	if errors.As(err, &exit) {
		return exit
	}
	message := flagErrorText(err)
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		message += suggestFlags(cmd, unknown)
	}
	return usage(plain(message))
}

// suggestFlags returns the end of the sentence on an unknown flag, which suggests
// others.
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
	case cmd.Name() == doName: // several operations may have the flag
		return ": --" + strings.Join(found, " or --") + " goes after the operation, as in: frontdesk do OPERATION --" + found[0]
	default:
		return ": did you mean " + where[found[0]] + " --" + found[0] + "?"
	}
}

// isBypassFlag reports whether a flag skips a question or reveals secrets. Such flags
// are never suggested.
func isBypassFlag(f *pflag.Flag) bool {
	return slices.Contains([]string{"yes", "force", "reveal"}, f.Name)
}

// suggestLetter is suggestFlags for a one-letter flag.
func suggestLetter(cmd *cobra.Command, letters string) string {
	root := cmd.Root()
	switch {
	case letters == "?" || strings.EqualFold(letters, "h"):
		return "; did you mean -h?"
	case strings.EqualFold(letters, "v"):
		return "; did you mean " + root.Name() + " --version?"
	case cmd.Name() == usersName:
		return "; a word that begins with - goes after --, as in: frontdesk users -- -word"
	}
	return ""
}

// flagsOf returns the flags of a command that may be suggested.
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

// EscapeExclusions moves excluding tokens of `frontdesk users`, such as -is:banned,
// behind a --, so that they are not parsed as flags. No flag has one dash and a colon.
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

// isExclusion reports whether an argument is an excluding token such as -is:banned.
func isExclusion(arg string) bool {
	name, _, ok := strings.Cut(strings.TrimPrefix(arg, "-"), ":")
	return ok && strings.HasPrefix(arg, "-") && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }) && name[0] != '-'
}

// flagErrorText describes an error of pflag without the value, which may be a secret
// meant for another flag.
func flagErrorText(err error) string {
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	var unknown *pflag.NotExistError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &value):
		return "--" + value.GetFlag().Name + " " + describeType(value)
	case errors.As(err, &missing):
		return "--" + missing.GetFlag().Name + " needs a value"
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return "there is no flag --" + unknown.GetSpecifiedName() + " here"
	case errors.As(err, &unknown):
		return "there is no such one-letter flag here"
	case errors.As(err, &syntax):
		return "a flag is malformed"
	}
	return "the flags could not be understood"
}

// describeType says what values a flag takes.
func describeType(wrong *pflag.InvalidValueError) string {
	// pflag hides the error of strconv, so the number is parsed again.
	if isTooLarge(wrong.GetValue()) {
		return "is too large"
	}
	switch wrong.GetFlag().Value.Type() {
	case "int":
		return "must be a whole number"
	case "uint64":
		return "must be a whole number, 0 or more"
	case "float64":
		return "must be a number"
	case "duration":
		return "must be a duration like 250ms or 3s"
	case "bool":
		return "must be true or false"
	}
	return "does not take that value"
}

// isTooLarge reports whether a whole number does not fit 64 bits.
func isTooLarge(number string) bool {
	_, err := strconv.ParseInt(number, 0, 64)
	return errors.Is(err, strconv.ErrRange)
}
