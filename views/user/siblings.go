package user

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/usercache"
)

// Siblings is the list in which a user was opened.
type Siblings interface {
	// Step moves the list's cursor from the user with this id by so many rows and
	// returns the user there. If there is none, problem says why.
	Step(id clean.Text, by int) (u *api.User, problem string, cmd tea.Cmd)
	// ShowSearch replaces what is searched for.
	ShowSearch(text string) tea.Cmd
}

// NewDetailIn is NewDetail with a list to step through.
func NewDetailIn(env *action.Env, u *api.User, list Siblings) tui.View {
	d := newDetail(env, u)
	d.siblings = list
	return d
}

// stepReadDelay is how long a user stays on the screen before they are read again, so
// that stepping through a list does not read everyone passed.
const stepReadDelay = 150 * time.Millisecond

// steppedMsg says that stepReadDelay has passed since the step to a user.
type steppedMsg struct {
	id clean.Text
}

// stepActions are the keys to the next and the previous user of the list.
func (d *detail) stepActions() []tui.Action {
	step := func(id, title string, by int) tui.Action {
		a := tui.Action{ID: id, Title: title, Group: tui.GroupMove, Help: "In the order of the list; the tab stays.", Do: func() tea.Cmd { return d.step(by) }}
		if d.siblings == nil {
			a.Off = "this user was not opened from the list"
		}
		return a
	}
	return []tui.Action{step("user.next", "Next user", 1), step("user.prev", "Previous user", -1)}
}

// step shows another user of the list on this screen.
func (d *detail) step(by int) tea.Cmd {
	u, problem, cmd := d.siblings.Step(d.user.ID, by)
	if u == nil {
		return tea.Batch(cmd, tui.Notify(tui.Toast{ID: "user.step", Tone: tui.ToneInfo, Text: problem}))
	}
	stop := d.cancelReads()
	d.user, d.known = u, &usercache.Entry{User: u}
	d.isRested, d.isReading, d.readErr, d.isGone = false, false, nil, false
	d.tabs, d.heights = tabs(d), nil
	d.positions = make([]position, len(d.tabs))
	d.viewport = viewport{row: -1}
	d.shareKnown()
	return tea.Batch(cmd, stop, d.loadPicture(pictureDelay), tui.Later(stepReadDelay, steppedMsg{u.ID}))
}

// cancelReads cancels what is being read of the user.
func (d *detail) cancelReads() tea.Cmd {
	var cmds []tea.Cmd
	if d.isReading {
		cmds = append(cmds, tui.Cancel(d.readKey()))
	}
	for _, t := range d.tabs {
		cmds = append(cmds, t.Cancel())
	}
	return tea.Batch(append(cmds, tui.Cancel(d.pictureKey()))...)
}

// membersOpener returns what shows the members of an organization in the list from which
// the user was opened; nil if there is no list, or the search box would show a masked id.
func (d *detail) membersOpener(organization api.Organization) func() tea.Cmd {
	if d.siblings == nil || d.env.Mask.On() {
		return nil
	}
	name := organization.Slug.Raw() // people read it in the box; no two organizations share one
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		name = organization.ID.Raw()
	}
	return func() tea.Cmd { return tea.Batch(d.siblings.ShowSearch("org:"+name), tui.Pop()) }
}
