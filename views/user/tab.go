package user

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
)

// tab is one page of the detail view. To add one, write its type or its draw function
// and add it to tabs.
type tab interface {
	// ID is the end of the tab's action, "user.tab." + ID; Title is its label.
	ID() string
	Title() string
	// Open is called when the tab is selected and on refresh; its command may read
	// what the user object does not carry. Again repeats that read if there was one.
	Open() tea.Cmd
	Reread() tea.Cmd
	// Cancel cancels what the tab is reading.
	Cancel() tea.Cmd
	// Update handles facts, also while another tab is open.
	Update(msg tea.Msg)
	// ShowsAge reports whether the tab shows the age of something.
	ShowsAge() bool
	// Draw draws the tab, with no limit on its height.
	Draw(p *sheet, u *api.User)
}

// overviewTab lists what is worth a look.
const overviewTab = "overview"

// tabs returns the pages of the detail view, in the dashboard's order.
func tabs(d *detail) []tab {
	return []tab{
		simpleTab{overviewTab, "Overview", drawOverview},
		simpleTab{"contact", "Contact", drawContact},
		simpleTab{"security", "Security", drawSecurity},
		simpleTab{"accounts", "Accounts", drawAccounts},
		newOrganizations(d),
		&staticTab{simpleTab: simpleTab{"metadata", "Metadata", drawMetadata}, operationID: "update_user_metadata"},
		newSessions(d),
		newActivity(d),
		&staticTab{simpleTab: simpleTab{"json", "JSON", drawJSON}},
	}
}

// simpleTab is a tab that shows only what the user object carries.
type simpleTab struct {
	id, title string
	draw      func(p *sheet, u *api.User)
}

func (t simpleTab) ID() string                 { return t.id }
func (t simpleTab) Title() string              { return t.title }
func (t simpleTab) Open() tea.Cmd              { return nil }
func (t simpleTab) Reread() tea.Cmd            { return nil }
func (t simpleTab) Cancel() tea.Cmd            { return nil }
func (t simpleTab) Update(tea.Msg)             {}
func (t simpleTab) ShowsAge() bool             { return false }
func (t simpleTab) Draw(p *sheet, u *api.User) { t.draw(p, u) }

// staticTab is a tab that does not depend on the clock and has no rows to act on. Its
// content can be long, so the last drawing is kept.
type staticTab struct {
	simpleTab
	operationID string // what enter opens on this tab, "" for nothing
	user        *api.User
	drawnFor    sheet // width, cells and styles of the last drawing
	lines       []string
	headings    []int // indices of headings in lines
}

// Operation returns the operation that enter opens.
func (t *staticTab) Operation() string { return t.operationID }

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
