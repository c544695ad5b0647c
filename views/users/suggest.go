package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/table"
)

// activeSuggestions returns the suggestions that the completion key accepts now, nil
// for none.
func (v *View) activeSuggestions() []suggestion {
	if v.feed.stage() != stageNone || v.box.IsSelected() || len(v.box.Completions()) > 0 || v.env.Mask.On() {
		return nil
	}
	return v.feed.shown.suggestions
}

// suggestionLines draws the suggestions and the key that accepts the first.
func (p *painter) suggestionLines() []string {
	all := p.view.activeSuggestions()
	if len(all) == 0 {
		return nil
	}
	spans := []table.Span{{Text: "Did you mean ", Style: p.dim}}
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
	return []string{p.renderSpans(spans, room), p.ruler.Cut(p.keyHint("list.complete", "searches for "+all[0].text), room)}
}

// acceptSuggestion searches for the first suggestion.
func (v *View) acceptSuggestion(all []suggestion) tea.Cmd { return v.setBox(all[0].text) }

// completeAction is the action of the completion key.
func (v *View) completeAction() tui.Action {
	a := tui.Action{ID: "list.complete", Title: "Complete", Group: groupFind,
		Help: "Takes the first completion or suggestion.", Do: v.synced(v.complete)}
	switch all := v.activeSuggestions(); {
	case len(all) > 0:
		a.Title, a.FooterLabel, a.FooterRank = "Search for "+all[0].text, "accept", 10
	case !v.box.IsOpen():
		a.Off = "the search box is closed"
	}
	return a
}
