package action

import (
	"context"
	"maps"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// HeadlessOperation gives a front end without screens the question that the screens
// ask about an operation.
type HeadlessOperation struct {
	Op ops.Operation
	// User is the user as last read, nil for an operation on the directory.
	User    *api.User
	Request ops.Request
	// Was and Is describe the change in the user that made another question
	// necessary; they are equal if there was none.
	Was, Is string

	undo *HeadlessUndo // that it belongs to, nil for none
}

// Tier returns the tier of the question.
func (h HeadlessOperation) Tier(env *Env) tui.Tier { return tierFor(env, h.attempt(env)) }

// Question returns the question. Its OnConfirm is nil: the caller carries the
// operation out.
func (h HeadlessOperation) Question(env *Env) tui.Prompt {
	p := newPrompt(env, h.attempt(env))
	if h.User == nil {
		p.Subject, p.Context = nil, nil
	}
	a := h.attempt(env)
	a.user, a.item.ID, a.answers = h.User, h.Request.PartID, h.Request.Values
	shown := a.shown(env)
	var changed []string
	if h.Was != h.Is && len(p.Effects) > 0 {
		changed = p.Effects[:1:1]
	}
	p.Effects = append(changed, h.Op.Effects(ops.Subject{User: shown.user, Sessions: wording.SessionsUnknown, Now: env.Now(),
		PartID: shown.item.ID, Values: shown.answers})...)
	if h.Op.DeletesUser && env.Journal != nil {
		p.Effects = append(p.Effects, wording.RecreateOffer("frontdesk undo", journal.KeepSnapshots))
	}
	if p.Stricter != nil && p.StricterWhen(nil) {
		d := p.Demands(nil)
		p.Tier, p.Checklist, p.CancelSeconds = h.Tier(env), d.Checklist, d.CancelSeconds
		p.TypeToConfirm, p.TypeLabel, p.TypeSource = d.TypeToConfirm, d.TypeLabel, d.TypeSource
	}
	p.Stricter, p.StricterWhen = nil, nil
	p.OnConfirm, p.EffectsFor, p.Lookup, p.Namesakes = nil, nil, nil, nil
	p.WayBack = h.Op.WithValues(h.Request.Values).WayBack // without the key z of the console
	if h.undo != nil {
		p.Effects = shown.effects(wording.SessionsUnknown, env.Now())
		if saved := a.recreates(); saved != nil {
			p.Subject = userfmt.Identify(env.Shown(saved))
		}
		h.undo.describe(&p)
	}
	return p
}

// Namesakes looks up who else has the user's name, nil if the user has none. It reads.
func (h HeadlessOperation) Namesakes(ctx context.Context, env *Env) *tui.Namesakes {
	if h.User == nil || nameKey(h.User) == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, learnDeadline)
	defer cancel()
	return env.remembered().namesakes.look(ctx, env, h.User)
}

// Call returns the operation in the form that package wording describes.
func (h HeadlessOperation) Call(env *Env) wording.Call {
	return wording.Call{Op: h.Op, User: env.Shown(h.User), Values: env.Mask.Values(h.Request.Values), Reason: h.Request.Reason, Ticket: h.Request.Ticket}
}

// TypedConfirmation is what must be typed to confirm an operation. Label asks for
// it; From says where to read it, "" if Label does.
type TypedConfirmation struct{ Text, Label, From string }

func typedConfirmation(p tui.Prompt) TypedConfirmation {
	return TypedConfirmation{Text: p.TypeToConfirm, Label: p.TypeLabel, From: p.TypeSource}
}

// Typing returns what the question requires to be typed, or would at T3.
func (h HeadlessOperation) Typing(env *Env) TypedConfirmation {
	a, p := h.attempt(env), tui.Prompt{Verb: h.Op.Verb}
	requireTyping(&p, a.user, env.Shown(a.user), max(tierFor(env, a), tui.T3))
	return typedConfirmation(p)
}

// attempt converts the operation. The empty picture keeps newPrompt from fetching
// one, and the empty user stands in for none.
func (h HeadlessOperation) attempt(env *Env) attempt {
	a := attempt{op: h.Op, user: h.User, image: h.Request.Image, picture: []string{}, was: h.Was, is: h.Is,
		answers: tui.Answers{fieldReason: h.Request.Reason, fieldTicket: h.Request.Ticket}}
	maps.Copy(a.answers, h.Request.Values)
	if a.user == nil {
		a.user = &api.User{}
	}
	if h.undo != nil {
		a = h.undo.addTo(a, env)
	}
	return a
}
