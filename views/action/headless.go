package action

import (
	"maps"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// HeadlessOperation is one operation on its way to the desk, for a front end that has no
// screen: what is asked and how it ended is worded here as on the screens.
type HeadlessOperation struct {
	Op ops.Operation
	// User is the user as they were read, nil for an operation of the directory.
	User    *api.User
	Request ops.Request
	// Was and Is are the change because of which it is asked again, else empty.
	Was, Is string
}

// Tier is how much asking the operation deserves here.
func (s HeadlessOperation) Tier(env *Env) tui.Tier { return tierFor(env, s.asked()) }

// Question is what is asked before; its OnConfirm is nil, because the caller
// sends the intent itself.
func (s HeadlessOperation) Question(env *Env) tui.Prompt {
	p := question(env, s.asked())
	if s.User == nil {
		p.Subject, p.Context = nil, nil
	}
	changed := p.Effects[:0:0]
	if s.Was != s.Is && len(p.Effects) > 0 {
		changed = append(changed, p.Effects[0])
	}
	p.Effects = append(changed, s.Op.Effects(ops.Subject{User: s.User, Sessions: -1, Now: env.Now(),
		PartID: s.Request.PartID, Values: s.Request.Values})...)
	if p.ChecklistWhen != nil && !p.ChecklistWhen(nil) {
		p.Checklist = nil
	}
	p.OnConfirm, p.EffectsFor, p.Lookup, p.WayBack = nil, nil, nil, s.Op.WithValues(s.Request.Values).WayBack // z is a key of the console
	return p
}

// Lost says that nobody knows how it ended, for who does not wait for that.
func (s HeadlessOperation) Lost() string {
	if s.User == nil {
		return lookFirst("It is not known whether this was done: "+lowerFirst(s.Op.Done), "")
	}
	a := s.asked()
	return lookFirst(a.notKnown(a.name()), a.id())
}

// TypedConfirmation is what is typed to confirm something: Label asks for it, and From says
// where it can be read, "" where the label does.
type TypedConfirmation struct{ Text, Label, From string }

// typing is what a question has typed.
func typing(p tui.Prompt) TypedConfirmation {
	return TypedConfirmation{Text: p.TypeToConfirm, Label: p.TypeLabel, From: p.TypeSource}
}

// Typing is what the question has typed here, or would where it were asked a tier up.
func (s HeadlessOperation) Typing(env *Env) TypedConfirmation {
	a, p := s.asked(), tui.Prompt{Verb: s.Op.Verb}
	confirmTyping(&p, a.seen, max(tierFor(env, a), tui.T3))
	return typing(p)
}

// Outcome says how it ended: Text what happened, Next what can be done now.
func (s HeadlessOperation) Outcome(env *Env, out desk.Outcome) tui.Toast {
	if s.User != nil || out.User != nil {
		return words(env, s.asked(out.User), out)
	}
	t := tui.Toast{Tone: tui.ToneBad}
	switch out.State {
	case desk.Done:
		t.Tone, t.Text = tui.ToneOK, s.Op.Done
		reason := because(s.Request.Reason)
		t.Text += withReason(s.Request.Reason)
		if out.Result.Summary != "" {
			t.Text = tells("", out.Result.Summary, reason)
		}
	case desk.Unknown:
		t.Text = "It is not known whether this was done: " + lowerFirst(s.Op.Done) + ": " + lost(out.Err)
	default:
		t.Text = s.Op.Title + ": " + plain(out.Err)
		if failed, answered := out.Err.(*api.Error); answered {
			t.Text, t.Next = failed.Summary(), failed.Advice()
		}
	}
	return t
}

// asked is it as the screens know it. Of an operation without a user the
// answer's user takes the place, or nobody. It has no picture, and wants none.
func (s HeadlessOperation) asked(instead ...*api.User) asked {
	a := asked{op: s.Op, seen: s.User, image: s.Request.Image, picture: []string{}, was: s.Was, is: s.Is,
		answers: tui.Answers{fieldReason: s.Request.Reason}}
	maps.Copy(a.answers, s.Request.Values)
	for _, u := range append(instead, &api.User{}) {
		if a.seen == nil {
			a.seen = u
		}
	}
	return a
}
