package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawVerdict answers whether the person can sign in, says why, and names what
// would help with its key.
func drawVerdict(p *sheet, keys *tui.KeyMap, env *action.Env, u *api.User) {
	v := userfmt.VerdictOf(u, p.now)
	tone := p.styles.Tone(v.Tone).Bold(true)
	for i, l := range p.cells.Wrap(v.Title, max(1, p.width-2)) {
		mark := "  "
		if i == 0 {
			mark = v.Shape + " "
		}
		p.add(span{mark, tone}, span{l, tone})
	}
	for i, l := range v.Sentences {
		style := p.styles.Text
		if i > 0 {
			style = p.styles.Dim
		}
		p.prose(l, style)
	}
	if hint := suggestion(p.styles, keys, env, u); len(hint) > 0 {
		p.addGap()
		p.add(hint...)
	}
}

// suggestion is the key and the title of what would help, nothing where nothing
// would. Who is kept out twice needs both; the second is named where it has a key.
func suggestion(s *tui.Styles, keys *tui.KeyMap, env *action.Env, u *api.User) []span {
	var out []span
	for i, op := range action.SuggestedOperations(env, u) {
		key := ""
		if keys != nil {
			key = keys.Label(op.ID)
		}
		switch {
		case i > 0 && key == "":
			continue
		case i > 0:
			out = append(out, span{"    ", s.Text})
		case key == "":
			key = "→"
		}
		out = append(out, span{key, s.Key}, span{"  " + op.Title, s.Text})
	}
	return out
}

// addMarked is a text and a mark behind it: on the same line where both fit, else
// the text is kept whole before the mark is.
func (p *sheet) addMarked(t, mark string, style lipgloss.Style) {
	if p.cells.Width(t)+1+p.cells.Width(mark) <= p.width {
		p.add(p.plain(t+" "), span{mark, style})
		return
	}
	if p.cells.Width(mark) == 1 {
		p.add(p.plain(p.cells.Cut(t, p.width-2)+" "), span{mark, style})
		return
	}
	p.add(p.plain(t))
	p.add(span{"  " + mark, style})
}

// addWords writes words with dots between them, as many a line as fit.
func (p *sheet) addWords(words []string) { p.wrapWords(p.styles.Text, " · ", words...) }

// addDimWords is flow, dimly, with something else between.
func (p *sheet) addDimWords(between string, words ...string) {
	p.wrapWords(p.styles.Dim, between, words...)
}

func (p *sheet) wrapWords(style lipgloss.Style, between string, words ...string) {
	line := ""
	for _, w := range words {
		switch {
		case w == "":
		case line == "":
			line = w
		case p.cells.Width(line)+p.cells.Width(between)+p.cells.Width(w) <= p.width:
			line += between + w
		default:
			p.add(span{line, style})
			line = w
		}
	}
	if line != "" {
		p.add(span{line, style})
	}
}
