package action

import (
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/avatar"
	"frontdesk/views/mask"
	"frontdesk/views/userfmt"
)

// attempt is one operation that is being asked about or carried out: its target
// and what has been filled in so far.
type attempt struct {
	op ops.Operation
	// user is the target as last read, nil for an operation on the directory.
	user *api.User
	// item is the part of the user that the operation is for, if any.
	item ops.Item
	// image is the chosen file and picture its preview.
	image   *api.ImageFile
	picture []string
	// answers fill the form when the question is asked again; typed reports that
	// the operator entered them.
	answers tui.Answers
	typed   bool
	// preset are the fields that row determines; the form does not ask for them.
	preset map[string]string
	row    PartRow
	// fieldErrors and formErrors are the server's reasons for refusing the last
	// try. note says why the question is asked again.
	fieldErrors map[string]string
	formErrors  []string
	note        string
	// takenBy links each field with a taken value to the user who has the value.
	takenBy map[string]*tui.Link
	// was and is describe the change in the target that made another question
	// necessary; they are equal if there was none.
	was, is string
	// undoes is the write that this reverts, nil unless Undo asks it; since is what
	// somebody changed in it meanwhile, a line each.
	undoes *undoStep
	since  []string
	// inCase is the guided sequence to which it belongs, nil for none.
	inCase *Case
}

// escalationNote says why a confirmed form is followed by a stricter question.
const escalationNote = "This changes how they sign in, so it needs the full confirmation."

// cancelWindow is for how many seconds a T4 operation can be stopped after it was
// confirmed.
const cancelWindow = 5

// newPrompt returns the question for an attempt.
func newPrompt(env *Env, a attempt) tui.Prompt {
	now := env.Now()
	base := a.op
	stricter := env.stricter(a)
	if stricter == nil {
		a.op = a.op.WithValues(a.answers)
	}
	tier := tierFor(env, a)
	env.Mask.Note(a.user)
	shown := a.shown(env)
	p := tui.Prompt{
		ActionID: a.op.ID, Tier: tier, Title: a.op.Title, Tone: promptTone(a.op, wayBack(env, a)), Verb: a.op.Verb,
		Instance: "on " + env.Instance.Kind.String(), InstanceTone: whereTone(env.Instance.Kind),
		WayBack: wayBack(env, a), ReadOnly: a.op.IsHarmless(), Picture: a.picture,
		Errors: a.formErrors, Note: a.note, Unprompted: a.isReasked(),
		Alternative: alternative(env, a),
	}
	if a.undoes != nil {
		p.TitlePrefix = undoPrefix
		if a.op.Inverse != "" {
			p.WayBack = redoHint
		}
	}
	if saved := a.recreates(); saved != nil {
		p.Title, p.Subject = recreateTitle, userfmt.Identify(env.Shown(saved))
	}
	describeTarget(&p, env, a, tier, now)
	namesakes, said := namesakesSoFar(env, a.user)
	p.Namesakes, p.Lookup = namesakes, learnTask(env, a, p.Context, said)
	p.Effects = shown.effects(wording.SessionsUnknown, now)
	p.EffectsFor = effectsOf(env, a, wording.SessionsUnknown, now)
	p.Fields = promptFields(env, a, tier)
	p.Validate = func(given tui.Answers) string { return a.withAnswers(given).validate(env) }
	demand(&p, a.op, a.user, shown.user, tier)
	if stricter != nil {
		p.Stricter, p.StricterWhen = stricter, func(given tui.Answers) bool { return base.Tier < a.withAnswers(given).escalated().op.Tier }
	}
	if a.op.Conflict != nil {
		p.FindConflict = func(given tui.Answers) (field, what string) {
			return a.op.Conflict(ops.Subject{User: shown.user, Sessions: wording.SessionsUnknown, Now: now, PartID: shown.item.ID, Values: a.withAnswers(given).shown(env).request().Values})
		}
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		b := a.withAnswers(given)
		if b.escalated().op.Tier > b.op.Tier && p.Stricter == nil {
			b.op, b.note = base, escalationNote
			return tui.Ask(newPrompt(env, b))
		}
		return tui.Run(runTask(env, b.escalated()))
	}
	return p
}

// escalated returns a with the operation as its answers make it.
func (a attempt) escalated() attempt {
	a.op = a.op.WithValues(a.request().Values)
	return a
}

// stricter returns what the question asks for in the same dialog once a choice in the
// form escalates the operation, nil if no choice does. What is escalated by a value that
// is typed is asked about once more instead.
func (e *Env) stricter(a attempt) *tui.Demands {
	for _, escalation := range a.op.Escalations {
		if escalation.Value == "" {
			continue
		}
		p := tui.Prompt{Verb: a.op.Verb}
		a.answers = tui.Answers{escalation.Fields[0]: escalation.Value}
		a.op = a.op.WithValues(a.answers)
		demand(&p, a.op, a.user, a.shown(e).user, tierFor(e, a))
		d := p.Demands(nil)
		return &d
	}
	return nil
}

// demand fills in what the question at the tier asks for beside its fields.
func demand(p *tui.Prompt, op ops.Operation, u, shown *api.User, tier tui.Tier) {
	if tier >= tui.T3 {
		p.Checklist = op.Checklist
		requireTyping(p, u, shown, tier)
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
}

// describeTarget fills in the part of the question that identifies the target.
func describeTarget(p *tui.Prompt, env *Env, a attempt, tier tui.Tier, now time.Time) {
	shown := a.shown(env)
	if a.user != nil {
		p.Monogram = env.Avatars().Monogram(shown.user)
		p.Subject, p.Context = userfmt.Identify(shown.user), wording.Background(shown.user, knownMembership(env, a.user).shown(env).names(), now)
		p.Warnings = wording.Warnings(a.op, env.Findings(a.user), tier)
		if earlier := env.unconfirmedWarning(a); earlier != "" {
			p.Warnings = append([]string{earlier}, p.Warnings...)
		}
	}
	if !a.item.ID.Empty() {
		p.Context = append(p.Context, a.op.Part.String()+" "+wording.ItemDetails(a.op.Part, shown.user, shown.item, now))
	}
	if p.Picture == nil && a.user != nil && a.op.Group == ops.GroupProfile {
		p.Picture = env.Avatars().Picture(shown.user, avatar.Small())
	}
	if a.image != nil {
		p.Context = append(p.Context, "file "+clean.NewText(a.image.Name).Display())
	}
}

// recreates returns the deleted user whom the attempt creates again, nil for none.
func (a attempt) recreates() *api.User {
	if a.undoes == nil {
		return nil
	}
	return a.undoes.journal.Recreates
}

// isReasked reports whether the question follows an answer of the server, so that
// it opens without a key of the operator.
func (a attempt) isReasked() bool {
	return a.was != a.is || len(a.fieldErrors)+len(a.formErrors) > 0 || a.note != ""
}

// withAnswers returns a with the answers given; those it did not ask for stay.
func (a attempt) withAnswers(given tui.Answers) attempt {
	answers := maps.Clone(a.answers)
	if answers == nil {
		answers = tui.Answers{}
	}
	maps.Copy(answers, given)
	for _, f := range a.op.Fields {
		if answers[f.Name] == mask.Hidden && f.Current != nil && a.user != nil {
			answers[f.Name] = f.Current(a.user)
		}
	}
	// An unedited value is not an answer. Otherwise asking again would undo what
	// someone else has changed in the meantime.
	for _, f := range a.op.Fields {
		if f.Current != nil && a.user != nil && !f.Required && answers[f.Name] == f.Current(a.user) {
			delete(answers, f.Name)
		}
	}
	a.answers, a.typed = answers, true
	return a
}

// validate returns what is wrong with the combination of answers, or why policy does not
// allow the operation with them; "" if nothing.
func (a attempt) validate(env *Env) string {
	request := a.request()
	if reason := env.Catalogue.Forbidden(a.op.WithValues(request.Values), a.user); reason != "" {
		return reason
	}
	if wrong := env.Catalogue.CheckTicket(a.op.WithValues(request.Values), request.Ticket); wrong != "" {
		return wrong
	}
	if a.op.Validate == nil {
		return ""
	}
	return a.op.Validate(request)
}

// tierFor returns the tier of the question. A question that opens by itself,
// because the user has changed, is at least T2: a dialog rather than the bar, in
// which y acts at once.
func tierFor(env *Env, a attempt) tui.Tier {
	tier := tui.Tier(a.op.WithValues(a.answers).TierFor(env.Instance.Kind == profile.Production, isOrganizationAdmin(a.user)))
	if a.op.ConfirmsRead {
		tier = max(tier, tui.T1)
	}
	if a.was != a.is || a.image != nil || len(a.since) > 0 {
		tier = max(tier, tui.T2)
	}
	return tier
}

func isOrganizationAdmin(u *api.User) bool {
	if u == nil {
		return false
	}
	for _, m := range u.OrganizationMemberships {
		if m.Role.Raw() == "org:admin" {
			return true
		}
	}
	return false
}

// promptTone is the colour of a question: red only where there is no way back.
func promptTone(op ops.Operation, wayBack string) tui.Tone {
	switch {
	case wayBack == "" && !op.IsHarmless():
		return tui.ToneBad
	case op.Tier <= ops.T1:
		return tui.ToneOK
	}
	return tui.ToneAccent
}

func whereTone(k profile.Kind) tui.Tone {
	switch k {
	case profile.Production:
		return tui.ToneBad
	case profile.Development:
		return tui.ToneWarn
	}
	return tui.ToneInfo
}

// requireTyping asks for something that only an operator who looked at this user
// can type: the end of the phone number or id, or at T4 the e-mail address. The
// dialog shows the full value. Under the mask it is what is seen there.
func requireTyping(p *tui.Prompt, u, shown *api.User, tier tui.Tier) {
	if u == nil {
		p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
		return
	}
	if mail := u.Email(); tier >= tui.T4 && isTypable(mail) {
		p.TypeToConfirm, p.TypeLabel = shown.Email().Raw(), "Type the e-mail address "+shown.Email().Display()
		return
	}
	if phone := u.Phone(); isTypable(phone) && len(phone.Raw()) >= 8 {
		p.TypeToConfirm, p.TypeLabel = lastFour(shown.Phone()), "Type the last four digits of the phone"
		p.TypeSource = "phone " + userfmt.Phone(shown.Phone())
		return
	}
	if isTypable(u.ID) && len(u.ID.Raw()) >= 4 {
		p.TypeToConfirm, p.TypeLabel = lastFour(shown.ID), "Type the last four characters of the id"
		p.TypeSource = "id " + shown.ID.Display()
		return
	}
	p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
}

// isTypable reports whether a value can be typed on any keyboard.
func isTypable(t clean.Text) bool {
	raw := t.Raw()
	if raw == "" || len(raw) > 60 {
		return false
	}
	for _, r := range raw {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return true
}

func lastFour(t clean.Text) string { return t.Raw()[len(t.Raw())-4:] }

// request returns the request for the desk, with the changed values only.
func (a attempt) request() ops.Request {
	r := a.op.NewRequest(a.user, a.item.ID, a.answers)
	if a.undoes != nil {
		r = a.op.NewRestore(a.user, a.item.ID, a.answers, a.undoes.answers)
	}
	r.Image, r.Reason, r.Ticket = a.image, input.CleanReason(a.answers[fieldReason]), input.CleanReason(a.answers[fieldTicket])
	return r
}

func (a attempt) intent() desk.Intent {
	return desk.Intent{Op: a.op, Seen: a.user, Request: a.request(), Agreed: false}
}

// key identifies the operation and its target, for tasks and toasts.
func (a attempt) key() string {
	key := a.op.ID
	if a.user != nil {
		key += " " + a.user.ID.Display()
	}
	if !a.item.ID.Empty() {
		key += " " + a.item.ID.Display()
	}
	return key
}

// call returns the attempt in the form that package wording describes.
func (a attempt) call() wording.Call {
	c := wording.Call{Op: a.op, User: a.user, Item: a.item, Values: a.request().Values, Reason: a.answers[fieldReason], Ticket: a.answers[fieldTicket]}
	if a.preset != nil {
		c.RowPart, c.RowItem = a.row.Part, a.row.Item
	}
	return c
}
