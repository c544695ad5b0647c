package action

import (
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

// asked is one operation on its way to the desk: what it is, whom it is about
// as they were seen, and what has been filled in so far.
type asked struct {
	op ops.Operation
	// seen is nil for an operation of the directory.
	seen *api.User
	// part is what of the user it is about, where it is about a part.
	part ops.Item
	// image and picture are the chosen file and how it looks.
	image   *api.ImageFile
	picture []string
	// answers are given again after a question that had to be asked twice.
	answers tui.Answers
	// typed says that the operator did give them; given are those of them that the
	// row at which it was asked says, which are not asked for.
	typed bool
	given map[string]string
	row   PartRow
	// wrong and refused are what the server said against the last try, by field and
	// as a whole; note is why the question comes up by itself.
	wrong   map[string]string
	refused []string
	note    string
	// owners are the screens of those who have what is taken, by field; each is spoken
	// of in what is wrong there.
	owners map[string]*tui.Link
	// was and is are the change because of which it is asked again.
	was, is string
	// back is the write that this undoes, nil where it is asked for itself.
	back *written
}

// heavier is why a form that was confirmed is asked about once more.
const heavier = "What they sign in with is changed, so this is asked in full."

// cancelWindow is how many seconds a T4 can still be stopped.
const cancelWindow = 5

// question is the prompt for an operation, drawn from its catalogue entry.
func question(env *Env, a asked) tui.Prompt {
	now := env.Now()
	lighter := a.op
	a.op = a.op.WithValues(a.answers)
	tier := tierFor(env, a)
	p := tui.Prompt{
		Tier: tier, Title: a.op.Title, Tone: tone(a.op), Verb: a.op.Verb,
		Instance: "on " + env.Instance.Kind.String(), InstanceTone: whereTone(env.Instance.Kind),
		WayBack: wayBack(env, a), ReadOnly: a.op.IsHarmless(), Picture: a.picture,
		Errors: a.refused, Note: a.note, Unprompted: a.again(),
		Alternative: other(env, a),
	}
	if a.back != nil {
		p.TitlePrefix = undoLead
		if a.op.Inverse != "" {
			p.WayBack = onlyLast
		}
	}
	subject(&p, env, a, tier, now)
	p.Lookup = learn(env, a, p.Context)
	p.Effects = effects(a, unknown, now)
	p.EffectsFor = effectsOf(a, unknown, now)
	p.Fields = fields(a, tier)
	if a.op.Validate != nil {
		p.Validate = func(given tui.Answers) string { return a.filled(given).lacks() }
	}
	if tier >= tui.T3 {
		p.Checklist = a.op.Checklist
		confirmTyping(&p, a.seen, tier)
	}
	if a.op.ForcesChecklist != nil {
		p.Checklist = a.op.Checklist
		p.ChecklistWhen = func(given tui.Answers) bool { return a.op.ForcesChecklist(a.filled(given).request().Values) }
	}
	if a.op.Conflict != nil {
		p.FindConflict = func(given tui.Answers) (field, what string) {
			return a.op.Conflict(ops.Subject{User: a.seen, Sessions: unknown, Now: now, PartID: a.part.ID, Values: a.filled(given).request().Values})
		}
	}
	if tier >= tui.T4 {
		p.CancelSeconds = cancelWindow
	}
	p.OnConfirm = func(given tui.Answers) tea.Cmd {
		b := a.filled(given)
		if b.op.WithValues(b.answers).Tier > b.op.Tier {
			b.op, b.note = lighter, heavier
			return tui.Ask(question(env, b))
		}
		return tui.Run(carryOut(env, b))
	}
	return p
}

// subject is whom and what it is about.
func subject(p *tui.Prompt, env *Env, a asked, tier tui.Tier, now time.Time) {
	if a.seen != nil {
		p.Subject, p.Context = userfmt.Who(a.seen), background(a.seen, memberOf(env, a.seen), now)
		p.Warnings = warnings(a, tier, now)
	}
	if !a.part.ID.Empty() {
		p.Context = append(p.Context, partLine(a, now))
	}
	if p.Picture == nil && a.seen != nil && a.op.Group == ops.GroupProfile {
		p.Picture = env.Avatars().Picture(a.seen, avatar.Small())
	}
	if a.image != nil {
		p.Context = append(p.Context, "file "+clean.NewText(a.image.Name).Display())
	}
}

// again says that the question comes up by itself, after an answer.
func (a asked) again() bool {
	return a.was != a.is || len(a.wrong)+len(a.refused) > 0 || a.note != ""
}

// filled is it with what was filled in now; what the question did not show stays.
func (a asked) filled(given tui.Answers) asked {
	answers := maps.Clone(a.answers)
	if answers == nil {
		answers = tui.Answers{}
	}
	maps.Copy(answers, given)
	// What nobody edited is no answer: asked again it is what stands there then,
	// and not what somebody else has changed meanwhile.
	for _, f := range a.op.Fields {
		if f.Current != nil && a.seen != nil && !f.Required && answers[f.Name] == f.Current(a.seen) {
			delete(answers, f.Name)
		}
	}
	a.answers, a.typed = answers, true
	return a
}

// lacks is what is wrong with the answers together.
func (a asked) lacks() string { return a.op.Validate(a.request()) }

// tierFor is the tier here. What is asked again because the person changed
// comes up by itself, so it is a dialog, never the bar in which y acts at once.
func tierFor(env *Env, a asked) tui.Tier {
	tier := tui.Tier(a.op.WithValues(a.answers).TierFor(env.Instance.Kind == profile.Production, organizationAdmin(a.seen)))
	if a.op.ConfirmsRead {
		tier = max(tier, tui.T1)
	}
	if a.was != a.is || a.image != nil {
		tier = max(tier, tui.T2)
	}
	return tier
}

func organizationAdmin(u *api.User) bool {
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

func tone(op ops.Operation) tui.Tone {
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

// confirmTyping asks for something that only who looked at this person can
// type: the last four of the phone or the id; at T4 the e-mail address. Where
// it comes from stands in the dialog in full.
func confirmTyping(p *tui.Prompt, u *api.User, tier tui.Tier) {
	if u == nil {
		p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
		return
	}
	if mail := u.Email(); tier >= tui.T4 && typable(mail) {
		p.TypeToConfirm, p.TypeLabel = mail.Raw(), "Type the e-mail address "+mail.Display()
		return
	}
	if phone := u.Phone(); typable(phone) && len(phone.Raw()) >= 8 {
		p.TypeToConfirm, p.TypeLabel = lastFour(phone), "Type the last four digits of the phone"
		p.TypeSource = "phone " + userfmt.Phone(phone)
		return
	}
	if typable(u.ID) && len(u.ID.Raw()) >= 4 {
		p.TypeToConfirm, p.TypeLabel = lastFour(u.ID), "Type the last four of the id"
		p.TypeSource = "id " + u.ID.Display()
		return
	}
	p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
}

// typable says that a value can be typed on any keyboard and means one thing.
func typable(t clean.Text) bool {
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
func (a asked) request() ops.Request {
	r := a.op.NewRequest(a.seen, a.part.ID, a.answers)
	if a.back != nil {
		r = a.op.NewRestore(a.seen, a.part.ID, a.answers, a.back.answers)
	}
	r.Image, r.Reason = a.image, strings.TrimSpace(a.answers[fieldReason])
	return r
}

func (a asked) intent() desk.Intent {
	return desk.Intent{Op: a.op, Seen: a.seen, Request: a.request(), Agreed: false}
}

// name is what the person is called, "" where it is about nobody.
func (a asked) name() string {
	if a.seen == nil {
		return ""
	}
	return userfmt.Name(a.seen)
}

// called is the name with what tells them from others of that name.
func (a asked) called() string {
	if a.seen == nil {
		return ""
	}
	return userfmt.Called(a.seen)
}

// key names the operation on this person and part, for tasks and notices.
func (a asked) key() string {
	key := a.op.ID
	if a.seen != nil {
		key += " " + a.seen.ID.Display()
	}
	if !a.part.ID.Empty() {
		key += " " + a.part.ID.Display()
	}
	return key
}
