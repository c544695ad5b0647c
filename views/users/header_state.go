package users

import (
	"cmp"
	"time"
)

// isSlow reports whether the query in progress takes long enough to say so: the text
// must not flicker with fast answers.
func (p *painter) isSlow() bool { return p.view.feed.want.state == running && p.s.Spinner != "" }

// scanShowDelay is how long a scan runs before it is mentioned, for the same reason.
const scanShowDelay = 300 * time.Millisecond

// drawHeaderState draws state and order of the list and returns where they begin, and
// how much room is left of them: above the status column where there is room, else at
// the right edge. The order keeps its place; the state ends before it.
func (p *painter) drawHeaderState() (drawn string, at, room int) {
	v := p.view
	runs := v.feed.shownOrder()
	arrow := runs.arrow()
	if p.s.Styles.Plain {
		arrow = "" // the words say it
	}
	order := p.dim.Render(runs.words) + p.accent.Render(arrow)
	wide := p.ruler.Width(cmp.Or(runs.words, v.feed.order.words)) + 2
	width := stateCells + 5 + wide
	at = p.width - 2 - width
	if x := p.columnX(colStatus); x > 0 && x+width <= p.width-2 && x >= p.width/3 {
		at = x
	}
	what := v.headerState(p.s.Now)
	if p.isSlow() && !v.feed.isScanning() {
		what = "searching…"
		if v.feed.want.query.needle.Empty() {
			what = "reading…"
		}
	}
	what = p.dim.Render(what)
	if p.isSlow() {
		what = p.s.Spinner + " " + what
	}
	if at >= p.width/3 {
		room = at - widestState + stateCells
		if at += stateCells - p.ruler.Width(what); runs.words == "" {
			return what, at, room
		}
		return what + p.faint.Render("  ·  ") + order, at, room
	}
	// Too narrow for both.
	at = p.width - 2 - wide
	if at < p.width/3 {
		return "", p.width, p.width
	}
	if p.isSlow() || runs.words+arrow == "" {
		return what, at, at
	}
	return order, at, at
}

// stateCells is the usual width of headerState, widestState that of "⠋ searching…".
const stateCells, widestState = 9, 12

// headerState says in a word or two what the list shows: all users, matches, or the
// state of the search.
func (v *View) headerState(now time.Time) string {
	searched := !v.feed.want.query.needle.Empty()
	switch stage := v.feed.stage(); {
	case v.box.Rejected() != nil:
		return "not counted"
	case v.feed.isScanning() && now.Sub(v.feed.want.scan.startedAt) >= scanShowDelay:
		return "scanning…"
	case v.feed.want.state == running && (searched && v.feed.want != v.feed.shown || stage == stageWaiting):
		return "searching…"
	case stage == stageFailed, stage == stageLocal && v.feed.want.state == failed:
		return "failed"
	case stage == stageStopped, stage == stageLocal && v.feed.want.state == stopped:
		return "stopped"
	case stage == stageNone:
		return "no one"
	case searched:
		return "found"
	}
	return "all users"
}
