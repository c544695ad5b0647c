package users

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
)

// organizationsMsg are the organizations to complete from.
type organizationsMsg struct{ found []api.Organization }

// maxOrganizations is how many organizations are read to complete from.
const maxOrganizations = 200

// readOrganizations reads the organizations once somebody begins to type one. Where they
// cannot be had there is nothing to complete from, and no more is lost.
func (v *View) readOrganizations(s search.Search) tea.Cmd {
	if v.orgsRequested || !strings.Contains(s.Text, "org:") {
		return nil
	}
	v.orgsRequested = true
	client := v.env.Client
	return tui.Run(tui.Task{Key: "users.organizations", Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		page, err := client.Organizations(ctx, "", maxOrganizations, 0)
		if err != nil {
			return nil
		}
		return organizationsMsg{page.Rows}
	}})
}

// completions are the ways to go on where the cursor is in the box.
func (v *View) completions() []search.Completion {
	if !v.typing || v.isBoxSelected || v.isLongInput() {
		return nil
	}
	return search.Complete(v.box.Value(), v.box.Offset(), v.orgs)
}

// isTokenUnfinished says that the token that cannot be asked is the one being typed and
// may still become one that can.
func (v *View) isTokenUnfinished() bool {
	wrong := v.invalid.Wrong()
	if v.typing && wrong.Begun {
		return true
	}
	for _, c := range v.completions() {
		if c.From == wrong.From {
			return true
		}
	}
	return false
}

// complete takes the first completion, or what a wrong token is likely to mean.
func (v *View) complete() tea.Cmd {
	if all := v.activeSuggestions(); len(all) > 0 {
		return v.acceptSuggestion(all)
	}
	text := v.box.Value()
	if all := v.completions(); len(all) > 0 && strings.TrimSpace(text) != "" {
		return v.replaceText(all[0].From, all[0].End, all[0].Text)
	}
	if v.invalid == nil {
		return nil
	}
	wrong := v.invalid.Wrong()
	if wrong.Instead == "" || wrong.End > len(text) {
		return nil
	}
	return v.replaceText(wrong.From, wrong.End, wrong.Instead)
}

// replaceText puts a text in the place of some bytes of the box; the cursor goes
// behind it.
func (v *View) replaceText(from, end int, with string) tea.Cmd {
	text, with := v.box.Value(), search.Clean(with)
	rest := text[end:]
	if strings.HasSuffix(with, " ") {
		rest = strings.TrimPrefix(rest, " ")
	}
	v.isBoxSelected = false
	v.box.SetValue(text[:from] + with + rest)
	v.box.SetOffset(len(text[:from] + with))
	return v.searchFor(v.box.Value())
}
