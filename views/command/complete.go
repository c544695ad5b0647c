package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdesk/api/ops"
	"frontdesk/api/search"
	"frontdesk/views/savedsearch"
)

// completeFrom completes a flag with the given values, in their order.
func completeFrom(of ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return withPrefix(of, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// withPrefix returns the values that begin with what is typed.
func withPrefix(of []string, typed string) []string {
	return slices.DeleteFunc(slices.Clone(of), func(value string) bool { return !strings.HasPrefix(value, typed) })
}

// completeFilenames completes a flag with file names.
func completeFilenames(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// CompleteValues completes a flag of cmd with the given values.
func CompleteValues(cmd *cobra.Command, flag string, of ...string) {
	complete(cmd, flag, completeFrom(of...))
}

// CompleteDynamic is CompleteValues of values that are found when they are asked for.
func CompleteDynamic(cmd *cobra.Command, flag string, find func() []string) {
	complete(cmd, flag, func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return withPrefix(find(), typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	})
}

// CompleteLists is CompleteValues for a flag that takes several values, separated by
// commas.
func CompleteLists(cmd *cobra.Command, flag string, of ...string) {
	complete(cmd, flag, func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		begun := typed[:strings.LastIndex(typed, ",")+1]
		var out []cobra.Completion
		for _, value := range of {
			if !slices.Contains(strings.Split(begun, ","), value) {
				out = append(out, begun+value)
			}
		}
		return withPrefix(out, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
	})
}

// CompleteFiles completes a flag of cmd with file names.
func CompleteFiles(cmd *cobra.Command, flag string) { complete(cmd, flag, completeFilenames) }

// CompleteNothing turns off the completion of file names, the default for arguments,
// for root and its subcommands: most of their arguments are users.
func CompleteNothing(root *cobra.Command) {
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
}

// complete registers how a flag is completed. It panics if cmd has no such flag.
func complete(cmd *cobra.Command, flag string, with cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(err)
	}
}

// completeFields completes the flags of an operation's fields.
func completeFields(cmd *cobra.Command, inputs []*fieldInput) {
	for _, in := range inputs {
		known := slices.Concat(in.field.Choices, in.field.Suggestions)
		switch {
		case in.field.Kind == ops.FieldFile:
			CompleteFiles(cmd, in.name)
		case in.field.Name == "order_by":
			CompleteValues(cmd, in.name, bothDirections(known)...)
		case in.field.IsList && len(known) > 0:
			CompleteLists(cmd, in.name, known...)
		case len(known) > 0:
			CompleteValues(cmd, in.name, known...)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == string(cmd.Flags().GetNormalizeFunc()(cmd.Flags(), in.name+"-file")) && in.field.Kind != ops.FieldFile {
				CompleteFiles(cmd, f.Name)
			}
		})
	}
}

// bothDirections returns the orders, each followed by its reverse.
func bothDirections(orders []string) []string {
	var all []string
	for _, o := range orders {
		all = append(all, o, "-"+o)
	}
	return all
}

// completeSearch completes the arguments of `frontdesk users` with search tokens and
// saved searches.
func completeSearch(env Env) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
		if strings.HasPrefix(typed, ":") {
			return withPrefix(savedSearches(env), typed), cobra.ShellCompDirectiveNoFileComp
		}
		var out []cobra.Completion
		for _, c := range search.Complete(typed, len(typed), nil) {
			text := typed[:c.From] + strings.TrimRight(c.Text, " ")
			out = append(out, cobra.CompletionWithDesc(text, c.Meaning))
		}
		if typed == "" {
			out = append(out, savedSearches(env)...)
		}
		return out, directive
	}
}

// savedSearches returns the names of the saved searches, with their text. An error in
// the file is reported only when a saved search is used.
func savedSearches(env Env) []cobra.Completion {
	saved, _ := savedsearch.Read(env.SavedSearchFile) // with an error it returns the built-in ones
	var out []cobra.Completion
	for _, q := range saved {
		out = append(out, cobra.CompletionWithDesc(":"+plain(q.Name), plain(q.Text)))
	}
	return out
}

// completeNoUsers completes nothing: looking up users would send what is typed to the
// instance on every tab.
func completeNoUsers(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}
