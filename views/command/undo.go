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
		Short: "Undo your last change, or the change of a given record",
		Long: "Undo your last change on this instance, like z in the console, or the change of a given journal record (see frontdesk journal show).\n" +
			"You can only undo your own changes. Undoing is recorded in the journal like any other change; run undo again to redo it.\n\n" +
			"On a terminal you are asked to confirm. In a script, pass --yes, and --reason and --confirm where the dialog would ask for them.\n" +
			"Exit codes: 0 done, 1 it cannot be undone or failed, 2 usage, 3 outcome unknown.",
		SilenceUsage: true, SilenceErrors: true,
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) > 1 {
				return usage("undo takes at most one RECORD")
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
	f.StringVar(&o.ticket, "ticket", "", "the ticket number, for the journal")
	f.StringVar(&o.confirm, "confirm", "", "with --yes: the text you would type to confirm")
	cmd.ValidArgsFunction = completeNoUsers
	return cmd
}

// startUndo finds the change to undo and undoes it.
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
		return usage("undo with --yes needs a --reason here, because " + r.op.ID + " does")
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
