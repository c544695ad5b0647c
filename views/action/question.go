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

// attempt is one operation on its way to the desk: what it is, whom it is about
// as they were seen, and what has been filled in so far.
type attempt struct {
	op ops.Operation
	// user is nil for an operation of the directory.
	user *api.User
	// item is what of the user it is about, where it is about a part.
	item ops.Item
	// image and picture are the chosen file and how it looks.
	image   *api.ImageFile
	picture []string
	// answers are given again after a question that had to be asked twice.
	answers tui.Answers
	// typed says that the operator did give them; given are those of them that the
	// row at which it was asked says, which are not asked for.
	typed  bool
	preset map[string]string
	row    PartRow
	// fieldErrors and refused are what the server said against the last try, by field and
	// as a whole; note is why the question comes up by itself.
	fieldErrors map[string]string
	formErrors  []string
	note        string
	// takenBy are the screens of those who have what is taken, by field; each is spoken
	// of in what is wrong there.
	takenBy map[string]*tui.Link
	// was and is are the change because of which it is asked again.
	was, is string
	// undoes is the write that this reverts, nil unless Undo asks it.
	undoes *undoStep
}

// askedInFull is why a form that was confirmed is asked about once more.
const askedInFull = "What they sign in with is changed, so this is asked in full."

// cancelWindow is how many seconds a T4 can still be stopped.
const cancelWindow = 5

// newPrompt is the prompt for an operation, drawn from its catalogue entry.
func newPrompt(env *Env, a attempt) tui.Prompt {
	now := env.Now()
	lighter := a.op
	a.op = a.op.WithValues(a.answers)
	tier := tierFor(env, a)
	env.Mask.Note(a.user)
	shown := a.shown(env)
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
	p.Effects = shown.effects(wording.SessionsUnknown, now)
	p.EffectsFor = effectsOf(shown, wording.SessionsUnknown, now)
	p.Fields = promptFields(env, a, tier)
	if a.op.Validate != nil {
		p.Validate = func(given tui.Answers) string { return a.withAnswers(given).validate() }
	}
	if tier >= tui.T3 {
		p.Checklist = a.op.Checklist
		requireTyping(&p, a.user, shown.user, tier)
	}
	if a.op.ForcesChecklist != nil {
		p.Checklist = a.op.Checklist
		p.ChecklistWhen = func(given tui.Answers) bool { return a.op.ForcesChecklist(a.withAnswers(given).request().Values) }
	}
	if a.op.Conflict != nil {
		p.FindConflict = func(given tui.Answers) (field, what string) {
			return a.op.Conflict(ops.Subject{User: shown.user, Sessions: wording.SessionsUnknown, Now: now, PartID: shown.item.ID, Values: shown.withAnswers(given).request().Values})
		}
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		b := a.withAnswers(given)
		if b.op.WithValues(b.answers).Tier > b.op.Tier {
			b.op, b.note = lighter, askedInFull
			return tui.Ask(newPrompt(env, b))
		}
		return tui.Run(runTask(env, b))
	}
	return p
}

// describeTarget is whom and what it is about.
func describeTarget(p *tui.Prompt, env *Env, a attempt, tier tui.Tier, now time.Time) {
	shown := a.shown(env)
	if a.user != nil {
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

// isReasked says that the question comes up by itself, after an answer.
func (a attempt) isReasked() bool {
	return a.was != a.is || len(a.fieldErrors)+len(a.formErrors) > 0 || a.note != ""
}

// withAnswers is it with what was filled in now; what the question did not show stays.
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
	// What nobody edited is no answer: asked again it is what stands there then,
	// and not what somebody else has changed meanwhile.
	for _, f := range a.op.Fields {
		if f.Current != nil && a.user != nil && !f.Required && answers[f.Name] == f.Current(a.user) {
			delete(answers, f.Name)
		}
	}
	a.answers, a.typed = answers, true
	return a
}

// validate is what is wrong with the answers together.
func (a attempt) validate() string { return a.op.Validate(a.request()) }

// tierFor is the tier here. What is asked again because the person changed
// comes up by itself, so it is a dialog, never the bar in which y acts at once.
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

// requireTyping asks for something that only who looked at this person can
// type: the last four of the phone or the id; at T4 the e-mail address. Where
// it comes from stands in the dialog in full. Under the mask it is what is seen there.
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
		p.TypeToConfirm, p.TypeLabel = lastFour(shown.ID), "Type the last four of the id"
		p.TypeSource = "id " + shown.ID.Display()
		return
	}
	p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
}

// isTypable says that a value can be typed on any keyboard and means one thing.
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

// request is what the desk is given: the target by id, and of the values those
// that were changed.
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

// key names the operation on this person and part, for tasks and notices.
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

// call is the attempt as sentences speak of it.
func (a attempt) call() wording.Call {
	c := wording.Call{Op: a.op, User: a.user, Item: a.item, Values: a.request().Values, Reason: a.answers[fieldReason]}
	if a.preset != nil {
		c.RowPart, c.RowItem = a.row.Part, a.row.Item
	}
	return c
}
