package users

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/users/localsearch"
)

const groupFilters = "Filters"

// commonFilters are the tokens that the filter menu offers.
func commonFilters() []string {
	return []string{
		"is:locked", "is:banned", "is:active", "no:mfa", "has:passkey", "no:email-verified",
		"signed-in:never", "signed-in:<1d", "created:today", "created:<7d", "active:>90d", "provider:google",
	}
}

// filterActions are completing, filtering and saving a search.
func (v *View) filterActions() []tui.Action {
	return []tui.Action{
		v.completeAction(),
		{ID: "list.filter", Title: "Filter", FooterLabel: "filter", Group: groupFind, FooterRank: 3,
			Help: "Common filters and saved searches; the box shows how they are typed.", Do: func() tea.Cmd { return tui.OpenMenu(v.filterMenu()) }},
		v.saveAction(),
	}
}

// filterMenu lists filters as they are typed, so that the menu teaches the tokens.
func (v *View) filterMenu() tui.Menu {
	var items []tui.Action
	for _, token := range commonFilters() {
		a := tui.Action{ID: "filter." + token, Title: twoColumns(token, search.Parse(token, v.env.Now()).Describe()), Group: groupFilters}
		if slices.Contains(strings.Fields(v.box.Text()), token) {
			a.Off = "already in the search"
		}
		a.Do = v.synced(func() tea.Cmd { return v.addToken(token) })
		items = append(items, a)
	}
	items = append(items, v.savedSearchActions()...)
	context := "Adds to the search."
	if text := v.box.Text(); text != "" {
		context = "Search: " + localsearch.Printable(text)
	}
	return tui.Menu{Title: "Filter", Context: []string{context}, Sections: true, Items: append(items, v.saveAction())}
}

// twoColumns returns a text and its meaning in two columns.
func twoColumns(text, means string) string {
	const column = 20
	return text + strings.Repeat(" ", max(2, column-len([]rune(text)))) + means
}

// addToken adds a token to the search.
func (v *View) addToken(token string) tea.Cmd {
	return v.setBox(strings.TrimSpace(strings.TrimSpace(v.box.Text()) + " " + token))
}
