package action

import (
	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// HeadlessBulk is an operation of several users on its way to the desk, for a
// front end that has no screen.
type HeadlessBulk struct {
	Op    ops.Operation
	Users []*api.User
}

func (s HeadlessBulk) bulk(env *Env) bulk { return newBulk(env, s.Op, Selection{Users: s.Users}) }

// Off is why it applies to nobody, "" where it applies to somebody.
func (s HeadlessBulk) Off(env *Env) string {
	if m := s.bulk(env); len(m.applicable) == 0 {
		return m.skipped.WhyNone()
	}
	return ""
}

// Tier is how much asking the operation deserves here.
func (s HeadlessBulk) Tier(env *Env) tui.Tier { return s.bulk(env).tier(env) }

// Typing is what the question has typed, or would if it were asked a tier up.
func (s HeadlessBulk) Typing(env *Env) TypedConfirmation {
	m := s.bulk(env)
	if len(m.applicable) == 1 {
		p := tui.Prompt{Verb: s.Op.Verb}
		requireTyping(&p, m.applicable[0], env.Shown(m.applicable[0]), max(m.tier(env), tui.T3))
		return TypedConfirmation{Text: p.TypeToConfirm, Label: p.TypeLabel, From: p.TypeSource}
	}
	phrase := s.Op.BulkPhrase(len(m.applicable))
	return TypedConfirmation{Text: phrase, Label: "Type “" + phrase + "”"}
}

// Question is what is asked before; its OnConfirm is nil, because the caller
// carries it out itself.
func (s HeadlessBulk) Question(env *Env) tui.Prompt {
	p := s.bulk(env).prompt(env)
	p.OnConfirm, p.WayBack = nil, s.Op.WayBack
	return p
}

// Unknown says that nobody knows how far it came, for who does not wait for that.
func (s HeadlessBulk) Unknown(env *Env) string {
	return wording.BulkUnknown(s.Op, len(s.bulk(env).applicable))
}
