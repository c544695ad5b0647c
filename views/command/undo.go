package command

import (
	"context"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/action"
)

// undoName is the name of the command.
const undoName = "undo"

// undoCommand returns `frontdesk undo`, which does what z does in the console.
func undoCommand(env Env) *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   undoName + " [RECORD]",
		Short: "Undo your last change, or that of a record of the journal",
		Long: "Undo your last change on this instance, as z does in the console, or that of a record; frontdesk journal show lists them.\n" +
			"Only your own changes can be undone. Like every change it is asked about and written into the journal; undo again redoes it.\n\n" +
			"On a terminal it asks; elsewhere it needs --yes, and --reason and --confirm where the question would ask for them.\n" +
			"Exit codes: 0 done, 1 it cannot be undone or failed, 2 usage, 3 outcome unknown.",
		SilenceUsage: true, SilenceErrors: true,
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) > 1 {
				return usage("undo takes one RECORD at most")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			r := newRun(env, ops.Operation{Title: "Undo", ID: undoName}, o)
			ctx, stop := r.leaver.stoppable(cmd.Context())
			defer stop()
			record := ""
			if len(given) > 0 {
				record = given[0]
			}
			return r.startUndo(ctx, record)
		},
	}
	cmd.SetFlagErrorFunc(FlagError)
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of a sentence")
	f.BoolVar(&o.yes, "yes", false, "do not ask for confirmation")
	f.StringVar(&o.reason, "reason", "", "why; printed with the outcome")
	f.StringVar(&o.ticket, "ticket", "", "the ticket that it is about, for the journal")
	f.StringVar(&o.confirm, "confirm", "", "with --yes: the text you would type to confirm")
	cmd.ValidArgsFunction = completeNoUsers
	return cmd
}

// startUndo finds what to undo and carries that out.
func (r *run) startUndo(ctx context.Context, record string) error {
	if _, _, err := r.prepare(); err != nil {
		return err
	}
	var closeSession func()
	var err error
	if r.session, closeSession, err = r.connect(ctx); err != nil {
		return r.report(r.failBefore(err))
	}
	defer closeSession()
	undo, err := action.FindUndo(ctx, r.screens(r.session), record)
	if err != nil {
		return r.report(r.failBefore(failed(clean.Sentence(err.Error()))))
	}
	r.undo, r.op = &undo, undo.Op
	if r.yes && r.reason == "" && r.op.Tier >= ops.T2 {
		return usage("undo needs a --reason with --yes here, because " + r.op.ID + " does")
	}
	if r.op.Scope == ops.ScopeUsers {
		bulk := &bulkRun{run: r, users: undo.Users}
		bulk.request = ops.Request{Reason: r.reason}
		return bulk.reportBulk(bulk.writeBulk(ctx, undo.Bulk(), nil))
	}
	if len(undo.Users) > 0 {
		r.user = undo.Users[0]
	}
	headless, err := undo.Operation(r.screens(r.session), r.user)
	if err != nil {
		return r.report(r.failBefore(failed(clean.Sentence(err.Error()))))
	}
	r.request = headless.Request
	r.request.Reason, r.request.Ticket = r.reason, r.ticket
	return r.report(r.write(ctx))
}
