package action

import (
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// requireTyping asks for something that only an operator who looked at this user
// can type: the end of the phone number or id, or at T4 the e-mail address. The
// dialog shows the full value. Under the mask, the masked value is what must be typed.
func requireTyping(p *tui.Prompt, u, shown *api.User, tier tui.Tier) {
	if u == nil {
		p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
		return
	}
	if mail := u.Email(); tier >= tui.T4 && isTypable(mail) {
		p.TypeToConfirm, p.TypeLabel = shown.Email().Raw(), "Type the e-mail address "+shown.Email().Display()
		return
	}
	if phone := u.Phone(); isTypable(phone) && len(phone.Raw()) >= 8 {
		p.TypeToConfirm, p.TypeLabel = lastFour(shown.Phone()), "Type the last four digits of the phone"
		p.TypeSource = "phone " + userfmt.Phone(shown.Phone())
		return
	}
	if isTypable(u.ID) && len(u.ID.Raw()) >= 4 {
		p.TypeToConfirm, p.TypeLabel = lastFour(shown.ID), "Type the last four characters of the id"
		p.TypeSource = "id " + shown.ID.Display()
		return
	}
	p.TypeToConfirm, p.TypeLabel = strings.ToLower(p.Verb), "Type “"+strings.ToLower(p.Verb)+"”"
}

// isTypable reports whether a value can be typed on any keyboard.
func isTypable(t clean.Text) bool {
	raw := t.Raw()
	if raw == "" || len(raw) > 60 {
		return false
	}
	for _, r := range raw {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return true
}

func lastFour(t clean.Text) string { return t.Raw()[len(t.Raw())-4:] }
