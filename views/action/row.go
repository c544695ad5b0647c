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

// PartRow is one part of a person as a screen shows it: an address, a passkey, a
// session. Item's id addresses the operations on it.
type PartRow struct {
	Part ops.Part
	Item ops.Item
	// Off is why nothing can be done with it any more ("already revoked"), "" else.
	Off string
}

// SessionRow is a session as a row.
func SessionRow(env *Env, s api.Session) PartRow {
	r := PartRow{Part: ops.PartSession, Item: sessionItem(env, s)}
	if !s.IsLive() {
		r.Off = "already " + s.Status.Display()
	}
	return r
}

// HasRowActions says that the catalogue has something to do at rows of this kind.
func HasRowActions(env *Env, part ops.Part) bool { return len(env.Catalogue.ForPart(part)) > 0 }

// RowMenu is what can be done at a row of the user: the operations on that part,
// which is chosen already, then those that concern it.
func RowMenu(env *Env, u *api.User, r PartRow) tui.Menu {
	m := tui.Menu{Title: wording.UpperFirst(r.Part.String()), Context: []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}}
	if !r.Item.ID.Empty() {
		m.Context = append(m.Context, wording.ItemDetails(r.Part, env.Shown(u), shownItem(env, u, r.Item), env.Now()))
	}
	for _, op := range env.Catalogue.ForPart(r.Part) {
		a := userAction(env, op, u)
		if op.Part != ops.PartNone {
			a.Off = rowOff(env, op, u, r)
		}
		a.Do = func() tea.Cmd { return startAtRow(env, op, u, r) }
		m.Items = append(m.Items, a)
	}
	slices.SortStableFunc(m.Items, func(a, b tui.Action) int { return harmRank(env, a) - harmRank(env, b) })
	return m
}

// harmRank is how far down in a row's menu an action stands: under the hand that opens
// it is what does none.
func harmRank(env *Env, a tui.Action) int {
	op, _ := env.Catalogue.Get(a.ID)
	switch {
	case op.Destructive:
		return 2
	case op.IsHarmless():
		return 0
	}
	return 1
}

// rowOff is why an operation on this part cannot be done, "" where it can.
func rowOff(env *Env, op ops.Operation, u *api.User, r PartRow) string {
	if off := env.Catalogue.Unavailable(op, u, clean.Text{}, env.Now()); off != "" {
		return off
	}
	if r.Off != "" {
		return r.Off
	}
	return itemOff(env, op, u, r.Item)
}

// startAtRow is begin with what the row has answered already.
func startAtRow(env *Env, op ops.Operation, u *api.User, r PartRow) tea.Cmd {
	switch {
	case op.Part != ops.PartNone:
		return tui.Ask(newPrompt(env, attempt{op: op, user: u, item: r.Item}))
	case op.Prefill != nil:
		given := op.Prefill(u, r.Item.ID)
		return tui.Ask(newPrompt(env, attempt{op: op, user: u, answers: given, preset: given, row: r}))
	}
	return start(env, op, u)
}
