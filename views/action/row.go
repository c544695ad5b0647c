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

// PartRow is a part of a user that a screen shows as a row, such as an address, a
// passkey or a session. Operations address it by Item's id.
type PartRow struct {
	Part ops.Part
	Item ops.Item
	// Off is why no operation applies to the part ("already revoked"), "" if some do.
	Off string
}

// SessionRow returns the row of a session.
func SessionRow(env *Env, s api.Session) PartRow {
	r := PartRow{Part: ops.PartSession, Item: sessionItem(env, s)}
	if !s.IsLive() {
		r.Off = "already " + s.Status.Display()
	}
	return r
}

// HasRowActions reports whether the catalogue has operations for this kind of row.
func HasRowActions(env *Env, part ops.Part) bool { return len(env.Catalogue.ForPart(part)) > 0 }

// RowMenu is the menu of a row: the operations on the part and those related to
// it, the harmless ones first.
func RowMenu(env *Env, u *api.User, r PartRow) tui.Menu {
	m := tui.Menu{Title: wording.UpperFirst(r.Part.String()), Context: []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}}
	if !r.Item.ID.Empty() {
		m.Context = append(m.Context, wording.ItemDetails(r.Part, env.Shown(u), ShownItem(env, u, r.Item), env.Now()))
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

// harmRank orders the menu of a row, so that enter pressed twice does no harm.
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

// rowOff returns why an operation on the part is unavailable, "" if it is available.
func rowOff(env *Env, op ops.Operation, u *api.User, r PartRow) string {
	if off := env.Catalogue.Unavailable(op, u, clean.Text{}, env.Now()); off != "" {
		return off
	}
	if r.Off != "" {
		return r.Off
	}
	return itemOff(env, op, u, r.Item)
}

// startAtRow is start with the fields that the row determines already filled in.
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
