package ops

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/wire"
)

const (
	// pageMost is the largest limit. Clerk answers a larger one with ten rows.
	pageMost = 500
	// valuesMost is how many values one filter takes.
	valuesMost = 100
)

func getUserList() Operation {
	return read(Operation{
		ID: "get_user_list", Title: "List users", Verb: "List", Doing: "Listing users", Done: "Listed users", Preposition: "for",
		Group: GroupUsers, Scope: ScopeDirectory, Effects: shows("the users that match the filters"),
		Fields: slices.Concat(userFilters(), pageFields(), []Field{
			{Name: "starting_after", Label: "After the user", Hint: "a user id; by created_at, no offset", Check: checkFilter(nil), IsAdvanced: true},
			{Name: "order_by", Label: "Order", Hint: "prefix - for descending", Suggestions: orderNames(), Check: checkOrder},
		}),
		Validate: checkListing,
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			users, err := c.ListUsers(ctx, userQuery(r))
			if err != nil {
				return Result{}, err
			}
			out := Result{Summary: count(len(users), "user") + ".", IsList: true, Total: totalOf(len(users), r)}
			for i := range users {
				out.Lines = append(out.Lines, Line{Label: users[i].ID.Display(), Value: users[i].Name()})
				out.Objects = append(out.Objects, wire.NewSecret(string(users[i].Body)))
			}
			return out, nil
		},
		CountAll: func(ctx context.Context, c *api.Client, r Request) (int, error) {
			return c.CountUsers(ctx, userQuery(r))
		},
		ItemNoun: "user",
	})
}

func getUsersCount() Operation {
	return read(Operation{
		ID: "get_users_count", Title: "Count users", Verb: "Count", Doing: "Counting users", Done: "Counted users", Preposition: "for",
		Group: GroupUsers, Scope: ScopeDirectory, Effects: shows("how many users match the filters"),
		Fields:   userFilters(),
		Validate: checkFilters,
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			n, err := c.CountUsers(ctx, userQuery(r))
			if err != nil {
				return Result{}, err
			}
			total := strconv.Itoa(n)
			return Result{Summary: count(n, "user") + ".", Lines: []Line{{Label: "total", Value: clean.NewText(total)}},
				Objects: []wire.Secret{wire.NewSecret(`{"object":"total_count","total_count":` + total + `}`)}}, nil
		},
	})
}

// userFilters returns the filters that list and count share, by their names on the
// wire.
func userFilters() []Field {
	exact := func(name, label, hint string, check func(string) string) Field {
		return Field{Name: name, Label: label, Hint: hint, IsList: true, Check: checkFilter(checkEach(check))}
	}
	spelled := func(f Field, plain func(string) string) Field {
		f.Canonical = canonicalEach(plain)
		return f
	}
	words := func(name, label string) Field {
		return Field{Name: name, Label: label, Check: checkFilter(checkText)}
	}
	when := func(name, label string) Field {
		return Field{Name: name, Label: label, Hint: "a day, a time or milliseconds", Check: checkFilter(checkMoment)}
	}
	return []Field{
		words("query", "Search"),
		spelled(exact("email_address", "E-mail address", "whole", checkWholeAddress), canonicalEmail),
		spelled(exact("phone_number", "Phone number", "with + and the country code", checkPhone), canonicalPhone),
		exact("username", "Username", "whole", checkText),
		exact("web3_wallet", "Web3 wallet", "whole", checkText),
		exact("external_id", "External id", "prefix - to exclude", checkText),
		exact("user_id", "User id", "prefix - to exclude", checkText),
		exact("organization_id", "Organization id", "prefix - to exclude its members", checkText),
		words("email_address_query", "Part of an e-mail address"),
		words("phone_number_query", "Part of a phone number"),
		words("username_query", "Part of a username"),
		words("name_query", "Part of a name"),
		{Name: "banned", Label: "Banned", Kind: FieldChoice, Choices: yesNo(), Check: checkFilter(nil)},
		when("last_active_at_since", "Active on that day or later"),
		when("last_active_at_after", "Last active after"), when("last_active_at_before", "Last active before"),
		when("created_at_after", "Created after"), when("created_at_before", "Created before"),
		when("last_sign_in_at_after", "Last signed in after"), when("last_sign_in_at_before", "Last signed in before"),
		{Name: "provider", Label: "Provider", Hint: "together with provider_user_id", Check: checkFilter(checkProvider)},
		exact("provider_user_id", "Id at the provider", "needs provider", checkText),
	}
}

// userQuery returns the query that the inputs describe.
func userQuery(r Request) api.Query {
	v := r.Values
	q := api.Query{
		Search: v["query"], Email: addressForms(input.SplitList(v["email_address"])), Phone: input.SplitList(v["phone_number"]), Username: input.SplitList(v["username"]), Wallet: input.SplitList(v["web3_wallet"]),
		ExternalID: input.SplitList(v["external_id"]), UserID: input.SplitList(v["user_id"]), OrganizationID: input.SplitList(v["organization_id"]),
		EmailLike: v["email_address_query"], PhoneLike: v["phone_number_query"], UsernameLike: v["username_query"], NameLike: v["name_query"],
		Provider: v["provider"], ProviderUserID: input.SplitList(v["provider_user_id"]),
		ActiveSince: r.timeFilter("last_active_at_since"), ActiveAfter: r.timeFilter("last_active_at_after"), ActiveBefore: r.timeFilter("last_active_at_before"),
		CreatedAfter: r.timeFilter("created_at_after"), CreatedBefore: r.timeFilter("created_at_before"),
		SignInAfter: r.timeFilter("last_sign_in_at_after"), SignInBefore: r.timeFilter("last_sign_in_at_before"),
		Limit: r.number("limit"), Offset: r.number("offset"), StartingAfter: v["starting_after"],
	}
	if v["banned"] != "" {
		banned := r.isYes("banned")
		q.Banned = &banned
	}
	if order := v["order_by"]; order != "" {
		q.OrderBy, q.Ascending = api.Order(strings.TrimLeft(order, "+-")), order[0] != '-'
	}
	return q
}

// timeFilter returns a time that was filled in, or zero.
func (r Request) timeFilter(name string) time.Time {
	at, _ := ParseTime(r.Values[name])
	return at
}

// fewestMillis is the smallest number that is taken for milliseconds, a day in 1973.
// Smaller numbers are seconds, or a mistake.
const fewestMillis = 100_000_000_000

// ParseTime parses a day (its start in UTC), a time, or milliseconds as on the wire.
func ParseTime(value string) (time.Time, bool) {
	if ms, err := strconv.ParseInt(value, 10, 64); err == nil && len(value) > len("20260801") {
		return time.UnixMilli(ms), ms >= fewestMillis
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

func checkMoment(value string) string {
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil && len(value) > len("20260801") && seconds < fewestMillis {
		return "as a number it must be milliseconds (13 digits)"
	}
	if at, ok := ParseTime(value); !ok || at.IsZero() {
		return "must be a day like 2026-08-01, a time like 2026-08-01T09:00:00Z, or milliseconds since 1970"
	}
	return ""
}

// checkFilter rejects an empty filter: Clerk would ignore it and return everybody.
func checkFilter(check func(string) string) func(string) string {
	return func(value string) string {
		values := input.SplitList(value)
		switch {
		case len(values) == 0:
			return "cannot be empty: that would select everybody"
		case len(values) > valuesMost:
			return fmt.Sprintf("has %d values; one request takes %d", len(values), valuesMost)
		case check == nil:
			return ""
		}
		return check(value)
	}
}

// addressForms returns e-mail addresses in every spelling of their domains (RFC
// 5890).
func addressForms(addresses []string) []string {
	var forms []string
	for _, address := range addresses {
		if email, err := input.ParseEmail(address); err == nil {
			forms = append(forms, email.Candidates()...)
		} else {
			forms = append(forms, address)
		}
	}
	return forms
}

// checkWholeAddress accepts more than checkEmail, because stored addresses may be unusual.
func checkWholeAddress(value string) string {
	if strings.LastIndex(value, "@") < 1 {
		return "must be a whole e-mail address; email_address_query finds a part of one"
	}
	return ""
}

// checkOrder accepts the name of an order, with or without a sign.
func checkOrder(value string) string {
	name := strings.TrimPrefix(strings.TrimPrefix(value, "-"), "+")
	if len(value)-len(name) > 1 || !slices.Contains(orderNames(), name) {
		return "must be one of " + api.JoinWords(orderNames(), "or") + ", with or without a - before it"
	}
	return ""
}

func orderNames() []string {
	var names []string
	for _, o := range api.Orders() {
		names = append(names, string(o))
	}
	return names
}

// checkRows accepts the number of rows to return.
func checkRows(value string) string {
	if n, err := strconv.Atoi(value); err != nil || n < 1 || n > pageMost {
		return fmt.Sprintf("must be 1 to %d, the most one request returns; frontdesk users --limit reads several pages", pageMost)
	}
	return ""
}

// checkOffset accepts the number of rows to skip.
func checkOffset(value string) string {
	if n, err := strconv.ParseInt(value, 10, 32); err != nil || n < 0 {
		return "must be a whole number, 0 or more"
	}
	return ""
}

func checkFilters(r Request) string {
	if (r.Values["provider"] == "") != (r.Values["provider_user_id"] == "") {
		return "give provider and provider_user_id together"
	}
	return ""
}

func checkListing(r Request) string {
	order := strings.TrimLeft(r.Values["order_by"], "+-")
	switch {
	case r.Values["starting_after"] == "":
	case order != "" && order != string(api.OrderCreatedAt):
		return "starting_after needs the order created_at"
	case r.number("offset") > 0:
		return "give starting_after or offset, not both"
	}
	return checkFilters(r)
}

// totalOf returns the total if a page of that many rows shows it, else -1.
func totalOf(rows int, r Request) int {
	limit, offset := r.number("limit"), r.number("offset")
	if limit == 0 {
		limit = pageDefault
	}
	if rows >= limit || r.Values["starting_after"] != "" || rows == 0 && offset > 0 {
		return -1
	}
	return offset + rows
}

// pageDefault is how many rows Clerk returns without a limit.
const pageDefault = 10
