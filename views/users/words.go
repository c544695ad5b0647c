package users

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/userfmt"
)

// leastNotice is how many cells of what is wrong are seen before the age of the rows
// shows beside it.
const leastNotice = 16

// notice is what is wrong with what the list shows, "" when nothing is.
type notice struct {
	text string
	tone tui.Tone
	old  *result // the rows that are still shown, nil for none
	// key is the action that helps, and does what it does; "" for none.
	key, does string
}

func (v *View) notice() notice {
	if v.held > 0 && (v.scanning() || len(v.flights) > 0) {
		return v.heldWords()
	}
	switch v.stage() {
	case stageRows, stageNone, stageEmpty, stageWaiting:
		if v.shown == nil {
			return notice{}
		}
		return trouble(v.shown, v.shown)
	case stageLocal:
		return trouble(v.want, v.shown)
	}
	return notice{}
}

// heldWords say that something waits because the service asked for it.
func (v *View) heldWords() notice {
	n := notice{text: "Too many requests (429): what was asked for is sent by itself in " + userfmt.Duration(v.held) + ".", tone: tui.ToneWarn}
	switch {
	case v.scanning():
		n.text = "The service asks to wait " + userfmt.Duration(v.held) + " (429); the scan goes on by itself then."
		n.key, n.does = "list.clear", "stops"
	case v.want.state == running && v.want.ask.needle.Empty():
		n.key, n.does = "list.clear", "stops"
	}
	return n
}

func trouble(of, old *result) notice {
	switch {
	case of.fails():
		what, next := sentences(of.err)
		var e *api.Error
		if errors.As(of.err, &e) && e.Kind == api.KindRateLimited {
			what = "Too many requests (429). " + next // in one row the wait must be seen
		}
		if of.unfinished() {
			what = "The scan stopped at " + of.scan.spoken() + ". " + what
		}
		return notice{what, tui.ToneBad, old, "list.refresh", of.retries()}
	case of.state == stopped:
		if of.unfinished() {
			return notice{"Stopped at " + of.scan.spoken() + ".", tui.ToneWarn, old, "list.refresh", of.retries()}
		}
		return notice{"Stopped.", tui.ToneWarn, old, "list.refresh", of.retries()}
	}
	return notice{}
}

// retries is what asking again does after it stopped or failed.
func (r *result) retries() string {
	if r.unfinished() && r.scan.walk.Scanned > 0 {
		return "goes on from there"
	}
	return "tries again"
}

// sentences are what happened and what to do about it.
func sentences(err error) (what, next string) {
	if errors.Is(err, search.ErrScanLoop) {
		return "The same users come again and again, so the others cannot be reached.", ""
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

// drawNotice says on the row above the box what went wrong while rows are still
// shown, how old they are, and what to press. Nothing moves for it.
func (p *painter) drawNotice() {
	n := p.view.notice()
	switch {
	case p.notice < 0:
		return
	case n.text == "":
		p.drawCalm()
		return
	}
	right := ""
	if label := p.s.Keys.Label(n.key); label != "" {
		right = "   " + p.s.Styles.Key.Render(label) + p.dim.Render(" "+n.does)
		by := p.view.retryWords(p.s.Now)
		if wide := "   " + p.triesAgain(by, n.does); by != "" && n.key == "list.refresh" && p.ruler.Width(wide) <= p.width/2 {
			right = wide
		}
	}
	if n.old != nil && !n.old.read.IsZero() {
		aged := "   " + p.dim.Render("as of "+userfmt.Ago(n.old.read, p.s.Now)) + right
		if p.width-4-p.ruler.Width(aged) >= leastNotice {
			right = aged
		}
	}
	tone := p.tones[n.tone]
	room := p.width - 4 - p.ruler.Width(right)
	if n.tone == tui.ToneBad {
		p.set(p.notice, "  "+tone.Render("! ")+p.text.Render(p.ruler.Cut(n.text, room-2))+right)
		return
	}
	p.set(p.notice, "  "+tone.Render(p.ruler.Cut(n.text, room))+right)
}

// drawCalm says, where nothing is wrong, what the list does by itself, and what it
// does not show because it is as it was read.
func (p *painter) drawCalm() {
	v := p.view
	words, key, does := v.followWords(), "list.follow", " stops"
	if words != "" && v.shown != nil && v.shown.apart > 0 {
		key, does = "list.refresh", " reads again"
	}
	if since := v.since(); since != "" {
		if words != "" {
			words += " · "
		}
		words, key, does = words+since, "list.refresh", " reads again"
	}
	if words == "" && v.stage() == stageRows && v.shown.toEnd {
		words, key = "The end shows as soon as it is known how many there are.", ""
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

// since is what happened to people since what is shown was read.
func (v *View) since() string {
	switch v.stage() {
	case stageRows, stageNone:
	default:
		return ""
	}
	words := v.madeWords()
	if n := v.shown.strayed(); n > 0 {
		if words != "" {
			words += " · "
		}
		words += comma(n) + " no longer match"
		if n == 1 {
			words += "es"
		}
	}
	return words
}

// words are the lines that stand in the place of rows.
func (p *painter) words(s stage) []string {
	v, room := p.view, max(1, p.geometry.list-gutter-2)
	var out []string
	say := func(ink table.StyleSeq, text string) {
		for _, line := range p.ruler.Wrap(text, room) {
			out = append(out, ink.Render(line))
		}
	}
	typed := "“" + v.want.ask.needle.Typed + "”"
	switch s {
	case stageNone:
		say(p.bold, "No one matches "+typed+".")
		out = append(out, "")
		p.saysNone(say)
		if meant := p.saysMeant(); len(meant) > 0 {
			out = append(append(out, ""), meant...)
		}
		out = append(out, "", p.press("list.clear", "shows everybody again"))
	case stageUnasked:
		p.saysUnasked(say)
		out = append(out, "", p.press("list.search", "goes back to it"))
		if v.typing {
			out = out[:len(out)-2]
		}
	case stageEmpty:
		say(p.bold, "There are no users here yet.")
		out = append(out, "", p.press("list.refresh", "looks again"))
	case stageWaiting:
		say(p.dim, "Searching for "+typed+"…")
		if r := v.want; r.scan != nil && r == v.shown {
			out[len(out)-1] = p.dim.Render("No one yet. The service cannot filter by this: every user is looked at.")
		}
	case stageStopped:
		if r := v.want; r.scan != nil {
			say(p.bold, "Stopped after "+r.scan.spoken()+". No one was found until then.")
		} else {
			say(p.bold, "Stopped.")
		}
		out = append(out, "", p.press("list.refresh", v.want.retries()))
	case stageFailed:
		what, next := sentences(v.want.err)
		out = append(out, p.tones[tui.ToneBad].Render("!")+" "+p.bold.Render(p.ruler.Cut("The users could not be read.", room-2)), "")
		if !v.want.ask.needle.Empty() {
			out[0] = p.tones[tui.ToneBad].Render("!") + " " + p.bold.Render(p.ruler.Cut("The search for "+typed+" failed.", room-2))
		}
		say(p.text, what)
		if next != "" {
			say(p.dim, next)
		}
		if v.want.unfinished() && v.want.scan.walk.Scanned > 0 {
			say(p.dim, "Until then "+v.want.scan.spoken()+" were looked at, and no one was found.")
		}
		out = append(out, "", p.ruler.Cut(p.triesAgain(v.retryWords(p.s.Now), v.want.retries()), room))
	}
	return out
}

// triesAgain says when it is tried again, and what does so now.
func (p *painter) triesAgain(by, does string) string {
	if by == "" {
		return p.press("list.refresh", does)
	}
	return p.dim.Render(by+"   ") + p.press("list.refresh", "now")
}

// press says what a key does here.
func (p *painter) press(action, does string) string {
	label := p.s.Keys.Label(action)
	if label == "" {
		return p.dim.Render(does)
	}
	return p.s.Styles.Key.Render(label) + p.dim.Render(" "+does)
}
