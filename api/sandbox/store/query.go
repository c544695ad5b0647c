package store

// Query selects users for a list or a count. Zero fields do not filter. Identifier lists
// (Emails, Phones, Usernames, Wallets) are OR-ed with each other, everything else is
// AND-ed.
type Query struct {
	Emails, Phones, Usernames, Wallets []string
	// ExternalIDs, UserIDs and OrganizationIDs may each have a leading "+" (include) or "-"
	// (exclude).
	ExternalIDs, UserIDs, OrganizationIDs []string
	// AnyLike matches a part of e-mail addresses, phone numbers, usernames, wallets, ids and
	// names, ignoring case.
	AnyLike string
	// Each matches a part of one field, ignoring case.
	EmailLike, PhoneLike, UsernameLike, NameLike string
	Banned                                       *bool
	Provider                                     string
	ProviderUserIDs                              []string
	// Milliseconds since the epoch, compared with < and >; ActiveSince with >=; nil does not
	// filter.
	ActiveSince                 *int64
	ActiveBefore, ActiveAfter   *int64
	CreatedBefore, CreatedAfter *int64
	SignInBefore, SignInAfter   *int64

	// OrderBy is the wire's name of a field without a sign (created_at, web3wallet, …). Nulls
	// come last; ties are ordered by created_at and id.
	OrderBy string
	Desc    bool
	Limit   int
	Offset  int
	// After is the id of the last user of the previous page, only in the order of created_at;
	// ErrNotFound if unknown.
	After string
}
