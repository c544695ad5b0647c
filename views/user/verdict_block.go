package user

import (
	"strings"

	"frontdesk/api"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// verdictRest tells which part of a verdict did not fit above the tabs.
type verdictRest struct {
	signs     int      // how many of the first signs are shown
	sentences []string // those that are not shown whole
}

// addVerdictBlock adds a block of exactly rows lines: whether the user can sign in, why
// not, what helps, with its key, and the signs of a takeover at the end. If not everything
// fits, the sentences are left out first.
func (p *sheet) addVerdictBlock(env *action.Env, u *api.User, rows int) (rest verdictRest) {
	v := env.VerdictOf(u, p.now)
	end := len(p.lines) + rows
	free := rows - 1 // below the title
	helps := p.remedyLines(env, u, min(free, 1+free/5))
	free -= len(helps)
	signs := min(len(v.Signs), max(0, free), 1)
	free -= signs
	says := p.newInner(p.width)
	more := 0 // lines for more signs, where there is room for everything
	if rows > 6 {
		more = max(0, min(len(v.Signs), 3)-1)
	}
	rest.sentences = says.addSentences(verdictSentences(v), max(0, min(free-more, 4)))
	free -= len(says.lines)
	free -= more
	if len(p.lines) == 0 && rows > 6 && free > 0 {
		p.lines = append(p.lines, "")
		free--
	}
	tone := p.styles.Tone(v.Tone).Bold(true)
	p.add(span{v.Shape + " " + v.Title, tone})
	p.lines = append(append(p.lines, says.lines...), helps...)
	if signs > 0 {
		p.addSignHeading(free)
		rest.signs = p.addSigns(v, end-len(p.lines))
	}
	for len(p.lines) < end {
		p.lines = append(p.lines, "")
	}
	return rest
}

// addSentences adds sentences in at most most lines, each on lines of its own if they fit,
// and returns those left out: whole ones, unless not even the first one fits.
func (p *sheet) addSentences(all []string, most int) (left []string) {
	for _, sentence := range all {
		p.addWrapped(sentence, p.styles.Text)
	}
	if len(p.lines) <= most {
		return nil
	}
	p.lines = nil
	p.wrapWords(p.styles.Text, " ", strings.Fields(strings.Join(all, " "))...)
	if len(p.lines) <= most {
		return nil
	}
	for n := len(all) - 1; n > 0; n-- {
		p.lines = nil
		if p.wrapWords(p.styles.Text, " ", strings.Fields(strings.Join(all[:n], " "))...); len(p.lines) <= most {
			return all[n:]
		}
	}
	p.cutTo(most)
	p.lines = p.lines[:min(len(p.lines), most)]
	return all
}

// addSignHeading adds what stands above the signs if free lines are left for it: a blank
// line, and below that the heading if there are two.
func (p *sheet) addSignHeading(free int) {
	if free > 0 {
		p.addGap()
	}
	if free > 1 {
		p.add(span{"WORTH A LOOK", p.styles.Heading})
	}
}

// addSigns adds the signs, newest first, in at most rows lines: each on its own line or, if
// there are more signs than lines, as many on a line as fit. It returns how many it added.
func (p *sheet) addSigns(v userfmt.Verdict, rows int) (added int) {
	isListed := len(v.Signs) <= rows
	for left := rows; left > 0 && added < len(v.Signs); left-- {
		line, used := "", 0
		for i, sign := range v.Signs[added:] {
			text, value := userfmt.SignText(sign, p.now), userfmt.SignValue(sign)
			if value != "" {
				text += "  "
			}
			w, more := 2+p.cells.Width(text)+p.cells.Width(value), 0
			if left == 1 && added+1 < len(v.Signs) {
				more = len(" · and 9 more")
			}
			lead := span{"! ", p.styles.Warn}
			if i > 0 {
				lead = p.dim(" · ")
				w++
			}
			if i > 0 && (isListed || used+w+more > p.width) {
				break
			}
			line += joinSpans(p.cells, p.width-used-more, lead, p.plain(text), p.warn(value))
			used, added = used+w, added+1
		}
		if hidden := len(v.Signs) - added; left == 1 && hidden > 0 {
			line += joinSpans(p.cells, max(0, p.width-min(used, p.width-13)), p.dim(" · and "+userfmt.Number(hidden)+" more"))
		}
		p.lines = append(p.lines, line)
	}
	return added
}

// remedyLines returns the remedies in at most most lines, as many on a line as fit. Those
// that share a key and a condition are shown as one group.
func (p *sheet) remedyLines(env *action.Env, u *api.User, most int) []string {
	out := p.newInner(p.width)
	var line []span
	add := func(group []span) {
		if len(line) > 0 && p.spansWidth(line)+3+p.spansWidth(group) > p.width {
			out.add(line...)
			line = nil
		}
		if len(line) > 0 {
			line = append(line, p.blank(3))
		}
		line = append(line, group...)
	}
	all := p.remedies(env, u)
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].key == all[0].key && all[n].When == all[0].When && all[0].why == "" && all[n].why == "" {
			n++
		}
		if group := p.remedySpans(all[:n]); p.spansWidth(group) <= p.width {
			add(group)
		} else {
			for i := range n {
				add(p.remedySpans(all[i : i+1]))
			}
		}
		all = all[n:]
	}
	if len(line) > 0 {
		out.add(line...)
	}
	return out.lines[:max(0, min(len(out.lines), most))]
}

// remedySpans returns remedies that share a key and a condition.
func (p *sheet) remedySpans(group []keyedRemedy) []span {
	if why := group[0].why; why != "" {
		return []span{p.dim(group[0].key), p.dim("  " + why)}
	}
	out := []span{{group[0].key, p.styles.Key}, p.plain("  " + group[0].Title)}
	for _, r := range group[1:] {
		out = append(out, p.dim(" · "), p.plain(r.Title))
	}
	if when := group[0].When; when != "" {
		out = append(out, p.dim("  "+when))
	}
	return out
}

func (p *sheet) spansWidth(all []span) (w int) {
	for _, s := range all {
		w += p.cells.Width(s.text)
	}
	return w
}
