package action

import (
	"strings"

	"frontdesk/api/desk"
	"frontdesk/tui"
)

// audit returns what the journal records about an attempt in addition to the request.
func (a attempt) audit(env *Env) desk.Audit {
	a = a.escalated()
	tier := tierFor(env, a)
	p := tui.Prompt{Verb: a.op.Verb}
	demand(&p, a.op, a.user, env.Shown(a.user), tier) // with the mask on, this is what was typed
	audit := desk.Audit{Confirmed: confirmedBy(tier, p), Case: a.caseID()}
	if a.undoes != nil {
		audit.Undoes = a.undoes.record
	}
	return audit
}

// audit is like attempt.audit for several users.
func (m bulk) audit(env *Env) desk.Audit {
	p, tier := tui.Prompt{}, m.tier(env)
	if tier >= tui.T3 {
		p.Checklist = m.op.Checklist
		m.requireTyping(env, &p, tier)
	}
	return desk.Audit{Confirmed: confirmedBy(tier, p), Undoes: m.undoes}
}

// confirmedBy describes how a dialog of the tier was confirmed.
func confirmedBy(tier tui.Tier, p tui.Prompt) string {
	if tier <= tui.T0 {
		return ""
	}
	how := []string{"answered the question"}
	if len(p.Checklist) > 0 {
		how = append(how, "ticked the checklist")
	}
	if p.TypeToConfirm != "" {
		how = append(how, "typed “"+p.TypeToConfirm+"”")
	}
	return strings.Join(how, ", ")
}

// Confirmed describes how the operation was confirmed on the command line: on the terminal
// or by flags.
func (s HeadlessOperation) Confirmed(env *Env, yes bool, typed string) string {
	switch {
	case yes && typed != "":
		return "--yes --confirm " + typed
	case yes:
		return "--yes"
	}
	return s.attempt(env).audit(env).Confirmed
}
