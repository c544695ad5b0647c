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
	// undoes is the write that this reverts, nil unless Undo asks it.
	undoes *undoStep
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
	a.op = a.op.WithValues(a.answers)
	tier := tierFor(env, a)
	p := tui.Prompt{
		Tier: tier, Title: a.op.Title, Tone: promptTone(a.op), Verb: a.op.Verb,
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
	describeTarget(&p, env, a, tier, now)
	p.Lookup = learnTask(env, a, p.Context)
	p.Effects = a.effects(wording.SessionsUnknown, now)
	p.EffectsFor = effectsOf(a, wording.SessionsUnknown, now)
	p.Fields = promptFields(a, tier)
	p.Validate = func(given tui.Answers) string { return a.withAnswers(given).validate(env) }
	if tier >= tui.T3 {
		p.Checklist = a.op.Checklist
		requireTyping(&p, a.user, tier)
	}
	if a.op.ForcesChecklist != nil {
		p.Checklist = a.op.Checklist
		p.ChecklistWhen = func(given tui.Answers) bool { return a.op.ForcesChecklist(a.withAnswers(given).request().Values) }
	}
	if a.op.Conflict != nil {
		p.FindConflict = func(given tui.Answers) (field, what string) {
			return a.op.Conflict(ops.Subject{User: a.user, Sessions: wording.SessionsUnknown, Now: now, PartID: a.item.ID, Values: a.withAnswers(given).request().Values})
		}
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		b := a.withAnswers(given)
		if b.op.WithValues(b.answers).Tier > b.op.Tier {
			b.op, b.note = base, escalationNote
			return tui.Ask(newPrompt(env, b))
		}
		return tui.Run(runTask(env, b))
	}
	return p
}

// describeTarget fills in the part of the question that identifies the target.
func describeTarget(p *tui.Prompt, env *Env, a attempt, tier tui.Tier, now time.Time) {
	if a.user != nil {
		p.Subject, p.Context = userfmt.Identify(a.user), wording.Background(a.user, knownMembership(env, a.user).names(), now)
		p.Warnings = wording.Warnings(a.call(), env.Known(a.user), tier, now)
		if earlier := env.unconfirmedWarning(a); earlier != "" {
			p.Warnings = append([]string{earlier}, p.Warnings...)
		}
	}
	if !a.item.ID.Empty() {
		p.Context = append(p.Context, a.op.Part.String()+" "+wording.ItemDetails(a.op.Part, a.user, a.item, now))
	}
	if p.Picture == nil && a.user != nil && a.op.Group == ops.GroupProfile {
		p.Picture = env.Avatars().Picture(a.user, avatar.Small())
	}
	if a.image != nil {
		p.Context = append(p.Context, "file "+clean.NewText(a.image.Name).Display())
	}
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
	if a.was != a.is || a.image != nil {
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

func promptTone(op ops.Operation) tui.Tone {
	if op.Destructive {
		return tui.ToneBad
	}
	if op.Tier <= ops.T1 {
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
// dialog shows the full value.
func requireTyping(p *tui.Prompt, u *api.User, tier tui.Tier) {
	if u == nil {
		p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
		return
	}
	if mail := u.Email(); tier >= tui.T4 && isTypable(mail) {
		p.TypeToConfirm, p.TypeLabel = mail.Raw(), "Type the e-mail address "+mail.Display()
		return
	}
	if phone := u.Phone(); isTypable(phone) && len(phone.Raw()) >= 8 {
		p.TypeToConfirm, p.TypeLabel = lastFour(phone), "Type the last four digits of the phone"
		p.TypeSource = "phone " + userfmt.Phone(phone)
		return
	}
	if isTypable(u.ID) && len(u.ID.Raw()) >= 4 {
		p.TypeToConfirm, p.TypeLabel = lastFour(u.ID), "Type the last four characters of the id"
		p.TypeSource = "id " + u.ID.Display()
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
	r.Image, r.Reason = a.image, input.CleanReason(a.answers[fieldReason])
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
	c := wording.Call{Op: a.op, User: a.user, Item: a.item, Values: a.request().Values, Reason: a.answers[fieldReason]}
	if a.preset != nil {
		c.RowPart, c.RowItem = a.row.Part, a.row.Item
	}
	return c
}
