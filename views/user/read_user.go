package user

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// readUser returns the task that reads a user again and reports the answer to every
// screen.
func readUser(env *action.Env, id clean.Text) func(context.Context, func(tui.Progress)) tea.Msg {
	return func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		u, err := env.Client.GetUser(env.ReportWaits(ctx, report), id)
		var failed *api.Error
		switch {
		case err == nil:
			return action.UserChangedMsg{User: u}
		case errors.As(err, &failed) && failed.Kind == api.KindNotFound:
			return action.UserGoneMsg{ID: id}
		}
		return readFailedMsg{id, err}
	}
}

// CopyMenu offers the values of a user to copy, masked as on the
// screen.
func CopyMenu(env *action.Env, u *api.User) tui.Menu {
	u = env.Shown(u)
	m := tui.Menu{Title: "Copy", Context: []string{userfmt.Name(u)}}
	add := func(id, label, shown string, value clean.Text) {
		if value.Empty() {
			return
		}
		m.Items = append(m.Items, tui.Action{ID: id, Title: fmt.Sprintf("%-16s", label) + shown, Group: "Copy", Do: func() tea.Cmd {
			return tui.Copy(value.Clipboard(), label)
		}})
	}
	add("copy.id", "user id", u.ID.Display(), u.ID)
	for _, e := range u.EmailAddresses {
		add("copy.email", "e-mail address", e.EmailAddress.Display(), e.EmailAddress)
	}
	for _, p := range u.PhoneNumbers {
		add("copy.phone", "phone number", userfmt.Phone(p.PhoneNumber), p.PhoneNumber)
	}
	add("copy.username", "username", u.Username.Display(), u.Username)
	add("copy.external", "external id", u.ExternalID.Display(), u.ExternalID)
	return m
}
