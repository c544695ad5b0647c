package users

import "frontdesk/api"

// order is an order of the list: how the server is asked for it, how it is said,
// and which column it runs down.
type order struct {
	by     api.Order
	rising bool
	words  string
	column column
}

// orders are the orders one cycles through, the first being the usual one.
func orders() []order {
	return []order{
		{by: api.OrderCreatedAt, words: "newest first", column: colJoined},
		{by: api.OrderLastActiveAt, words: "last active first", column: colActive},
		{by: api.OrderLastSignInAt, words: "last signed in first", column: colActive},
		{by: api.OrderFirstName, rising: true, words: "by first name", column: colName},
		{by: api.OrderEmailAddress, rising: true, words: "by e-mail", column: colMail},
	}
}

func (o order) arrow() string {
	switch {
	case o.by == "":
		return ""
	case o.rising:
		return " ↑"
	}
	return " ↓"
}

// ranked is the order of what all is here and was searched for.
func ranked() order { return order{words: "best match first", column: -1} }

// runs is the order that the rows on the screen are in, or will be.
func (v *View) runs() order {
	stage := v.stage()
	switch {
	case stage == stageLocal && v.local.near:
		return order{words: "the closest first", column: -1}
	case stage == stageLocal, stage == stageRows && v.shown.ranked:
		return ranked()
	case (stage == stageNone || stage == stageWaiting) && v.order == orders()[0]:
		return ranked()
	}
	return v.order
}

// next is the order after o.
func (o order) next() order {
	all := orders()
	for i, other := range all {
		if other == o {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}

// ask is what the operator asked to see.
type ask struct {
	needle needle
	order  order
}

// query is a page of it for the API.
func (a ask) query(p pageAsk) api.Query {
	q := a.needle.search.Query
	q.OrderBy, q.Ascending = a.order.by, a.order.rising != p.reverse
	q.Limit, q.Offset, q.StartingAfter = p.limit, p.offset, p.after
	return q
}

func (a ask) same(b ask) bool { return a.needle.same(b.needle) && a.order == b.order }
