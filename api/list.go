package api

import (
	"net/url"
	"time"
)

// Order is a wire order_by name.
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

// Query is every list filter and order of the reference (5.2, 5.3). The zero
// value is all users, newest first, 10 rows.
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
	Limit         int // clamped to 1..500; 0 leaves the server's 10
	Offset        int
	StartingAfter string // user id; only with created_at order and no offset
}

// Values encodes the query for GET /users; Filters leaves out order and paging,
// for GET /users/count. A plus sign goes out as %2B.
func (q Query) Values() url.Values  { panic("unwritten") }
func (q Query) Filters() url.Values { panic("unwritten") }
