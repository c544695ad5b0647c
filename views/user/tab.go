package user

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
)

// tab is one page of the detail view. A new one is a file with its type or its
// drawing, and an entry in tabs.
type tab interface {
	// ID names the tab's action, "user.tab." + ID; Title is the word in the row of tabs.
	ID() string
	Title() string
	// Open is called when the tab comes to the front and on refresh; its command
	// may read what the user itself does not carry. Again reads that once more if
	// it was read before.
	Open() tea.Cmd
	Again() tea.Cmd
	// Update takes facts, in front or not.
	Update(msg tea.Msg)
	// Waits says that the tab shows the age of something.
	Waits() bool
	// Draw writes the tab's lines, as many as it likes.
	Draw(p *sheet, u *api.User)
}

// tabs are the pages of the detail view, in the dashboard's order.
func tabs(d *detail) []tab {
	return []tab{
		page{"overview", "Overview", drawOverview},
		page{"contact", "Contact", drawContact},
		page{"security", "Security", drawSecurity},
		page{"accounts", "Accounts", drawAccounts},
		newOrganizations(d),
		&still{page: page{"metadata", "Metadata", drawMetadata}, does: "update_user_metadata"},
		newSessions(d),
		&still{page: page{"json", "JSON", drawJSON}},
	}
}

// page is a tab that shows only what the user carries.
type page struct {
	id, title string
	draw      func(p *sheet, u *api.User)
}

func (t page) ID() string                 { return t.id }
func (t page) Title() string              { return t.title }
func (t page) Open() tea.Cmd              { return nil }
func (t page) Again() tea.Cmd             { return nil }
func (t page) Update(tea.Msg)             {}
func (t page) Waits() bool                { return false }
func (t page) Draw(p *sheet, u *api.User) { t.draw(p, u) }

// still is a page that does not change with the clock and has nothing to act
// on in it. What it shows can be long, so the last drawing is kept.
type still struct {
	page
	does string // the operation on what it shows; "" where there is none
	of   *api.User
	how  sheet // width, ruler and styles of the last drawing
	kept []string
	tops []int // which of kept are heads
}

// Does is the operation that enter leads to.
func (t *still) Does() string { return t.does }

func (t *still) Draw(p *sheet, u *api.User) {
	if t.of != u || t.how.width != p.width || t.how.r != p.r || t.how.s != p.s {
		inner := p.inner(p.width)
		t.draw(inner, u)
		t.of, t.how, t.kept, t.tops = u, sheet{width: p.width, r: p.r, s: p.s}, inner.lines, inner.heads
	}
	for _, at := range t.tops {
		p.heads = append(p.heads, len(p.lines)+at)
	}
	p.lines = append(p.lines, t.kept...)
}
