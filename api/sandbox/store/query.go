package store

// Query is a list or count of users. Zero fields do not filter. Identifier
// lists (Emails, Phones, Usernames, Wallets) are OR-ed with each other, all
// else is AND-ed (Clerk's reference, 5.3).
type Query struct {
	Emails, Phones, Usernames, Wallets []string
	// ExternalIDs, UserIDs and OrganizationIDs may each hold a leading "+" (include) or "-" (exclude).
	ExternalIDs, UserIDs, OrganizationIDs []string
	// AnyLike is a partial match over emails, phones, usernames, wallets, ids and names, case-insensitive.
	AnyLike string
	// One field each, partial, case-insensitive.
	EmailLike, PhoneLike, UsernameLike, NameLike string
	Banned                                       *bool
	Provider                                     string
	ProviderUserIDs                              []string
	// Milliseconds; strict < and >; nil does not filter. ActiveSince is >=.
	ActiveSince                 *int64
	ActiveBefore, ActiveAfter   *int64
	CreatedBefore, CreatedAfter *int64
	SignInBefore, SignInAfter   *int64

	// OrderBy is a wire name without its sign (created_at, web3wallet, …); nulls
	// come last, ties by created_at then id.
	OrderBy string
	Desc    bool
	Limit   int
	Offset  int
	// After is the id of the last user of the previous page (created_at order only); ErrNotFound when unknown.
	After string
}
