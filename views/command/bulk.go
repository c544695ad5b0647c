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
	reader "frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
)

// bulkRun is one operation of several users on its way to the desk.
type bulkRun struct {
	*run
	names  []string // USER … as they were given
	from   string   // the file with more of them, "-" is stdin
	users  []*api.User
	answer *bulkAnswer
}

// bulkCommand is the subcommand of an operation of several users.
func bulkCommand(env Env, op ops.Operation) *cobra.Command {
	r := &bulkRun{run: newRun(env, op, &options{})}
	cmd := &cobra.Command{
		Use: op.ID + " USER …", Short: op.Title, GroupID: string(op.Group),
		Long: describeOperation(env, op) + fmt.Sprintf("\n\nUSER … are ids, e-mail addresses, phone numbers or usernames; --from takes a file with one a line, such as the CSV of frontdesk users.\n"+
			"Ten people and more are asked with “%s” to type. Up to %d go in one request.", op.BulkPhrase(10), op.MaxUsers),
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
	cmd.Flags().StringVar(&r.from, "from", "", "a file with one USER a line, - for stdin; a header, empty lines and what follows a # are skipped")
	cmd.ValidArgsFunction = completeNoUsers
	completeFields(cmd, r.inputs)
	CompleteFiles(cmd, "from")
	return cmd
}

// startBulk carries the operation out; its error is an Exit, nil when it is done.
func (r *bulkRun) startBulk(ctx context.Context) error {
	values, err := r.prepareBulk()
	if err != nil {
		return err
	}
	var shut func()
	if r.session, shut, err = r.connect(ctx); err != nil {
		return r.failBefore(err)
	}
	defer shut()
	if r.users, err = r.findAll(ctx); err != nil {
		return r.failBefore(err)
	}
	r.mask.Note(r.users...)
	r.request = r.op.Normalize(ops.Request{Values: values, Reason: r.reason})
	if r.dryRun {
		return r.dryRunBulk(ctx)
	}
	spoken := action.HeadlessBulk{Op: r.op, Users: r.users}
	isForbidden := r.forbidden() != "" // the desk refuses it, and journals that
	if !isForbidden && r.isAlreadySo() {
		r.answer = &bulkAnswer{Operation: r.op.ID, Instance: r.session.Instance.Kind.String(), State: alreadySo, Notes: r.notes,
			Message: "Nothing to do: " + clean.Sentence(spoken.Off(r.screens(r.session)))}
		for _, u := range r.users {
			r.answer.People = append(r.answer.People, userOutcomeJSON{userJSON: r.userJSON(u), State: alreadySo})
		}
		return nil
	}
	if !isForbidden {
		if err := r.agreeBulk(ctx, spoken); err != nil {
			return r.failBefore(err)
		}
	}
	bulk := desk.Bulk{Op: r.op, Seen: r.users, Values: values, Reason: r.reason, Ticket: reader.CleanReason(r.ticket), Audit: desk.Audit{Confirmed: r.confirmed()}}
	defer r.leaver.begin(spoken.Unknown(r.screens(r.session)))()
	return r.settleBulk(r.session.Desk.DoBulk(ctx, bulk, r.progress))
}

// isAlreadySo reports whether every user is as the operation would make them.
func (r *bulkRun) isAlreadySo() bool {
	return r.op.Applied != nil && !slices.ContainsFunc(r.users, func(u *api.User) bool { return !r.op.Applied(u, u, r.request) })
}

// prepareBulk finds the mistakes that can be seen without asking anybody, and
// reads who is named.
func (r *bulkRun) prepareBulk() (map[string]string, error) {
	if len(r.names) == 0 && r.from == "" {
		return nil, usage(r.op.ID + " needs USER …, or --from a file with one a line")
	}
	if r.from == "-" && !r.yes && !r.dryRun {
		return nil, usage("the list comes from stdin, so nobody can answer there: add --yes")
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
	listed, err := reader.ParseList(raw)
	if err != nil {
		return nil, usage("--from: " + clean.Sentence(err.Error()))
	}
	r.names = append(r.names, listed...)
	if len(r.names) == 0 {
		return nil, usage("--from: there is nobody in it")
	}
	return values, nil
}

// agreeBulk ends with nil when the operator wants it, on the spot or beforehand.
func (r *bulkRun) agreeBulk(ctx context.Context, spoken action.HeadlessBulk) error {
	screens := r.screens(r.session)
	if why := spoken.Off(screens); why != "" {
		return failed(r.op.Title + ": " + clean.Sentence(why))
	}
	if r.yes {
		if spoken.Tier(screens) >= tui.T2 && r.reason == "" {
			return usage(r.op.ID + " needs a --reason with --yes")
		}
		given := *screens // as of one person
		given.Mask = nil
		return r.checkConfirmed(ctx, spoken.Question(&given), spoken.Typing(&given))
	}
	if !r.StdinIsTerminal {
		return noTerminal(nil)
	}
	reason, err := r.askUser(ctx, spoken.Question(screens))
	if err != nil {
		return err
	}
	r.reason = reason
	return nil
}

// progress says on a terminal how far it has come, where it takes more than one
// request.
func (r *bulkRun) progress(done, total int) {
	if total > r.op.MaxUsers && done > 0 && done < total && r.StdinIsTerminal && !r.json {
		fmt.Fprintf(r.Stderr, "%s %d of %d\n", r.op.Doing, done, total)
	}
}

// settleBulk says how it ended for everybody.
func (r *bulkRun) settleBulk(out desk.BulkOutcome) error {
	out = action.ShownBulk(r.screens(r.session), out)
	toast := wording.BulkOutcome(out, r.reason, r.session.Catalogue)
	r.answer = &bulkAnswer{Operation: r.op.ID, Instance: r.session.Instance.Kind.String(), State: bulkState(out), Message: toast.Text, TraceID: traceOf(out.Stopped), Notes: r.notes}
	for _, f := range out.Users {
		one := userOutcomeJSON{userJSON: r.userJSON(f.Seen), State: strings.ReplaceAll(f.State.String(), " ", "_"), ReadBack: f.ReadBack}
		if f.State != desk.UserDone {
			one.Reason = wording.UserOutcome(r.op, f)
		}
		r.answer.People = append(r.answer.People, one)
	}
	if out.JournalErr != nil {
		r.warn(wording.NotRecorded(r.op, out.JournalErr))
	}
	switch r.answer.State {
	case "done":
		return nil
	case "unknown":
		r.answer.Next = mayStillHappen + " Look at each in a minute with frontdesk do get_user, before doing it again."
		return Exit{CodeUnknown, r.answer.failure(out)}
	}
	r.answer.Next = toast.Next
	return Exit{CodeFailed, r.answer.failure(out)}
}

// bulkState is how a bulk ended as a whole, for machines: done, partly_done,
// refused or unknown.
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

// bulkAnswer is how an operation of several users ended, as it is printed.
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

// userOutcomeJSON is how it ended for one of them.
type userOutcomeJSON struct {
	*userJSON
	State    string `json:"state"`
	Reason   string `json:"reason,omitempty"`
	ReadBack bool   `json:"read_back,omitempty"`
}

// sentence is what happened and what to do now.
func (a *bulkAnswer) sentence() string { return wording.Join(a.Message, a.Next) }

// failure lists those for whom it was not done, a line each.
func (a *bulkAnswer) failure(out desk.BulkOutcome) error {
	lines := []string{a.sentence()}
	for _, f := range out.InState(desk.UserUnknown, desk.UserFailed, desk.UserNotTried, desk.UserGone) {
		lines = append(lines, "  "+strings.Join(append(describeUser(f.Seen), wording.UserOutcome(out.Op, f)), "   "))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// reportBulk prints the answer: one JSON object, or what was done on stdout.
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
	says := r.onInstance(r.answer.Message)
	_, failure := fmt.Fprintln(r.Stdout, says)
	return r.reportPrintError(failure, says, err)
}
