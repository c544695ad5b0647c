package users

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

const (
	// suggestDelay is how long nobody must have been found before the service is
	// asked for a part of what was typed.
	suggestDelay = 400 * time.Millisecond
	// suggestPageSize is how many of those who have the part are looked at.
	suggestPageSize = 100
)

// suggestion is what may be meant by what nobody matches: what to put into the box, and
// what is known of it.
type suggestion struct{ text, means string }

// nameSearch is what somebody is looked for by: words, or a name and nothing else.
type nameSearch struct {
	needle       localsearch.Needle
	hasNameToken bool // with name:
}

// suggestion is what to put into the box for other words.
func (n nameSearch) suggestion(words, means string) suggestion {
	text := search.AsWords(words)
	if n.hasNameToken {
		text = `name:"` + strings.ReplaceAll(words, `"`, "") + `"`
	}
	return suggestion{text, means}
}

// asNameSearch is what a search calls somebody; false where something else is asked too.
func asNameSearch(n localsearch.Needle) (nameSearch, bool) {
	all := n.Search.Tokens
	if len(all) == 1 && all[0].Name == "name" && !all[0].Exclude {
		return nameSearch{localsearch.NewWords(all[0].Value, n.ParsedAt), true}, true
	}
	return nameSearch{n, false}, !n.Search.Filtered()
}

// suggestedMsg is what came of asking for a part of what was typed.
type suggestedMsg struct {
	serial int
	key    string
	part   string
	rows   []*localsearch.Row
	err    error
}

// findSuggestions looks for who may be meant where nobody was found: among the people who
// are here or were seen, and where nobody there is near, once among those who have
// the beginning of the longest word.
func (v *View) findSuggestions(r *result) tea.Cmd {
	n, ok := asNameSearch(r.query.needle)
	if !ok {
		return nil
	}
	if r.suggestions = n.suggestions(localsearch.Suggest(v.knownRows(), n.needle)); len(r.suggestions) > 0 {
		return nil
	}
	part := n.needle.Search.Fragment()
	if part == "" {
		return nil
	}
	at := n.needle.ParsedAt
	q := listQuery{needle: localsearch.NewSearch(search.Parse(n.suggestion(part, "").text, at), at), order: orders()[0]}.apiQuery(pages.Request{Limit: suggestPageSize})
	client, serial := v.env.Client, r.serial
	return v.startRequest(r, "", max(suggestDelay, v.scanTurns.Next(v.env.Now())), func(ctx context.Context, key string) tea.Msg {
		users, err := client.ListUsers(ctx, q)
		return suggestedMsg{serial: serial, key: key, part: part, rows: localsearch.NewRows(users), err: err}
	})
}

// takeSuggestions takes who has the part: those nearest to what was typed, else the part
// itself. Without an answer there is nothing to suggest, and no more is lost.
func (v *View) takeSuggestions(msg suggestedMsg) {
	r := v.finishRequest(msg.key, msg.serial)
	if r == nil || msg.err != nil || len(msg.rows) == 0 {
		return
	}
	n, _ := asNameSearch(r.query.needle)
	if r.suggestions = n.suggestions(localsearch.Suggest(msg.rows, n.needle)); len(r.suggestions) > 0 {
		return
	}
	many := comma(len(msg.rows))
	if len(msg.rows) == suggestPageSize {
		many += " or more"
	}
	r.suggestions = []suggestion{n.suggestion(msg.part, many+" found")}
}

func (n nameSearch) suggestions(rows []*localsearch.Row) []suggestion {
	var out []suggestion
	for _, r := range rows {
		if n.hasNameToken && r.Name.Kind != search.Name {
			continue // they have no name, but show as what they have
		}
		out = append(out, n.suggestion(localsearch.Printable(r.Name.Shown), ""))
	}
	return out
}

// knownRows is everybody who is here or was seen.
func (v *View) knownRows() []*localsearch.Row {
	out := v.loadedRows()
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
	for _, r := range v.marks.Rows() {
		add(r)
	}
	v.env.UserCache().Each(func(u *api.User) {
		if !u.ReadAt.IsZero() {
			add(localsearch.NewRow(u))
		}
	})
	return out
}

// activeSuggestions are the offers that the completion key takes now, nil for none.
func (v *View) activeSuggestions() []suggestion {
	if v.stage() != stageNone || v.isBoxSelected || len(v.completions()) > 0 {
		return nil
	}
	return v.shown.suggestions
}

// suggestionLines offers what may be meant, the first with the key that takes it.
func (p *painter) suggestionLines() []string {
	all := p.view.activeSuggestions()
	if len(all) == 0 {
		return nil
	}
	spans := []table.Span{{Text: "Is it ", Style: p.dim}}
	for i, o := range all {
		switch {
		case i > 0 && i == len(all)-1:
			spans = append(spans, table.Span{Text: " or ", Style: p.dim})
		case i > 0:
			spans = append(spans, table.Span{Text: ", ", Style: p.dim})
		}
		spans = append(spans, table.Span{Text: o.text, Style: p.accent})
		if o.means != "" {
			spans = append(spans, table.Span{Text: " (" + o.means + ")", Style: p.dim})
		}
	}
	spans = append(spans, table.Span{Text: "?", Style: p.dim})
	room := max(1, p.geometry.list-gutter-2)
	return []string{p.renderSpans(spans, room), p.ruler.Cut(p.keyHint("list.complete", "looks for "+all[0].text), room)}
}

// acceptSuggestion looks for the first that may be meant.
func (v *View) acceptSuggestion(all []suggestion) tea.Cmd { return v.setBox(all[0].text) }

// completeAction is the action of the completion key.
func (v *View) completeAction() tui.Action {
	a := tui.Action{ID: "list.complete", Title: "Complete", Group: groupFind,
		Help: "Takes the first of what is offered, below the box or for who may be meant.", Do: v.synced(v.complete)}
	switch all := v.activeSuggestions(); {
	case len(all) > 0:
		a.Title, a.FooterLabel, a.FooterRank = "Look for "+all[0].text, "take it", 10
	case !v.typing:
		a.Off = "the box is not open"
	}
	return a
}
