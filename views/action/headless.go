package action

import (
	"maps"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// HeadlessOperation is one operation on its way to the desk, for a front end
// without a screen: it asks the same question as the screens do.
type HeadlessOperation struct {
	Op ops.Operation
	// User is the user as they were read, nil for an operation of the directory.
	User    *api.User
	Request ops.Request
	// Was and Is are the change because of which it is asked again, else empty.
	Was, Is string
}

// Tier is how much asking the operation deserves here.
func (s HeadlessOperation) Tier(env *Env) tui.Tier { return tierFor(env, s.attempt()) }

// Question is the prompt; its OnConfirm is nil, because the caller sends the
// intent itself.
func (s HeadlessOperation) Question(env *Env) tui.Prompt {
	p := newPrompt(env, s.attempt())
	if s.User == nil {
		p.Subject, p.Context = nil, nil
	}
	a := s.attempt()
	a.user, a.item.ID, a.answers = s.User, s.Request.PartID, s.Request.Values
	shown := a.shown(env)
	changed := p.Effects[:0:0]
	if s.Was != s.Is && len(p.Effects) > 0 {
		changed = append(changed, p.Effects[0])
	}
	p.Effects = append(changed, s.Op.Effects(ops.Subject{User: shown.user, Sessions: -1, Now: env.Now(),
		PartID: shown.item.ID, Values: shown.answers})...)
	if p.ChecklistWhen != nil && !p.ChecklistWhen(nil) {
		p.Checklist = nil
	}
	p.OnConfirm, p.EffectsFor, p.Lookup, p.WayBack = nil, nil, nil, s.Op.WithValues(s.Request.Values).WayBack // z is a key of the console
	return p
}

// Call is the operation as package wording speaks of it.
func (s HeadlessOperation) Call(env *Env) wording.Call {
	return wording.Call{Op: s.Op, User: env.Shown(s.User), Values: env.Mask.Values(s.Request.Values), Reason: s.Request.Reason}
}

// TypedConfirmation is what must be typed to confirm something. Label asks for
// it; From says where it can be read, "" where Label does.
type TypedConfirmation struct{ Text, Label, From string }

// Typing is what the question asks to type, or would if it were asked a tier up.
func (s HeadlessOperation) Typing(env *Env) TypedConfirmation {
	a, p := s.attempt(), tui.Prompt{Verb: s.Op.Verb}
	requireTyping(&p, a.user, env.Shown(a.user), max(tierFor(env, a), tui.T3))
	return TypedConfirmation{Text: p.TypeToConfirm, Label: p.TypeLabel, From: p.TypeSource}
}

// attempt is the operation as the screens know it. It has no picture, and wants
// none; without a user it is about an empty one.
func (s HeadlessOperation) attempt() attempt {
	a := attempt{op: s.Op, user: s.User, image: s.Request.Image, picture: []string{}, was: s.Was, is: s.Is,
		answers: tui.Answers{fieldReason: s.Request.Reason}}
	maps.Copy(a.answers, s.Request.Values)
	if a.user == nil {
		a.user = &api.User{}
	}
	return a
}
