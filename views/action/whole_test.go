package action_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// pick chooses an operation from the action menu by its title.
func pick(d *tuitest.Driver, title string) {
	d.Press("x")
	d.Type(title)
	d.Press("enter")
}

func TestUserActions_OfferEveryOperation(t *testing.T) {
	b := viewtest.New(t)
	offered := map[string]bool{}
	for _, a := range action.UserMenu(b.Env, b.FindUser("Daniel Reyes")).Items {
		require.False(t, offered[a.ID], "%s is there twice", a.ID)
		offered[a.ID] = true
		if op, _ := b.Env.Catalogue.Get(a.ID); op.Scope != ops.ScopeUsers {
			require.NotNil(t, a.Do, a.ID)
		}
	}
	for _, op := range b.Env.Catalogue.All() {
		require.True(t, offered[op.ID], op.ID)
	}
}

// passkeys gives a user so many, by name.
func passkeys(b *viewtest.Harness, u *api.User, names ...string) {
	b.EditUser(u, func(r *store.User) {
		like := r.Passkeys[0]
		r.Passkeys = nil
		for i, name := range names {
			k := like
			k.ID, k.Name = like.ID+string(rune('a'+i)), name
			r.Passkeys = append(r.Passkeys, k)
		}
	})
}

func TestPart_OneOfSeveralPasskeysIsRemoved(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	passkeys(b, u, "Old phone", "MacBook")
	d, u := sit(t, b, "Daniel Reyes")
	pick(d, "Remove passkey")
	require.False(t, d.Asking())
	d.Has("which passkey?", "Daniel Reyes", "Old phone", "MacBook", "last used")
	d.Type("macb")
	d.Press("enter")
	d.Dialog().Expect("Remove passkey", "removes the passkey MacBook", "leaves 1 other passkey", "notifies the user by e-mail")
	for range 3 {
		d.Press("space", "enter")
	}
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("Removed MacBook from Daniel Reyes ·", "reason: chargeback")
	left := b.ReloadUser(u).Passkeys
	require.Len(t, left, 1)
	require.Equal(t, "Old phone", left[0].Name.Raw())
}

func TestPart_OnlyOneIsAskedAtOnce(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	passkeys(b, u, "Old phone")
	d, u := sit(t, b, "Daniel Reyes")
	pick(d, "Remove passkey")
	d.Dialog().Expect("Remove passkey", "the passkey Old phone")
	d.Press("esc")
	b.EditUser(u, func(r *store.User) { r.Passkeys = nil })
	d.Press("r")
	pick(d, "Remove passkey")
	require.False(t, d.Asking())
	d.Has("has no passkey")
}

func TestPart_UnavailableSaysWhy(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	require.Greater(t, len(u.EmailAddresses), 1)
	pick(d, "Verify e-mail address")
	d.Has("which e-mail address?", "already verified", "not verified")
	for _, a := range action.UserActions(b.Env, u) {
		if a.ID == "verify_email_address" {
			require.Empty(t, a.Off)
		}
	}
	for i := range u.EmailAddresses {
		u.EmailAddresses[i].Verification = u.EmailAddresses[0].Verification
	}
	for _, a := range action.UserActions(b.Env, u) {
		if a.ID == "verify_email_address" {
			require.Equal(t, "already verified", a.Off)
		}
	}
}

func TestPart_ChoosesASessionToSignOut(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	live := func() []api.Session {
		page, err := b.Client.Sessions(t.Context(), u.ID, "active", 100, 0)
		require.NoError(t, err)
		return page.Rows
	}
	before := live()
	require.NotEmpty(t, before)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "Sign out session")
	if len(before) > 1 {
		d.Has("which session?")
		d.Press("enter")
	}
	d.Dialog().Expect("Sign out session", "session", "last active", "the others stay")
	reason(d)
	d.Press("y")
	d.Has("Signed a session out for Daniel Reyes")
	require.Len(t, live(), len(before)-1)
	for _, s := range live() {
		_, err := b.Client.RevokeSession(t.Context(), s.ID)
		require.NoError(t, err)
	}
	pick(d, "Sign out session")
	require.False(t, d.Asking())
	d.Has("Daniel Reyes is not signed in")
}

func TestPart_FailedReadOfSessionsIsAnError(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: http.MethodGet})
	pick(d, "Sign out session")
	d.Has("could not be read", "Nothing was done")
	d.Lacks("not signed in anywhere")
}

func TestCreateUser_OpensTheirScreen(t *testing.T) {
	b := viewtest.New(t)
	b.Env.NewUserView = user.NewDetail
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("c")
	d.Dialog().Expect("Create user", "on DEMO", "creates a user")
	d.Lacks("Create Daniel")
	op, _ := b.Env.Catalogue.Get("create_user")
	d.Has("▸ 23 more: locale, web3 wallet")
	for _, f := range op.Fields {
		if f.IsAdvanced {
			continue
		}
		switch f.Name {
		case "email_address":
			d.Type("nia.hall@pine.example")
		case "first_name":
			d.Type("Nia")
		case "last_name":
			d.Type("Hall")
		}
		d.Press("enter")
	}
	d.Press("enter") // past the rare ones
	reason(d)
	d.Press("y")
	d.Has("Created Nia Hall", "nia.hall@pine.example", "Overview")
	require.Equal(t, "Nia Hall", b.FindUser("nia.hall").Name().Raw())
}

func TestResult_ScrollsInAnyWindow(t *testing.T) {
	b := viewtest.New(t)
	for _, a := range action.UserActions(b.Env, nil) {
		if op, _ := b.Env.Catalogue.Get(a.ID); op.Scope == ops.ScopeDirectory {
			require.Empty(t, a.Off)
		}
	}
	for _, size := range [][2]int{{40, 8}, {60, 14}, {200, 60}} {
		d, _ := sit(t, b, "Daniel Reyes")
		d.Resize(size[0], size[1])
		pick(d, "List users")
		d.Press("G")
		d.Has("60 of 60", "60 users")
	}
}

func TestQuestion_EffectsFollowTheAnswers(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "Edit user")
	d.Dialog().Expect("Edit user", "changes only what you edit")
	d.Type("el")
	d.Has("changes first name, and nothing else")
	d.Press("backspace", "backspace")
	d.Has("changes only what you edit")
}
