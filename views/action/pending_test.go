package action_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// withoutMFA is a detail of somebody without any second factor.
func withoutMFA(t *testing.T, b *viewtest.Harness) (*tuitest.Driver, *api.User) {
	b.EditUser(b.FindUser("Daniel Reyes"), func(r *store.User) {
		r.TOTP, r.BackupCodes = nil, nil
		for i := range r.Phones {
			r.Phones[i].ReservedForSecondFactor = false
		}
	})
	return sit(t, b, "Daniel Reyes")
}

// handOut sets up an authenticator app and leaves the screen with its secret.
func handOut(d *tuitest.Driver, u *api.User) {
	pick(d, "Set up authenticator app")
	d.Dialog().Expect("Set up authenticator app", "To undo: z, or Remove authenticator app")
	callerIsChecked(d, u)
	d.Has("The secret is ready.")
	d.Press("esc")
}

func hasSecret(b *viewtest.Harness, u *api.User) (has bool) {
	b.EditUser(u, func(r *store.User) { has = r.TOTP != nil })
	return has
}

func TestTOTP_UnusedSecretIsTakenBack(t *testing.T) {
	for name, take := range map[string]func(*tuitest.Driver, *api.User){
		"its announced way back": func(d *tuitest.Driver, u *api.User) {
			pick(d, "Remove authenticator app")
			d.Dialog().Expect("Remove authenticator app", "cancels an authenticator secret")
			callerIsChecked(d, u)
			d.Has("Removed the authenticator app of Daniel Reyes")
		},
		"reset MFA": func(d *tuitest.Driver, u *api.User) {
			d.Press("m")
			d.Dialog().Expect("Reset MFA enrollments", "cancels an authenticator secret")
			callerIsChecked(d, u)
			d.Has("Reset MFA for Daniel Reyes")
		},
		"undo": func(d *tuitest.Driver, u *api.User) {
			d.Press("z")
			d.Dialog().Expect("Remove authenticator app", "Undo “Set up authenticator app” of today", "cancels an authenticator secret")
			callerIsChecked(d, u)
			d.Has("Removed the authenticator app of Daniel Reyes")
			d.Press("z")
			d.Has("no authenticator app is set up")
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			d, u := withoutMFA(t, b)
			handOut(d, u)
			require.True(t, hasSecret(b, u))
			take(d, u)
			require.False(t, hasSecret(b, u))
			pick(d, "Remove authenticator app") // and is not offered again
			require.False(t, d.Asking())
			d.Has("no authenticator app is set up")
		})
	}
}

// callerIsChecked answers the questions of what takes access away.
func callerIsChecked(d *tuitest.Driver, u *api.User) {
	d.Press("space", "enter", "space", "enter", "space", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
}
