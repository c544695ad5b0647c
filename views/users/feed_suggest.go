package users

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

const (
	// suggestDelay is how long a search must have had no match before the service is
	// asked for a part of it.
	suggestDelay = 400 * time.Millisecond
	// suggestPageSize is how many users with that part are compared.
	suggestPageSize = 100
)

// suggestion is a text to search for instead, and what is known about it.
type suggestion struct{ text, means string }

// nameSearch is a search for words, or for a name token and nothing else.
type nameSearch struct {
	needle       localsearch.Needle
	hasNameToken bool // typed as name:
}

// suggestion returns the text to put into the box for other words.
func (n nameSearch) suggestion(words, means string) suggestion {
	text := search.QuoteLiteral(words)
	if n.hasNameToken {
		text = `name:"` + strings.ReplaceAll(words, `"`, "") + `"`
	}
	return suggestion{text, means}
}

// asNameSearch returns the name searched for; ok is false if the search has other
// tokens.
func asNameSearch(n localsearch.Needle) (nameSearch, bool) {
	all := n.Search.Tokens
	if len(all) == 1 && all[0].Name == "name" && !all[0].Exclude {
		return nameSearch{localsearch.NewWords(all[0].Value, n.ParsedAt), true}, true
	}
	return nameSearch{n, false}, !n.Search.HasTokens()
}

// suggestedMsg is the answer to a request for a part of what was typed.
type suggestedMsg struct {
	serial int
	key    string
	part   string
	rows   []*localsearch.Row
	err    error
}

func (n nameSearch) suggestions(rows []*localsearch.Row) []suggestion {
	var out []suggestion
	for _, r := range rows {
		if n.hasNameToken && r.Name.Kind != search.Name {
			continue // no name; the row shows another field in its place
		}
		out = append(out, n.suggestion(localsearch.Printable(r.Name.Shown), ""))
	}
	return out
}

// findSuggestions looks for users with similar names when none matches: among those
// loaded or seen before and, if none is similar, once on the service by the beginning
// of the longest word.
func (f *feed) findSuggestions(r *result) tea.Cmd {
	n, ok := asNameSearch(r.query.needle)
	if !ok {
		return nil
	}
	if r.suggestions = n.suggestions(localsearch.Suggest(f.knownRows(), n.needle)); len(r.suggestions) > 0 {
		return nil
	}
	part := n.needle.Search.FuzzyPrefix()
	if part == "" {
		return nil
	}
	at := n.needle.ParsedAt
	q := listQuery{needle: localsearch.NewSearch(search.Parse(n.suggestion(part, "").text, at), at), order: orders()[0]}.apiQuery(pages.Request{Limit: suggestPageSize})
	client, serial := f.env.Client, r.serial
	return f.startRequest(r, "", max(suggestDelay, f.scanTurns.Reserve(f.env.Now())), func(ctx context.Context, key string) tea.Msg {
		users, err := client.ListUsers(ctx, q)
		return suggestedMsg{serial: serial, key: key, part: part, rows: localsearch.NewRows(users), err: err}
	})
}

// takeSuggestions suggests the users nearest to what was typed, else the part itself.
// An error leaves no suggestion and is not shown.
func (f *feed) takeSuggestions(msg suggestedMsg) {
	r := f.finishRequest(msg.key, msg.serial)
	if r == nil || msg.err != nil || len(msg.rows) == 0 {
		return
	}
	n, _ := asNameSearch(r.query.needle)
	if r.suggestions = n.suggestions(localsearch.Suggest(msg.rows, n.needle)); len(r.suggestions) > 0 {
		return
	}
	many := userfmt.Number(len(msg.rows))
	if len(msg.rows) == suggestPageSize {
		many += " or more"
	}
	r.suggestions = []suggestion{n.suggestion(msg.part, many+" found")}
}

// knownRows returns all users who are loaded, marked or were seen before.
func (f *feed) knownRows() []*localsearch.Row {
	out := f.loadedRows()
	in := make(map[string]bool, len(out))
	for _, r := range out {
		in[r.ID] = true
	}
	add := func(r *localsearch.Row) {
		if !in[r.ID] {
			in[r.ID] = true
			out = append(out, r)
		}
	}
	for _, r := range f.marks.Rows() {
		add(r)
	}
	f.env.UserCache().Each(func(u *api.User) {
		if !u.ReadAt.IsZero() {
			add(localsearch.NewRow(u))
		}
	})
	return out
}
