package ops

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
	"frontdesk/api/wire"
)

func updateUser() Operation {
	return Operation{
		ID: "update_user", Title: "Edit user", Verb: "Save", Doing: "Saving the changes", Done: "Saved the changes", Preposition: "to",
		Keywords: []string{"rename", "change name", "change username"},
		Group:    GroupProfile, Tier: T2,
		Effects: func(s Subject) []string {
			changed := changedLabels(updateFields(), s.User, s.Values)
			return append(nonEmpty(choose(len(changed) == 0, "changes only what you edit", "changes "+api.JoinWords(changed, "and")+", and nothing else"),
				choose(removesUsername(s), "removes the username; it no longer works for signing in", "")), setsSignIn(s)...)
		},
		WayBack: "Edit user, to restore the previous values", Inverse: "update_user", UndoRequest: undoValues(updateFields()),
		WhyNot: always,
		Fields: updateFields(),
		Validate: func(r Request) string {
			switch password := r.Values["password"] != "" || r.Values["password_digest"] != ""; {
			case len(r.Values) == 0:
				return "nothing was changed"
			case !password && r.Values["sign_out_of_other_sessions"] == yes:
				return "Edit user ends sessions only with a new password; use Sign out everywhere instead"
			}
			return checkPasswordFields(r)
		},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.UpdateUser(ctx, r.UserID, changeOf(r))
		},
		Retry: RetryReadBack,
		Applied: func(before, after *api.User, r Request) bool {
			return appliesValues(updateFields())(before, after, r) && signInApplied(before, after, r)
		},
		State: profileState,
		Escalations: []Escalation{
			{Fields: []string{"password", "password_digest", "totp_secret", "backup_codes"}, IsFinal: true,
				Checklist: callerChecks("they know their current sign-in will stop working")},
			{Fields: []string{"primary_email_address_id", "primary_phone_number_id"},
				Checklist: callerChecks("they asked for another primary address or number")},
		},
	}
}

// updateFields returns the inputs of PATCH /users/{id}. Metadata has its own operations.
func updateFields() []Field {
	return slices.Concat(formFields(), primaryFields(), []Field{
		{Name: "created_at", Label: "Created", Check: checkCreated, Hint: "for imports: the original date", IsAdvanced: true, Current: func(u *api.User) string { return rfc3339(u.CreatedAt) }},
		skipLegal(),
	}, newPasswordFields())
}

// formFields returns the updateFields whose stored value GET /users/{id} returns.
func formFields() []Field {
	return []Field{
		{Name: "first_name", Label: "First name", Check: checkText, Current: func(u *api.User) string { return u.FirstName.Raw() }},
		{Name: "last_name", Label: "Last name", Check: checkText, Current: func(u *api.User) string { return u.LastName.Raw() }},
		{Name: "username", Label: "Username", Check: checkText, Hint: "leave empty to remove it", Current: func(u *api.User) string { return u.Username.Raw() }},
		{Name: "external_id", Label: "External id", Check: checkText, Hint: "the user's id in your own system", Current: func(u *api.User) string { return u.ExternalID.Raw() }},
		{Name: "locale", Label: "Locale", Check: checkLocale, Hint: "like en-US", Current: func(u *api.User) string { return u.Locale.Raw() }},
		{Name: "delete_self_enabled", Label: "May delete themselves", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true,
			Current: func(u *api.User) string { return choose(u.DeleteSelfEnabled, yes, no) }},
		{Name: "create_organization_enabled", Label: "May create organizations", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true,
			Current: func(u *api.User) string { return choose(u.CreateOrganizationEnabled, yes, no) }},
		{Name: "create_organizations_limit", Label: "Organizations at most", Check: checkLimit, Hint: "0 means no limit", IsAdvanced: true,
			Current: func(u *api.User) string { return number(u.CreateOrganizationsLimit) }},
		{Name: "bypass_client_trust", Label: "Skip device trust", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true,
			Current: func(u *api.User) string { return choose(u.BypassClientTrust, yes, no) }},
		{Name: "legal_accepted_at", Label: "Terms accepted", Check: checkTime, Hint: "such as 2026-08-01T09:00:00Z", IsAdvanced: true,
			Current: func(u *api.User) string { return rfc3339(u.LegalAcceptedAt) }},
	}
}

func createUser() Operation {
	return Operation{
		ID: "create_user", Title: "Create user", Verb: "Create", Doing: "Creating", Done: "Created",
		Keywords: []string{"new user", "add user"},
		Group:    GroupUsers, Scope: ScopeDirectory, Tier: T2,
		Effects: func(s Subject) []string {
			return nonEmpty("creates a user; Clerk reports what else this instance requires",
				"addresses and numbers are marked as verified on your word",
				choose(s.Values["banned"] == yes, "the user starts banned", ""),
				choose(s.Values["locked"] == yes, "the user starts locked", ""))
		},
		WayBack: "Delete user",
		WhyNot:  always,
		Fields:  createFields(),
		Validate: func(r Request) string {
			named := slices.ContainsFunc([]string{"email_address", "phone_number", "username", "web3_wallet"}, func(name string) bool {
				return strings.TrimSpace(r.Values[name]) != ""
			})
			if !named {
				return "enter an e-mail address, a phone number, a username or a wallet"
			}
			return cmp.Or(checkPasswordFields(r), checkStatusCount(r, "email_address", "e-mail address", "e-mail addresses"), checkStatusCount(r, "phone_number", "phone number", "phone numbers"))
		},
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			return c.CreateUser(ctx, newUserOf(r))
		},
		Retry:    RetryLookFirst,
		ReadBack: lookForNewUser,
	}
}

func createFields() []Field {
	return slices.Concat([]Field{
		{Name: "first_name", Label: "First name", Check: checkText},
		{Name: "last_name", Label: "Last name", Check: checkText},
		{Name: "email_address", Label: "E-mail address", Check: checkEach(checkEmail), Canonical: canonicalEach(canonicalEmail), IsList: true, Hint: "separate with commas, primary first"},
		{Name: "phone_number", Label: "Phone number", Check: checkEach(checkPhone), Canonical: canonicalEach(canonicalPhone), IsList: true, Hint: "+ and the country code"},
		{Name: "username", Label: "Username", Check: checkText},
		{Name: "password", Label: "Password", Kind: FieldSecret, Check: checkSecret},
		{Name: "external_id", Label: "External id", Check: checkText, Hint: "the user's id in your own system"},
		{Name: "locale", Label: "Locale", Check: checkLocale, Hint: "like en-US", IsAdvanced: true},
		{Name: "web3_wallet", Label: "Web3 wallet", Check: checkEach(checkWallet), IsList: true, IsAdvanced: true},
		{Name: "skip_password_requirement", Label: "Allow no password", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		{Name: "skip_user_requirement", Label: "Skip requirements", Kind: FieldChoice, Choices: yesNo(), Hint: "yes: skip the instance's rules", IsAdvanced: true},
	}, statusFields(), signInFields(), []Field{
		{Name: "public_metadata", Label: "Public metadata", Kind: FieldJSON, Check: checkMetadata, IsAdvanced: true},
		{Name: "private_metadata", Label: "Private metadata", Kind: FieldJSON, Check: checkMetadata, IsUnrecorded: true, IsAdvanced: true},
		{Name: "unsafe_metadata", Label: "Unsafe metadata", Kind: FieldJSON, Check: checkMetadata, IsAdvanced: true},
		{Name: "legal_accepted_at", Label: "Terms accepted", Check: checkTime, Hint: "such as 2026-08-01T09:00:00Z", IsAdvanced: true},
		skipLegal(),
		{Name: "created_at", Label: "Created", Check: checkTime, Hint: "for imports: the original date", IsAdvanced: true},
	}, permissionFields(), []Field{
		{Name: "banned", Label: "Banned", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
		{Name: "locked", Label: "Locked", Kind: FieldChoice, Choices: yesNo(), IsAdvanced: true},
	})
}

// lookForNewUser looks for a user whose creation got no response, by a value that no two
// users share. A user with that e-mail address and another name is a different user.
func lookForNewUser(ctx context.Context, c *api.Client, _ *api.User, r Request) (Found, error) {
	var q api.Query
	switch {
	case r.Values["external_id"] != "":
		q.ExternalID = []string{r.Values["external_id"]}
	case len(input.SplitList(r.Values["email_address"])) > 0:
		q.Email = input.SplitList(r.Values["email_address"])[:1]
	case len(input.SplitList(r.Values["phone_number"])) > 0:
		q.Phone = []string{canonicalPhone(input.SplitList(r.Values["phone_number"])[0])}
	case r.Values["username"] != "":
		q.Username = []string{r.Values["username"]}
	case len(input.SplitList(r.Values["web3_wallet"])) > 0:
		q.Wallet = input.SplitList(r.Values["web3_wallet"])[:1]
	default:
		return Found{}, errors.New("nothing identifies the new user")
	}
	users, err := c.ListUsers(ctx, q)
	if err != nil || len(users) == 0 {
		return Found{}, err
	}
	u := users[0]
	same := u.FirstName.Raw() == r.Values["first_name"] && u.LastName.Raw() == r.Values["last_name"]
	return Found{User: &u, Applied: same}, nil
}

// showsCurrent reports whether the field is about the user. A choice without a stored
// value is about the request.
func (f Field) showsCurrent() bool { return f.Current != nil || f.Kind != FieldChoice }

// changedLabels returns the labels of the fields whose value differs from the
// user's.
func changedLabels(fields []Field, u *api.User, values map[string]string) []string {
	var labels []string
	for _, f := range fields {
		if value, given := values[f.Name]; given && f.showsCurrent() && value != f.currentOf(u) {
			labels = append(labels, strings.ToLower(f.Label[:1])+f.Label[1:])
		}
	}
	return labels
}

// appliesValues returns an Applied that compares the given values with the user's.
func appliesValues(fields []Field) func(_, after *api.User, r Request) bool {
	return func(_, after *api.User, r Request) bool {
		for _, f := range fields {
			if value, given := r.Values[f.Name]; given && f.Current != nil && value != f.currentOf(after) {
				return false
			}
		}
		return true
	}
}

// undoValues returns an UndoRequest that restores the given fields.
func undoValues(fields []Field) func(before *api.User, r Request) (Request, bool) {
	return func(before *api.User, r Request) (Request, bool) {
		back := Request{UserID: r.UserID, Values: map[string]string{}}
		for _, f := range fields {
			_, given := r.Values[f.Name]
			switch {
			case !given || !f.showsCurrent():
			case f.Current == nil: // the previous value is unknown
				return Request{}, false
			default:
				back.Values[f.Name] = f.currentOf(before)
			}
		}
		return back, len(back.Values) > 0
	}
}

func removesUsername(s Subject) bool {
	value, given := s.Values["username"]
	return given && value == "" && !s.userOrEmpty().Username.Empty()
}

// profileState describes what an edit could overwrite.
func profileState(u *api.User, _ time.Time) string {
	var parts []string
	for _, f := range formFields() {
		if value := f.currentOf(u); value != "" && f.Kind == FieldText {
			parts = append(parts, strings.ToLower(f.Label)+" "+clean.NewText(value).Display())
		}
	}
	return choose(len(parts) == 0, "no names", strings.Join(parts, ", "))
}

func number(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func rfc3339(t wire.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.999Z07:00") // with milliseconds if there are any
}
