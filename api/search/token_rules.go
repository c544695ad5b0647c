package search

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/input"
)

// rule defines the tokens of one name.
type rule struct {
	name    string
	aliases []string
	hint    string // what it finds, for completions: "part of an e-mail address"
	needs   string // shown if the value is missing
	// noExclude is why the token cannot be negated, or "" if it can.
	noExclude string
	// parse adds the token to the search. The value is not empty.
	parse func(*parser, *Token)
}

const (
	noExcludePart = "Clerk cannot exclude it. Remove the minus."
	noExcludeDate = "swap < and > instead."
)

// tokenRules returns the rules of all tokens in the order in which they are offered.
func tokenRules() []rule {
	part := func(name, hint string, field Field, aliases ...string) rule {
		return rule{name: name, aliases: aliases, hint: "part of " + hint, needs: "needs part of " + hint, noExclude: noExcludePart,
			parse: func(p *parser, t *Token) { p.parsePart(t, field) }}
	}
	when := func(name, hint string, which dateField, aliases ...string) rule {
		return rule{name: name, aliases: aliases, hint: hint, needs: "needs a day like today or 2026-11-01, or an age like <7d", noExclude: noExcludeDate,
			parse: func(p *parser, t *Token) { p.parseDates(t, which) }}
	}
	return []rule{
		part("email", "the e-mail address", Email, "mail", "mailto", "e-mail"),
		part("phone", "the phone number", Phone, "tel"),
		part("name", "the first or last name", Name),
		part("user", "the username", Username, "username"),
		{name: "id", hint: "that user id", needs: "needs a complete id, user_…", parse: (*parser).parseID},
		{name: "ext", aliases: []string{"external", "external-id"}, hint: "that id in your own system", needs: "needs a complete external id", parse: (*parser).parseExternalID},
		{name: "org", aliases: []string{"organization"}, hint: "members of an organization", needs: "needs an organization's id, slug or name", parse: (*parser).parseOrganization},
		{name: "wallet", hint: "that wallet address", needs: "needs a complete address", noExclude: noExcludePart, parse: (*parser).parseWallet},
		{name: "provider", hint: "a connected account there", needs: "needs a provider like google", parse: (*parser).parseProvider},
		{name: "is", hint: "banned, locked, active …", needs: "needs " + listValues(statePredicates()), parse: func(p *parser, t *Token) { p.parsePredicate(t, statePredicates(), true) }},
		{name: "has", hint: "mfa, passkey, email …", needs: "needs " + listValues(hasPredicates()), parse: func(p *parser, t *Token) { p.parsePredicate(t, hasPredicates(), true) }},
		{name: "no", hint: "mfa, email-verified …", needs: "needs " + listValues(hasPredicates()), parse: func(p *parser, t *Token) { p.parsePredicate(t, hasPredicates(), false) }},
		when("created", "when they signed up", dateCreated, "joined"),
		when("active", "when they were last active", dateActive, "last-active"),
		when("signed-in", "when they last signed in", dateSignedIn, "signedin", "sign-in", "last-sign-in"),
	}
}

func ruleNames(all []rule) []string {
	var names []string
	for _, r := range all {
		names = append(append(names, r.name), r.aliases...)
	}
	return names
}

// parsePart parses a token for part of a field. The server takes one part per field; a
// second one is matched here.
func (p *parser) parsePart(t *Token, field Field) {
	q, look := &p.s.Query, t.Value
	var into *string
	if list := input.SplitList(t.Value); len(list) > 1 && (field == Email || field == Phone) {
		p.parseList(t, list, field)
		return
	}
	switch field {
	case Email:
		look = bareEmail(look)
		if p.matchDomainForms(t, look) {
			return
		}
		into, t.Meaning = &q.EmailLike, "e-mail has “"+t.Value+"”"
	case Phone:
		digits, ok := PhoneDigits(t.Value)
		if !ok {
			t.Problem = "phone: needs at least three digits; any punctuation is fine."
			return
		}
		into, look, t.Meaning = &q.PhoneLike, digits, "phone has "+t.Value
	case Username:
		look = strings.TrimPrefix(t.Value, "@")
		if strings.HasPrefix(look, "user_") && len(look) > 20 {
			p.parseID(t)
			return
		}
		into, t.Meaning = &q.UsernameLike, "username has “"+look+"”"
	default:
		into, t.Meaning = &q.NameLike, "name has “"+t.Value+"”"
	}
	t.Highlights = []Highlight{{field, look}}
	folded := Fold(look).Text
	t.matches = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(fieldTexts(u, field), func(s string) bool { return strings.Contains(Fold(s).Text, folded) })
	}
	if *into != "" {
		t.needsScan = true
		return
	}
	*into = look
}

// bareEmail returns an address without what surrounds it (mailto:a@b?subject=…). A part of
// an address stays unchanged.
func bareEmail(value string) string {
	if email, err := input.ParseEmail("mailto:" + value); err == nil {
		return email.Address
	}
	return value
}

// fieldTexts returns the raw values of a field.
func fieldTexts(u *api.User, field Field) []string {
	var out []string
	switch field {
	case Email:
		for _, e := range u.EmailAddresses {
			out = append(out, e.EmailAddress.Raw())
		}
	case Phone:
		for _, n := range u.PhoneNumbers {
			out = append(out, n.PhoneNumber.Raw())
		}
	case Username:
		out = []string{u.Username.Raw()}
	default:
		out = []string{strings.TrimSpace(u.FirstName.Raw() + " " + u.LastName.Raw())}
	}
	return out
}

// parseList parses a list of whole addresses or numbers, of which any may match. The
// server takes one such list: it would combine two with "or".
func (p *parser) parseList(t *Token, list []string, field Field) {
	n := len(list)
	into, noun, nouns := &p.s.Query.Email, "e-mail address", "e-mail addresses"
	if field == Phone {
		into, noun, nouns = &p.s.Query.Phone, "phone number", "phone numbers"
	}
	if field == Email {
		for i := range list {
			list[i] = bareEmail(list[i])
		}
		for _, value := range slices.Clone(list) {
			if other := input.OtherDomainForm(value); other != "" && !slices.Contains(list, other) {
				list = append(list, other)
			}
		}
	}
	for i, value := range list {
		phone, err := input.ParsePhone(value)
		switch at := strings.IndexByte(value, '@'); {
		case field == Email && (at < 1 || at == len(value)-1), field == Phone && (err != nil || !phone.IsComplete()):
			t.Problem = t.Name + ": with commas needs complete " + nouns + "."
			return
		case field == Phone && phone.NeedsCountry():
			t.Problem = value + ": " + input.AskCountry + "."
			return
		case field == Phone:
			list[i] = "+" + phone.Digits
		}
	}
	t.Meaning = "one of " + api.CountNoun(n, noun, nouns)
	t.matches = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(fieldTexts(u, field), func(s string) bool {
			return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(s, one) })
		})
	}
	for _, value := range list {
		t.Highlights = append(t.Highlights, Highlight{field, strings.TrimPrefix(value, "+")})
	}
	if len(p.s.Query.Email)+len(p.s.Query.Phone) > 0 {
		t.needsScan = true
		return
	}
	for _, value := range list {
		*into = append(*into, value)
		if lower := strings.ToLower(value); lower != value {
			*into = append(*into, lower)
		}
	}
}

// maxValues is how many values the server takes in one list.
const maxValues = 100

// parseExact puts a list of whole values into a server filter.
func (t *Token) parseExact(into *[]string, noun, nouns string, field Field, of func(*api.User) string) {
	list := input.SplitList(t.Value)
	if len(*into)+len(list) > maxValues {
		t.Problem = "Clerk accepts at most " + api.CountNoun(maxValues, noun, nouns) + "."
		return
	}
	sign := ""
	t.Meaning = noun + " " + t.Value
	if len(list) > 1 {
		t.Meaning = "one of " + api.CountNoun(len(list), noun, nouns)
	}
	if t.Exclude {
		sign, t.Meaning = "-", "not "+t.Meaning
	}
	for _, value := range list {
		*into = append(*into, sign+value)
		if !t.Exclude {
			t.Highlights = append(t.Highlights, Highlight{field, value})
		}
	}
	t.matches = func(u *api.User, _ time.Time) bool { return slices.Contains(list, of(u)) != t.Exclude }
}

func (p *parser) parseID(t *Token) {
	for _, id := range input.SplitList(t.Value) {
		if !strings.HasPrefix(id, "user_") || len(id) == len("user_") {
			t.Problem = "id: needs a complete id, user_…; to search for part of one, leave out id:."
			t.Suggestion = t.Value
			return
		}
	}
	t.parseExact(&p.s.Query.UserID, "user id", "user ids", ID, func(u *api.User) string { return u.ID.Raw() })
}

func (p *parser) parseExternalID(t *Token) {
	t.parseExact(&p.s.Query.ExternalID, "external id", "external ids", ExternalID, func(u *api.User) string { return u.ExternalID.Raw() })
}

func (p *parser) parseWallet(t *Token) {
	if len(t.Value) < 26 {
		t.Problem = "wallet: needs a complete address; to search for part of one, leave out wallet:."
		t.Suggestion = t.Value
		return
	}
	t.parseExact(&p.s.Query.Wallet, "wallet", "wallets", Wallet, nil)
	list := input.SplitList(t.Value)
	t.matches = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(u.Web3Wallets, func(w api.Web3Wallet) bool {
			return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(one, w.Web3Wallet.Raw()) })
		})
	}
}

// parseProvider parses a provider: token. The server only takes a provider together with
// the account's id there, "google/1078…". Without one, every user is checked here.
func (p *parser) parseProvider(t *Token) {
	name, account, exact := strings.Cut(strings.ToLower(t.Value), "/")
	name = strings.TrimPrefix(name, "oauth_")
	t.Meaning = "connected to " + name
	of := func(a api.ExternalAccount) bool {
		return strings.TrimPrefix(a.Provider.Raw(), "oauth_") == name && (!exact || strings.EqualFold(a.ProviderUserID.Raw(), account))
	}
	t.matches = func(u *api.User, _ time.Time) bool { return slices.ContainsFunc(u.ExternalAccounts, of) != t.Exclude }
	switch {
	case exact && !t.Exclude && p.s.Query.Provider == "":
		_, account, _ = strings.Cut(t.Value, "/")
		p.s.Query.Provider, p.s.Query.ProviderUserID = "oauth_"+name, []string{account}
		t.Meaning += " as " + account
	case t.Exclude:
		t.needsScan, t.Meaning = true, "not "+t.Meaning
	default:
		t.needsScan = true
	}
}

// quoteValue returns a value as it is written in the text.
func quoteValue(s string) string {
	if strings.ContainsAny(s, " \t") {
		return `"` + s + `"`
	}
	return s
}
