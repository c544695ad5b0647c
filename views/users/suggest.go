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
	// suggestAfter is how long nobody must have been found before the service is
	// asked for a part of what was typed.
	suggestAfter = 400 * time.Millisecond
	// suggestMost is how many of those who have the part are looked at.
	suggestMost = 100
)

// offer is what may be meant by what nobody matches: what to put into the box, and
// what is known of it.
type offer struct{ text, means string }

// sought is what somebody is looked for by: words, or a name and nothing else.
type sought struct {
	needle localsearch.Needle
	named  bool // with name:
}

// offer is what to put into the box for other words.
func (n sought) offer(words, means string) offer {
	text := search.QuoteLiteral(words)
	if n.named {
		text = `name:"` + strings.ReplaceAll(words, `"`, "") + `"`
	}
	return offer{text, means}
}

// calling is what a search calls somebody; false where something else is asked too.
func calling(n localsearch.Needle) (sought, bool) {
	all := n.Search.Tokens
	if len(all) == 1 && all[0].Name == "name" && !all[0].Exclude {
		return sought{localsearch.NewWords(all[0].Value, n.At), true}, true
	}
	return sought{n, false}, !n.Search.HasTokens()
}

// suggestedMsg is what came of asking for a part of what was typed.
type suggestedMsg struct {
	serial int
	key    string
	part   string
	rows   []*localsearch.Row
	err    error
}

// suggest looks for who may be meant where nobody was found: among the people who
// are here or were seen, and where nobody there is near, once among those who have
// the beginning of the longest word.
func (v *View) suggest(r *result) tea.Cmd {
	n, ok := calling(r.ask.needle)
	if !ok {
		return nil
	}
	if r.offers = n.offers(localsearch.Meant(v.known(), n.needle)); len(r.offers) > 0 {
		return nil
	}
	part := n.needle.Search.FuzzyPrefix()
	if part == "" {
		return nil
	}
	at := n.needle.At
	q := ask{needle: localsearch.NewSearch(search.Parse(n.offer(part, "").text, at), at), order: orders()[0]}.query(pages.Ask{Limit: suggestMost})
	client, serial := v.env.Client, r.serial
	return v.launch(r, "", max(suggestAfter, v.turns.Reserve(v.env.Now())), func(ctx context.Context, key string) tea.Msg {
		users, err := client.ListUsers(ctx, q)
		return suggestedMsg{serial: serial, key: key, part: part, rows: localsearch.NewRows(users), err: err}
	})
}

// suggested takes who has the part: those nearest to what was typed, else the part
// itself. Without an answer there is nothing to suggest, and no more is lost.
func (v *View) suggested(msg suggestedMsg) {
	r := v.mine(msg.key, msg.serial)
	if r == nil || msg.err != nil || len(msg.rows) == 0 {
		return
	}
	n, _ := calling(r.ask.needle)
	if r.offers = n.offers(localsearch.Meant(msg.rows, n.needle)); len(r.offers) > 0 {
		return
	}
	many := comma(len(msg.rows))
	if len(msg.rows) == suggestMost {
		many += " or more"
	}
	r.offers = []offer{n.offer(msg.part, many+" found")}
}

func (n sought) offers(rows []*localsearch.Row) []offer {
	var out []offer
	for _, r := range rows {
		if n.named && r.Name.Kind != search.Name {
			continue // they have no name, but show as what they have
		}
		out = append(out, n.offer(localsearch.Printable(r.Name.Shown), ""))
	}
	return out
}

// known is everybody who is here or was seen.
func (v *View) known() []*localsearch.Row {
	out := v.pool()
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
	for _, id := range v.marks.ids {
		add(v.marks.byID[id])
	}
	v.env.UserCache().Each(func(u *api.User) {
		if !u.ReadAt.IsZero() {
			add(localsearch.NewRow(u))
		}
	})
	return out
}

// meant are the offers that the completion key takes now, nil for none.
func (v *View) meant() []offer {
	if v.stage() != stageNone || v.picked || len(v.completions()) > 0 {
		return nil
	}
	return v.shown.offers
}

// saysMeant offers what may be meant, the first with the key that takes it.
func (p *painter) saysMeant() []string {
	all := p.view.meant()
	if len(all) == 0 {
		return nil
	}
	spans := []table.Span{{Text: "Is it ", Ink: p.dim}}
	for i, o := range all {
		switch {
		case i > 0 && i == len(all)-1:
			spans = append(spans, table.Span{Text: " or ", Ink: p.dim})
		case i > 0:
			spans = append(spans, table.Span{Text: ", ", Ink: p.dim})
		}
		spans = append(spans, table.Span{Text: o.text, Ink: p.accent})
		if o.means != "" {
			spans = append(spans, table.Span{Text: " (" + o.means + ")", Ink: p.dim})
		}
	}
	spans = append(spans, table.Span{Text: "?", Ink: p.dim})
	room := max(1, p.geometry.list-gutter-2)
	return []string{p.inked(spans, room), p.ruler.Cut(p.press("list.complete", "looks for "+all[0].text), room)}
}

// accept looks for the first that may be meant.
func (v *View) accept(all []offer) tea.Cmd { return v.put(all[0].text) }

// completing is the action of the completion key.
func (v *View) completing() tui.Action {
	a := tui.Action{ID: "list.complete", Title: "Complete", Group: groupFind,
		Help: "Takes the first of what is offered, below the box or for who may be meant.", Do: v.do(v.complete)}
	switch all := v.meant(); {
	case len(all) > 0:
		a.Title, a.Short, a.Hint = "Look for "+all[0].text, "take it", 10
	case !v.typing:
		a.Off = "the box is not open"
	}
	return a
}
