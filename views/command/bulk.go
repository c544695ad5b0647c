package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
)

// bulkRun is one run of an operation on several users.
type bulkRun struct {
	*run
	names  []string // the USER arguments
	from   string   // the file with more of them, "-" for stdin
	users  []*api.User
	answer *bulkAnswer
}

// bulkCommand returns the subcommand of an operation on several users.
func bulkCommand(env Env, op ops.Operation) *cobra.Command {
	r := &bulkRun{run: newRun(env, op, &options{})}
	cmd := &cobra.Command{
		Use: op.ID + " USER …", Short: op.Title, GroupID: string(op.Group),
		Long: describeOperation(env, op) + fmt.Sprintf("\n\nEach USER is an id, e-mail address, phone number or username; --from reads them from a file with one per line, such as the CSV of frontdesk users.\n"+
			"For ten users or more you type, for example, “%s” to confirm. One request takes up to %d.", op.BulkPhrase(10), op.MaxUsers),
		SilenceUsage: true, SilenceErrors: true, DisableFlagsInUseLine: true,
		Args: func(_ *cobra.Command, given []string) error { return r.checkInputs() },
		RunE: func(cmd *cobra.Command, given []string) error {
			r.Env = env.withMask(r.masked)
			r.leaver.stderr = r.Stderr
			ctx, stop := r.leaver.stoppable(cmd.Context())
			defer stop()
			r.names = given
			return r.maskError(r.reportBulk(r.startBulk(ctx)))
		},
	}
	acceptDashes(cmd, op)
	r.declare(cmd.Flags(), op)
	cmd.Flags().StringVar(&r.from, "from", "", "a file with one USER per line, or - for stdin; a header, empty lines and comments after # are skipped")
	cmd.ValidArgsFunction = completeNoUsers
	completeFields(cmd, r.inputs)
	CompleteFiles(cmd, "from")
	return cmd
}

// startBulk carries the operation out. Its error is an Exit, nil if it was done.
func (r *bulkRun) startBulk(ctx context.Context) error {
	values, err := r.prepareBulk()
	if err != nil {
		return err
	}
	var closeSession func()
	if r.session, closeSession, err = r.connect(ctx); err != nil {
		return r.failBefore(err)
	}
	defer closeSession()
	if r.users, err = r.findAll(ctx); err != nil {
		return r.failBefore(err)
	}
	r.mask.Note(r.users...)
	r.request = r.op.Normalize(ops.Request{Values: values, Reason: r.reason})
	if r.dryRun {
		return r.dryRunBulk(ctx)
	}
	return r.writeBulk(ctx, action.HeadlessBulk{Op: r.op, Users: r.users}, values)
}

// writeBulk confirms the operation and sends it.
func (r *bulkRun) writeBulk(ctx context.Context, headless action.HeadlessBulk, values map[string]string) error {
	isForbidden := r.forbidden() != "" // the desk refuses it, and journals that
	if !isForbidden && r.isAlreadySo() {
		r.answer = &bulkAnswer{Operation: r.op.ID, Instance: r.session.Instance.Kind.String(), State: alreadySo, Notes: r.notes,
			Message: "Nothing to do: " + clean.Sentence(headless.Off(r.screens(r.session)))}
		for _, u := range r.users {
			r.answer.People = append(r.answer.People, userOutcomeJSON{userJSON: r.userJSON(u), State: alreadySo})
		}
		return nil
	}
	if !isForbidden {
		if err := r.askBulkConfirmation(ctx, headless); err != nil {
			return r.failBefore(err)
		}
	}
	bulk := desk.Bulk{Op: r.op, Seen: r.users, Values: values, Reason: r.reason, Ticket: r.ticket, Audit: desk.Audit{Confirmed: r.confirmed(), Undoes: r.undoes()}}
	defer r.leaver.begin(headless.Unknown(r.screens(r.session)))()
	return r.settleBulk(r.session.Desk.DoBulk(ctx, bulk, r.progress))
}

// isAlreadySo reports whether the operation would change none of the users.
func (r *bulkRun) isAlreadySo() bool {
	return r.op.Applied != nil && !slices.ContainsFunc(r.users, func(u *api.User) bool { return !r.op.Applied(u, u, r.request) })
}

// prepareBulk checks the arguments without connecting, and reads the file of --from.
func (r *bulkRun) prepareBulk() (map[string]string, error) {
	if len(r.names) == 0 && r.from == "" {
		return nil, usage(r.op.ID + " needs a USER, or --from with a file that has one per line")
	}
	if r.from == "-" && !r.yes && !r.dryRun {
		return nil, usage("the list comes from stdin, so the question cannot be answered there: add --yes")
	}
	if r.from == "-" && r.usesStdin() > 0 {
		return nil, usage("only one thing can come from stdin")
	}
	values, _, err := r.prepare()
	if err != nil || r.from == "" {
		return values, err
	}
	var raw []byte
	if r.from == "-" {
		raw, err = readAll(r.Stdin)
	} else {
		raw, err = readFile(r.from)
	}
	if err != nil {
		return nil, usage("--from: " + clean.Sentence(err.Error()))
	}
	listed, err := input.ParseList(raw)
	if err != nil {
		return nil, usage("--from: " + clean.Sentence(err.Error()))
	}
	r.names = append(r.names, listed...)
	if len(r.names) == 0 {
		return nil, usage("--from: the list is empty")
	}
	return values, nil
}

// askBulkConfirmation returns nil if the operator confirms the operation, with --yes or by
// answering the question.
func (r *bulkRun) askBulkConfirmation(ctx context.Context, headless action.HeadlessBulk) error {
	screens := r.screens(r.session)
	if why := headless.Off(screens); why != "" {
		return failed(r.op.Title + ": " + clean.Sentence(why))
	}
	if r.yes {
		if headless.Tier(screens) >= tui.T2 && r.reason == "" {
			return usage(r.op.ID + " needs a --reason with --yes")
		}
		if err := r.checkGiven(headless.Tier(screens)); err != nil {
			return err
		}
		given := *screens // as of one person
		given.Mask = nil
		return r.checkConfirmed(ctx, headless.Question(&given), headless.Typing(&given))
	}
	if !r.StdinIsTerminal {
		return noTerminal(nil)
	}
	return r.askUser(ctx, headless.Question(screens))
}

// progress prints how far the operation has come, on a terminal and if it takes more
// than one request.
func (r *bulkRun) progress(done, total int) {
	if total > r.op.MaxUsers && done > 0 && done < total && r.StdinIsTerminal && !r.json {
		fmt.Fprintf(r.Stderr, "%s %d of %d\n", r.op.Doing, done, total)
	}
}

// settleBulk turns the outcome into the answer and the exit code.
func (r *bulkRun) settleBulk(out desk.BulkOutcome) error {
	out = action.ShownBulk(r.screens(r.session), out)
	toast := wording.BulkOutcome(out, wording.Why(r.reason, r.ticket), r.session.Catalogue)
	r.answer = &bulkAnswer{Operation: r.op.ID, Instance: r.session.Instance.Kind.String(), State: bulkState(out), Message: toast.Text, TraceID: traceOf(out.Stopped), Notes: r.notes}
	for _, o := range out.Users {
		j := userOutcomeJSON{userJSON: r.userJSON(o.Seen), State: strings.ReplaceAll(o.State.String(), " ", "_"), ReadBack: o.ReadBack}
		if o.State != desk.UserDone {
			j.Reason = wording.UserOutcome(r.op, o)
		}
		r.answer.People = append(r.answer.People, j)
	}
	if out.JournalErr != nil {
		r.warn(wording.NotRecorded(r.op, out.JournalErr))
	}
	switch r.answer.State {
	case "done":
		return nil
	case "unknown":
		r.answer.Next = mayStillHappen + " Check each in a minute with frontdesk do get_user before you try again."
		return Exit{CodeUnknown, r.answer.failure(out)}
	}
	r.answer.Next = toast.Next
	return Exit{CodeFailed, r.answer.failure(out)}
}

// bulkState is the outcome as a whole: done, partly_done, refused or unknown.
func bulkState(out desk.BulkOutcome) string {
	done := len(out.InState(desk.UserDone))
	switch {
	case len(out.InState(desk.UserUnknown)) > 0:
		return stateWord(desk.Unknown)
	case done == 0:
		return stateWord(desk.Refused)
	case len(out.InState(desk.UserFailed, desk.UserNotTried, desk.UserGone)) > 0:
		return stateWord(desk.Partly)
	}
	return stateWord(desk.Done)
}

// bulkAnswer is the outcome of an operation on several users as it is printed.
type bulkAnswer struct {
	Operation string            `json:"operation"`
	Instance  string            `json:"instance"`
	State     string            `json:"state"`
	Message   string            `json:"message"`
	Next      string            `json:"next,omitempty"`
	TraceID   string            `json:"trace_id,omitempty"`
	People    []userOutcomeJSON `json:"people"`
	Notes     []string          `json:"notes,omitempty"`
}

// userOutcomeJSON is the outcome for one of them.
type userOutcomeJSON struct {
	*userJSON
	State    string `json:"state"`
	Reason   string `json:"reason,omitempty"`
	ReadBack bool   `json:"read_back,omitempty"`
}

// sentence returns the message and what to do next.
func (a *bulkAnswer) sentence() string { return wording.Join(a.Message, a.Next) }

// failure returns an error that lists the users for whom it was not done.
func (a *bulkAnswer) failure(out desk.BulkOutcome) error {
	lines := []string{a.sentence()}
	for _, o := range out.InState(desk.UserUnknown, desk.UserFailed, desk.UserNotTried, desk.UserGone) {
		lines = append(lines, "  "+strings.Join(append(describeUser(o.Seen), wording.UserOutcome(out.Op, o)), "   "))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// reportBulk is report for an operation on several users.
func (r *bulkRun) reportBulk(err error) error {
	if r.answer == nil {
		return r.report(err)
	}
	switch {
	case r.json:
		return r.reportPrintError(writeJSON(r.Stdout, r.answer), r.answer.sentence(), err)
	case err != nil:
		return err
	}
	message := r.onInstance(r.answer.Message)
	_, failure := fmt.Fprintln(r.Stdout, message)
	return r.reportPrintError(failure, message, err)
}
