package user

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/person"
)

// reader reads one user again; what it finds is told to every screen.
func reader(env *action.Env, id api.Text) func(context.Context, func(tui.Progress)) tea.Msg {
	return func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		u, err := env.Client.GetUser(env.Held(ctx, report), id)
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

// CopyMenu offers what of a user is worth having on the clipboard.
func CopyMenu(u *api.User) tui.Menu {
	m := tui.Menu{Title: "Copy"}
	add := func(id, title string, value api.Text, label string) {
		if value.Empty() {
			return
		}
		m.Items = append(m.Items, tui.Action{ID: id, Title: title, Group: "Copy", Do: func() tea.Cmd {
			return tui.Copy(value.Clipboard(), label)
		}})
	}
	add("copy.id", "Id  "+u.ID.Display(), u.ID, "the id")
	for _, e := range u.EmailAddresses {
		add("copy.email", "E-mail  "+e.EmailAddress.Display(), e.EmailAddress, "the e-mail address")
	}
	for _, p := range u.PhoneNumbers {
		add("copy.phone", "Phone  "+person.Phone(p.PhoneNumber), p.PhoneNumber, "the phone number")
	}
	add("copy.username", "Username  "+u.Username.Display(), u.Username, "the username")
	add("copy.external", "External id  "+u.ExternalID.Display(), u.ExternalID, "the external id")
	return m
}
