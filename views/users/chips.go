package users

import (
	"strings"

	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/text"
	"frontdesk/tui/textbox"
	"frontdesk/views/users/localsearch"
)

// parsedBox returns the parsed text of the box; the search in progress where the text
// is that search's.
func (v *View) parsedBox() search.Search {
	switch text := v.box.Text(); {
	case v.box.Rejected() != nil:
		return *v.box.Rejected()
	case v.feed.want.query.needle.Search.Text == text:
		return v.feed.want.query.needle.Search
	default:
		return search.Parse(text, v.feed.want.query.needle.ParsedAt)
	}
}

// chips draws the search while the box is closed: words as they are, tokens in
// brackets, so that tokens are visible without colours too.
func (p *painter) chips(typed string, room int) string {
	s := p.view.parsedBox()
	var spans []table.Span
	for _, t := range s.Tokens {
		if len(spans) > 0 {
			spans = append(spans, table.Span{Text: " ", Style: p.text})
		}
		body := text.Drawable(typed[min(t.From, len(typed)):min(t.End, len(typed))])
		if p.isMasked && mayNamePeople(t) {
			body = maskedToken(t)
		}
		switch {
		case t.Problem != "":
			spans = append(spans, table.Span{Text: "!", Style: p.tones[tui.ToneBad]}, table.Span{Text: body, Style: p.tones[tui.ToneBad]})
		case t.Name == "":
			spans = append(spans, table.Span{Text: body, Style: p.text})
		default:
			spans = append(spans, table.Span{Text: "[", Style: p.faint}, table.Span{Text: body, Style: p.accent}, table.Span{Text: "]", Style: p.faint})
		}
	}
	return p.renderSpans(spans, room)
}

// renderSpans renders spans in at most room cells.
func (p *painter) renderSpans(spans []table.Span, room int) string {
	var b strings.Builder
	for _, s := range spans {
		text := s.Text
		if w := p.ruler.Width(text); w > room {
			text = p.ruler.Cut(text, room)
			if text == "" {
				break
			}
		}
		room -= p.ruler.Width(text)
		b.WriteString(s.Style.Render(text))
		if text != s.Text {
			break
		}
	}
	return b.String()
}

// renderTyped draws the visible part of the text while it is edited: tokens in the
// accent colour, wrong ones in red, all underlined if the next letter replaces it.
func (p *painter) renderTyped(parts []textbox.Part) string {
	v := p.view
	if v.box.IsSelected() {
		var all strings.Builder
		for _, part := range parts {
			all.WriteString(part.Shown)
		}
		return table.NewStyleSeq(p.s.Styles.Dim.Underline(true)).Render(all.String())
	}
	s := v.parsedBox()
	if s.Text != v.box.Text() {
		s.Tokens = nil
	}
	var b, run strings.Builder
	var style table.StyleSeq
	for i, part := range parts {
		if now := p.partStyle(part, s.Tokens); i == 0 || now != style {
			b.WriteString(style.Render(run.String()))
			run.Reset()
			style = now
		}
		run.WriteString(part.Shown)
	}
	return b.String() + style.Render(run.String())
}

// partStyle returns the style of a part of the text while it is edited.
func (p *painter) partStyle(part textbox.Part, tokens []search.Token) table.StyleSeq {
	for _, t := range tokens {
		switch {
		case t.Name == "" && t.Problem == "" || part.From < t.From || part.From >= t.End:
		case t.Problem != "" && !p.view.box.IsUnfinished():
			return p.tones[tui.ToneBad]
		default:
			return p.accent
		}
	}
	return p.bold
}

// drawHelp writes a line into the rule below the box: completions while a token is
// typed, what is wrong with one, or what the search means.
func (p *painter) drawHelp() {
	room := p.geometry.list - boxX - 4
	if p.rule < 0 || room < 12 {
		return
	}
	spans := p.boxHelp()
	if len(spans) == 0 {
		return
	}
	line := p.line.Render(strings.Repeat("─", boxX-1)) + " " + p.renderSpans(spans, room) + " "
	rest := p.line.Render(strings.Repeat("─", max(0, p.width-p.ruler.Width(line))))
	if at := p.geometry.list - p.ruler.Width(line); p.card > 0 && at >= 0 {
		rest = p.line.Render(strings.Repeat("─", at) + "┬" + strings.Repeat("─", p.card))
	}
	p.set(p.rule, line+rest)
}

func (p *painter) boxHelp() []table.Span {
	v := p.view
	if v.box.IsSelected() {
		return []table.Span{{Text: "type to replace it; an arrow key or backspace edits it", Style: p.dim}}
	}
	wrong := (*search.Token)(nil)
	if v.box.Rejected() != nil {
		wrong = v.box.Rejected().InvalidToken()
	}
	offers := v.box.Completions()
	switch {
	case v.box.IsOpen() && v.box.HasDropped():
		return []table.Span{{Text: "! ", Style: p.tones[tui.ToneWarn]}, {Text: "invisible characters were left out", Style: p.text}}
	case wrong != nil && !v.box.IsUnfinished() && !v.box.IsLong():
		return p.wrongTokenSpans(wrong)
	case len(offers) > 0 && len(v.box.Text()) > 0:
		return p.completionSpans(offers)
	case wrong != nil:
		return []table.Span{{Text: wrong.Problem, Style: p.dim}}
	}
	if means := v.describeSearch(); means != "" {
		return []table.Span{{Text: means, Style: p.dim}}
	}
	return nil
}

// completionSpans returns the completions, with the key before the first.
func (p *painter) completionSpans(offers []search.Completion) []table.Span {
	spans := []table.Span{{Text: strings.TrimSpace(offers[0].Text), Style: p.accent}}
	if label := p.s.Keys.Label("list.complete"); label != "" {
		spans = append([]table.Span{{Text: label, Style: table.NewStyleSeq(p.s.Styles.Key)}, {Text: " ", Style: p.dim}}, spans...)
	}
	if offers[0].Meaning != "" {
		spans = append(spans, table.Span{Text: "  " + offers[0].Meaning, Style: p.dim})
	}
	for _, o := range offers[1:] {
		spans = append(spans, table.Span{Text: "  ·  ", Style: p.faint}, table.Span{Text: strings.TrimSpace(o.Text), Style: p.dim})
	}
	return spans
}

// wrongTokenSpans says what is wrong with a token, with the key that corrects it.
func (p *painter) wrongTokenSpans(t *search.Token) []table.Span {
	problem, suggestion := p.view.shownProblem(t)
	spans := []table.Span{{Text: "! ", Style: p.tones[tui.ToneBad]}, {Text: problem, Style: p.text}}
	if suggestion == "" {
		return spans
	}
	if label := p.s.Keys.Label("list.complete"); label != "" && p.view.box.IsOpen() {
		return append(spans, table.Span{Text: "  ", Style: p.dim}, table.Span{Text: label, Style: table.NewStyleSeq(p.s.Styles.Key)},
			table.Span{Text: " " + suggestion, Style: p.accent})
	}
	return append(spans, table.Span{Text: "  " + suggestion + "?", Style: p.dim})
}

// sayInvalid explains, in place of the rows, a search that could not be run.
func (p *painter) sayInvalid(say func(table.StyleSeq, string)) {
	t := p.view.box.Rejected().InvalidToken()
	if p.view.box.IsUnfinished() {
		p.sayContinuations(say, t)
		return
	}
	text := p.view.box.Rejected().Text
	if p.view.box.IsLong() {
		say(p.bold, "The text is too long to search for.")
		if !p.view.box.IsOpen() || p.rule < 0 { // else drawHelp says so
			say(p.text, t.Problem)
		}
		return
	}
	say(p.bold, "“"+localsearch.Printable(text[t.From:t.End])+"” is not understood, so nothing was searched for.")
	problem, suggestion := p.view.shownProblem(t)
	isOnRule := p.view.box.IsOpen() && p.rule >= 0 // drawHelp says it there
	if !isOnRule && !t.UnknownName {
		say(p.text, problem)
	}
	switch {
	case suggestion != "":
		say(p.dim, "Did you mean "+localsearch.Printable(suggestion)+"?")
	case t.UnknownName:
		say(p.text, "Put it in quotes to search for it as text. The tokens are:")
		p.sayTokens(say)
	}
}

// sayContinuations lists in place of the rows how the token being typed may go on; for
// a token that takes any text, what it expects.
func (p *painter) sayContinuations(say func(table.StyleSeq, string), t *search.Token) {
	all := p.view.box.Completions()
	if len(all) == 0 && p.rule < 0 { // else drawHelp says so
		say(p.dim, t.Problem)
	}
	column := 0
	for _, c := range all {
		column = max(column, p.ruler.Width(strings.TrimSpace(c.Text)))
	}
	for _, c := range all {
		text := strings.TrimSpace(c.Text)
		say(p.dim, strings.TrimRight(text+strings.Repeat(" ", column-p.ruler.Width(text)+3)+c.Meaning, " "))
	}
}

// sayTokens lists all tokens and what they find.
func (p *painter) sayTokens(say func(table.StyleSeq, string)) {
	const column = 12
	for _, c := range search.Complete("", 0, nil) {
		say(p.dim, c.Text+strings.Repeat(" ", max(1, column-len(c.Text)))+c.Meaning)
	}
}
