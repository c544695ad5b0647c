package users

import (
	"context"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/savedsearch"
	"frontdesk/views/users/localsearch"
)

const groupSavedSearches = "Saved searches"

// savedSearchesMsg is the result of reading the saved searches, or of saving one;
// saved is its name.
type savedSearchesMsg struct {
	searches []savedsearch.Search
	saved    string
	err      error
}

// readSavedSearches reads the operator's file.
func (v *View) readSavedSearches() tea.Cmd {
	path := v.env.SavedSearchFile
	return tui.Run(tui.Task{Key: "users.queues", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		queues, err := savedsearch.Read(path)
		return savedSearchesMsg{searches: queues, err: err}
	}})
}

// takeSavedSearches stores them. If the file is broken the built-in ones stay, and a
// toast names the line.
func (v *View) takeSavedSearches(msg savedSearchesMsg) tea.Cmd {
	if msg.searches != nil {
		v.saved = msg.searches
	}
	switch {
	case msg.err != nil:
		text := "The saved searches could not be read: "
		if msg.saved != "" {
			text = "The search was not saved: "
		}
		return tui.Notify(tui.Toast{ID: "savedsearch.result", Tone: tui.ToneBad, Text: text + msg.err.Error(), Next: "The file is " + v.env.SavedSearchFile})
	case msg.saved != "":
		return tui.Notify(tui.Toast{ID: "savedsearch.result", Tone: tui.ToneOK, Text: "The search is saved as :" + msg.saved, Next: "It is in the filter menu and in go to."})
	}
	return nil
}

// savedSearchActions are the saved searches, for the menus.
func (v *View) savedSearchActions() []tui.Action {
	var out []tui.Action
	for _, q := range v.saved {
		out = append(out, tui.Action{ID: "savedsearch." + q.Name, Title: twoColumns(":"+q.Name, localsearch.Printable(q.Text)), Group: groupSavedSearches,
			Help: "Runs this saved search.", Do: v.synced(func() tea.Cmd { v.closeBox(); return v.setBox(q.Text) })})
	}
	return out
}

// saveAction saves the search in the box.
func (v *View) saveAction() tui.Action {
	a := tui.Action{ID: "list.save", Title: "Save this search", Group: groupSavedSearches, Help: "Asks for a name; it is then in the filter menu and in go to.",
		Do: func() tea.Cmd { return tui.Ask(v.savePrompt()) }}
	s := v.parsedBox()
	switch {
	case v.env.SavedSearchFile == "":
		a.Off = "the folder for saved searches is not known"
	case s.Empty():
		a.Off = "there is no search to save"
	case s.InvalidToken() != nil:
		a.Off = "it contains a token that is not understood"
	}
	return a
}

func (v *View) savePrompt() tui.Prompt {
	text, path := strings.TrimSpace(v.box.Text()), v.env.SavedSearchFile
	taken := func(name string) bool {
		for _, q := range v.saved {
			if q.Name == strings.TrimPrefix(name, ":") && q.Text != text {
				return true
			}
		}
		return false
	}
	return tui.Prompt{
		Tier: tui.T2, Title: "Save this search", Subject: []string{localsearch.Printable(text)}, Verb: "Save", WayBack: "remove its line from " + filepath.Base(path),
		Fields: []tui.Field{{Name: "name", Label: "Name", Required: true, Validate: func(name string) string {
			return savedsearch.CheckName(strings.TrimPrefix(strings.TrimSpace(name), ":"))
		}}},
		EffectsFor: func(a tui.Answers) []string {
			if taken(strings.TrimSpace(a["name"])) {
				return []string{"replaces the saved search of that name"}
			}
			return []string{"saved in " + path}
		},
		OnConfirm: func(a tui.Answers) tea.Cmd {
			return v.saveSearch(path, strings.TrimPrefix(strings.TrimSpace(a["name"]), ":"), text)
		},
	}
}

func (v *View) saveSearch(path, name, text string) tea.Cmd {
	return tui.Run(tui.Task{Key: "users.queues", Title: "Saving", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		if err := savedsearch.Save(path, name, text); err != nil {
			return savedSearchesMsg{saved: name, err: err}
		}
		queues, err := savedsearch.Read(path)
		return savedSearchesMsg{searches: queues, saved: name, err: err}
	}})
}
