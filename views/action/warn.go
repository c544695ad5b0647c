package action

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// background is what else tells one Sam Carter from another. member is what they
// are a member of, as far as it is known.
func background(u *api.User, member membership, now time.Time) []string {
	parts := member.words()
	if reads := userfmt.ReadsAs(u.Email()); reads != "" {
		parts = append([]string{reads}, parts...)
	}
	if label, when := userfmt.Since(u, now); label != "" {
		parts = append(parts, label+" "+when)
	}
	parts = append(parts, "last active "+userfmt.LastActive(u, now))
	return []string{strings.Join(parts, " · ")}
}

// warnings are what is worth a look in the person, where the operation could be
// what somebody who took the account over asks for; and what a check uses up.
func warnings(a asked, tier tui.Tier, now time.Time) []string {
	var out []string
	if a.op.Consumes != "" {
		out = append(out, a.op.Consumes)
	}
	opens := a.op.Group == ops.GroupSignIn || a.op.Group == ops.GroupContact
	if a.op.IsHarmless() || tier < tui.T3 && !opens {
		return out
	}
	const most = 2
	found := userfmt.WorthALook(a.seen, now)
	for i, f := range found {
		if i == most-1 && len(found) > most {
			return append(out, fmt.Sprintf("and %d more things worth a look", len(found)-i))
		}
		line := f.Text
		if f.Value != "" {
			line += ": " + f.Value
		}
		out = append(out, line)
	}
	return out
}

// other is the gentler operation in place of one that cannot be undone.
func other(env *Env, a asked) *tui.Alternative {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || !a.op.DeletesUser || a.seen == nil || env.Catalogue.Unavailable(op, a.seen, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return &tui.Alternative{Title: op.Title, Why: "keeps them out too, and can be undone", Do: func(given tui.Answers) tea.Cmd {
		return tui.Ask(question(env, asked{op: op, seen: a.seen, answers: tui.Answers{fieldReason: given[fieldReason]}, typed: true}))
	}}
}
