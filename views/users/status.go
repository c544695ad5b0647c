package users

import (
	"github.com/dustin/go-humanize"
)

// positionStatus is the footer's left side: where one is, and of how many.
func (v *View) positionStatus(list listing, height int) string {
	stage := v.feed.stage()
	switch {
	case v.box.Rejected() != nil:
		return "not searched for"
	case v.feed.shown != nil && v.feed.shown == v.feed.want && v.feed.shown.scan != nil:
		return v.scanPosition(list, height) + v.stillMatching(list)
	}
	switch stage {
	case stageRows:
		return v.position(list, height) + v.stillMatching(list)
	case stageLocal:
		return v.localPosition(list)
	case stageStale, stageWaiting:
		return "still searching"
	case stageNone:
		return "0 found"
	}
	return ""
}

// localPosition says how many of the people who are here match; that there may
// be more is part of it.
func (v *View) localPosition(list listing) string {
	switch {
	case v.feed.want.state == running && list.isFuzzy:
		return "still searching"
	case v.feed.want.state == running:
		return comma(list.len()) + " so far"
	case list.isFuzzy:
		return "none of those read"
	}
	return comma(list.len()) + " of those read"
}

// position is "51–83 of 1,248"; of a search "51–83 of 90 found", and "7 found" where
// all of them show.
func (v *View) position(list listing, height int) string {
	first, end := list.win.Rows(list.len(), height)
	searched, n := !v.feed.shown.query.needle.Empty(), list.len()
	if !searched {
		n += len(v.feed.shown.unplacedCreated()) + v.feed.shown.arrivedUnplaced
	}
	total := comma(n)
	if !v.feed.shown.pages.IsExact() || v.feed.shown.isLooping() {
		total += "+" // so many at least
	}
	if searched {
		total += " found"
		if first == 0 && end == list.len() && v.feed.shown.pages.IsExact() {
			return total
		}
	}
	return comma(first+1) + "–" + comma(end) + " of " + total
}

// stillMatching is how many of those found are still who is looked for, where some are
// not: " · 38 still match".
func (v *View) stillMatching(list listing) string {
	n := v.feed.shown.staleCount()
	switch left := list.len() - n; {
	case n == 0:
		return ""
	case left == 0:
		return " · none still matches"
	case left == 1:
		return " · 1 still matches"
	case !v.feed.shown.pages.IsExact():
		return " · " + comma(n) + " no longer match"
	default:
		return " · " + comma(left) + " still match"
	}
}

func comma(n int) string { return humanize.Comma(int64(n)) }

// countFailedHint says how a count that failed is had after all.
func (p *painter) countFailedHint() string {
	v := p.view
	if v.feed.stage() != stageRows || !v.feed.shown.countFailed || v.feed.shown.pages.IsExact() {
		return ""
	}
	if label := p.s.Keys.Label("list.refresh"); label != "" {
		return " (the count failed, " + label + " tries again)"
	}
	return " (the count failed)"
}
