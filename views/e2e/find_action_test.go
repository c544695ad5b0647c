package e2e

import (
	"testing"

	"frontdesk/views/user"
)

func TestPalette_FindsOperationsByOtherWords(t *testing.T) {
	t.Parallel()
	s := newSeat(t)
	d := s.Drive(user.NewDetail(s.Env, s.tilda()), 120, 50)
	for query, title := range map[string]string{
		"2fa": "Reset MFA enrollments", "logout": "Sign out session", "sign out": "Sign out session",
		"reset password": "Set password", "suspend": "Ban user", "delete account": "Delete user",
	} {
		for _, key := range []string{":", "x", "?"} {
			d.Press(key)
			d.Type(query)
			d.Has(title)
			if key == "x" {
				d.Has("▌ " + title)
			}
			d.Press("ctrl+u")
			d.Press("esc")
		}
	}
}

// The glossary comes from main, so only the real program has it.
func TestHelp_ExplainsTerms(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40)
	tm.list()
	tm.Send("?")
	tm.WaitFor("Help · Users", "Main keys")
	tm.Type("identification")
	tm.WaitFor("Glossary", "What a user signs in with")
	tm.Send("esc")
	tm.WaitFor("Main keys")
}
