// Package user is one person: the card beside the list (preview) and the detail
// view with its tabs.
package user

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
)

// Card is the preview of one person: picture, verdict, contact, sign-in. It
// loads the picture by itself (a Task) and keeps a few in memory.
type Card struct{}

func NewCard(env *action.Env) *Card { panic("unwritten") }

// Show turns the card to a user; the command loads the picture, after a moment
// so that moving through a list does not load every one. nil empties it.
func (c *Card) Show(u *api.User) tea.Cmd { panic("unwritten") }

// Update takes facts (pictures, changed users).
func (c *Card) Update(msg tea.Msg) tea.Cmd { panic("unwritten") }

// View draws it into s.Width × s.Height cells.
func (c *Card) View(s tui.Screen) string { panic("unwritten") }

// NewDetail is the detail view, shown at once from what the list knew and then
// read again.
func NewDetail(env *action.Env, u *api.User) tui.View { panic("unwritten") }
