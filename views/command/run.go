package command

import (
	"context"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// run is one run of an operation.
type run struct {
	Env
	*options
	op  ops.Operation
	who string // the USER argument

	session *session.Session
	user    *api.User
	request ops.Request
	undo    *action.HeadlessUndo // what it undoes, nil for none
	answer  *answer              // what to print; nil for an error in the usage
	leaver  *leaver
}

func newRun(env Env, op ops.Operation, o *options) *run {
	return &run{Env: env, op: op, options: o, leaver: &leaver{stderr: env.Stderr, leave: env.Exit}}
}

// start carries the operation out. Its error is an Exit, nil if it was done.
func (r *run) start(ctx context.Context) error {
	values, image, err := r.prepare()
	if err != nil {
		return err
	}
	var closeSession func()
	if r.session, closeSession, err = r.connect(ctx); err != nil {
		return r.failBefore(err)
	}
	defer closeSession()
	if r.mask.On() && r.reveal {
		return usage("--mask hides what --reveal prints: give one of them")
	}
	if r.op.Scope == ops.ScopeUser {
		if r.user, err = r.find(ctx); err != nil {
			return r.failBefore(err)
		}
		if r.op.MarkUnseen != nil {
			r.op.MarkUnseen(r.session.Client, r.user)
		}
		r.mask.Note(r.user)
	}
	if err := r.buildRequest(values, image); err != nil {
		return err
	}
	if r.dryRun {
		return r.dryRunOne(ctx)
	}
	if err := r.checkSession(ctx); err != nil {
		return r.failBefore(err)
	}
	if r.op.IsRead() {
		if why := r.forbidden(); why != "" {
			return r.failBefore(failed(r.op.Title + ": " + why))
		}
		return r.settle(r.headless(), r.runRead(ctx))
	}
	return r.write(ctx)
}

// prepare checks the flags and reads the fields, without connecting.
func (r *run) prepare() (map[string]string, *api.ImageFile, error) {
	if strings.TrimSpace(r.reason) != "" && (r.op.Tier >= ops.T2 || input.CleanReason(r.reason) == "") {
		if wrong := input.CheckReason(r.reason); wrong != "" {
			return nil, nil, usage("--reason says nothing: " + wrong)
		}
	}
	r.reason, r.ticket = input.CleanReason(r.reason), input.CleanReason(r.ticket)
	if err := r.checkConfirm(); err != nil {
		return nil, nil, err
	}
	switch {
	case r.usesStdin() > 1:
		return nil, nil, usage("only one field can come from stdin")
	case r.op.IsRead() || r.dryRun:
	case r.yes && r.reason == "" && r.op.Tier >= ops.T2:
		return nil, nil, usage(r.op.ID + " needs a --reason with --yes")
	case r.op.MustShowResult && r.op.Tier > ops.T0 && !r.reveal:
		return nil, nil, usage("the secret that " + r.op.ID + " creates is shown only once: add --reveal to print it")
	}
	for _, in := range r.inputs {
		if in.field.Required && in.field.Current == nil && !in.isGiven() {
			return nil, nil, usage(in.missingNote())
		}
	}
	return r.readInputs(r.Env)
}

// buildRequest builds the request. Like a form, it fills required fields that were not
// given with the user's current value.
func (r *run) buildRequest(values map[string]string, image *api.ImageFile) error {
	for _, f := range r.op.Fields {
		if _, given := values[f.Name]; !given && f.Required && f.Current != nil && r.user != nil {
			if current := f.Current(r.user); current != "" {
				values[f.Name] = current
			}
		}
	}
	var part clean.Text
	if r.op.Part != ops.PartNone {
		if r.part == "" {
			return usage(r.missingPart())
		}
		part = findPart(r.op, r.user, r.part)
	}
	r.request = r.op.NewRequest(r.user, part, values)
	r.request.Image, r.request.Reason, r.request.Ticket = image, r.reason, r.ticket
	if err := r.op.CheckFor(r.user, r.request); err != nil {
		return usage(r.op.ID + ": " + clean.Sentence(err.Error()))
	}
	return nil
}

// checkSession returns an error for a session of another user: the service identifies
// a session by its id alone.
func (r *run) checkSession(ctx context.Context) error {
	if r.op.Part != ops.PartSession {
		return nil
	}
	const page = 100
	for offset := 0; ; offset += page {
		sessions, err := r.session.Client.Sessions(ctx, r.user.ID, "", page, offset)
		if err != nil {
			return err
		}
		for i := range sessions.Rows {
			if sessions.Rows[i].ID == r.request.PartID {
				return nil
			}
		}
		if len(sessions.Rows) < page {
			return failed(r.op.Title + ", " + userfmt.Name(r.user) + ": that session is not one of theirs")
		}
	}
}

// missingPart lists the values that --part could have.
func (r *run) missingPart() string {
	message := "--part is missing: which " + r.op.Part.String() + "?"
	for _, item := range r.op.Part.Items(r.user) {
		message += "\n  " + item.ID.Display() + "   " + item.Name() + noteIf(item.Note != "", " ("+item.Note+")")
	}
	return message
}

func (r *run) headless() action.HeadlessOperation {
	h := action.HeadlessOperation{Op: r.op, User: r.user, Request: r.request}
	if r.undo == nil {
		return h
	}
	if undoing, err := r.undo.Operation(r.screens(r.session), r.user); err == nil {
		undoing.Request.Reason, undoing.Request.Ticket = r.request.Reason, r.request.Ticket
		h = undoing
	}
	return h
}

// undoes is the journal's record of what is undone, "" for nothing.
func (r *run) undoes() string {
	if r.undo == nil {
		return ""
	}
	return r.undo.Record
}

func (r *run) intent() desk.Intent {
	confirmed := r.headless().Confirmed(r.screens(r.session), r.yes, r.confirm)
	return desk.Intent{Op: r.op, Seen: r.user, Request: r.request, Audit: desk.Audit{Confirmed: confirmed, Undoes: r.undoes()}}
}

// write confirms the operation and sends it. If the user has changed in the meantime
// it asks again about the user as they are now.
func (r *run) write(ctx context.Context) error {
	headless := r.headless()
	for {
		if r.forbidden() == "" { // else the desk refuses it, and journals that
			if why := r.alreadySo(r.user); why != "" {
				return r.nothingToDo(r.user, why)
			}
			if err := r.askConfirmation(ctx, headless); err != nil {
				return r.failBefore(err)
			}
		}
		out := r.send(ctx, headless)
		if out.State != desk.Changed || out.User == nil || r.yes {
			return r.settle(headless, out)
		}
		r.user = out.User
		headless = r.headless()
		r.request = headless.Request
		headless.Was, headless.Is = out.Was, out.Is
	}
}

// send sends the operation through the desk. While it is under way, the leaver knows
// that its outcome is unknown.
func (r *run) send(ctx context.Context, headless action.HeadlessOperation) desk.Outcome {
	defer r.leaver.begin(wording.Unknown(headless.Call(r.screens(r.session))))()
	return r.session.Desk.Do(ctx, r.intent())
}

// askConfirmation returns nil if the operator confirms the operation, with --yes or by
// answering the question.
func (r *run) askConfirmation(ctx context.Context, headless action.HeadlessOperation) error {
	screens := r.screens(r.session)
	if r.yes {
		if headless.Tier(screens) >= tui.T2 && r.reason == "" {
			return usage(r.op.ID + " needs a --reason with --yes here, because this is production or the user is an organization admin")
		}
		if err := r.checkGiven(headless.Tier(screens)); err != nil {
			return err
		}
		given := *screens // on the command line one gives what one knows, not what one sees
		given.Mask = nil
		return r.checkConfirmed(ctx, headless.Question(&given), headless.Typing(&given))
	}
	if r.user != nil {
		if why := r.session.Catalogue.Unavailable(r.op, r.user, clean.Text{}, r.Now()); why != "" {
			return failed(r.op.Title + ", " + userfmt.Name(r.user) + ": " + clean.Sentence(why))
		}
	}
	if !r.StdinIsTerminal {
		return noTerminal(r.user)
	}
	question := headless.Question(screens)
	question.Namesakes = headless.Namesakes(ctx, screens)
	if err := r.askUser(ctx, question); err != nil {
		return err
	}
	r.request.Reason, r.request.Ticket = r.reason, r.ticket
	return nil
}

// checkGiven checks the reason and the ticket that were given with --yes.
func (r *run) checkGiven(tier tui.Tier) error {
	if wrong := input.CheckReason(r.reason); tier >= tui.T2 && wrong != "" {
		return usage("--reason says nothing: " + wrong)
	}
	if wrong := r.checkTicket(r.ticket); wrong != "" {
		return usage("--ticket: " + wrong)
	}
	return nil
}

// checkTicket is what is wrong with a ticket, "" for nothing.
func (r *run) checkTicket(ticket string) string {
	return r.session.Catalogue.CheckTicket(r.op.WithValues(r.request.Values), ticket)
}

// forbidden is why policy does not allow the operation with these inputs, "" where it
// does.
func (r *run) forbidden() string {
	return clean.Sentence(r.session.Catalogue.Forbidden(r.op.WithValues(r.request.Values), r.user))
}

// alreadySo says why there is nothing to do, because the operation would not change
// the user; "" if it would, or if it is unavailable for another reason.
func (r *run) alreadySo(u *api.User) string {
	if u == nil || r.op.Applied == nil || r.op.Scope != ops.ScopeUser {
		return ""
	}
	why := r.session.Catalogue.Unavailable(r.op, u, clean.Text{}, r.Now())
	if why == "" || !r.op.Applied(u, u, r.request) {
		return ""
	}
	return clean.Sentence(why)
}

// noTerminal is the error for a question that cannot be asked.
func noTerminal(u *api.User) error {
	about := ""
	if u != nil {
		about = " for " + strings.Join(describeUser(u), "   ")
	}
	return usage("No terminal to ask on" + about + ". Add --yes to confirm.")
}
