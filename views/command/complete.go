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

// values completes a flag with what it takes, in the order of the list.
func values(of ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return beginning(of, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// beginning are those that begin with what is typed.
func beginning(of []string, typed string) []string {
	return slices.DeleteFunc(slices.Clone(of), func(value string) bool { return !strings.HasPrefix(value, typed) })
}

// files completes a flag with the names of files.
func files(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// CompleteValues completes a flag of cmd with the values that it takes.
func CompleteValues(cmd *cobra.Command, flag string, of ...string) {
	complete(cmd, flag, values(of...))
}

// CompleteLists is CompleteValues of a flag that takes several, with commas.
func CompleteLists(cmd *cobra.Command, flag string, of ...string) {
	complete(cmd, flag, func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		begun := typed[:strings.LastIndex(typed, ",")+1]
		var out []cobra.Completion
		for _, value := range of {
			if !slices.Contains(strings.Split(begun, ","), value) {
				out = append(out, begun+value)
			}
		}
		return beginning(out, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
	})
}

// CompleteFiles completes a flag of cmd with the names of files.
func CompleteFiles(cmd *cobra.Command, flag string) { complete(cmd, flag, files) }

// CompleteNothing says that, below cmd, no names of files stand where nothing else
// is said: most words here are people.
func CompleteNothing(root *cobra.Command) {
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
}

// complete registers how a flag is completed. The flag is one that cmd declares,
// so that there is nothing to fail.
func complete(cmd *cobra.Command, flag string, with cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(err)
	}
}

// completeFields completes the flags of an operation's fields.
func completeFields(cmd *cobra.Command, inputs []*input) {
	for _, in := range inputs {
		known := slices.Concat(in.field.Choices, in.field.Suggestions)
		switch {
		case in.field.Kind == ops.FieldFile:
			CompleteFiles(cmd, in.name)
		case in.field.Name == "order_by":
			CompleteValues(cmd, in.name, signed(known)...)
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

// signed are orders, each with the one that is the other way round.
func signed(orders []string) []string {
	var all []string
	for _, o := range orders {
		all = append(all, o, "-"+o)
	}
	return all
}

// completeSearch completes the words of `frontdesk users`: tokens, as the box does,
// and the saved searches.
func completeSearch(env Env) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		const directive = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
		if strings.HasPrefix(typed, ":") {
			return beginning(savedSearches(env), typed), cobra.ShellCompDirectiveNoFileComp
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

// savedSearches are the names of the saved searches, with what they look for.
// That the file cannot be read is said when one of them is asked for.
func savedSearches(env Env) []cobra.Completion {
	saved, _ := savedsearch.Read(env.SavedSearchFile) // the supplied ones come with an error
	var out []cobra.Completion
	for _, q := range saved {
		out = append(out, cobra.CompletionWithDesc(":"+plain(q.Name), plain(q.Text)))
	}
	return out
}

// completeNobody completes no person: who there is, is not for a shell's history.
func completeNobody(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}
