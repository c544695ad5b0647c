package users

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/person"
)

// pending says that what was asked for last is on its way, and slowly: a fast
// answer must not make words flicker.
func (p *painter) pending() bool { return p.view.want.state == running && p.s.Spin != "" }

// soon is how long a scan runs before it is said: a short one must not flicker.
const soon = 300 * time.Millisecond

// drawSaying says what the list shows and in which order, and where that begins:
// over the status column where there is room, else at the right edge.
func (p *painter) drawSaying() (string, int) {
	v, room := p.view, p.width-2
	runs := v.runs()
	order, arrow := p.dim.Render(runs.words)+p.accent.Render(runs.arrow()), runs.arrow()
	wide := p.ruler.Width(cmp.Or(runs.words, v.order.words)) + 2
	width := stateCells + 5 + wide
	at := p.width - 2 - width
	if x := p.at(colStatus); x > 0 && x+width <= room && x >= p.width/3 {
		at = x
	}
	what := v.saying(p.s.Now)
	if p.pending() && !v.scanning() {
		what = "searching…"
		if v.want.ask.needle.Empty() {
			what = "reading…"
		}
	}
	what += strings.Repeat(" ", max(0, stateCells-p.ruler.Width(what))) // the order stays where it is
	what = p.dim.Render(what)
	if p.pending() {
		what = p.s.Spin + " " + what
	}
	if at >= p.width/3 {
		if runs.words == "" {
			return what, at
		}
		return what + p.faint.Render("  ·  ") + order, at
	}
	// Too narrow for both.
	at = p.width - 2 - wide
	if at < p.width/3 {
		return "", p.width
	}
	if p.pending() || runs.words+arrow == "" {
		return what, at
	}
	return order, at
}

// stateCells is how wide saying is, most of the time.
const stateCells = 9

// saying is what the list shows, in a word or two: all users, who was found, or
// what has become of the search.
func (v *View) saying(now time.Time) string {
	searched := !v.want.ask.needle.Empty()
	switch stage := v.stage(); {
	case v.unasked != nil:
		return "not asked"
	case v.scanning() && now.Sub(v.want.scan.begun) >= soon:
		return "scanning…"
	case v.want.state == running && (searched && v.want != v.shown || stage == stageWaiting):
		return "searching…"
	case stage == stageFailed, stage == stageLocal && v.want.state == failed:
		return "failed"
	case stage == stageStopped, stage == stageLocal && v.want.state == stopped:
		return "stopped"
	case stage == stageNone:
		return "no one"
	case searched:
		return "found"
	}
	return "all users"
}

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
	n := notice{text: "Too many requests (429): what was asked for is sent by itself in " + person.Duration(v.held) + ".", tone: tui.ToneWarn}
	switch {
	case v.scanning():
		n.text = "The service asks to wait " + person.Duration(v.held) + " (429); the scan goes on by itself then."
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
		if errors.As(of.err, &e) && e.Kind == api.KindLimited {
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
	if errors.Is(err, search.ErrCircle) {
		return "The same users come again and again, so the others cannot be reached.", ""
	}
	var e *api.Error
	if errors.As(err, &e) {
		return e.What(), e.Next()
	}
	if err == nil {
		return "", ""
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "The server took too long to answer.", ""
	}
	return "Something went wrong: " + api.NewText(err.Error()).Display() + ".", ""
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
	if by := p.view.retryWords(p.s.Now); by != "" && n.key == "list.refresh" {
		right, n.does = "   "+p.dim.Render(by), "now"
	}
	if label := p.s.Keys.Label(n.key); label != "" {
		right += "   " + p.s.Styles.Key.Render(label) + p.dim.Render(" "+n.does)
	}
	if n.old != nil && !n.old.read.IsZero() {
		right = "   " + p.dim.Render("as of "+person.Ago(n.old.read, p.s.Now)) + right
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
	say := func(ink table.Ink, text string) {
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
		out = append(out, "", p.triesAgain(v.want))
	}
	return out
}

// triesAgain says what tries again, and when.
func (p *painter) triesAgain(r *result) string {
	by := p.view.retryWords(p.s.Now)
	if by == "" {
		return p.press("list.refresh", r.retries())
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
