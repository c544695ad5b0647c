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

// UserActions returns an action for each operation of the catalogue, in the order
// of the catalogue and with the operation's id. Operations on one user apply to u
// and, if u is nil, are off with a reason; those on several users are off, see
// [SelectionActions].
func UserActions(env *Env, u *api.User) []tui.Action {
	env.Mask.Note(u) // later notices may name them
	all := env.Catalogue.All()
	suggested := Remedies(env, u)
	out := make([]tui.Action, len(all))
	for i, op := range all {
		out[i] = userAction(env, op, u)
		if len(suggested) > 0 && op.ID == suggested[0].ID {
			out[i].FooterRank = suggestedHint
		}
	}
	if env.RunbookActions == nil {
		return out
	}
	runbooks := env.RunbookActions(env, u)
	for i := range runbooks { // the groups are those of the menu
		runbooks[i].Group = UserGroupTitle(env, u)
	}
	return append(out, runbooks...)
}

// Groups of the action menu that are not the catalogue's.
const (
	GroupBegun     = "Begun" // a guided sequence that waits for a step
	GroupSuggested = "Suggested"
	GroupRunbooks  = "Step by step"
)

// UserGroupTitle is the title of the group of actions on u, with their name once
// they have been read.
func UserGroupTitle(env *Env, u *api.User) string {
	const kind = "This person"
	if u == nil || u.ReadAt.IsZero() {
		return kind
	}
	return kind + tui.GroupSubjectSep + userfmt.Name(env.Shown(u))
}

// UserMenu is the action menu for a user.
func UserMenu(env *Env, u *api.User) tui.Menu {
	m := tui.Menu{Title: "Actions", Items: menuItems(env, u), Sections: true}
	if u != nil {
		m.Context = []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}
	}
	return m
}

// menuItems returns what can be done with a user: first what their state suggests, then
// the guided sequences, then everything else; before all of it a sequence that was begun. What is suggested stands there only. The
// verdict's remedy leads, except for a taken-over account.
func menuItems(env *Env, u *api.User) []tui.Action {
	guided, leadsGuided := suggestedRunbooks(env, u), u != nil && env.VerdictOf(u, env.Now()).IsTakeover()
	var suggested []tui.Action
	if leadsGuided {
		suggested = guided
	}
	var runbooks []tui.Action
	if env.RunbookActions != nil {
		runbooks = slices.DeleteFunc(env.RunbookActions(env, u), func(a tui.Action) bool { return isSuggested(a) || isBegun(a) })
	}
	taken := map[string]bool{}
	for _, r := range Remedies(env, u) {
		a := userAction(env, r.Operation, u)
		a.Group = GroupSuggested
		suggested, taken[r.ID] = append(suggested, a), true
	}
	if !leadsGuided {
		suggested = append(suggested, guided...)
	}
	var others []tui.Action
	for _, op := range env.Catalogue.All() {
		if !taken[op.ID] {
			others = append(others, userAction(env, op, u))
		}
		if op.ID == MergeMetadata {
			others = append(others, MetadataValueAction(env, u))
		}
		if a, ok := newPrimaryAction(env, op, u); ok {
			others = append(others, a)
		}
	}
	return slices.Concat(begunRunbooks(env, u), suggested, runbooks, bySection(others))
}

// begunRunbooks returns the guided sequences that were begun for the user and wait for a
// step.
func begunRunbooks(env *Env, u *api.User) []tui.Action {
	if env.RunbookActions == nil || len(env.remembered().cases) == 0 {
		return nil
	}
	return slices.DeleteFunc(env.RunbookActions(env, u), func(a tui.Action) bool { return !isBegun(a) })
}

func isBegun(a tui.Action) bool { return a.Group == GroupBegun }

// suggestedRunbooks returns the guided sequences that the user's state suggests.
func suggestedRunbooks(env *Env, u *api.User) []tui.Action {
	if env.RunbookActions == nil {
		return nil
	}
	return slices.DeleteFunc(env.RunbookActions(env, u), func(a tui.Action) bool { return !isSuggested(a) })
}

func isSuggested(a tui.Action) bool { return a.Group == GroupSuggested }

// bySection sorts actions by group, the groups in the order of their first action.
func bySection(actions []tui.Action) []tui.Action {
	rank := map[string]int{}
	for _, a := range actions {
		if _, known := rank[a.Group]; !known {
			rank[a.Group] = len(rank)
		}
	}
	slices.SortStableFunc(actions, func(a, b tui.Action) int { return rank[a.Group] - rank[b.Group] })
	return actions
}

func userAction(env *Env, op ops.Operation, u *api.User) tui.Action {
	now := env.Now()
	if op.Scope == ops.ScopeDirectory {
		u = nil
	}
	a := tui.Action{
		ID: op.ID, Title: op.Title, Keywords: op.Keywords, FooterLabel: wording.LowerFirst(op.Verb), Group: string(op.Group), Danger: op.IsIrreversible(),
	}
	effects := op.Effects(ops.Subject{User: env.Shown(u), Sessions: -1, Now: now})
	a.Help = wording.Help(effects)
	if a.Does = wording.Clause(effects); op.IsRead() && len(effects) > 0 {
		a.Does = effects[0]
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

// Availability returns why an operation is unavailable for a user now, "" if it is
// available, and what choosing it does.
func Availability(env *Env, op ops.Operation, u *api.User) (off string, do func() tea.Cmd) {
	a := userAction(env, op, u)
	return a.Off, a.Do
}

// suggestedHint is the footer rank of the suggested operation: after opening and
// the menu, before everything else.
const suggestedHint = 5

// start runs a read at once; for everything else it asks, after letting the
// operator choose a part or a file if the operation needs one.
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

// fullPage sets the limit of a list to 100, since the server's default is ten.
func fullPage(op ops.Operation) tui.Answers {
	for _, f := range op.Fields {
		if f.Name == "limit" {
			return tui.Answers{f.Name: "100"}
		}
	}
	return nil
}
