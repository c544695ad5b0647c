package action

import (
	"slices"

	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/tui"
)

const fieldReason, fieldTicket = "reason", "ticket"

// reasonHint says where a reason is kept.
func reasonHint(env *Env) string {
	if env.Journal == nil {
		return "kept in Notices (N)"
	}
	return "colleagues read it in the journal"
}

// reasonField is the field for the reason; enter skips it if none is required.
func reasonField(env *Env, value string, typed bool, tier tui.Tier) tui.Field {
	return tui.Field{Name: fieldReason, Label: "Reason", Hint: reasonHint(env), Value: value, Edited: typed && value != "",
		Required: tier >= tui.T2, SkipOnEnter: tier < tui.T2, FreeText: true, Validate: checkReason(tier >= tui.T2), Templates: reasonTemplates(env)}
}

// checkReason rejects what is no reason: where one is needed, what says nothing;
// elsewhere, what has no letter or digit. An empty one is left to Required.
func checkReason(isNeeded bool) func(string) string {
	return func(reason string) string {
		switch {
		case reason == "":
			return ""
		case isNeeded:
			return input.CheckReason(reason)
		case input.CleanReason(reason) == "":
			return "needs a letter or a digit"
		}
		return ""
	}
}

// usualReasons are the configured reasons.
func usualReasons(env *Env) []tui.Template {
	var all []tui.Template
	for _, r := range env.Reasons {
		all = append(all, tui.Template{Key: clean.NewText(r.Key).Display(), Text: clean.NewText(r.Text).Display()})
	}
	return all
}

// reasonTemplates are the reasons given in this session, the last one first, followed by
// the configured ones.
func reasonTemplates(env *Env) []tui.Template {
	usual := usualReasons(env)
	var all []tui.Template
	for _, text := range env.remembered().reasons {
		t := tui.Template{Text: clean.NewText(text).Display()}
		if at := slices.IndexFunc(usual, func(u tui.Template) bool { return u.Text == t.Text }); at >= 0 {
			t = usual[at]
			usual = slices.Delete(usual, at, at+1)
		} else if env.Mask.Text(t.Text) != t.Text { // it names somebody
			continue
		}
		all = append(all, t)
	}
	return append(all, usual...)
}

// maxReasons is how many reasons of the session are kept.
const maxReasons = 5

// noteReason keeps a reason that was given, for the questions that follow.
func (e *Env) noteReason(given tui.Answers) {
	reason := input.CleanReason(given[fieldReason])
	if reason == "" {
		return
	}
	m := e.remembered()
	m.reasons = slices.DeleteFunc(m.reasons, func(r string) bool { return r == reason })
	m.reasons = slices.Insert(m.reasons, 0, reason)
	m.reasons = m.reasons[:min(len(m.reasons), maxReasons)]
}
