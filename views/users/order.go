package users

import (
	"fmt"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// order is an order of the list: the API's name for it, its wording, and the column it
// sorts.
type order struct {
	by            api.Order
	rising        bool
	words         string
	reversedWords string // the wording of the reverse
	column        column
	// isRanked says that the best match is on top instead.
	isRanked bool
}

// orders are the orders to cycle through, the default first.
func orders() []order {
	return []order{
		{by: api.OrderCreatedAt, words: "newest first", reversedWords: "oldest first", column: colJoined},
		{by: api.OrderLastActiveAt, words: "last active first", reversedWords: "least recently active first", column: colActive},
		{by: api.OrderLastSignInAt, words: "last signed in first", reversedWords: "least recently signed in first", column: colActive},
		{by: api.OrderFirstName, rising: true, words: "by first name", reversedWords: "by first name, Z to A", column: colName},
		{by: api.OrderEmailAddress, rising: true, words: "by e-mail", reversedWords: "by e-mail, Z to A", column: colMail},
	}
}

func (o order) arrow() string {
	switch {
	case o.isRanked:
		return ""
	case o.rising:
		return " ↑"
	}
	return " ↓"
}

// shownOrder returns the order of the rows on the screen. Its words are "" if there
// are none and only the answer will tell whether it is ranked.
func (f *feed) shownOrder() order {
	o, stage := f.order, f.stage()
	if stage == stageStale {
		o = f.shown.query.order
	}
	ranked := stage == stageLocal && f.local.isRanked || (stage == stageRows || stage == stageStale) && f.shown.isRanked
	switch {
	case stage == stageLocal && f.local.isFuzzy:
		o.words, o.isRanked = "the closest first", true
	case ranked:
		o.words, o.isRanked = "best match first", true
	case f.listing().len() == 0 && f.want.query.canRank():
		o.words, o.isRanked = "", true
	}
	return o
}

// nextOrderQuery returns the same search in the next order. Where words rank, the best
// match comes before all of them.
func (f *feed) nextOrderQuery() listQuery {
	a := listQuery{needle: f.want.query.needle, order: f.order, isOrderChosen: true}
	all := orders()
	switch {
	case f.shownOrder().isRanked: // the list's own order, instead of the ranking
	case f.order.by == all[len(all)-1].by:
		a.order, a.isOrderChosen = all[0], false
	default:
		a.order = f.order.next()
	}
	return a
}

// next returns the order after o, in its usual direction.
func (o order) next() order {
	all := orders()
	for i, other := range all {
		if other.by == o.by {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}

// reversed returns the same order in the other direction.
func (o order) reversed() order {
	o.rising, o.words, o.reversedWords = !o.rising, o.reversedWords, o.words
	return o
}

// listQuery is what the list is asked to show.
type listQuery struct {
	needle localsearch.Needle
	order  order
	// isOrderChosen says that the operator chose the order for this search, so that it
	// is not ranked.
	isOrderChosen bool
}

// apiQuery returns the API's query for one page.
func (q listQuery) apiQuery(p pages.Request) api.Query {
	out := q.needle.Search.Query
	out.OrderBy, out.Ascending = q.order.by, q.order.rising != p.Reverse
	out.Limit, out.Offset, out.StartingAfter = p.Limit, p.Offset, p.After
	return out
}

func (q listQuery) equal(b listQuery) bool {
	return q.needle.Equal(b.needle) && q.order == b.order && q.isOrderChosen == b.isOrderChosen
}

// key identifies a query: equal queries have equal keys.
func (q listQuery) key() string {
	return fmt.Sprint(q.needle.Key(), "\x00", q.order.by, q.order.rising, q.isOrderChosen)
}
