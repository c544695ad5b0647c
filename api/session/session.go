// Package session holds what belongs together once an instance is reached: the
// client, the desk and the catalogue that work on it.
//
// What may live here: that bundle. What may not: how an instance is found
// (api/profile, main), and anything of a screen.
package session

import (
	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
)

// Session is one instance that was reached. The screens and the command line
// are given the same one.
type Session struct {
	Client    *api.Client
	Desk      *desk.Desk
	Catalogue *ops.Catalogue
	Instance  profile.Instance
	// Close ends it; nil has nothing to end.
	Close func()
}
