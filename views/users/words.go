package users

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// notice is an error or a wait, shown above the box. The zero value is none.
type notice struct {
	text string
	// brief says the same in fewer words, where there is no room for text; it may be nil.
	brief []string
	tone  tui.Tone
	old   *result // the older rows still shown, nil for none
	// key is the action that helps, and does says how; "" for none.
	key, does string
}

func (v *View) notice() notice {
	if v.feed.serverWait > 0 && (v.feed.isScanning() || len(v.feed.requests) > 0) {
		return v.waitNotice()
	}
	switch v.feed.stage() {
	case stageRows, stageNone, stageEmpty, stageWaiting:
		if v.feed.shown == nil {
			return notice{}
		}
		return resultNotice(v.feed.shown, v.feed.shown)
	case stageLocal:
		return resultNotice(v.feed.want, v.feed.shown)
	}
	return notice{}
}

// waitNotice says that requests wait because the service asked for it.
func (v *View) waitNotice() notice {
	n := notice{text: "Too many requests (429): sent automatically in " + userfmt.Duration(v.feed.serverWait) + ".", tone: tui.ToneWarn}
	switch {
	case v.feed.isScanning():
		n.text = "The service asks to wait " + userfmt.Duration(v.feed.serverWait) + " (429); the scan then continues by itself."
		n.key, n.does = "list.clear", "stops"
	case v.feed.want.state == running && v.feed.want.query.needle.Empty():
		n.key, n.does = "list.clear", "stops"
	}
	return n
}

func resultNotice(of, old *result) notice {
	switch {
	case of.hasFailed():
		what, next := errorSentences(of.err)
		var e *api.Error
		if errors.As(of.err, &e) && e.Kind == api.KindRateLimited {
			what = "Too many requests (429). " + next // so that the wait is visible on one line
		}
		if of.canResume() {
			what = "The scan stopped at " + of.scan.progress() + ". " + what
		}
		return notice{what, briefFailure(of), tui.ToneBad, old, "list.refresh", of.retryHint()}
	case of.state == stopped:
		if of.canResume() {
			return notice{"Stopped at " + of.scan.progress() + ".", nil, tui.ToneWarn, old, "list.refresh", of.retryHint()}
		}
		return notice{"Stopped.", nil, tui.ToneWarn, old, "list.refresh", of.retryHint()}
	}
	return notice{}
}

// briefFailure says in fewer words that a result failed and why.
func briefFailure(of *result) []string {
	var e *api.Error
	if !errors.As(of.err, &e) {
		return nil
	}
	why := wording.UpperFirst(e.BriefReason()) + "."
	if of.canResume() {
		return []string{"The scan stopped at " + of.scan.progress() + ". " + why, "Stopped at " + of.scan.progress() + ". " + why}
	}
	return []string{e.BriefSummary(), why}
}

// retryHint says what a refresh does after a stop or a failure.
func (r *result) retryHint() string {
	if r.canResume() && r.scan.walk.Scanned > 0 {
		return "continues"
	}
	return "retries"
}

// errorSentences says what happened and what to do about it.
func errorSentences(err error) (what, next string) {
	if errors.Is(err, search.ErrScanLoop) {
		return "The server keeps sending the same users, so the rest cannot be read.", ""
	}
	var e *api.Error
	if errors.As(err, &e) {
		return e.Summary(), e.Advice()
	}
	if err == nil {
		return "", ""
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "The server took too long to answer.", ""
	}
	return "Something went wrong: " + clean.Sentence(err.Error()) + ".", ""
}

// drawNotice draws the notice above the box, with the age of the rows and the key to
// press. The line is blank otherwise, so that nothing moves.
func (p *painter) drawNotice() {
	n := p.view.notice()
	switch {
	case p.notice < 0:
		return
	case n.text == "":
		p.drawNews()
		return
	}
	right := ""
	if label := p.s.Keys.Label(n.key); label != "" {
		right = "   " + p.s.Styles.Key.Render(label) + p.dim.Render(" "+n.does)
		by := p.view.feed.retryStatus(p.s.Now)
		if wide := "   " + p.retryLine(by, n.does); by != "" && n.key == "list.refresh" && p.ruler.Width(wide) <= p.width/2 {
			right = wide
		}
	}
	aged := right
	if n.old != nil && !n.old.readAt.IsZero() {
		aged = "   " + p.dim.Render("as of "+userfmt.Ago(n.old.readAt, p.s.Now)) + right
	}
	lead, style := "  ", p.tones[n.tone]
	if n.tone == tui.ToneBad {
		lead, style = "  "+style.Render("! "), p.text
	}
	room := p.width - 2 - p.ruler.Width(lead)
	said, right := p.fitNotice(n, room, aged, right)
	p.set(p.notice, lead+style.Render(p.ruler.Cut(said, max(0, room-p.ruler.Width(right))))+right)
}

// fitNotice returns the longest words of a notice that fit before what stands at the
// right: the first of the right sides that leaves them room, or else the last.
func (p *painter) fitNotice(n notice, room int, rights ...string) (said, right string) {
	all := append([]string{n.text}, n.brief...)
	for i, words := range all {
		all[i] = p.view.env.Mask.Text(words)
	}
	for _, right = range rights {
		for _, said = range all {
			if p.ruler.Width(said)+p.ruler.Width(right) <= room {
				return said, right
			}
		}
	}
	return said, right
}

// drawNews says, if there is no error, what the list does by itself, which changes it
// does not show, and how old its rows are.
func (p *painter) drawNews() {
	v := p.view
	words, key, does := v.feed.followStatus(), "list.follow", " stops"
	if r := v.feed.shown; r != nil && r.pages.Repeated() > 0 {
		words := "! " + userfmt.Count(r.pages.Repeated(), "row") + " cannot be shown: the server gave several people the same id."
		p.set(p.notice, "  "+p.tones[tui.ToneWarn].Render(p.ruler.Cut(words, p.width-4)))
		return
	}
	if words != "" && v.feed.shown != nil && v.feed.shown.arrivedUnplaced > 0 {
		key, does = "list.refresh", " refresh"
	}
	if since := v.changesSinceRead(); since != "" {
		if words != "" {
			words += " · "
		}
		words, key, does = words+since, "list.refresh", " refresh"
	}
	if words == "" && v.feed.stage() == stageRows && v.feed.shown.goesToEnd {
		words, key = "Goes to the last user once the total is known.", ""
	}
	if words == "" {
		words, key, does = p.ageStatus(), "list.refresh", " refresh"
	}
	if words == "" {
		return
	}
	hint := ""
	if label := p.s.Keys.Label(key); label != "" {
		hint = "   " + p.s.Styles.Key.Render(label) + p.dim.Render(does)
	}
	p.set(p.notice, "  "+p.dim.Render(p.ruler.Cut(words, p.width-4-p.ruler.Width(hint)))+hint)
}

// changesSinceRead says what changed since the rows were read.
func (v *View) changesSinceRead() string {
	switch v.feed.stage() {
	case stageRows, stageNone:
	default:
		return ""
	}
	words := v.feed.createdStatus()
	if n := v.feed.shown.staleCount(); n > 0 {
		if words != "" {
			words += " · "
		}
		words += userfmt.Number(n) + " no longer match"
		if n == 1 {
			words += "es"
		}
	}
	return words
}

// emptyLines returns the text in place of rows.
func (p *painter) emptyLines(s stage) []string {
	v, room := p.view, max(1, p.geometry.list-gutter-2)
	var out []string
	say := func(style table.StyleSeq, text string) {
		for _, line := range p.ruler.Wrap(text, room) {
			out = append(out, style.Render(line))
		}
	}
	typed := v.quotedSearch()
	switch s {
	case stageNone:
		say(p.bold, "No one matches "+typed+".")
		out = append(out, "")
		p.sayNoMatch(say)
		if meant := p.suggestionLines(); len(meant) > 0 {
			out = append(append(out, ""), meant...)
		}
		out = append(out, "", p.keyHint("list.clear", "shows all users again"))
	case stageInvalid:
		p.sayInvalid(say)
		out = append(out, "", p.keyHint("list.search", "returns to it"))
		if v.box.IsOpen() {
			out = out[:len(out)-2]
		}
	case stageEmpty:
		say(p.bold, "There are no users here yet.")
		out = append(out, "", p.keyHint("list.refresh", "refresh"))
	case stageWaiting:
		say(p.dim, "Searching for "+typed+"…")
		if r := v.feed.want; r.scan != nil && r == v.feed.shown {
			out[len(out)-1] = p.dim.Render("No matches yet. The service cannot filter by this, so every user is checked.")
		}
	case stageStopped:
		if r := v.feed.want; r.scan != nil {
			say(p.bold, "Stopped after "+r.scan.progress()+". No matches so far.")
		} else {
			say(p.bold, "Stopped.")
		}
		out = append(out, "", p.keyHint("list.refresh", v.feed.want.retryHint()))
	case stageFailed:
		what, next := errorSentences(v.feed.want.err)
		what, next = v.env.Mask.Text(what), v.env.Mask.Text(next)
		out = append(out, p.tones[tui.ToneBad].Render("!")+" "+p.bold.Render(p.ruler.Cut("The users could not be read.", room-2)), "")
		if !v.feed.want.query.needle.Empty() {
			out[0] = p.tones[tui.ToneBad].Render("!") + " " + p.bold.Render(p.ruler.Cut("The search for "+typed+" failed.", room-2))
		}
		say(p.text, what)
		if next != "" {
			say(p.dim, next)
		}
		if v.feed.want.canResume() && v.feed.want.scan.walk.Scanned > 0 {
			say(p.dim, v.feed.want.scan.progress()+" were checked by then; none matched.")
		}
		out = append(out, "", p.ruler.Cut(p.retryLine(v.feed.retryStatus(p.s.Now), v.feed.want.retryHint()), room))
	}
	return out
}

// retryLine says when the next retry is and which key starts it now.
func (p *painter) retryLine(by, does string) string {
	if by == "" {
		return p.keyHint("list.refresh", does)
	}
	return p.dim.Render(by+"   ") + p.keyHint("list.refresh", "now")
}

// keyHint says what a key does.
func (p *painter) keyHint(action, does string) string {
	label := p.s.Keys.Label(action)
	if label == "" {
		return p.dim.Render(does)
	}
	before := ""
	if p.view.Typing() && len(label) == 1 { // the letter would go into the search box
		before = p.s.Styles.Key.Render("enter") + p.dim.Render(", then ")
	}
	return before + p.s.Styles.Key.Render(label) + p.dim.Render(" "+does)
}
