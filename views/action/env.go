// Package action holds the action views: what can be done with a person as
// tui.Actions drawn from the catalogue, the question before, the call through
// the desk, and the result in words.
//
// What may live here: the way from a catalogue entry to a question and a toast.
// What may not: what an operation means (api/ops), lists and details of people.
package action

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
)

// Env is what every screen of views/ is given; main builds it once.
type Env struct {
	Client    *api.Client
	Desk      *desk.Desk
	Catalogue *ops.Catalogue
	Instance  profile.Instance
	Now       func() time.Time
	// Home is the operator's home directory, for paths in forms.
	Home string
}

// UserChangedMsg is the fact that a user is now like this; every View patches
// its copy by id.
type UserChangedMsg struct {
	User *api.User
	// PictureChanged tells that a cached picture of the user is old.
	PictureChanged bool
}

// UserGoneMsg is the fact that a user is not there any more.
type UserGoneMsg struct{ ID api.Text }

// For are the catalogue's operations for one user as actions, in menu order,
// ids being the operations'. Each captures the user by id, as seen now, when
// it is chosen. A nil user gives them all with a reason why not.
func For(env *Env, u *api.User) []tui.Action { panic("unwritten") }

// Menu is the action menu for a user.
func Menu(env *Env, u *api.User) tui.Menu { panic("unwritten") }
