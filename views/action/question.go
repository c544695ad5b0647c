package action

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

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
	if a.preset != nil && base.Tier < a.escalated().op.Tier { // nothing in the form makes it less strict
		stricter = nil
	}
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
		p.Heading = a.undoes.heading(a.op.Verb+" "+shown.call().Name(), now)
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
	if a.op.DeletesUser && env.Journal != nil {
		p.Effects = append(p.Effects, wording.RecreateOffer("z", journal.KeepSnapshots))
	}
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
		env.noteReason(given)
		a.inCase.noteGiven(given)
		b := a.withAnswers(given)
		if b.escalated().op.Tier > b.op.Tier && p.Stricter == nil {
			b.op, b.note = base, escalationNote
			return tui.Ask(newPrompt(env, b))
		}
		return tui.Run(runTask(env, b.escalated()))
	}
	return p
}

// stricter returns what the question asks for in the same dialog once a choice in the
// form escalates the operation, nil if no choice does. If a typed value escalates it, the
// question is asked once more instead.
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
		p.Tile = avatar.InlineTile(shown.user)
		p.Subject, p.Context = userfmt.Identify(shown.user), wording.Background(shown.user, knownMembership(env, a.user).shown(env).names(), now)
		p.Warnings = wording.Warnings(a.op, env.Findings(a.user), tier)
		if earlier := env.unconfirmedWarning(a); earlier != "" {
			p.Warnings = append([]string{earlier}, p.Warnings...)
		}
	}
	if !a.item.ID.Empty() {
		p.Context = append(p.Context, a.op.Part.String()+" "+wording.ItemDetails(a.op.Part, shown.user, shown.item, now))
	}
	if a.value != nil {
		p.Context = append(p.Context, a.value.name()+" in the "+wording.LowerFirst(a.value.field.Label))
	}
	if p.Picture == nil && a.user != nil && a.op.Group == ops.GroupProfile {
		p.Picture = env.Avatars().Picture(shown.user, avatar.Small())
	}
	if a.image != nil {
		p.Context = append(p.Context, "file "+clean.NewText(a.image.Name).Display())
	}
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
