package action

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// Facts returns what is known about a user: their record, and their sessions if they were
// read.
func (e *Env) Facts(u *api.User) verdict.Facts {
	own, known := e.remembered().ownBlocks[u.ID]
	k := verdict.Facts{User: u, ChangedByOperator: known && own.Equal(u.UpdatedAt.Time)}
	if read := e.UserCache().SessionsOf(u.ID); read != nil {
		k.Sessions, k.SessionsRead = read.Rows, true
	}
	return k
}

// A Remedy is an operation that the verdict suggests and that is available. When says in
// which case it helps, "" if it is sure to.
type Remedy struct {
	ops.Operation
	When string
}

// Remedies returns what the user's verdict suggests and what is available now, the most
// helpful first.
func Remedies(env *Env, u *api.User) []Remedy {
	if u == nil || u.ID.Empty() {
		return nil
	}
	var out []Remedy
	now := env.Now()
	for _, r := range verdict.Of(env.Facts(u), now).Remedies {
		op, ok := env.Catalogue.Get(r.Operation)
		if ok && env.Catalogue.Unavailable(op, u, clean.Text{}, now) == "" && partsOff(env, op, u) == "" {
			out = append(out, Remedy{op, r.When})
		}
	}
	return out
}

// WithheldRemedy is an operation that the verdict suggests and policy does not allow. Why
// says so, and whom to ask, in a sentence that names the operation.
type WithheldRemedy struct {
	ops.Operation
	Why string
}

// WithheldRemedies returns what the user's verdict suggests and the operator may not do.
func WithheldRemedies(env *Env, u *api.User) []WithheldRemedy {
	if u == nil || u.ID.Empty() {
		return nil
	}
	var out []WithheldRemedy
	now := env.Now()
	for _, r := range verdict.Of(env.Facts(u), now).Remedies {
		op, ok := env.Catalogue.Get(r.Operation)
		if !ok || env.Catalogue.Inapplicable(op, u, clean.Text{}, now) != "" {
			continue
		}
		if why := env.Catalogue.Forbidden(op, u); why != "" {
			out = append(out, WithheldRemedy{op, withheldBecause(op, why)})
		}
	}
	return out
}

// withheldBecause returns a reason of the policy as a sentence, behind the operation's title
// unless it names the operation itself.
func withheldBecause(op ops.Operation, why string) string {
	verb, _, _ := strings.Cut(op.Title, " ")
	if slices.Contains(strings.Fields(why), strings.ToLower(verb)) {
		return wording.UpperFirst(why)
	}
	return op.Title + ": " + why
}

// RemedyID is the id of the action that opens the suggestions of the verdict. Most remedies
// have no key of their own.
const RemedyID = "user.remedy"

// RemedyAction returns the action that opens the dialog of the only remedy, or a menu of
// several.
func RemedyAction(env *Env, u *api.User) tui.Action {
	a := tui.Action{ID: RemedyID, Title: "What helps", Group: UserGroupTitle(env, u), Help: "Opens what the verdict suggests for this person."}
	if begun := begunRunbooks(env, u); len(begun) > 0 {
		a.Title, a.Do = "What helps: go on with "+wording.LowerFirst(begun[0].Title), begun[0].Do
		a.FooterLabel, a.FooterRank = "go on", suggestedHint
		return a
	}
	all := Remedies(env, u)
	if len(all) == 0 {
		a.Off = "nothing is suggested for this person"
		if withheld := WithheldRemedies(env, u); len(withheld) > 0 {
			a.Off = withheld[0].Why
		}
		return a
	}
	first := suggestedRunbooks(env, u)
	if !env.VerdictOf(u, env.Now()).IsTakeover() {
		first = nil // the remedy itself is the shorter way
	}
	a.Title += ": " + wording.LowerFirst(all[0].Title)
	if len(first) > 0 {
		a.Title = "What helps: " + wording.LowerFirst(first[0].Title)
	}
	a.FooterLabel, a.FooterRank = "what helps", suggestedHint
	if len(first) == 0 {
		a.FooterUnlessKey = all[0].ID
	}
	a.Do = func() tea.Cmd {
		if len(all)+len(first) == 1 {
			return start(env, all[0].Operation, u)
		}
		m := UserMenu(env, u)
		m.Title, m.Items, m.Sections = "What helps", first, false
		for _, r := range all {
			m.Items = append(m.Items, userAction(env, r.Operation, u))
		}
		return tui.OpenMenu(m)
	}
	return a
}
