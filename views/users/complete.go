package users

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
)

// organizationsMsg brings the organizations to complete from.
type organizationsMsg struct{ found []api.Organization }

// maxOrganizations is how many organizations are read to complete from.
const maxOrganizations = 200

// readOrganizations reads the organizations when the first "org:" is typed. If that
// fails there are no completions, which is not worth an error.
func (v *View) readOrganizations(s search.Search) tea.Cmd {
	if !v.box.RequestsOrganizations(s) {
		return nil
	}
	client := v.env.Client
	return tui.Run(tui.Task{Key: "users.organizations", Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		page, err := client.Organizations(ctx, "", maxOrganizations, 0)
		if err != nil {
			return nil
		}
		return organizationsMsg{page.Rows}
	}})
}

// complete accepts the first suggestion or completion.
func (v *View) complete() tea.Cmd {
	if all := v.activeSuggestions(); len(all) > 0 {
		return v.acceptSuggestion(all)
	}
	if !v.box.Complete() {
		return nil
	}
	return v.searchFor(v.box.Text())
}
