package search

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/input"
)

// rule is how tokens of one name are understood.
type rule struct {
	name    string
	aliases []string
	hint    string // what it finds, for completions: "a part of an e-mail address"
	asks    string // what to say where the value is missing
	// noExclude is why a minus before it is not possible; "" where it is.
	noExclude string
	// take puts the token's meaning into the search. The value is not empty.
	take func(*parser, *Token)
}

const (
	notByPart = "the service can only look for it. Leave the minus out."
	otherSign = "turn its < or > around instead."
)

// rules are the tokens there are, in the order in which they are offered.
func rules() []rule {
	part := func(name, hint string, field Field, aliases ...string) rule {
		return rule{name: name, aliases: aliases, hint: "a part of " + hint, asks: "takes a part of " + hint, noExclude: notByPart,
			take: func(p *parser, t *Token) { p.part(t, field) }}
	}
	when := func(name, hint string, which moment, aliases ...string) rule {
		return rule{name: name, aliases: aliases, hint: hint, asks: "takes a day like today or 2026-11-01, or an age like <7d", noExclude: otherSign,
			take: func(p *parser, t *Token) { p.when(t, which) }}
	}
	return []rule{
		part("email", "the e-mail address", Email, "mail", "mailto", "e-mail"),
		part("phone", "the phone number", Phone, "tel"),
		part("name", "first and last name", Name),
		part("user", "the username", Username, "username"),
		{name: "id", hint: "that user id", asks: "takes a whole id, user_…", take: (*parser).id},
		{name: "ext", aliases: []string{"external", "external-id"}, hint: "that id in your own system", asks: "takes a whole external id", take: (*parser).external},
		{name: "org", aliases: []string{"organization"}, hint: "members of an organization", asks: "takes an organization's id, slug or name", take: (*parser).organization},
		{name: "wallet", hint: "that wallet address", asks: "takes a whole address", noExclude: notByPart, take: (*parser).wallet},
		{name: "provider", hint: "a connected account there", asks: "takes a provider like google", take: (*parser).provider},
		{name: "is", hint: "banned, locked, active …", asks: "takes " + oneOf(states()), take: func(p *parser, t *Token) { p.trait(t, states(), true) }},
		{name: "has", hint: "mfa, passkey, email …", asks: "takes " + oneOf(havings()), take: func(p *parser, t *Token) { p.trait(t, havings(), true) }},
		{name: "no", hint: "mfa, email-verified …", asks: "takes " + oneOf(havings()), take: func(p *parser, t *Token) { p.trait(t, havings(), false) }},
		when("created", "when they signed up", momentCreated, "joined"),
		when("active", "when they were last active", momentActive, "last-active"),
		when("signed-in", "when they last signed in", momentSignedIn, "signedin", "sign-in", "last-sign-in"),
	}
}

func ruleNames(all []rule) []string {
	var names []string
	for _, r := range all {
		names = append(append(names, r.name), r.aliases...)
	}
	return names
}

// part is a token for a part of a field. The server takes one part of a field;
// of a second one this decides.
func (p *parser) part(t *Token, field Field) {
	q, look := &p.s.Query, t.Value
	var into *string
	if list := commas(t.Value); len(list) > 1 && (field == Email || field == Phone) {
		p.anyOf(t, list, field)
		return
	}
	switch field {
	case Email:
		look = wholeEmail(look)
		if p.eitherSpelling(t, look) {
			return
		}
		into, t.Means = &q.EmailLike, "e-mail has “"+t.Value+"”"
	case Phone:
		digits, ok := Digits(t.Value)
		if !ok {
			t.Wrong = "phone: takes three digits or more, with any punctuation."
			return
		}
		into, look, t.Means = &q.PhoneLike, digits, "phone has "+t.Value
	case Username:
		look = strings.TrimPrefix(t.Value, "@")
		if strings.HasPrefix(look, "user_") && len(look) > 20 {
			p.id(t)
			return
		}
		into, t.Means = &q.UsernameLike, "username has “"+look+"”"
	default:
		into, t.Means = &q.NameLike, "name has “"+t.Value+"”"
	}
	t.Marks = []Mark{{field, look}}
	folded := Fold(look).Text
	t.holds = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(fieldTexts(u, field), func(s string) bool { return strings.Contains(Fold(s).Text, folded) })
	}
	if *into != "" {
		t.scan = true
		return
	}
	*into = look
}

// wholeEmail is an address without what stands around it (mailto:a@b?subject=…); a
// part of one stays as it is.
func wholeEmail(value string) string {
	if email, err := input.ReadEmail("mailto:" + value); err == nil {
		return email.Address
	}
	return value
}

// fieldTexts are the raw values of a field.
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

// anyOf is a list of whole addresses or numbers, any of which will do. The
// service takes one such list: it would join two of them by "or".
func (p *parser) anyOf(t *Token, list []string, field Field) {
	n := len(list)
	into, noun, nouns := &p.s.Query.Email, "e-mail address", "e-mail addresses"
	if field == Phone {
		into, noun, nouns = &p.s.Query.Phone, "phone number", "phone numbers"
	}
	if field == Email {
		for i := range list {
			list[i] = wholeEmail(list[i])
		}
		for _, value := range slices.Clone(list) {
			if other := input.OtherForm(value); other != "" && !slices.Contains(list, other) {
				list = append(list, other)
			}
		}
	}
	for i, value := range list {
		phone, err := input.ReadPhone(value)
		switch at := strings.IndexByte(value, '@'); {
		case field == Email && (at < 1 || at == len(value)-1), field == Phone && (err != nil || !phone.Whole()):
			t.Wrong = t.Name + ": with commas takes whole " + nouns + "."
			return
		case field == Phone && phone.NeedsCountry():
			t.Wrong = value + ": " + input.AskCountry + "."
			return
		case field == Phone:
			list[i] = "+" + phone.Digits
		}
	}
	t.Means = "one of " + count(n, noun, nouns)
	t.holds = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(fieldTexts(u, field), func(s string) bool {
			return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(s, one) })
		})
	}
	for _, value := range list {
		t.Marks = append(t.Marks, Mark{field, strings.TrimPrefix(value, "+")})
	}
	if len(p.s.Query.Email)+len(p.s.Query.Phone) > 0 {
		t.scan = true
		return
	}
	for _, value := range list {
		*into = append(*into, value)
		if lower := strings.ToLower(value); lower != value {
			*into = append(*into, lower)
		}
	}
}

// most is how many values the service takes in one list.
const most = 100

// exactly puts a list of whole values into a filter of the server's.
func (t *Token) exactly(into *[]string, noun, nouns string, field Field, of func(*api.User) string) {
	list := commas(t.Value)
	if len(*into)+len(list) > most {
		t.Wrong = "The service takes " + count(most, noun, nouns) + " at most."
		return
	}
	sign := ""
	t.Means = noun + " " + t.Value
	if len(list) > 1 {
		t.Means = "one of " + count(len(list), noun, nouns)
	}
	if t.Exclude {
		sign, t.Means = "-", "not "+t.Means
	}
	for _, value := range list {
		*into = append(*into, sign+value)
		if !t.Exclude {
			t.Marks = append(t.Marks, Mark{field, value})
		}
	}
	t.holds = func(u *api.User, _ time.Time) bool { return slices.Contains(list, of(u)) != t.Exclude }
}

func (p *parser) id(t *Token) {
	for _, id := range commas(t.Value) {
		if !strings.HasPrefix(id, "user_") || len(id) == len("user_") {
			t.Wrong = "id: takes a whole id, user_…; a part of one is found without id:."
			t.Instead = t.Value
			return
		}
	}
	t.exactly(&p.s.Query.UserID, "user id", "user ids", ID, func(u *api.User) string { return u.ID.Raw() })
}

func (p *parser) external(t *Token) {
	t.exactly(&p.s.Query.ExternalID, "external id", "external ids", External, func(u *api.User) string { return u.ExternalID.Raw() })
}

func (p *parser) wallet(t *Token) {
	if len(t.Value) < 26 {
		t.Wrong = "wallet: takes a whole address; a part of one is found without wallet:."
		t.Instead = t.Value
		return
	}
	t.exactly(&p.s.Query.Wallet, "wallet", "wallets", Wallet, nil)
	list := commas(t.Value)
	t.holds = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(u.Web3Wallets, func(w api.Web3Wallet) bool {
			return slices.ContainsFunc(list, func(one string) bool { return strings.EqualFold(one, w.Web3Wallet.Raw()) })
		})
	}
}

// provider: the server takes a provider only together with the account's id
// there, "google/1078…". Without one every user is looked at.
func (p *parser) provider(t *Token) {
	name, account, exact := strings.Cut(strings.ToLower(t.Value), "/")
	name = strings.TrimPrefix(name, "oauth_")
	t.Means = "connected to " + name
	of := func(a api.ExternalAccount) bool {
		return strings.TrimPrefix(a.Provider.Raw(), "oauth_") == name && (!exact || strings.EqualFold(a.ProviderUserID.Raw(), account))
	}
	t.holds = func(u *api.User, _ time.Time) bool { return slices.ContainsFunc(u.ExternalAccounts, of) != t.Exclude }
	switch {
	case exact && !t.Exclude && p.s.Query.Provider == "":
		_, account, _ = strings.Cut(t.Value, "/")
		p.s.Query.Provider, p.s.Query.ProviderUserID = "oauth_"+name, []string{account}
		t.Means += " as " + account
	case t.Exclude:
		t.scan, t.Means = true, "not "+t.Means
	default:
		t.scan = true
	}
}

// commas are the values of a list.
func commas(s string) []string {
	var out []string
	for _, v := range strings.Split(s, ",") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// quoteValue is a value as it stands in the text.
func quoteValue(s string) string {
	if strings.ContainsAny(s, " \t") {
		return `"` + s + `"`
	}
	return s
}
