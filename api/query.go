package api

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"frontdesk/api/wire"
)

// Order is a value of order_by, without the sign.
type Order string

const (
	OrderCreatedAt    Order = "created_at"
	OrderUpdatedAt    Order = "updated_at"
	OrderEmailAddress Order = "email_address"
	OrderWeb3Wallet   Order = "web3wallet" // without the underscore, as Clerk spells it
	OrderFirstName    Order = "first_name"
	OrderLastName     Order = "last_name"
	OrderPhoneNumber  Order = "phone_number"
	OrderUsername     Order = "username"
	OrderLastActiveAt Order = "last_active_at"
	OrderLastSignInAt Order = "last_sign_in_at"
)

// Orders returns the orders that a list of users supports.
func Orders() []Order {
	return []Order{OrderCreatedAt, OrderUpdatedAt, OrderLastActiveAt, OrderLastSignInAt, OrderFirstName,
		OrderLastName, OrderUsername, OrderEmailAddress, OrderPhoneNumber, OrderWeb3Wallet}
}

// Query has every filter and order of GET /users. The zero value selects all users, newest
// first, 10 rows.
type Query struct {
	Search                                       string // query=
	Email, Phone, Username, Wallet               []string
	ExternalID, UserID, OrganizationID           []string // may start with + or -
	EmailLike, PhoneLike, UsernameLike, NameLike string
	Banned                                       *bool
	Provider                                     string
	ProviderUserID                               []string
	ActiveSince, ActiveBefore, ActiveAfter       time.Time
	CreatedBefore, CreatedAfter                  time.Time
	SignInBefore, SignInAfter                    time.Time

	OrderBy       Order
	Ascending     bool
	Limit         int // clamped to 1..500; 0 means the server's default of 10
	Offset        int
	StartingAfter string // a user id; only with created_at order and no offset
}

// maxLimit is the largest page. The live service answers a limit of 501 with 10 rows and
// no error.
const maxLimit = 500

// Values encodes the query for GET /users. A plus sign is sent as %2B.
//
// StartingAfter and Offset may both be set. The cursor is sent under the created_at order,
// and the offset under every other order, where the server rejects cursors.
func (q Query) Values() url.Values {
	v := q.Filters()
	if q.OrderBy != "" || q.Ascending {
		by, sign := q.OrderBy, "-"
		if by == "" {
			by = OrderCreatedAt
		}
		if q.Ascending {
			sign = "+"
		}
		v.Set("order_by", sign+string(by))
	}
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(min(max(q.Limit, 1), maxLimit)))
	}
	cursor := q.StartingAfter != "" && (q.OrderBy == "" || q.OrderBy == OrderCreatedAt)
	switch {
	case cursor:
		v.Set("starting_after", q.StartingAfter)
	case q.Offset > 0:
		v.Set("offset", strconv.Itoa(q.Offset))
	}
	return v
}

// Filters encodes the filters alone, without order and paging, for GET /users/count.
func (q Query) Filters() url.Values {
	v := url.Values{}
	one := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	many := func(name string, values []string) {
		for _, value := range values {
			if value != "" {
				v.Add(name, value)
			}
		}
	}
	when := func(name string, t time.Time) {
		if !t.IsZero() {
			v.Set(name, strconv.FormatInt(t.UnixMilli(), 10))
		}
	}
	one("query", q.Search)
	many("email_address", q.Email)
	many("phone_number", q.Phone)
	many("username", q.Username)
	many("web3_wallet", q.Wallet)
	many("external_id", q.ExternalID)
	many("user_id", q.UserID)
	many("organization_id", q.OrganizationID)
	one("email_address_query", q.EmailLike)
	one("phone_number_query", q.PhoneLike)
	one("username_query", q.UsernameLike)
	one("name_query", q.NameLike)
	if q.Banned != nil {
		v.Set("banned", strconv.FormatBool(*q.Banned))
	}
	one("provider", q.Provider)
	many("provider_user_id", q.ProviderUserID)
	when("last_active_at_since", q.ActiveSince)
	when("last_active_at_before", q.ActiveBefore)
	when("last_active_at_after", q.ActiveAfter)
	when("created_at_before", q.CreatedBefore)
	when("created_at_after", q.CreatedAfter)
	when("last_sign_in_at_before", q.SignInBefore)
	when("last_sign_in_at_after", q.SignInAfter)
	return v
}

// Page is one page of a list. Total is the length of the whole list, or -1 if the server
// does not say.
type Page[T any] struct {
	Rows  []T
	Total int
	// Bodies are the rows as received, byte for byte.
	Bodies []wire.Secret
}

// doPage sends a call whose response is a list.
func doPage[T any](ctx context.Context, c *Client, k call, what string) (Page[T], error) {
	var p Page[T]
	k.decode = func(body []byte, _ time.Time) error {
		list, err := wire.DecodeList[T](body, what)
		if err != nil {
			return err
		}
		p = Page[T]{Rows: list.Rows, Total: list.Total, Bodies: make([]wire.Secret, len(list.Texts))}
		for i, text := range list.Texts {
			p.Bodies[i] = wire.NewSecret(text)
		}
		return nil
	}
	if err := c.do(ctx, k); err != nil {
		return Page[T]{}, err
	}
	return p, nil
}

// pageQuery returns the paging parameters. A limit of 0 leaves the default to the server;
// otherwise it is clamped to 1 to 500.
func pageQuery(limit, offset int) url.Values {
	return Query{Limit: limit, Offset: offset}.Values()
}

// pageQueryWithTotal is pageQuery for endpoints that return a total only on request.
func pageQueryWithTotal(limit, offset int) url.Values {
	v := pageQuery(limit, offset)
	v.Set("paginated", strconv.FormatBool(true))
	return v
}
