package action

import (
	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// HeadlessBulk is [HeadlessOperation] for an operation on several users.
type HeadlessBulk struct {
	Op    ops.Operation
	Users []*api.User

	undo *HeadlessUndo // that it belongs to, nil for none
}

func (h HeadlessBulk) bulk(env *Env) bulk {
	m := newBulk(env, h.Op, Selection{Users: h.Users})
	if h.undo != nil {
		m.undoes, m.undoesWhen = h.undo.Record, h.undo.step.when(env.Now())
	}
	return m
}

// Off returns why the operation applies to none of the users, "" if it applies to
// some.
func (h HeadlessBulk) Off(env *Env) string {
	if m := h.bulk(env); len(m.applicable) == 0 {
		return m.skipped.WhyNone()
	}
	return ""
}

// Tier returns the tier of the question.
func (h HeadlessBulk) Tier(env *Env) tui.Tier { return h.bulk(env).tier(env) }

// Typing returns what the question requires to be typed, or would at T3.
func (h HeadlessBulk) Typing(env *Env) TypedConfirmation {
	m, p := h.bulk(env), tui.Prompt{Verb: h.Op.Verb}
	m.requireTyping(env, &p, max(m.tier(env), tui.T3))
	return typedConfirmation(p)
}

// Question returns the question. Its OnConfirm is nil: the caller carries the
// operation out.
func (h HeadlessBulk) Question(env *Env) tui.Prompt {
	p := h.bulk(env).prompt(env)
	p.OnConfirm, p.WayBack = nil, h.Op.WayBack
	if h.undo != nil {
		p.Heading = h.undo.step.heading(p.Title, env.Now())
		h.undo.describe(&p)
	}
	return p
}

// Unknown says that the outcome is unknown, for when the program is stopped before
// it is.
func (h HeadlessBulk) Unknown(env *Env) string {
	return wording.BulkUnknown(h.Op, len(h.bulk(env).applicable))
}
