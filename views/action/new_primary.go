package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// newPrimaryAction adds a contact as verified and primary in one question; ok is false if
// the operation adds no contact. The question demands all that adding a verified contact
// demands.
func newPrimaryAction(env *Env, op ops.Operation, u *api.User) (a tui.Action, ok bool) {
	title := ""
	switch op.ID {
	case "create_email_address":
		title = "New primary e-mail address"
	case "create_phone_number":
		title = "New primary phone number"
	default:
		return tui.Action{}, false
	}
	a = userAction(env, op, u)
	a.ID, a.Title, a.Keywords = op.ID+".primary", title, []string{"change address", "change number", "change primary"}
	a.Does = "adds it as verified on your word and makes it primary"
	a.Do = func() tea.Cmd {
		given := map[string]string{"verified": "yes", "primary": "yes"}
		asked := op
		asked.Title = title
		return tui.Ask(newPrompt(env, attempt{op: asked, user: u, answers: given, preset: given}))
	}
	return a, true
}
