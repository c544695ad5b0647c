package user

import (
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawVerdict says whether the user can sign in and why not, what they see, and what helps
// with its key. At most rows lines are drawn, 0 is no limit; the sentences give way.
func drawVerdict(p *sheet, env *action.Env, u *api.User, rows int) {
	v := env.VerdictOf(u, p.now)
	p.addVerdictTitle(v)
	from := len(p.lines)
	last := p.newInner(p.width)
	last.addRemedies(env, u)
	for i, sentence := range verdictSentences(v) {
		style := p.styles.Text
		if i > 0 {
			style = p.styles.Dim
		}
		p.addWrapped(sentence, style)
	}
	if rows > 0 {
		p.cutTo(max(from, rows-len(last.lines)))
	}
	if len(last.lines) > 0 && (rows == 0 || len(p.lines)+1+len(last.lines) <= rows) {
		p.addGap()
	}
	p.lines = append(p.lines, last.lines...)
	for len(p.lines) < rows {
		p.lines = append(p.lines, "")
	}
}

// verdictSentences returns everything a verdict says below its title, in the order of
// weight: what helps goes before what is nice to know where the account may be taken over.
func verdictSentences(v userfmt.Verdict) []string {
	out := v.Sentences
	if len(v.Signs) > 0 && v.Helps != "" && !v.Blocked {
		out = append([]string{v.Helps}, out...)
		return append(out, nonEmpty(v.Sees)...)
	}
	return append(append([]string{}, out...), nonEmpty(v.Sees, v.Helps)...)
}

func nonEmpty(all ...string) (out []string) {
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (p *sheet) addVerdictTitle(v userfmt.Verdict) {
	tone := p.styles.Tone(v.Tone).Bold(true)
	for i, l := range p.cells.Wrap(v.Title, max(1, p.width-2)) {
		mark := "  "
		if i == 0 {
			mark = v.Shape + " "
		}
		p.add(span{mark, tone}, span{l, tone})
	}
}

// cutTo drops the lines beyond n and marks that there were more.
func (p *sheet) cutTo(n int) {
	if len(p.lines) <= n || n < 1 {
		return
	}
	p.lines = p.lines[:n]
	p.lines[n-1] = p.cells.Cut(p.lines[n-1], p.width-2) + p.styles.Text.Render(" …")
}

// addRemedies adds the remedies, each with its key and, where it does not help for sure,
// in which case it does.
func (p *sheet) addRemedies(env *action.Env, u *api.User) {
	for _, r := range p.remedies(env, u) {
		if r.why != "" {
			p.addWithheld(r)
			continue
		}
		lead := span{p.cells.Pad(r.key, 3), p.styles.Key}
		rows := p.cells.Wrap(r.Title, max(1, p.width-3))
		for i, row := range rows {
			line := []span{lead, p.plain(row)}
			if i == len(rows)-1 && r.When != "" && 3+p.cells.Width(row)+2+p.cells.Width(r.When) <= p.width {
				line = append(line, p.dim("  "+r.When))
				r.When = ""
			}
			p.add(line...)
			lead = p.blank(3)
		}
		for _, row := range p.cells.Wrap(r.When, max(1, p.width-3)) {
			if row != "" {
				p.add(p.blank(3), p.dim(row))
			}
		}
	}
}

// addWithheld adds a remedy that the operator may not apply.
func (p *sheet) addWithheld(r keyedRemedy) {
	lead := p.cells.Pad(r.key, 3)
	for _, row := range p.cells.Wrap(r.why, max(1, p.width-3)) {
		p.add(p.dim(lead), p.dim(row))
		lead = strings.Repeat(" ", 3)
	}
}

// keyedRemedy is a remedy with the key that opens it. why says why the operator may not
// apply it, "" if they may.
type keyedRemedy struct {
	action.Remedy
	key, why string
}

// remedies returns the remedies with their keys, and after them those that the operator may
// not apply. Those without a key of their own share one.
func (p *sheet) remedies(env *action.Env, u *api.User) []keyedRemedy {
	key := func(id string) string {
		if p.keys == nil {
			return ""
		}
		if own := p.keys.Label(id); own != "" {
			return own
		}
		return p.keys.Label(action.RemedyID)
	}
	var out []keyedRemedy
	for _, r := range action.Remedies(env, u) {
		out = append(out, keyedRemedy{r, key(r.ID), ""})
	}
	for _, r := range action.WithheldRemedies(env, u) {
		out = append(out, keyedRemedy{action.Remedy{Operation: r.Operation}, key(r.ID), r.Why})
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
