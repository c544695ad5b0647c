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

// commonFilters are the filters that the menu offers, as they are typed.
func commonFilters() []string {
	return []string{
		"is:locked", "is:banned", "is:active", "no:mfa", "has:passkey", "no:email-verified",
		"signed-in:never", "signed-in:<1d", "created:today", "created:<7d", "active:>90d", "provider:google",
	}
}

// filterActions are the actions that narrow the list down.
func (v *View) filterActions() []tui.Action {
	return []tui.Action{
		v.completeAction(),
		{ID: "list.filter", Title: "Filter", FooterLabel: "filter", Group: groupFind, FooterRank: 3,
			Help: "Common filters and saved searches; the box shows how they are typed.", Do: func() tea.Cmd { return tui.OpenMenu(v.filterMenu()) }},
		v.saveAction(),
	}
}

// filterMenu offers filters by what is typed for them, so that choosing teaches
// the language.
func (v *View) filterMenu() tui.Menu {
	var items []tui.Action
	for _, token := range commonFilters() {
		a := tui.Action{ID: "filter." + token, Title: twoColumns(token, search.Parse(token, v.env.Now()).Describe()), Group: groupFilters}
		if slices.Contains(strings.Fields(v.box.Text()), token) {
			a.Off = "is in the box"
		}
		a.Do = v.synced(func() tea.Cmd { return v.addToken(token) })
		items = append(items, a)
	}
	items = append(items, v.savedSearchActions()...)
	context := "Chosen ones are added to what is in the box."
	if text := v.box.Text(); text != "" {
		context = "In the box: " + localsearch.Printable(text)
	}
	return tui.Menu{Title: "Filter", Context: []string{context}, Sections: true, Items: append(items, v.saveAction())}
}

// twoColumns is a text and what it means, in two columns.
func twoColumns(text, means string) string {
	const column = 20
	return text + strings.Repeat(" ", max(2, column-len([]rune(text)))) + means
}

// addToken adds a token to what stands in the box.
func (v *View) addToken(token string) tea.Cmd {
	return v.setBox(strings.TrimSpace(strings.TrimSpace(v.box.Text()) + " " + token))
}
