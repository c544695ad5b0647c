package users

import (
	"frontdesk/api"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// order is an order of the list: how the server is asked for it, how it is said,
// and which column it runs down.
type order struct {
	by     api.Order
	rising bool
	words  string
	turned string // the words for it the other way round
	column column
	// loose says that the rows are not in it after all, but the best match is on top.
	loose bool
}

// orders are the orders one cycles through, the first being the usual one.
func orders() []order {
	return []order{
		{by: api.OrderCreatedAt, words: "newest first", turned: "oldest first", column: colJoined},
		{by: api.OrderLastActiveAt, words: "last active first", turned: "longest away first", column: colActive},
		{by: api.OrderLastSignInAt, words: "last signed in first", turned: "longest without sign-in first", column: colActive},
		{by: api.OrderFirstName, rising: true, words: "by first name", turned: "by first name, from the end", column: colName},
		{by: api.OrderEmailAddress, rising: true, words: "by e-mail", turned: "by e-mail, from the end", column: colMail},
	}
}

func (o order) arrow() string {
	switch {
	case o.loose:
		return ""
	case o.rising:
		return " ↑"
	}
	return " ↓"
}

// runs is the order that the rows on the screen are in. Where there are none, and it
// shows only with an answer whether words rank it, its words are "".
func (v *View) runs() order {
	o, stage := v.order, v.stage()
	if stage == stageStale {
		o = v.shown.ask.order
	}
	ranked := stage == stageLocal && v.local.ranked || (stage == stageRows || stage == stageStale) && v.shown.ranked
	switch {
	case stage == stageLocal && v.local.near:
		o.words, o.loose = "the closest first", true
	case ranked:
		o.words, o.loose = "best match first", true
	case v.listing().len() == 0 && v.want.ask.mayRank():
		o.words, o.loose = "", true
	}
	return o
}

// nextAsk is the same search in the order after the one that its rows are in. The
// best match comes before all of them where words rank.
func (v *View) nextAsk() ask {
	a := ask{needle: v.want.ask.needle, order: v.order, chosen: true}
	all := orders()
	switch {
	case v.runs().loose: // the list's own order, which this answer is not in
	case v.order.by == all[len(all)-1].by:
		a.order, a.chosen = all[0], false
	default:
		a.order = v.order.next()
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
	o.rising, o.words, o.turned = !o.rising, o.turned, o.words
	return o
}

// ask is what the operator asked to see.
type ask struct {
	needle localsearch.Needle
	order  order
	// chosen says that the operator chose the order for this search: its words then
	// do not rank.
	chosen bool
}

// query is a page of it for the API.
func (a ask) query(p pages.Ask) api.Query {
	q := a.needle.Search.Query
	q.OrderBy, q.Ascending = a.order.by, a.order.rising != p.Reverse
	q.Limit, q.Offset, q.StartingAfter = p.Limit, p.Offset, p.After
	return q
}

func (a ask) same(b ask) bool {
	return a.needle.Same(b.needle) && a.order == b.order && a.chosen == b.chosen
}
