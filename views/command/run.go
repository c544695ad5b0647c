package command

import (
	"context"
	"errors"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	reader "frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
)

// run is one operation on its way from the command line to the desk.
type run struct {
	Env
	*options
	op  ops.Operation
	who string // USER as it was given

	session *session.Session
	user    *api.User
	request ops.Request
	answer  *answer // what there is to print; nil for a mistake in the usage
	leaver  *leaver
}

func newRun(env Env, op ops.Operation, o *options) *run {
	return &run{Env: env, op: op, options: o, leaver: &leaver{stderr: env.Stderr, leave: env.Exit}}
}

// start carries the operation out; its error is an Exit, nil when it is done.
func (r *run) start(ctx context.Context) error {
	values, image, err := r.prepare()
	if err != nil {
		return err
	}
	var shut func()
	if r.session, shut, err = r.connect(ctx); err != nil {
		return r.failBefore(err)
	}
	defer shut()
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

// prepare finds the mistakes that can be seen without asking anybody.
func (r *run) prepare() (map[string]string, *api.ImageFile, error) {
	given := r.reason
	if r.reason = reader.CleanReason(given); strings.TrimSpace(given) != "" && r.reason == "" {
		return nil, nil, usage("--reason says nothing: it needs a letter or a digit")
	}
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
		return nil, nil, usage("the secret that " + r.op.ID + " makes is shown only once: add --reveal to have it printed")
	}
	for _, in := range r.inputs {
		if in.field.Required && in.field.Current == nil && !in.isGiven() {
			return nil, nil, usage(in.missingNote())
		}
	}
	return r.readInputs(r.Env)
}

// buildRequest builds the request, with what a form would have offered where it is needed.
func (r *run) buildRequest(values map[string]string, image *api.ImageFile) error {
	for _, f := range r.op.Fields {
		if _, given := values[f.Name]; !given && f.Required && f.Current != nil && r.user != nil {
			if offered := f.Current(r.user); offered != "" {
				values[f.Name] = offered
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
	r.request.Image, r.request.Reason, r.request.Ticket = image, r.reason, reader.CleanReason(r.ticket)
	if err := r.op.CheckFor(r.user, r.request); err != nil {
		return usage(r.op.ID + ": " + clean.Sentence(err.Error()))
	}
	return nil
}

// checkSession refuses a session that is not one of the user's, so that nobody else's
// is ever acted on: the service takes a session by its id alone.
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
			return failed(r.op.Title + ", " + userName(r.user) + ": that session is not one of theirs")
		}
	}
}

// missingPart lists what --part could be.
func (r *run) missingPart() string {
	says := "--part is missing: which " + r.op.Part.String() + "?"
	for _, item := range r.op.Part.Items(r.user) {
		says += "\n  " + item.ID.Display() + "   " + item.Name() + noteIf(item.Note != "", " ("+item.Note+")")
	}
	return says
}

func (r *run) headless() action.HeadlessOperation {
	return action.HeadlessOperation{Op: r.op, User: r.user, Request: r.request}
}

func (r *run) intent() desk.Intent {
	confirmed := r.headless().Confirmed(r.screens(r.session), r.yes, r.confirm)
	return desk.Intent{Op: r.op, Seen: r.user, Request: r.request, Audit: desk.Audit{Confirmed: confirmed}}
}

// write asks where somebody can answer, and hands the intent to the desk. A
// person who changed meanwhile is asked about again, as they are now.
func (r *run) write(ctx context.Context) error {
	spoken := r.headless()
	for {
		if r.forbidden() == "" { // else the desk refuses it, and journals that
			if why := r.alreadySo(r.user); why != "" {
				return r.nothingToDo(r.user, why)
			}
			if err := r.agree(ctx, spoken); err != nil {
				return r.failBefore(err)
			}
		}
		out := r.send(ctx, spoken)
		if out.State != desk.Changed || out.User == nil || r.yes {
			return r.settle(spoken, out)
		}
		r.user = out.User
		spoken = r.headless()
		spoken.Was, spoken.Is = out.Was, out.Is
	}
}

// send hands the intent to the desk, and lets who is told to leave know of it.
func (r *run) send(ctx context.Context, spoken action.HeadlessOperation) desk.Outcome {
	defer r.leaver.begin(wording.Unknown(spoken.Call(r.screens(r.session))))()
	return r.session.Desk.Do(ctx, r.intent())
}

// agree ends with nil when the operator wants it, on the spot or beforehand.
func (r *run) agree(ctx context.Context, spoken action.HeadlessOperation) error {
	screens := r.screens(r.session)
	if r.yes {
		if spoken.Tier(screens) >= tui.T2 && r.reason == "" {
			return usage(r.op.ID + " needs a --reason with --yes here: on production, and for an organization's admin, it is asked one tier up")
		}
		given := *screens // on the command line one says what one knows, not what one sees
		given.Mask = nil
		return r.checkConfirmed(ctx, spoken.Question(&given), spoken.Typing(&given))
	}
	if r.user != nil {
		if why := r.session.Catalogue.Unavailable(r.op, r.user, clean.Text{}, r.Now()); why != "" {
			return failed(r.op.Title + ", " + userName(r.user) + ": " + clean.Sentence(why))
		}
	}
	if !r.StdinIsTerminal {
		return noTerminal(r.user)
	}
	reason, err := r.askUser(ctx, spoken.Question(screens))
	if err != nil {
		return err
	}
	r.reason, r.request.Reason = reason, reason
	return nil
}

// forbidden is why policy does not allow the operation with these inputs, "" where it
// does.
func (r *run) forbidden() string {
	return clean.Sentence(r.session.Catalogue.Forbidden(r.op.WithValues(r.request.Values), r.user))
}

// alreadySo is why there is nothing to do: the person is as the operation would
// make them. "" where there is something, or another reason not to.
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

// nothingToDo is the end where nothing was left to do: it is as it was wished.
func (r *run) nothingToDo(u *api.User, why string) error {
	state := alreadySo
	if r.op.Retry == ops.RetryGone {
		state = stateWord(desk.AlreadyGone)
	}
	r.answer = &answer{Operation: r.op.ID, User: r.userJSON(u), State: state, Message: "Nothing to do for " + userName(u) + ": " + why}
	return nil
}

// alreadySo is the state of an answer that nothing was sent for.
const alreadySo = "already_so"

// noTerminal is the mistake of not saying --yes where nobody can be asked.
func noTerminal(u *api.User) error {
	about := ""
	if u != nil {
		about = " for " + strings.Join(describeUser(u), "   ")
	}
	return usage("No terminal to ask on" + about + ". Add --yes to confirm.")
}

// settle says how it ended.
func (r *run) settle(spoken action.HeadlessOperation, out desk.Outcome) error {
	spoken.Request.Reason = r.reason // it may have been asked for since
	screens := r.screens(r.session)
	shown := action.ShownOutcome(screens, out)
	toast := wording.Outcome(spoken.Call(screens), shown, r.session.Catalogue, r.Now())
	r.answer = &answer{Operation: r.op.ID, User: r.userJSON(firstUser(out.User, r.user)), State: stateWord(out.State),
		Message: toast.Text, ReadBack: out.ReadBack, TraceID: traceOf(out.Err)}
	r.answer.addResult(r.op, shown, r.reveal)
	if out.JournalErr != nil {
		r.warn(wording.NotRecorded(r.op, out.JournalErr))
	}
	switch out.State {
	case desk.Done:
		if out.Result.IsNo {
			return Exit{Code: CodeFailed}
		}
		return nil
	case desk.AlreadyGone:
		return nil
	case desk.Unknown:
		r.answer.Next = r.howToLook(out)
		return Exit{CodeUnknown, errors.New(r.answer.sentence())}
	case desk.Changed:
		r.answer.Message = r.op.Title + ", " + userName(r.user) + ": nothing was sent, because it changed meanwhile: was “" + shown.Was + "”, is “" + shown.Is + "” now"
	case desk.Refused:
		if why := r.alreadySo(out.User); why != "" {
			return r.nothingToDo(out.User, why)
		}
		r.answer.Next = toast.Next
		r.nameRefusedFlags(out.Err)
		if errors.Is(out.Err, context.Canceled) && !api.IsOutcomeUnknown(out.Err) {
			r.answer.Message, r.answer.Next = "Nothing was sent: it was cancelled first", ""
		}
	}
	return failed(r.answer.sentence())
}

// failBefore turns an error from before the desk into an answer.
func (r *run) failBefore(err error) error {
	var exit Exit
	switch {
	case errors.As(err, &exit):
	case api.IsCancelled(err):
		exit = Exit{CodeFailed, errors.New("Nothing was sent: it was stopped")}
	default:
		exit = Exit{CodeFailed, errors.New(clean.Sentence(err.Error()))}
	}
	if exit.Code != CodeUsage && r.answer == nil {
		first, _, _ := strings.Cut(exit.Error(), "\n")
		r.answer = &answer{Operation: r.op.ID, User: r.userJSON(r.user), State: stateWord(desk.Refused), Message: first, TraceID: traceOf(err)}
		var several *ambiguousError
		if errors.As(err, &several) {
			r.answer.Matches = several.usersJSON(r.Env)
		}
	}
	return exit
}

func firstUser(users ...*api.User) *api.User {
	for _, u := range users {
		if u != nil {
			return u
		}
	}
	return nil
}

func traceOf(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		return e.TraceID.Raw()
	}
	return ""
}
