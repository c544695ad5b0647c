package action

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/dustin/go-humanize"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// partsOff returns why an operation applies to none of the user's parts, "" if it
// applies to one or if only the server knows.
func partsOff(env *Env, op ops.Operation, u *api.User) string {
	if op.Part == ops.PartNone || op.Part == ops.PartSession {
		return ""
	}
	n := op.Part.Count(u)
	switch {
	case n == 0:
		return "has no " + op.Part.String()
	case op.HasEligiblePart != nil && op.HasEligiblePart(u):
		return ""
	case op.HasEligiblePart != nil && n > maxPartChecks:
		return fmt.Sprintf("does not apply to any of the %s", humanize.Comma(int64(n)))
	}
	first := ""
	for i := range n {
		reason := itemOff(env, op, u, op.Part.At(u, i))
		switch {
		case reason == "":
			return ""
		case first == "":
			first = reason
		case first != reason:
			return fmt.Sprintf("does not apply to any of the %d", n)
		}
	}
	return first
}

// maxPartChecks is the number of parts up to which each is checked for a reason.
const maxPartChecks = 50

func itemOff(env *Env, op ops.Operation, u *api.User, item ops.Item) string {
	if item.ID.Empty() {
		return "the server sent no id for it"
	}
	return env.Catalogue.Unavailable(op, u, item.ID, env.Now())
}

// chooseItem asks about the part; if there are several, a menu chooses one first.
func chooseItem(env *Env, op ops.Operation, u *api.User, items []ops.Item) tea.Cmd {
	ask := func(item ops.Item) tea.Cmd {
		return tui.Ask(newPrompt(env, attempt{op: op, user: u, item: item}))
	}
	if len(items) == 1 {
		return ask(items[0])
	}
	m := tui.Menu{Title: op.Title + ": which " + op.Part.String() + "?", Context: []string{strings.Join(userfmt.Identify(env.Shown(u)), "   ")}}
	for _, item := range items {
		m.Items = append(m.Items, tui.Action{
			ID: "part", Title: wording.ItemDetails(op.Part, env.Shown(u), ShownItem(env, u, item), env.Now()), Group: wording.UpperFirst(op.Part.String()),
			Danger: op.IsIrreversible(), Off: itemOff(env, op, u, item), Do: func() tea.Cmd { return ask(item) },
		})
	}
	return tui.OpenMenu(m)
}

// maxSessions is how many sessions are read for the menu of sessions.
const maxSessions = 100

// sessionsTask reads the user's active sessions and opens a menu to choose one.
func sessionsTask(env *Env, op ops.Operation, u *api.User) tui.Task {
	return tui.Task{
		Key: op.ID + " sessions " + u.ID.Display(), Title: "Reading the sessions of " + userfmt.Name(env.Shown(u)), Replace: true,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			page, err := env.Client.Sessions(ctx, u.ID, "active", maxSessions, 0)
			if ctx.Err() != nil {
				return nil
			}
			return sessionsMsg{page.Rows, err}
		},
		Then: func(msg tea.Msg) tea.Cmd { return chooseSession(env, op, u, msg.(sessionsMsg)) },
	}
}

// sessionsMsg is the result of reading the sessions to choose from.
type sessionsMsg struct {
	sessions []api.Session
	err      error
}

func chooseSession(env *Env, op ops.Operation, u *api.User, msg sessionsMsg) tea.Cmd {
	if msg.err != nil {
		return tui.Notify(sessionsToast(env, u, msg.err))
	}
	var items []ops.Item
	for _, s := range msg.sessions {
		items = append(items, sessionItem(env, s))
	}
	if len(items) == 0 {
		return tui.Notify(tui.Toast{ID: op.ID + " " + u.ID.Display(), Tone: tui.ToneInfo, Text: op.Title + ": " + userfmt.Name(env.Shown(u)) + " is not signed in anywhere"})
	}
	return chooseItem(env, op, u, items)
}

func sessionsToast(env *Env, u *api.User, err error) tui.Toast {
	return tui.Toast{ID: "sessions " + u.ID.Display(), Tone: tui.ToneBad,
		Text: "The sessions of " + userfmt.Name(env.Shown(u)) + " could not be read: " + wording.Error(err), Next: "Nothing was done. Try again."}
}
