package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/ops"
)

// doName and usersName are the names of the commands.
const doName, usersName = "do", "users"

// doCommand returns `frontdesk do`, with a subcommand for each operation.
func doCommand(env Env) *cobra.Command {
	do := &cobra.Command{
		Use:   doName + " OPERATION [USER] [flags]",
		Short: "Carry out one operation of the Users API",
		Long: "Carry out one operation of the Users API. USER is an id, e-mail address, phone number or username.\n\n" +
			"On a terminal it asks before it writes, as the console does; elsewhere it needs --yes.\n" +
			"Exit codes: 0 done or nothing to do, 1 refused or failed, 2 usage, 3 outcome unknown.\n" +
			"ctrl-c waits for the answer to a request already sent; a second ctrl-c quits at once.\n" +
			"If the change was made but cannot be printed, stderr says so and the exit code is still 0.",
		Args:         cobra.ArbitraryArgs,
		SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return usage(noSuchOperation(cmd, env.Catalogue, args[0]))
		},
	}
	do.SetFlagErrorFunc(FlagError)
	for _, op := range env.Catalogue.All() {
		group := string(op.Group)
		if group != "" && !do.ContainsGroup(group) {
			do.AddGroup(&cobra.Group{ID: group, Title: group})
		}
		do.AddCommand(operationCommand(env, op))
	}
	return do
}

// noSuchOperation suggests operations with a similar name. An operation that removes
// or uses something up must be more similar than others.
func noSuchOperation(do *cobra.Command, catalogue *ops.Catalogue, name string) string {
	message := fmt.Sprintf("there is no operation %q", plain(name))
	typed := strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	names := map[string]bool{}
	for _, op := range catalogue.All() {
		risky := op.Destructive || op.ConfirmsRead || op.Consumes != ""
		if bareName(op.ID) == bareName(typed) || op.ID == typed+"_user" && !risky {
			return message + ": did you mean " + op.ID + "?"
		}
		if !risky || distance(typed, op.ID) < maxDistance(typed) {
			names[op.ID] = true
		}
	}
	if found := closest(typed, names); len(found) > 0 {
		return message + ": did you mean " + strings.Join(found, " or ") + "?"
	}
	return message + ": " + do.CommandPath() + " --help lists them"
}

// options are the flags of an operation.
type options struct {
	part, reason, ticket      string
	confirm                   string
	json, yes, dryRun, reveal bool
	masked                    bool
	inputs                    []*fieldInput
	notes                     []string // how the input was changed
}

func operationCommand(env Env, op ops.Operation) *cobra.Command {
	if op.Scope == ops.ScopeUsers {
		return bulkCommand(env, op)
	}
	o := &options{}
	use, args := op.ID+" USER", 1
	if op.Scope == ops.ScopeDirectory {
		use, args = op.ID, 0
	}
	cmd := &cobra.Command{
		Use: use, Short: op.Title, Long: describeOperation(env, op), GroupID: string(op.Group),
		SilenceUsage: true, SilenceErrors: true, DisableFlagsInUseLine: true,
		Args: func(_ *cobra.Command, given []string) error { return o.checkArgs(op, given, args) },
		RunE: func(cmd *cobra.Command, given []string) error {
			env := env.withMask(o.masked)
			r := newRun(env, op, o)
			ctx, stop := r.leaver.stoppable(cmd.Context())
			defer stop()
			if len(given) > 0 {
				r.who = given[0]
			}
			return env.maskError(r.report(r.start(ctx)))
		},
	}
	acceptDashes(cmd, op)
	o.declare(cmd.Flags(), op)
	cmd.ValidArgsFunction = completeNoUsers
	completeFields(cmd, o.inputs)
	return cmd
}

// acceptDashes accepts dashes in place of the underscores in Clerk's names.
func acceptDashes(cmd *cobra.Command, op ops.Operation) {
	if dashed := strings.ReplaceAll(op.ID, "_", "-"); dashed != op.ID {
		cmd.Aliases = []string{dashed}
	}
	cmd.Flags().SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		return pflag.NormalizedName(strings.ReplaceAll(name, "_", "-"))
	})
}

// declare declares the flags: those of every operation, then the operation's fields.
func (o *options) declare(f *pflag.FlagSet, op ops.Operation) {
	f.SortFlags = false
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of a sentence")
	declareMask(f, &o.masked)
	f.BoolVar(&o.dryRun, "dry-run", false, "print the request and do not send it")
	if !op.IsRead() {
		f.BoolVar(&o.yes, "yes", false, "do not ask for confirmation")
		f.StringVar(&o.reason, "reason", "", "why; printed with the outcome"+noteIf(op.Tier >= ops.T2, " (required)"))
		f.StringVar(&o.ticket, "ticket", "", "the ticket that it is about, for the journal")
		o.declareConfirm(f, op)
	}
	if op.Part != ops.PartNone {
		f.StringVar(&o.part, "part", "", "id of the "+op.Part.String()+" (required)")
	}
	if op.MustShowResult || len(op.SecretNames) > 0 {
		f.BoolVar(&o.reveal, "reveal", false, "print secrets in the answer instead of hiding them"+noteIf(op.Tier > ops.T0, " (required: they are shown only once)"))
	}
	for _, field := range op.Fields {
		o.inputs = append(o.inputs, declareField(f, field))
	}
}

// noteIf returns note if ok, else "".
func noteIf(ok bool, note string) string {
	if ok {
		return note
	}
	return ""
}

// checkInputs checks how the fields were given, not their values.
func (o *options) checkInputs() error {
	for _, in := range o.inputs {
		if err := in.checkGiven(); err != nil {
			return err
		}
	}
	return nil
}

func (o *options) checkArgs(op ops.Operation, given []string, want int) error {
	if err := o.checkInputs(); err != nil {
		return err
	}
	switch {
	case len(given) > want && want == 0:
		return usage(op.ID + " is for the whole instance and takes no USER")
	case len(given) > want:
		return usage(op.ID + " takes one USER; quote a name or number that has spaces in it")
	case len(given) < want:
		return usage(op.ID + " needs a USER: an id, e-mail address, phone number or username")
	case want == 1 && strings.TrimSpace(given[0]) == "":
		return usage("USER is empty")
	}
	return nil
}

// describeOperation returns the help of an operation: what it does, what it asks and
// how it is undone.
func describeOperation(env Env, op ops.Operation) string {
	var b strings.Builder
	b.WriteString(op.Title + ".\n")
	for _, effect := range op.Effects(ops.Subject{Sessions: -1, Now: env.Now()}) {
		b.WriteString("\n  • " + effect)
	}
	b.WriteString("\n\n" + describeQuestions(op) + describeYes(op))
	switch {
	case op.Consumes != "":
		b.WriteString("\nNote: " + op.Consumes + ".")
	case op.IsHarmless():
	case op.WayBack != "":
		b.WriteString("\nTo undo: " + op.WayBack + ".")
	default:
		b.WriteString("\nThis cannot be undone.")
	}
	if other, ok := env.Catalogue.Get(op.Alternative); ok {
		b.WriteString("\nAlternative: " + other.ID + ".")
	}
	return b.String()
}

// describeQuestions says in the help what the operation asks for.
func describeQuestions(op ops.Operation) string {
	const asks = "Before it sends anything it asks for "
	switch {
	case op.IsRead():
		return "It only reads, and asks nothing."
	case op.Tier <= ops.T1:
		return asks + "a y."
	case op.Tier == ops.T2:
		return asks + "a reason and a y."
	case op.Tier == ops.T3:
		return asks + "a checklist, a reason, the last four characters of the phone or id, and a y."
	}
	return asks + "a checklist, a reason, the e-mail address, and a y."
}

// findPart returns the id of the part that is given by id or, if it is unique, by
// name.
func findPart(op ops.Operation, u *api.User, named string) clean.Text {
	cleaned, _ := clean.Normalize(named)
	names := []string{strings.TrimSpace(cleaned)}
	if email, err := input.ParseEmail(named); err == nil {
		names = append(names, email.Candidates()...)
	}
	if phone, err := input.ParsePhone(named); err == nil {
		names = append(names, phone.Candidates()...)
	}
	if id := clean.NewText(names[0]); id.Raw() != "" {
		if _, found := op.Part.Find(u, id); found {
			return id
		}
	}
	var found []ops.Item
	for _, item := range op.Part.Items(u) {
		if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(item.Label.Raw(), name) }) {
			found = append(found, item)
		}
	}
	if len(found) == 1 {
		return found[0].ID
	}
	return clean.NewText(names[0])
}
