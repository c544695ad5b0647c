// Package user shows one user: the card beside the list, and the detail view with its
// tabs. Wording that the list needs too is in views/userfmt; what can be done with a
// user is in views/action.
package user

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

// Card is the preview of one user: picture, verdict, contact, sign-in. It loads the
// picture in a task and shares the cache of pictures with the other screens.
type Card struct {
	env     *action.Env
	user    *api.User
	loading bool // a picture may be loading
	cache   drawCache
	// notice is about others like the user, with the action that deals with them.
	notice, noticeAction, noticeDoes string
}

// SetNotice sets what is said of others like the user, and the action that deals with
// them; "" for nothing.
func (c *Card) SetNotice(text, action, does string) {
	c.notice, c.noticeAction, c.noticeDoes = text, action, does
}

const (
	cardTask = "card.portrait"
	// pictureDelay is how long the cursor rests on a user before the picture is
	// loaded.
	pictureDelay = 150 * time.Millisecond
)

// NewCard returns an empty card.
func NewCard(env *action.Env) *Card { return &Card{env: env} }

// Show sets the user; nil empties the card. The command loads the picture after
// pictureDelay, so that moving through a list does not load every picture.
func (c *Card) Show(u *api.User) tea.Cmd {
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
	case c.loading: // the picture of the previous user is not needed
		c.loading = false
		return tui.Cancel(cardTask)
	}
	return nil
}

// Update handles loaded pictures and changed users.
func (c *Card) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.ColorProfileMsg:
		c.env.Avatars().SetColorProfile(msg.Profile)
	case avatar.LoadedMsg:
		c.env.Avatars().Update(msg)
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

// WantsTick reports whether the card shows a countdown.
func (c *Card) WantsTick() bool { return c.user != nil && hasCountdown(c.user, c.env.Now()) }

// View draws the card into s.Width × s.Height cells.
func (c *Card) View(s tui.Screen) string {
	if c.user == nil || s.Width < 1 || s.Height < 1 {
		return ""
	}
	p := newSheet(s, s.Width)
	u := c.env.Shown(c.user)
	p.cache = c.cache.forUser(u, s.Width, p.cells)
	p.find = func() []userfmt.Finding { return c.env.Findings(c.user) }
	c.drawHead(p, u)
	p.addGap()
	p.known = c.env.Known(c.user)
	drawVerdict(p, c.env, c.user, 0)
	c.drawNotice(p)
	c.drawFindings(p)
	drawCardContact(p, u)
	p.addSection("SIGN-IN")
	p.addFactors(u)
	drawCardRest(p, u)
	return strings.Join(p.lines[:min(len(p.lines), s.Height)], "\n")
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

// drawHead draws the picture with the name beside it; a narrow card has no picture.
func (c *Card) drawHead(p *sheet, u *api.User) {
	size := avatar.Large()
	if p.width < 30 {
		drawCardNames(p, u)
		return
	}
	side := p.newInner(p.width - size.Width - 2)
	drawCardNames(side, u)
	p.lines = append(p.lines, beside(p.cells, c.env.Avatars().Lines(u, size, p.styles), size.Width+2, side.lines)...)
}

func drawCardNames(p *sheet, u *api.User) {
	p.add(span{userfmt.Name(u), p.styles.Bold})
	if !u.Username.Empty() {
		p.add(p.dim("@" + u.Username.Display()))
	}
	p.add(p.dim(userfmt.ShortID(u.ID)))
	if label, when := userfmt.JoinedAt(u, p.now); label != "" {
		p.addGap()
		p.add(p.dim(label))
		p.add(p.plain(when))
	}
}

func (c *Card) drawFindings(p *sheet) {
	found := p.findingsOf(c.user)
	if len(found) == 0 {
		return
	}
	p.addSection("WORTH A LOOK")
	for _, f := range found[:min(len(found), 2)] {
		lead := p.warn("! ")
		for _, l := range p.cells.Wrap(f.Text, max(1, p.width-2)) {
			p.add(lead, p.plain(l))
			lead = p.blank(2)
		}
		if f.Value != "" {
			p.add(p.plain("  "), p.warn(f.Value))
		}
	}
	if more := len(found) - 2; more > 0 {
		p.add(p.dim("  and " + userfmt.Number(more) + " more"))
	}
}

func drawCardContact(p *sheet, u *api.User) {
	if len(u.EmailAddresses)+len(u.PhoneNumbers) == 0 {
		p.addSection("CONTACT")
		p.add(p.dim("no e-mail address, no phone"))
		return
	}
	p.addSection("CONTACT")
	mails, more := firstEmails(u, maxOnCard)
	for _, i := range mails {
		e := &u.EmailAddresses[i]
		p.addVerifiedAddress(e.EmailAddress.Display(), e.Verification, e.Reserved)
		p.addBelow(userfmt.ReadsAs(e.EmailAddress))
	}
	p.addMore(more, "")
	phones, more := firstPhones(u, maxOnCard)
	for _, i := range phones {
		n := &u.PhoneNumbers[i]
		p.addVerifiedAddress(userfmt.Phone(n.PhoneNumber), n.Verification, n.Reserved)
	}
	p.addMore(more, "")
}

// addVerifiedAddress adds an address with a mark if it is verified, else with words,
// which get a line of their own if the address needs the width.
func (p *sheet) addVerifiedAddress(address string, v *api.Verification, reserved bool) {
	word, ok := userfmt.VerificationText(v, reserved)
	if ok {
		p.addMarked(address, "✓", p.styles.OK)
		return
	}
	p.addMarked(address, word, p.styles.Warn)
}

// drawCardRest draws what is shown only where there is room below the rest.
func drawCardRest(p *sheet, u *api.User) {
	if len(u.OrganizationMemberships) > 0 {
		p.addSection("ORGANIZATIONS")
		for _, m := range u.OrganizationMemberships {
			p.add(p.plain(m.Organization.Name.Display()), p.dim("  "+roleName(m)))
		}
	}
	p.addGap()
	p.add(p.dim("last seen " + userfmt.LastActive(u, p.now)))
}

func roleName(m api.OrganizationMembership) string {
	if !m.RoleName.Empty() {
		return m.RoleName.Display()
	}
	return strings.TrimPrefix(m.Role.Display(), "org:")
}

// hasCountdown reports whether what is shown of a user changes with the clock.
func hasCountdown(u *api.User, now time.Time) bool {
	left, _ := u.LockRemaining(now)
	return left > 0
}
