package users

import "frontdesk/views/userfmt"

// positionStatus is the footer's left side: the visible rows, and of how many.
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

// localPosition says how many of the loaded rows match; there may be more.
func (v *View) localPosition(list listing) string {
	switch {
	case v.feed.want.state == running && list.isFuzzy:
		return "still searching"
	case v.feed.want.state == running:
		return userfmt.Number(list.len()) + " so far"
	case list.isFuzzy:
		return "none of the users read"
	}
	return userfmt.Number(list.len()) + " of the users read"
}

// position returns "51–83 of 1,248"; in a search "51–83 of 90 found", or "7 found" if
// all are visible.
func (v *View) position(list listing, height int) string {
	first, end := list.win.Rows(list.len(), height)
	total := v.total(list)
	if !v.feed.shown.query.needle.Empty() {
		total += " found"
		if first == 0 && end == list.len() && v.feed.shown.pages.IsExact() {
			return total
		}
	}
	return userfmt.Number(first+1) + "–" + userfmt.Number(end) + " of " + total
}

// total is the number of people as it is said: "1,248", or "300+" if there may be more.
func (v *View) total(list listing) string {
	n := list.len()
	if v.feed.shown == nil {
		return userfmt.Number(n)
	}
	if v.feed.shown.query.needle.Empty() {
		n += len(v.feed.shown.unplacedCreated()) + v.feed.shown.arrivedUnplaced
	}
	total := userfmt.Number(n)
	if !v.feed.shown.pages.IsExact() || v.feed.shown.isLooping() {
		total += "+" // at least
	}
	return total
}

// plainStatus says the number of the row under the cursor, and of how many.
func (v *View) plainStatus(list listing, otherwise string) string {
	if !list.hasCursor || list.len() == 0 {
		return otherwise
	}
	return userfmt.Number(list.win.Cursor+1) + " of " + v.total(list)
}

// stillMatching says how many of the found users still match, "" if all do.
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
		return " · " + userfmt.Number(n) + " no longer match"
	default:
		return " · " + userfmt.Number(left) + " still match"
	}
}

// countFailedHint says that a count failed and how to repeat it.
func (p *painter) countFailedHint() string {
	v := p.view
	if v.feed.stage() != stageRows || !v.feed.shown.countFailed || v.feed.shown.pages.IsExact() {
		return ""
	}
	if label := p.s.Keys.Label("list.refresh"); label != "" {
		return " (the count failed, " + label + " retries)"
	}
	return " (the count failed)"
}
