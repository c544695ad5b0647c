package command

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Strays is the Args of a command that takes no operands: what stands there is a
// command that nobody knows, and a mistake in the usage.
func Strays(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	says := "there is no command “" + plain(args[0]) + "”"
	for _, level := range [][]*cobra.Command{cmd.Commands(), below(cmd)} {
		paths := map[string]string{}
		for _, c := range level {
			paths[bare(c.Name())] = c.CommandPath()
		}
		var meant []string
		for _, name := range near(bare(args[0]), paths) {
			meant = append(meant, paths[name])
		}
		if len(meant) > 0 {
			return usage(says + ": did you mean " + strings.Join(meant, " or ") + "?")
		}
	}
	return usage(says + ": " + cmd.CommandPath() + " --help lists them")
}

// below are the commands two levels down.
func below(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range cmd.Commands() {
		out = append(out, c.Commands()...)
	}
	return out
}

// bare is a name without what people leave out of it.
func bare(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// near are the names that may be meant, by cobra's own measure; the one that is
// just so alone.
func near[V any](typed string, names map[string]V) []string {
	if _, just := names[typed]; just {
		return []string{typed}
	}
	measure := &cobra.Command{SuggestionsMinimumDistance: 2}
	for name := range names {
		measure.AddCommand(&cobra.Command{Use: name, Run: func(*cobra.Command, []string) {}})
	}
	found := measure.SuggestionsFor(typed)
	slices.Sort(found)
	return found[:min(len(found), 3)]
}

// FlagError is a mistake in the flags, in a sentence that names the flag which
// may be meant. Of a value that was given there is nothing in it, because it may
// be a secret in the wrong place.
func FlagError(cmd *cobra.Command, err error) error {
	var exit Exit
	if errors.As(err, &exit) {
		return exit
	}
	says := withoutValue(err)
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		if meant := meantFlags(cmd, unknown.GetSpecifiedName()); len(meant) > 0 {
			says += ": did you mean " + strings.Join(meant, " or ") + "?"
		}
	}
	return usage(plain(says))
}

// meantFlags are the command's flags that are called nearly so, else those of the
// commands below it, with the command.
func meantFlags(cmd *cobra.Command, typed string) []string {
	own := map[string]string{}
	add := func(to map[string]string, prefix string) func(*pflag.Flag) {
		return func(f *pflag.Flag) {
			if !f.Hidden {
				to[f.Name] = prefix + "--" + f.Name
			}
		}
	}
	cmd.Flags().VisitAll(add(own, ""))
	cmd.InheritedFlags().VisitAll(add(own, ""))
	all := own
	found := near(typed, own)
	if len(found) == 0 {
		all = map[string]string{}
		for _, c := range cmd.Commands() {
			c.LocalFlags().VisitAll(add(all, c.CommandPath()+" "))
		}
		found = near(typed, all)
	}
	for i, name := range found {
		found[i] = all[name]
	}
	return found
}

// Args are the arguments of the program with the tokens of `frontdesk users` that
// exclude (-is:banned) behind a --, where no flag is looked for. No flag has a
// colon after one dash.
func Args(args []string) []string {
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	if !slices.Contains(args[:end], "users") {
		return args
	}
	var kept, tokens []string
	for _, a := range args[:end] {
		if excludes(a) {
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

// excludes says that an argument is a minus and a token: -is:banned.
func excludes(arg string) bool {
	name, _, ok := strings.Cut(strings.TrimPrefix(arg, "-"), ":")
	return ok && strings.HasPrefix(arg, "-") && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }) && name[0] != '-'
}
