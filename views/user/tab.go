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
		simpleTab{"overview", "Overview", drawOverview},
		simpleTab{"contact", "Contact", drawContact},
		simpleTab{"security", "Security", drawSecurity},
		simpleTab{"accounts", "Accounts", drawAccounts},
		newOrganizations(d),
		&staticTab{simpleTab: simpleTab{"metadata", "Metadata", drawMetadata}, operationID: "update_user_metadata"},
		newSessions(d),
		&staticTab{simpleTab: simpleTab{"json", "JSON", drawJSON}},
	}
}

// simpleTab is a tab that shows only what the user carries.
type simpleTab struct {
	id, title string
	draw      func(p *sheet, u *api.User)
}

func (t simpleTab) ID() string                 { return t.id }
func (t simpleTab) Title() string              { return t.title }
func (t simpleTab) Open() tea.Cmd              { return nil }
func (t simpleTab) Again() tea.Cmd             { return nil }
func (t simpleTab) Update(tea.Msg)             {}
func (t simpleTab) Waits() bool                { return false }
func (t simpleTab) Draw(p *sheet, u *api.User) { t.draw(p, u) }

// staticTab is a page that does not change with the clock and has nothing to act
// on in it. What it shows can be long, so the last drawing is kept.
type staticTab struct {
	simpleTab
	operationID string // the operation on what it shows; "" where there is none
	user        *api.User
	drawnFor    sheet // width, ruler and styles of the last drawing
	lines       []string
	headings    []int // which of kept are heads
}

// Does is the operation that enter leads to.
func (t *staticTab) Does() string { return t.operationID }

func (t *staticTab) Draw(p *sheet, u *api.User) {
	if t.user != u || t.drawnFor.width != p.width || t.drawnFor.cells != p.cells || t.drawnFor.styles != p.styles {
		inner := p.newInner(p.width)
		t.draw(inner, u)
		t.user, t.drawnFor, t.lines, t.headings = u, sheet{width: p.width, cells: p.cells, styles: p.styles}, inner.lines, inner.headings
	}
	for _, at := range t.headings {
		p.headings = append(p.headings, len(p.lines)+at)
	}
	p.lines = append(p.lines, t.lines...)
}
