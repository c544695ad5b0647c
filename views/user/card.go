// Package user shows one user: the card beside the list, and the detail view with its
// tabs. Wording that the list needs too is in views/userfmt; what can be done with a
// user is in views/action.
package user

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

// Card is the preview of one user: verdict, contact, sign-in and, where there is room
// for it, the picture. It loads the picture in a task and shares the cache of pictures
// with the other screens.
type Card struct {
	env     *action.Env
	user    *api.User
	loading bool // a picture may be loading
	// isRested says that the user has been on the card for pictureDelay: a picture
	// costs more to draw than a screenful of rows, so it does not follow every step.
	isRested bool
	cache    drawCache
	// notice is about others like the user, with the action that deals with them.
	notice, noticeAction, noticeDoes string
}

// SetNotice sets what is said of others like the user, and the action that deals with
// them; "" for nothing.
func (c *Card) SetNotice(text, action, does string) {
	c.notice, c.noticeAction, c.noticeDoes = text, action, does
}

// cardRestedMsg says that a user has been on the card for pictureDelay.
type cardRestedMsg struct{ id clean.Text }

const (
	cardTask = "card.portrait"
	// pictureDelay is how long the cursor rests on a user before the picture is loaded
	// and drawn.
	pictureDelay = 150 * time.Millisecond
)

// NewCard returns an empty card.
func NewCard(env *action.Env) *Card { return &Card{env: env} }

// Show sets the user; nil empties the card. The command loads the picture after
// pictureDelay, so that moving through a list does not load every picture.
func (c *Card) Show(u *api.User) tea.Cmd {
	if u == nil || c.user == nil || u.ID != c.user.ID {
		c.isRested = false
	}
	c.user = u
	if u != nil {
		c.env.UserCache().Update(u)
	}
	return c.load(pictureDelay)
}

func (c *Card) load(after time.Duration) tea.Cmd {
	task, ok := c.env.Avatars().LoadTask(cardTask, c.user, after)
	switch {
	case ok:
		c.loading = true
		return tui.Run(task)
	case !c.isRested && c.env.Avatars().HasPicture(c.user):
		c.loading = true
		return tui.Run(c.restTask(after))
	case c.loading: // the picture of the previous user is not needed
		c.loading = false
		return tui.Cancel(cardTask)
	}
	return nil
}

// restTask waits for the cursor to rest on the user, whose picture is in memory.
func (c *Card) restTask(after time.Duration) tui.Task {
	pause, rested := c.env.Pause, cardRestedMsg{c.user.ID}
	return tui.Task{Key: cardTask, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		if pause(ctx, after) != nil {
			return nil
		}
		return rested
	}}
}

// Update handles loaded pictures and changed users.
func (c *Card) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.ColorProfileMsg:
		c.env.Avatars().SetColorProfile(msg.Profile)
	case avatar.LoadedMsg:
		c.env.Avatars().Update(msg)
		c.isRested = c.isRested || c.env.Avatars().HasPicture(c.user)
	case cardRestedMsg:
		c.isRested = c.isRested || c.user != nil && c.user.ID == msg.id
	case action.UserChangedMsg:
		if c.user == nil || msg.User == nil || msg.User.ID != c.user.ID {
			return nil
		}
		if msg.PictureChanged {
			c.env.Avatars().Forget(c.user.ImageURL)
			c.env.Avatars().Forget(msg.User.ImageURL)
		}
		c.user = msg.User
		c.env.UserCache().Update(c.user)
		return c.load(0)
	}
	return nil
}

// NextTick returns how long the countdown on the card stays as it is, 0 if there is none.
func (c *Card) NextTick() time.Duration {
	if c.user == nil {
		return 0
	}
	return userfmt.LockChange(c.user, c.env.Now())
}

// View draws the card into s.Width × s.Height cells.
func (c *Card) View(s tui.Screen) string {
	if c.user == nil || s.Width < 1 || s.Height < 1 {
		return ""
	}
	p := newSheet(s, s.Width)
	u := c.env.Shown(c.user)
	p.cache = c.cache.forUser(u, s.Width, p.cells)
	p.find = func() []userfmt.Finding { return c.env.Findings(c.user) }
	if s.Width >= twoColumnWidth && s.Height < lowHeight {
		c.drawColumns(p, s, u)
	} else {
		c.drawState(p, s, u)
		c.drawAccount(p, u)
		c.drawPicture(p, s, u)
	}
	return strings.Join(p.lines[:min(len(p.lines), s.Height)], "\n")
}

// A card that is low and wide has two columns.
const twoColumnWidth, lowHeight = 64, 20

// drawColumns draws who it is and the verdict at the left, the rest at the right.
func (c *Card) drawColumns(p *sheet, s tui.Screen, u *api.User) {
	const gap = 4
	left, right := p.newInner((p.width-gap)/2), p.newInner((p.width-gap)/2)
	c.drawState(left, s, u)
	c.drawAccount(right, u)
	p.lines = beside(p.cells, left.lines, left.width+gap, right.lines)
}

// drawState draws who it is and whether they can sign in.
func (c *Card) drawState(p *sheet, s tui.Screen, u *api.User) {
	c.drawHead(p, u)
	p.addGap()
	p.known = c.env.Facts(c.user)
	drawVerdict(p, c.env, c.user, 0)
	c.drawNotice(p)
}

func (c *Card) drawAccount(p *sheet, u *api.User) {
	c.drawFindings(p)
	drawCardContact(p, u)
	p.addSection("SIGN-IN")
	p.addFactors(u)
	drawCardRest(p, u)
}

// drawPicture draws the picture at the bottom, so that nothing moves when it comes.
func (c *Card) drawPicture(p *sheet, s tui.Screen, u *api.User) {
	size := avatar.Photo()
	if !c.isRested || p.width < size.Width || len(p.lines)+1+size.Height > s.Height || s.Styles.Theme.Accent == nil {
		return
	}
	picture := c.env.Avatars().Picture(u, size)
	if picture == nil {
		return
	}
	for len(p.lines) < s.Height-size.Height {
		p.lines = append(p.lines, "")
	}
	p.lines = append(p.lines, picture...)
}

func (c *Card) drawNotice(p *sheet) {
	if c.notice == "" {
		return
	}
	p.addGap()
	for i, l := range p.cells.Wrap(c.notice, p.width-2) {
		lead := "  "
		if i == 0 {
			lead = "! "
		}
		p.add(p.warn(lead), p.plain(l))
	}
	p.add(p.hint(c.noticeAction, c.noticeDoes)...)
}
