package users

import (
	"fmt"
	"frontdesk/api"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// order is an order of the list: how the server is asked for it, how it is said,
// and which column it runs down.
type order struct {
	by            api.Order
	rising        bool
	words         string
	reversedWords string // the words for it the other way round
	column        column
	// isRanked says that the rows are not in it after all, but the best match is on top.
	isRanked bool
}

// orders are the orders one cycles through, the first being the usual one.
func orders() []order {
	return []order{
		{by: api.OrderCreatedAt, words: "newest first", reversedWords: "oldest first", column: colJoined},
		{by: api.OrderLastActiveAt, words: "last active first", reversedWords: "longest away first", column: colActive},
		{by: api.OrderLastSignInAt, words: "last signed in first", reversedWords: "longest without sign-in first", column: colActive},
		{by: api.OrderFirstName, rising: true, words: "by first name", reversedWords: "by first name, from the end", column: colName},
		{by: api.OrderEmailAddress, rising: true, words: "by e-mail", reversedWords: "by e-mail, from the end", column: colMail},
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

// shownOrder is the order that the rows on the screen are in. Where there are none, and it
// shows only with an answer whether words rank it, its words are "".
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

// nextOrderQuery is the same search in the order after the one that its rows are in. The
// best match comes before all of them where words rank.
func (f *feed) nextOrderQuery() listQuery {
	a := listQuery{needle: f.want.query.needle, order: f.order, isOrderChosen: true}
	all := orders()
	switch {
	case f.shownOrder().isRanked: // the list's own order, which this answer is not in
	case f.order.by == all[len(all)-1].by:
		a.order, a.isOrderChosen = all[0], false
	default:
		a.order = f.order.next()
	}
	return a
}

// next is the order after o, running as it usually does.
func (o order) next() order {
	all := orders()
	for i, other := range all {
		if other.by == o.by {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}

// reversed is the same order the other way round.
func (o order) reversed() order {
	o.rising, o.words, o.reversedWords = !o.rising, o.reversedWords, o.words
	return o
}

// listQuery is what the operator asked to see.
type listQuery struct {
	needle localsearch.Needle
	order  order
	// isOrderChosen says that the operator chose the order for this search: its words then
	// do not rank.
	isOrderChosen bool
}

// apiQuery is a page of it for the API.
func (a listQuery) apiQuery(p pages.Request) api.Query {
	q := a.needle.Search.Query
	q.OrderBy, q.Ascending = a.order.by, a.order.rising != p.Reverse
	q.Limit, q.Offset, q.StartingAfter = p.Limit, p.Offset, p.After
	return q
}

func (a listQuery) equal(b listQuery) bool {
	return a.needle.Equal(b.needle) && a.order == b.order && a.isOrderChosen == b.isOrderChosen
}

// key identifies a query: equal ones have equal keys.
func (a listQuery) key() string {
	return fmt.Sprint(a.needle.Key(), "\x00", a.order.by, a.order.rising, a.isOrderChosen)
}
