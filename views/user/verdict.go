package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawVerdict says whether the user can sign in and why not, and names the operation
// that would help with its key.
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
		p.addWrapped(l, style)
	}
	if hint := suggestionSpans(p.styles, keys, env, u); len(hint) > 0 {
		p.addGap()
		p.add(hint...)
	}
}

// suggestionSpans returns the key and the title of the operation that would help. A user
// who is banned and locked needs two; the second is named only if it has a key.
func suggestionSpans(s *tui.Styles, keys *tui.KeyMap, env *action.Env, u *api.User) []span {
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

// addMarked adds text and a mark behind it, on a line of its own if both do not fit:
// the text is not cut for a mark of several cells.
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

// addWords adds words with dots between them, wrapped between words.
func (p *sheet) addWords(words []string) { p.wrapWords(p.styles.Text, " · ", words...) }

// addDimWords is addWords, dimmed, with another separator.
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
