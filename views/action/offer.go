package action

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// UserActions are the catalogue's operations as actions, in its order, ids being the
// operations': those of one user, each of whom is captured by id, as seen now,
// when it is chosen, then those of several users, which ForSelection offers instead
// where people are marked, and of the directory. A nil user gives the first with
// a reason why not.
func UserActions(env *Env, u *api.User) []tui.Action {
	env.Mask.Note(u) // notices may come to speak of them
	offered := env.Catalogue.All()
	helps := SuggestedOperations(env, u)
	out := make([]tui.Action, len(offered))
	for i, op := range offered {
		out[i] = userAction(env, op, u)
		if len(helps) > 0 && op.ID == helps[0].ID {
			out[i].FooterRank = suggestedHint
		}
	}
	return out
}

// UserGroupTitle is the group of the actions on one person; of nobody it is the kind alone.
func UserGroupTitle(env *Env, u *api.User) string {
	const kind = "This person"
	if u == nil || u.ReadAt.IsZero() {
		return kind
	}
	return kind + tui.GroupSubjectSep + userfmt.Name(env.Shown(u))
}

// SuggestedOperations are the operations that would help this person now, what helps most
// first: those of the verdict's that the catalogue has and that apply.
func SuggestedOperations(env *Env, u *api.User) []ops.Operation {
	if u == nil || u.ID.Empty() {
		return nil
	}
	var out []ops.Operation
	now := env.Now()
	for _, id := range u.Verdict(now).Actions {
		if op, ok := env.Catalogue.Get(id); ok && env.Catalogue.Unavailable(op, u, clean.Text{}, now) == "" {
			out = append(out, op)
		}
	}
	return out
}

// UserMenu is the action menu for a user.
func UserMenu(env *Env, u *api.User) tui.Menu {
	m := tui.Menu{Title: "Actions", Items: bySection(UserActions(env, u)), Sections: true}
	if u != nil {
		m.Context = []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}
	}
	return m
}

// bySection puts actions of one group together, the groups in the order in which
// they come first.
func bySection(actions []tui.Action) []tui.Action {
	place := map[string]int{}
	for _, a := range actions {
		if _, known := place[a.Group]; !known {
			place[a.Group] = len(place)
		}
	}
	slices.SortStableFunc(actions, func(a, b tui.Action) int { return place[a.Group] - place[b.Group] })
	return actions
}

func userAction(env *Env, op ops.Operation, u *api.User) tui.Action {
	now := env.Now()
	if op.Scope == ops.ScopeDirectory {
		u = nil
	}
	a := tui.Action{
		ID: op.ID, Title: op.Title, FooterLabel: wording.LowerFirst(op.Verb), Group: string(op.Group), Danger: op.Destructive,
		Help: wording.Help(op.Effects(ops.Subject{User: env.Shown(u), Sessions: -1, Now: now})),
	}
	if op.Scope == ops.ScopeUsers {
		return bulkAction(env, op, Selection{})
	}
	if op.Scope == ops.ScopeUser && u == nil {
		a.Off = "nobody is selected"
		return a
	}
	if op.Scope == ops.ScopeUser && u.ID.Empty() {
		a.Off = "this entry could not be read: it has no id"
		return a
	}
	if a.Off = env.Catalogue.Unavailable(op, u, clean.Text{}, now); a.Off == "" {
		a.Off = partsOff(env, op, u)
	}
	if a.Off == "" && op.Edit != nil && env.Mask.On() {
		a.Off = maskOff
	}
	a.Do = func() tea.Cmd { return start(env, op, u) }
	return a
}

// Availability is why an operation cannot be done with this user now, "" where it can, and what
// choosing it does.
func Availability(env *Env, op ops.Operation, u *api.User) (off string, do func() tea.Cmd) {
	a := userAction(env, op, u)
	return a.Off, a.Do
}

// suggestedHint is the footer priority of what would help this person now: after
// opening and the menu, before the rest.
const suggestedHint = 5

// start is what choosing an operation does: a read is read, a part and a file
// are chosen first, everything else is asked at once.
func start(env *Env, op ops.Operation, u *api.User) tea.Cmd {
	switch {
	case op.IsRead():
		return tui.Run(runTask(env, attempt{op: op, user: u, answers: fullPage(op)}))
	case op.Part == ops.PartSession:
		return tui.Run(sessionsTask(env, op, u))
	case op.Edit != nil:
		return tui.Push(newMetadata(env, op, u))
	case op.Part != ops.PartNone:
		return chooseItem(env, op, u, op.Part.Items(u))
	}
	for _, f := range op.Fields {
		if f.Kind == ops.FieldFile {
			return tui.Push(newImage(env, op, u))
		}
	}
	return tui.Ask(newPrompt(env, attempt{op: op, user: u}))
}

// fullPage asks a list for as much as can be looked through, not for the
// server's default of ten.
func fullPage(op ops.Operation) tui.Answers {
	for _, f := range op.Fields {
		if f.Name == "limit" {
			return tui.Answers{f.Name: "100"}
		}
	}
	return nil
}
