package sandbox

import (
	"net/url"
	"strconv"
	"strings"

	"frontdesk/api/sandbox/store"
)

const (
	defaultLimit   = 10
	maxLimit       = 500
	maxListValues  = 100 // of one list filter
	orderByDefault = "created_at"
)

// orderings are the names that order_by accepts.
var orderings = map[string]bool{
	"created_at": true, "updated_at": true, "email_address": true, "web3wallet": true, "first_name": true, "last_name": true,
	"phone_number": true, "username": true, "last_active_at": true, "last_sign_in_at": true,
}

// values are query parameters. Ruby clients write name[]=a where others repeat name=a.
type values url.Values

func (c *call) query() (values, *apiError) {
	parsed, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		return nil, errMalformed
	}
	return values(parsed), nil
}

// list reads the query and the page of a list request.
func (c *call) list() (params values, limit, offset int, refused *apiError) {
	if params, refused = c.query(); refused != nil {
		return nil, 0, 0, refused
	}
	limit, offset, refused = params.page()
	return params, limit, offset, refused
}

func (v values) first(name string) string {
	if list := v.all(name); len(list) > 0 {
		return list[0]
	}
	return ""
}

func (v values) all(name string) []string {
	return append(v[name][:len(v[name]):len(v[name])], v[name+"[]"]...)
}

// only returns the named parameters; the list ignores others.
func (v values) only(names ...string) values {
	out := values{}
	for _, name := range names {
		if all := v.all(name); len(all) > 0 {
			out[name] = all
		}
	}
	return out
}

// list reads a list filter. Empty values are dropped; more than a hundred are an error.
func (v values) list(name string) ([]string, *apiError) {
	var out []string
	for _, value := range v.all(name) {
		if value != "" {
			out = append(out, value)
		}
	}
	if len(out) > maxListValues {
		return nil, failParam(422, "form_param_duplicate", name, "is duplicate",
			name+" is included more than the maximum of 100 times.")
	}
	return out, nil
}

// signed reads a list whose values may start with + or -. An unescaped plus sign arrives
// as a space.
func (v values) signed(name string) ([]string, *apiError) {
	list, err := v.list(name)
	for i, value := range list {
		if rest, was := strings.CutPrefix(value, " "); was {
			list[i] = "+" + rest
		}
	}
	return list, err
}

// ms reads a time in milliseconds since the epoch.
func (v values) ms(name string) (*int64, *apiError) {
	text := v.first(name)
	if text == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, errDate(name)
	}
	return &n, nil
}

func (v values) flag(name string) (*bool, *apiError) {
	text := v.first(name)
	if text == "" {
		return nil, nil
	}
	set, err := strconv.ParseBool(text)
	if err != nil {
		return nil, errType(name, "boolean")
	}
	return &set, nil
}

// page reads limit and offset. A limit above 500 is ignored, as in the real service.
func (v values) page() (limit, offset int, refused *apiError) {
	if limit, refused = v.number("limit", defaultLimit, 1); refused != nil {
		return 0, 0, refused
	}
	if limit > maxLimit {
		limit = defaultLimit
	}
	offset, refused = v.number("offset", 0, 0)
	return limit, offset, refused
}

func (v values) number(name string, otherwise, least int) (int, *apiError) {
	text := v.first(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, errType(name, "integer")
	}
	if n < least {
		return 0, failParam(422, "form_param_value_invalid", name, "is invalid",
			name+" must be an integer greater than or equal to "+strconv.Itoa(least)+".")
	}
	return n, nil
}

// filters reads the filters that the list and the count share.
func (v values) filters() (store.Query, *apiError) {
	q := store.Query{
		AnyLike: v.first("query"), EmailLike: v.first("email_address_query"), PhoneLike: v.first("phone_number_query"),
		UsernameLike: v.first("username_query"), NameLike: v.first("name_query"), Provider: v.first("provider"),
	}
	var refused *apiError
	take := func(into *[]string, read func(string) ([]string, *apiError), name string) {
		list, err := read(name)
		if *into = list; err != nil && refused == nil {
			refused = err
		}
	}
	take(&q.Emails, v.list, "email_address")
	take(&q.Phones, v.signed, "phone_number") // not signed, but a plus may have arrived as a space
	take(&q.Usernames, v.list, "username")
	take(&q.Wallets, v.list, "web3_wallet")
	take(&q.ExternalIDs, v.signed, "external_id")
	take(&q.UserIDs, v.signed, "user_id")
	take(&q.OrganizationIDs, v.signed, "organization_id")
	take(&q.ProviderUserIDs, v.list, "provider_user_id")
	when := func(into **int64, name string) {
		at, err := v.ms(name)
		if *into = at; err != nil && refused == nil {
			refused = err
		}
	}
	when(&q.ActiveSince, "last_active_at_since")
	when(&q.ActiveBefore, "last_active_at_before")
	when(&q.ActiveAfter, "last_active_at_after")
	when(&q.CreatedBefore, "created_at_before")
	when(&q.CreatedAfter, "created_at_after")
	when(&q.SignInBefore, "last_sign_in_at_before")
	when(&q.SignInAfter, "last_sign_in_at_after")
	if refused != nil {
		return q, refused
	}
	return v.restFilters(q)
}

func (v values) restFilters(q store.Query) (store.Query, *apiError) {
	banned, err := v.flag("banned")
	if err != nil {
		return q, err
	}
	q.Banned = banned
	switch {
	case q.Provider != "" && len(q.ProviderUserIDs) == 0:
		return q, errNeeds("provider_user_id", "provider")
	case q.Provider == "" && len(q.ProviderUserIDs) > 0:
		return q, errNeeds("provider", "provider_user_id")
	}
	return q, nil
}

// listing reads filters, order and page.
func (v values) listing() (store.Query, *apiError) {
	q, refused := v.filters()
	if refused != nil {
		return q, refused
	}
	if q.OrderBy, q.Desc, refused = v.order(); refused != nil {
		return q, refused
	}
	if q.Limit, q.Offset, refused = v.page(); refused != nil {
		return q, refused
	}
	q.After = v.first("starting_after")
	switch {
	case q.After == "":
	case q.OrderBy != orderByDefault:
		return q, errExcludes("starting_after", "order_by="+q.OrderBy)
	case q.Offset != 0:
		return q, errExcludes("starting_after", "offset")
	}
	return q, nil
}

// order reads order_by: only the first field counts; without a sign it is ascending;
// absent means newest first.
func (v values) order() (field string, desc bool, refused *apiError) { return v.orderAmong(orderings) }

// orderAmong is order for a list with other fields; all lists have created_at.
func (v values) orderAmong(known map[string]bool) (field string, desc bool, refused *apiError) {
	text := v.first("order_by")
	if text == "" {
		return orderByDefault, true, nil
	}
	field = strings.TrimLeft(text, "+- ")
	if !known[field] || len(text)-len(field) > 1 {
		return "", false, errValue("order_by", quoteTruncated(text))
	}
	return field, text[0] == '-', nil
}
