package ops

import (
	"context"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// directory lists the operations on the directory, and reading one user.
func directory() []Operation {
	return []Operation{getUserList(), getUsersCount(), getUser(), createUser(), getInstance()}
}

// read fills in what is common to reads.
func read(o Operation) Operation {
	o.Tier, o.Retry, o.WhyNot = T0, RetryRead, always
	return o
}

// shows returns the effects of a read.
func shows(what string) func(Subject) []string {
	return func(Subject) []string { return []string{"shows " + what, "changes nothing"} }
}

func getUser() Operation {
	return read(Operation{
		ID: "get_user", Title: "Open user", Verb: "Open", Doing: "Reading", Done: "Read",
		Group: GroupUsers, Effects: shows("everything that is known of this person"),
		Call: byID((*api.Client).GetUser),
	})
}

// listing returns a read of one page of a user's parts, with one line for each row.
func listing[T any](o Operation, noun string, page func(context.Context, *api.Client, Request) (api.Page[T], error), line func(T) Line) Operation {
	o.Fields = append(o.Fields, pageFields()...)
	o.CallResult = func(ctx context.Context, c *api.Client, r Request) (Result, error) {
		p, err := page(ctx, c, r)
		if err != nil {
			return Result{}, err
		}
		out := Result{Summary: pageWords(len(p.Rows), p.Total, noun), IsList: true, Total: p.Total}
		for i, row := range p.Rows {
			out.Lines = append(out.Lines, line(row))
			out.Objects = append(out.Objects, p.Bodies[i])
		}
		return out, nil
	}
	o.ItemNoun = noun
	return read(o)
}

func getMemberships() Operation {
	return listing(Operation{
		ID: "users_get_organization_memberships", Title: "List organizations", Verb: "List", Doing: "Reading the organizations", Done: "Read the organizations", Preposition: "of",
		Group: GroupData, Effects: shows("the organizations they belong to, and their role in each"),
	}, "organization", func(ctx context.Context, c *api.Client, r Request) (api.Page[api.OrganizationMembership], error) {
		return c.Memberships(ctx, r.UserID, r.number("limit"), r.number("offset"))
	}, func(m api.OrganizationMembership) Line {
		return Line{Label: m.Organization.Name.Display(), Value: m.Role}
	})
}

func getInvitations() Operation {
	return listing(Operation{
		ID: "users_get_organization_invitations", Title: "List invitations", Verb: "List", Doing: "Reading the invitations", Done: "Read the invitations", Preposition: "of",
		Group: GroupData, Effects: shows("the organizations they were invited to, and how it ended"),
		SecretNames: []string{"url"}, // a secret: whoever has it can accept
		Fields:      []Field{statusField("pending", "accepted", "revoked", "expired")},
	}, "invitation", func(ctx context.Context, c *api.Client, r Request) (api.Page[api.OrganizationInvitation], error) {
		return c.Invitations(ctx, r.UserID, r.Values["status"], r.number("limit"), r.number("offset"))
	}, func(i api.OrganizationInvitation) Line {
		return Line{Label: i.Organization.Name.Display(), Value: i.Status}
	})
}

func getSessions() Operation {
	return listing(Operation{
		ID: "get_session_list", Title: "List sessions", Verb: "List", Doing: "Reading the sessions", Done: "Read the sessions", Preposition: "of",
		Group: GroupAccess, Effects: shows("where they are or were signed in"),
		Fields: []Field{statusField("active", "pending", "ended", "removed", "expired", "revoked", "replaced", "abandoned")},
	}, "session", func(ctx context.Context, c *api.Client, r Request) (api.Page[api.Session], error) {
		return c.Sessions(ctx, r.UserID, r.Values["status"], r.number("limit"), r.number("offset"))
	}, func(s api.Session) Line {
		return Line{Label: s.ID.Display(), Value: s.Status}
	})
}

func getInstance() Operation {
	return read(Operation{
		ID: "get_instance", Title: "Show instance", Verb: "Show", Doing: "Reading the instance", Done: "Read the instance", Preposition: "for",
		Group: GroupUsers, Scope: ScopeDirectory, Effects: shows("which instance the key belongs to"),
		CallResult: func(ctx context.Context, c *api.Client, _ Request) (Result, error) {
			i, err := c.GetInstance(ctx)
			if err != nil {
				return Result{}, err
			}
			return Result{Summary: "The key belongs to a " + i.EnvironmentType.Display() + " instance.", Lines: []Line{
				{Label: "id", Value: i.ID}, {Label: "kind", Value: i.EnvironmentType}}, Objects: []wire.Secret{i.Body}}, nil
		},
	})
}

func statusField(states ...string) Field {
	return Field{Name: "status", Label: "Status", Kind: FieldChoice, Choices: states, Check: checkFilter(nil)}
}

func pageFields() []Field {
	return []Field{{Name: "limit", Label: "Limit", Check: checkRows, Hint: "1 to 500; 10 if left empty"},
		{Name: "offset", Label: "Skip", Check: checkOffset, Hint: "rows to skip"}}
}

// WithTotal returns a list's result with its total, counting if the response has none. If
// counting fails the total stays unknown.
func (o Operation) WithTotal(ctx context.Context, c *api.Client, r Request, res Result) Result {
	if !res.IsList || o.ItemNoun == "" {
		return res
	}
	if res.Total < 0 && o.CountAll != nil {
		if n, err := o.CountAll(ctx, c, r); err == nil {
			res.Total = n
		}
	}
	res.Summary = pageWords(len(res.Objects), res.Total, o.ItemNoun)
	return res
}

// pageWords returns how many rows there are, and of how many.
func pageWords(rows, total int, noun string) string {
	if total > rows {
		return strconv.Itoa(rows) + " of " + count(total, noun) + "."
	}
	return count(rows, noun) + "."
}

// getOAuthToken returns a read that is confirmed because it reveals a secret.
func getOAuthToken() Operation {
	return Operation{
		ID: "get_o_auth_access_token", Title: "Reveal OAuth access token", Verb: "Reveal", Doing: "Reading the OAuth access token", Done: "Read the OAuth access token", Preposition: "of",
		Group: GroupSignIn, RelatedParts: []Part{PartExternalAccount}, Tier: T0, ConfirmsRead: true, MustShowResult: true, SecretNames: []string{"token", "token_secret", "id_token"},
		Effects: func(Subject) []string {
			return []string{"reveals a secret that lets anyone act as this user at the provider",
				"renews the token at the provider if it has expired"}
		},
		WhyNot: hasPart(PartExternalAccount),
		Prefill: func(u *api.User, part clean.Text) map[string]string {
			item, _ := PartExternalAccount.Find(u, part)
			return map[string]string{"provider": item.Label.Raw()}
		},
		Fields: []Field{{Name: "provider", Label: "Provider", Required: true, Check: checkProvider, Hint: "such as oauth_google",
			Current: func(u *api.User) string {
				if len(u.ExternalAccounts) == 0 {
					return ""
				}
				return u.ExternalAccounts[0].Provider.Raw()
			}}},
		CallResult: func(ctx context.Context, c *api.Client, r Request) (Result, error) {
			tokens, err := c.OAuthTokens(ctx, r.UserID, clean.NewText(r.Values["provider"]))
			if err != nil {
				return Result{}, err
			}
			out := Result{IsNo: len(tokens) == 0, Summary: count(len(tokens), "token") + ".", IsList: true, Total: len(tokens)}
			for _, t := range tokens {
				out.Objects = append(out.Objects, t.Body)
				out.Lines = append(out.Lines, tokenLines(t)...)
			}
			return out, nil
		},
		Retry: RetryNever,
	}
}

// tokenLines returns the lines of one token with its secrets hidden.
func tokenLines(t api.OAuthToken) []Line {
	lines := []Line{{Label: "Provider", Value: t.Provider}, {Label: "Token", Secret: t.Token}}
	if !t.TokenSecret.Empty() {
		lines = append(lines, Line{Label: "Token secret", Secret: t.TokenSecret})
	}
	if !t.IDToken.Empty() {
		lines = append(lines, Line{Label: "ID token", Secret: t.IDToken})
	}
	if len(t.Scopes) > 0 {
		var scopes []string
		for _, s := range t.Scopes {
			scopes = append(scopes, s.Raw())
		}
		lines = append(lines, Line{Label: "Scopes", Value: clean.NewText(strings.Join(scopes, " "))})
	}
	if at := t.Expires(); !at.IsZero() {
		lines = append(lines, Line{Label: "Expires", Value: clean.NewText(at.UTC().Format(time.RFC3339)), Time: at.Time})
	}
	return lines
}
